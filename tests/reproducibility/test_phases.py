"""A plan in phases: the months before a change are those of the run without it, and a change to the same is none."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engines.compiled import CompiledEngine
from sim.inputs import Parameters, Phase, find_footprint, load_footprints, load_parameters, month_of, resolve_scenarios
from sim.results.history import History
from sim.results.store import history_bytes
from sim.system import Memory, Place, prepare, simulate

pytestmark = pytest.mark.reproducibility

PEOPLE, YEARS, BEFORE = 60_000, 3, 12
FROM = month_of("2017/18")
PLENTY = 2**30
PLAN = {
    "policy.shift_share": 0.04, "policy.shift_start": 0.0, "policy.shift_ramp": 2.0, "policy.efficiency_planned": 1.0,
    "policy.transition_fund": 10.0, "policy.regime": "means", "policy.start_delay": 0.25, "capacity.growth.p1": 2.0,
    "demand.unmet_elasticity": 0.2,
}  # fmt: skip
"""Under way when a phase begins: a shift half ramped, programmes part built, places being opened, a fund, cuts."""
CHANGES = [
    {"policy.shift_share": 0.08},
    {"policy.shift_share": 0.0, "policy.shift_ramp": 0.0},
    {"policy.mix_prevention": 0.0, "policy.mix_social_care": 1.0, "policy.social_care_home_care_share": 0.2},
    {"policy.programme_mix": {"reablement": 0.0, "falls_exercise": 9.0}},
    {"policy.share_delivered": 0.4},
    {"policy.efficiency_planned": 3.0},
    {"policy.transition_fund": 40.0, "policy.transition_years": 1.0},
    {"policy.capital": 30.0, "capacity.growth.acute": 3.0, "workforce.growth.acute": 3.0},
    {"capacity.growth.care_home": -10.0},
    {"finance.budget_growth.acute": -2.0},
    {"policy.discharge_delay": 0.5},
    {"policy.regime": "hold", "policy.behaviour": "place", "policy.max_cut": 9.0},
    {"demand.admissions_growth": 9.0, "demand.stay_trend_emergency": 2.0, "demand.community_growth": 5.0},
    {"demand.month_factor_emergency": {"Dec": 1.1, "Jan": 1.1, "Feb": 1.1}},
]


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return resolve_scenarios(load_parameters(), [], PLAN)


def place(parameters: Parameters, years: int = YEARS) -> Place:
    return prepare(parameters, find_footprint("devon", load_footprints()), years, PEOPLE)


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory(PLENTY)


@pytest.fixture(scope="module")
def plain(parameters, memory) -> History:
    return simulate(place(parameters), 5, 1, memory=memory)


def beginning(history: History, months: int) -> bytes:
    """The first months of every series, as bytes."""
    return b"".join(np.ascontiguousarray(history[name][:months]).tobytes() for name in history.series)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_before_a_phase_every_byte_is_as_without_it_and_after_it_not(parameters, plain, memory, change):
    phased = simulate(place(parameters.with_phases([Phase(FROM, change)])), 5, 1, memory=memory)
    assert phased.series.keys() == plain.series.keys()
    assert beginning(phased, BEFORE) == beginning(plain, BEFORE)
    assert history_bytes(phased) != history_bytes(plain)


def test_a_phase_that_changes_nothing_changes_no_byte_and_no_name(parameters, plain):
    """Even as one of many values that a lever moves together, and before a phase that does change something."""
    still = Phase(FROM, {"policy.shift_share": 0.04, "policy.programme_mix": parameters.by("policy.programme_mix")})
    same = parameters.with_phases([still])
    assert same.digest() == parameters.digest()
    assert history_bytes(simulate(place(same), 5, 1)) == history_bytes(plain)


def test_what_was_remembered_changes_no_byte_of_a_phased_run(parameters, memory):
    phased = place(parameters.with_phases([Phase(FROM, {"policy.shift_share": 0.1, "capacity.growth.p1": 9.0})]))
    assert history_bytes(simulate(phased, 5, 1, memory=memory)) == history_bytes(simulate(phased, 5, 1))


def test_a_shorter_run_is_the_beginning_of_a_longer_one(parameters, plain, memory):
    """So a round can be run to its own end, whatever comes after it."""
    short = simulate(place(parameters, 1), 5, 1, memory=memory)
    assert beginning(short, 12) == beginning(plain, 12)


def test_a_round_costs_only_its_own_months(parameters, monkeypatch):
    """The second year is lived through from where the first ended: no engine begins anew, and none relives a month."""
    memory, moved = Memory(PLENTY), []
    simulate(place(parameters, 1), 5, 1, memory=memory, keep_end=True)
    advance = CompiledEngine.advance

    def counted(self, until, conditions=None):
        moved.append(until)
        return advance(self, until, conditions)

    monkeypatch.setattr(CompiledEngine, "advance", counted)
    nextyear = parameters.with_phases([Phase(FROM, {"policy.shift_share": 0.1})])
    simulate(place(nextyear, 2), 5, 1, memory=memory)
    assert len(moved) == 12
