"""Remembered flows: an engine moves only where none has moved, and what it brings is the same."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pytest

from sim.engines.contract import Conditions, Flow, PeopleLostError
from sim.system.memory import SNAPSHOT_EVERY, Memory, RememberingEngine, Step, _key
from sim.system.together import Together

pytestmark = pytest.mark.unit

PLENTY = 10**6


@dataclass(frozen=True)
class Stood:
    total: float
    bytes: int = 8


class Sum:
    """An empty network that adds up the places it was given; `moves` counts the periods it lived through."""

    moves, inside = 0, 0

    def __init__(self, snapshot: Stood | None = None) -> None:
        self.total = snapshot.total if snapshot else 0.0

    def advance(self, until: float, conditions: Conditions | None = None) -> Flow:
        Sum.moves += 1
        self.total += until if conditions is None else float(conditions.places.sum())
        nobody = {item.name: np.zeros(1) for item in fields(Flow)}
        nobody |= {"admitted": np.zeros((1, 1)), "waits": np.zeros((1, 1, 1)), "moved": np.zeros((2, 2))}
        return Flow(**nobody | {"start": 0.0, "end": until, "inside": 0, "place_time": np.array([self.total])})

    def snapshot(self) -> Stood:
        return Stood(self.total)


def see(flow: Flow) -> Together:
    return Together(**{item.name: flow.place_time for item in fields(Together)})


def engine_with(memory: Memory, origin: str = "here") -> RememberingEngine:
    return RememberingEngine(Sum, origin, see, memory)


def travel(memory: Memory, *places: float, origin: str = "here") -> tuple[float, int]:
    """Where a run ends, and how many periods an engine lived through for it."""
    Sum.moves = 0
    engine = engine_with(memory, origin)
    engine.advance(0.0)
    for month, each in enumerate(places):
        seen = engine.advance(month + 1.0, Conditions(places=np.array([each])))
    return float(seen.place_time[0]), Sum.moves


def test_the_same_way_again_moves_nothing():
    memory = Memory(PLENTY)
    assert travel(memory, 1, 2, 3) == (6.0, 4)
    assert travel(memory, 1, 2, 3) == (6.0, 0)


def test_another_network_seed_or_replication_shares_nothing():
    memory = Memory(PLENTY)
    travel(memory, 1, 2, 3)
    assert travel(memory, 1, 2, 3, origin="there") == (6.0, 4)


def test_a_run_goes_on_from_the_month_that_differs():
    """First from the snapshot after the warm-up, past the months that are known; then from where the ways part."""
    memory = Memory(PLENTY)
    travel(memory, 1, 2, 3, 4, 5)
    assert travel(memory, 1, 2, 3, 9, 5) == (20.0, 3 + 2)
    assert travel(memory, 1, 2, 3, 7, 5) == (18.0, 2)
    assert travel(memory, 1, 2, 3, 9, 6) == (21.0, 1 + 1)


def test_what_comes_after_a_difference_is_not_taken_for_the_same():
    memory = Memory(PLENTY)
    travel(memory, 1, 2, 3)
    assert travel(memory, 2, 1, 3)[0] == 6.0
    assert travel(memory, 2, 2, 3)[0] == 7.0


def test_conditions_that_are_absent_differ_from_those_that_are_there():
    memory = Memory(PLENTY)
    engines = [engine_with(memory) for _ in range(2)]
    ways = (None, Conditions(places=np.zeros(1)))
    assert [float(each.advance(5.0, way).place_time[0]) for each, way in zip(engines, ways, strict=True)] == [5.0, 0.0]


@pytest.mark.parametrize("budget", [0, 200, 700, 2_000])
def test_answers_do_not_depend_on_what_is_forgotten(budget):
    memory, plenty = Memory(budget), Memory(PLENTY)
    for places in ((1, 2, 3, 4), (1, 2, 9, 4), (1, 2, 3, 4), (1, 2, 9, 5), (7, 2, 3, 4)):
        assert travel(memory, *places)[0] == travel(plenty, *places)[0] == sum(places)
        assert memory.bytes <= budget


def test_a_step_kept_twice_counts_once():
    memory, step = Memory(PLENTY), Step(see(Sum().advance(1.0)), Stood(1.0))
    for _ in range(3):
        memory.put(b"key", step)
    assert memory.bytes == step.bytes


def test_a_step_takes_what_its_arrays_and_its_snapshot_take():
    """One number of eight bytes in every field, and a snapshot of eight bytes."""
    seen = see(Sum().advance(1.0))
    assert Step(seen, None).bytes == 8 * len(fields(Together))
    assert Step(seen, Stood(1.0)).bytes == 8 * len(fields(Together)) + 8


def test_the_step_longest_unused_goes_first():
    """There is room for two: the first is looked at again, so that a third drives out the second."""
    step = Step(see(Sum().advance(1.0)), None)
    memory = Memory(2 * step.bytes)
    memory.put(b"first", step)
    memory.put(b"second", step)
    assert memory.get(b"first") is step
    memory.put(b"third", step)
    assert [memory.get(key) for key in (b"first", b"second", b"third")] == [step, None, step]
    assert memory.bytes == 2 * step.bytes


def test_a_long_run_goes_on_from_a_snapshot_on_the_way():
    """Two and a half years in which the last month differs: the way from the snapshot after two years, and no more."""
    memory, months = Memory(PLENTY), [1.0] * 30
    travel(memory, *months)
    assert travel(memory, *months[:-1], 9.0) == (38.0, 29 - SNAPSHOT_EVERY + 1)


ALIKE = np.array([0.5])
CONDITIONS = [Conditions(**{item.name: ALIKE}) for item in fields(Conditions)]


def test_every_condition_makes_another_way_and_which_one_it_is_counts():
    """The same numbers as stays or as delays, or none at all, are different months; so is another end of the month."""
    ways = [(5.0, None), *((5.0, each) for each in CONDITIONS), (6.0, None), (6.0, CONDITIONS[0])]
    assert len({_key(b"", *way) for way in ways}) == len(ways)
    assert _key(b"", 5.0, None) == _key(b"", 5.0, Conditions()), "of which none is given"


class Leaky(Sum):
    """Loses a person in its second period."""

    def advance(self, until: float, conditions: Conditions | None = None) -> Flow:
        flow = super().advance(until, conditions)
        return replace(flow, inside=1) if until > 1 else flow


def test_an_engine_that_makes_people_is_found_out():
    engine = RememberingEngine(Leaky, "here", see, Memory(PLENTY))
    engine.advance(1.0)
    with pytest.raises(PeopleLostError):
        engine.advance(2.0)
