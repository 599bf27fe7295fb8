"""Run every move of a baseline and of a plan, and take differences in pairs: the same people throughout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.doubts import Doubt, doubts
from sim.experiments.impact.moves import End, Move, moves
from sim.experiments.many import REMEMBERED, Outcome, in_year, raise_impossible, run_many
from sim.experiments.question import Resolved
from sim.experiments.refusals import too_few
from sim.experiments.replicate import Way
from sim.experiments.told import Told
from sim.inputs import Fault, nearest, raise_any
from sim.results.measures import measure_of
from sim.results.statistics import Interval, differences, interval, level_at_once
from sim.system import Memory

FloatArray = NDArray[np.float64]

SERIES = ("gap", "delayed", "occupancy:acute", "emergency_wait_over_4h", "unmet", "emergency_bed_days")
"""What is looked at, in the final year."""

HEADS = 1_000_000
"""People that counts are given for."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a measure moves: the mean over replications, and an interval that holds for all numbers at once."""

    mean: float
    low: float
    high: float

    @property
    def seen(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def none(self) -> bool:
        """Whether nothing at all moves."""
        return self.mean == self.low == self.high == 0


@dataclass(frozen=True, slots=True)
class Impact:
    """What one move does.

    unlike      kinds of place whose use in the base year would not be what is known of it
    places      whether numbers of places moved along, so that it is
    baseline    by series: the baseline with the move, less the baseline as believed
    effect      by series: the plan's change from the baseline with the move, less that change as believed
    impossible  why no place can be made of it; then both are empty
    """

    number: str
    end: End
    unlike: tuple[str, ...]
    places: bool
    baseline: Mapping[str, Shift]
    effect: Mapping[str, Shift]
    impossible: str = ""

    @property
    def counts(self) -> bool:
        """Whether this could be: a place can be made of it, and its base year is like the one there was."""
        return not self.impossible and (self.places or not self.unlike)


@dataclass(frozen=True, slots=True)
class Made:
    """What was asked.

    people   simulated
    level    of each interval, in percent, so that all hold at once in 95 of 100 cases
    """

    footprint: str
    against: str
    scenario: str
    people: float
    years: int
    replications: int
    seed: int
    level: float


@dataclass(frozen=True, slots=True, repr=False)
class Impacts(Told):
    """Every move of every number.

    baseline, effect   by series, as believed: the baseline, and the plan's change from it, with 95 % intervals

    Shares are shares; money is pounds a head; all else is counted for each million people of the place.
    """

    made: Made
    baseline: Mapping[str, Interval]
    effect: Mapping[str, Interval]
    moves: tuple[Impact, ...]

    @property
    def words(self) -> str:
        """Which numbers move the gap and delayed beds most, and the plan's effect on them."""
        from sim.experiments.doubt_words import impacts_sentence

        return impacts_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each move and measure, six figures: number, end, what keeps it from counting, and both changes."""
        from sim.experiments.impact.stored import impact_table

        return impact_table(self)

    def of(self, number: str) -> tuple[Impact, ...]:
        """One move for each end of a number: with other places where the base year closes only so."""
        found = [each for each in self.moves if each.number == number]
        closing = {each.end for each in found if each.places}
        return tuple(each for each in found if each.places or each.end not in closing)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number that was moved, in order."""
        return tuple(dict.fromkeys(each.number for each in self.moves))


def measure_impacts(
    baseline: Resolved,
    plan: Resolved,
    numbers: Sequence[str] = (),
    way: Way | None = None,
    *,
    keep: bool = True,
    level: float | None = None,
) -> Impacts:
    """Move every doubtful number, or those named, to either end of its range, all else as believed.

    baseline, plan   about the same people and years
    numbers          names of parameters that are doubts
    keep             use and fill the folder of finished replications
    level            of each interval, in percent; None means so that those of all doubtful numbers hold at once

    Raises Faults: for numbers that are no doubts, too few replications, or a place that cannot be made.
    """
    plans = (baseline, plan)
    found = doubts([each.parameters for each in plans], baseline.base)
    raise_any(list(_faults(numbers, found, baseline.question.replications)))
    chosen = [each for each in found if each.name in numbers or not numbers]
    made = list(moves(chosen, baseline.base))
    reach = [{each.name for each in doubts([one.parameters], one.base)} for one in plans]
    asked = _Asked(plans, made, reach)
    memory = Memory(REMEMBERED)
    outcomes = run_many(asked.question, asked.count, SERIES, way, keep=keep, memory=memory)
    raise_impossible(plans, outcomes[: len(plans)])
    at_once = level_at_once(2 * len(found))
    return _Gathering(asked, outcomes, at_once if level is None else level).impacts()


def _faults(numbers: Sequence[str], found: Sequence[Doubt], replications: int) -> Iterator[Fault]:
    known = [each.name for each in found]
    for name in numbers:
        if name not in known:
            rule = "is not a number that these plans leave in doubt"
            yield Fault("", 0, "number", f'"{name}"', rule, nearest(name, known))
    yield from too_few(replications)


class _Asked:
    """Questions to run: both plans as believed, then each move of each plan that it can reach.

    A programme that nobody pays for does nothing, so the baseline is not run again for its numbers.
    """

    def __init__(self, plans: tuple[Resolved, Resolved], made: Sequence[Move], reach: Sequence[set[str]]) -> None:
        self.plans, self.moves = plans, made
        self._asked: list[tuple[Resolved, Move | None]] = [(plan, None) for plan in plans]
        self.index: list[tuple[int, int]] = []
        for move in made:
            places = [self._add(plan, move) if move.number in reach[side] else side for side, plan in enumerate(plans)]
            self.index.append((places[0], places[1]))

    def _add(self, plan: Resolved, move: Move) -> int:
        self._asked.append((plan, move))
        return len(self._asked) - 1

    @property
    def count(self) -> int:
        return len(self._asked)

    def question(self, number: int) -> Resolved:
        plan, move = self._asked[number]
        return plan if move is None else replace(plan, parameters=move.apply(plan.parameters))


class _Gathering:
    """Differences from what is believed, replication by replication."""

    def __init__(self, asked: _Asked, outcomes: Sequence[Sequence[Outcome]], level: float) -> None:
        self.asked, self.outcomes, self.level = asked, outcomes, level
        self.series = [name for name in SERIES if name in outcomes[0][0].years]
        self.heads = asked.plans[0].footprint.total

    def impacts(self) -> Impacts:
        question = self.asked.plans[0].question
        baseline, plan = ("+".join(each.question.scenarios) or "the base projection" for each in self.asked.plans)
        made = Made(self.asked.plans[0].footprint.slug, baseline, plan, self.asked.plans[0].people, question.years,
                    question.replications, question.seed, self.level)  # fmt: skip
        believed = {name: interval(self._values(0, name)) for name in self.series}
        effect = {name: interval(self._effect((0, 1), name)) for name in self.series}
        moved = zip(self.asked.moves, self.asked.index, strict=True)
        return Impacts(made, believed, effect, tuple(self._impact(move, at) for move, at in moved))

    def _impact(self, move: Move, at: tuple[int, int]) -> Impact:
        facts = (move.number, move.end, move.unlike, bool(move.factors))
        impossible = next((each.impossible for place in at for each in self.outcomes[place] if each.impossible), "")
        if impossible:
            return Impact(*facts, {}, {}, impossible)
        baseline = {name: self._shift(self._values(0, name), self._values(at[0], name)) for name in self.series}
        effect = {name: self._shift(self._effect((0, 1), name), self._effect(at, name)) for name in self.series}
        return Impact(*facts, baseline, effect)

    def _values(self, place: int, series: str) -> FloatArray:
        """One question's final year, one number a replication."""
        return in_year(self.outcomes[place], series) * _scale(series, self.heads)

    def _effect(self, at: tuple[int, int], series: str) -> FloatArray:
        return differences(*(self._values(place, series) for place in at))

    def _shift(self, before: FloatArray, after: FloatArray) -> Shift:
        found = interval(differences(before, after), self.level)
        return Shift(found.mean, found.low, found.high)


def _scale(series: str, heads: float) -> float:
    unit = measure_of(series).unit
    if unit == "share":
        return 1.0
    return 1 / heads if unit == "gbp" else HEADS / heads
