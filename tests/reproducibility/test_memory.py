"""What is remembered of earlier runs saves time and changes no byte."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from sim.inputs import Parameters, find_footprint, load_footprints, load_parameters, resolve_scenarios
from sim.results.store import history_bytes
from sim.system import Memory, Place, prepare, simulate

pytestmark = pytest.mark.reproducibility

PLENTY = 2**30
YEARS, PEOPLE = 2, 60_000
PLANS = (
    {},
    {"finance.budget_growth.acute": 3.0},
    {"policy.shift_share": 0.05, "policy.shift_start": 1.0},
    {"policy.shift_share": 0.04, "policy.shift_start": 1.0},
    {"demand.admissions_growth": 2.0},
    {"capacity.acute_beds": 1.9},
)
"""Nothing; money alone; from the second year, twice; from the first month; another network."""


def place(parameters: Parameters, changes: dict[str, float]) -> Place:
    somewhere = find_footprint("devon", load_footprints())
    return prepare(resolve_scenarios(parameters, [], changes), somewhere, YEARS, PEOPLE)


@pytest.fixture(scope="module")
def places() -> list[Place]:
    parameters = load_parameters()
    return [place(parameters, changes) for changes in PLANS]


@pytest.fixture(scope="module")
def plain(places) -> list[bytes]:
    return [history_bytes(simulate(each, 5, 1)) for each in places]


def test_the_plans_differ(plain):
    assert len(set(plain)) == len(PLANS)


@pytest.mark.parametrize("budget", [PLENTY, 3_000_000, 0])
def test_the_same_bytes_with_much_little_or_no_memory(places, plain, budget):
    memory = Memory(budget)
    for _ in range(2):
        assert [history_bytes(simulate(each, 5, 1, memory=memory)) for each in places] == plain


def test_the_same_bytes_when_threads_share_a_memory(places, plain):
    memory = Memory(PLENTY)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda each: history_bytes(simulate(each, 5, 1, memory=memory)), places * 3)
    assert list(found) == plain * 3


def test_a_lever_that_moves_money_alone_moves_no_engine(places, monkeypatch):
    memory = Memory(PLENTY)
    simulate(places[0], 5, 1, memory=memory)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an engine was made")

    monkeypatch.setattr("sim.system.coupling.CompiledEngine", refuse)
    simulate(places[1], 5, 1, memory=memory)
