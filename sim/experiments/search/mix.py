"""The best mixes of a shift: how much money, when, over how long, and to what, as a front of what nothing beats.

A genetic search proposes; every proposal is lived through by the same people. What looks best among hundreds looks so
partly by luck, so whatever is on the front is run anew with other people, and it is those runs that are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.question import Resolved
from sim.experiments.refusals import series_faults, too_few
from sim.experiments.replicate import Way
from sim.experiments.search.asking import Asker, Runs, enough, with_other_people
from sim.experiments.search.dials import slider, steps_of, thinned
from sim.experiments.search.edge import Verdict
from sim.experiments.search.limits import Limits
from sim.experiments.search.pareto import Point, Worth, front, hunt
from sim.experiments.told import Told
from sim.inputs import Fault, raise_any
from sim.results.statistics import Paired, level_at_once, paired

FloatArray = NDArray[np.float64]

LEVERS = (
    "policy.shift_share",
    "policy.shift_start",
    "policy.shift_ramp",
    "policy.mix_prevention",
    "policy.mix_community",
    "policy.mix_social_care",
)
AIMS = ("gap", "emergency_bed_days")
USUAL_TRIALS, USUAL_POPULATION, USUAL_CONFIRMED = 200, 20, 10
START = "policy.shift_start"
TRIALS = (10, 20_000)
SAME = ("no difference", "no detectable difference")


@dataclass(frozen=True, slots=True)
class Axis:
    """A lever and the values it may take, from low to high."""

    path: str
    label: str
    steps: tuple[float, ...]

    @classmethod
    def of(cls, path: str, most: int | None = None) -> Axis:
        """A slider in its own steps, or in at most so many. Raises Faults when there is none."""
        lever = slider(path)
        steps = steps_of(lever)
        chosen = range(len(steps)) if most is None else thinned(steps, most)
        return cls(path, lever.label, tuple(steps[each] for each in chosen))


def usual_axes(years: int) -> tuple[Axis, ...]:
    """Every lever of the shift in its own steps; it begins within the run."""
    axes = (Axis.of(path) for path in LEVERS)
    return tuple(_within(each, years) if each.path == START else each for each in axes)


def _within(axis: Axis, years: int) -> Axis:
    return replace(axis, steps=tuple(step for step in axis.steps if step < years))


@dataclass(frozen=True, slots=True)
class Hunt:
    """The terms of a search for mixes.

    aims         series, better when lower, each a mean over all years of the run
    limits       that a mix must keep, on the mean
    trials       mixes proposed, `population` in each generation
    confirmed    replications with other people of whatever is on the front
    """

    aims: tuple[str, ...]
    limits: Limits
    axes: tuple[Axis, ...]
    trials: int = USUAL_TRIALS
    population: int = USUAL_POPULATION
    confirmed: int = USUAL_CONFIRMED

    def faults(self) -> list[Fault]:
        """What is wrong with them."""
        found = [*self.limits.faults(), *(fault for each in self.aims for fault in series_faults("aim", each))]
        least, most = TRIALS
        if not least <= self.trials <= most:
            found.append(Fault("", 0, "trials", str(self.trials), f"must be a whole number from {least} to {most}"))
        if not 2 <= self.population <= self.trials:
            found.append(Fault("", 0, "population", str(self.population), "must be from 2 to the number of trials"))
        found += too_few(self.confirmed, "confirmed")
        if len(self.aims) < 2 or len(set(self.aims)) < len(self.aims):
            found.append(Fault("", 0, "aims", ", ".join(self.aims) or "none", "must be two or more, each once"))
        return found


@dataclass(frozen=True, slots=True)
class Mix:
    """A mix that was run anew.

    values     by path of a lever
    aims       by series, shape (replications,), means over all years
    levels     verdict on the limits, and each limit's measure by name
    """

    values: Mapping[str, float]
    aims: Mapping[str, FloatArray]
    verdict: Verdict
    runs: Runs


@dataclass(frozen=True, slots=True, repr=False)
class MixAnswer(Told):
    """What a search found.

    tried      mixes in the order tried, with what they are worth; None where no place can be made
    chosen     positions, among those tried, of what nothing beat: by the people of the search, lowest first aim first
    mixes      those run anew with other people, in the same order; where no mix keeps the limits, the one that breaks
               them least
    still      how the mixes stand among each other by other people: False where one of the others beats it, or where it
               does not keep the limits after all
    unmoved    the plan with no shift, with the same other people
    """

    plan: Resolved
    hunt: Hunt
    tried: Mapping[Point, Worth | None]
    chosen: tuple[int, ...]
    mixes: tuple[Mix, ...]
    still: tuple[bool, ...]
    unmoved: Mix

    @property
    def words(self) -> str:
        """How many mixes keep the limits, and whether the best are better than no shift."""
        from sim.experiments.search.words import mix_sentence

        return mix_sentence(self)

    def table(self) -> pl.DataFrame:
        """A row for each mix of the front, run anew: its levers, each aim's change with its interval, still."""
        from sim.experiments.search.tables import mix_table

        return mix_table(self)

    @property
    def feasible(self) -> int:
        """How many of those tried keep the limits, on the mean."""
        return sum(each is not None and each.feasible for each in self.tried.values())

    def change(self, mix: int, aim: str) -> Paired:
        """What a mix does to an aim, against no shift, with the same people; of all mixes and aims at once."""
        level = level_at_once(len(self.mixes) * len(self.hunt.aims))
        return paired(self.unmoved.aims[aim], self.mixes[mix].aims[aim], "lower", level)

    def tied(self, mix: int) -> tuple[int, ...]:
        """Other mixes that cannot be told from this one in any aim, looking at all pairs and aims at once."""
        level, others = _of_pairs(self.mixes), (place for place in range(len(self.mixes)) if place != mix)
        return tuple(place for place in others if _alike(self.mixes[mix], self.mixes[place], level))

    @property
    def none_better(self) -> bool:
        """Whether no mix is told to be better than no shift in any aim."""
        pairs = ((mix, aim) for mix in range(len(self.mixes)) for aim in self.hunt.aims)
        return not any(self.change(*each).verdict == "better" for each in pairs)


def best_mixes(plan: Resolved, hunting: Hunt, way: Way | None = None, *, keep: bool = True) -> MixAnswer:
    """Search for mixes of a shift that keep limits and that nothing beats.

    plan   the question, with what else is to be so in every mix
    keep   use and fill the folder of finished replications

    Raises Faults: what is asked cannot be, or no place can be made of the plan.
    """
    raise_any([*hunting.faults(), *enough(plan)])
    asker = Asker((*hunting.aims, *hunting.limits.series), _most_runs(plan, hunting), way, keep=keep)
    asker.one(plan, {})
    asked = _Asked(plan, hunting, asker)
    sizes, none = [len(each.steps) for each in hunting.axes], tuple(0 for _ in hunting.axes)
    tried = hunt(sizes, asked.worths, hunting.trials, hunting.population, plan.question.seed, [none])
    points, worths = list(tried), list(tried.values())
    chosen = tuple(sorted(front(worths), key=lambda place: _aims_of(worths[place]))) or _nearest(worths)
    again = _Asked(with_other_people(plan, hunting.confirmed), hunting, asker)
    mixes = again.mixes([points[place] for place in chosen])
    unmoved = again.unmoved()
    asker.finish()
    return MixAnswer(plan, hunting, tried, chosen, mixes, _still(mixes), unmoved)


class _Asked:
    """Points as questions."""

    def __init__(self, plan: Resolved, hunting: Hunt, asker: Asker) -> None:
        self.plan, self.hunt, self.asker = plan, hunting, asker

    def worths(self, points: Sequence[Point]) -> list[Worth | None]:
        found = self.asker.ask(self.plan, [self._values(each) for each in points])
        return [None if each.impossible else self._worth(each) for each in found]

    def mixes(self, points: Sequence[Point]) -> tuple[Mix, ...]:
        values = [self._values(each) for each in points]
        return tuple(self._mix(*each) for each in zip(values, self.asker.ask(self.plan, values), strict=True))

    def unmoved(self) -> Mix:
        return self._mix({}, self.asker.one(self.plan, {LEVERS[0]: 0.0}))

    def _mix(self, values: Mapping[str, float], runs: Runs) -> Mix:
        return Mix(values, _aims(runs, self.hunt.aims), self.hunt.limits.verdict(runs), runs)

    def _worth(self, runs: Runs) -> Worth:
        aims = _aims(runs, self.hunt.aims)
        return Worth(tuple(float(each.mean()) for each in aims.values()), self.hunt.limits.excess(runs))

    def _values(self, point: Point) -> dict[str, float]:
        return {axis.path: axis.steps[step] for axis, step in zip(self.hunt.axes, point, strict=True)}


def _aims(runs: Runs, aims: Sequence[str]) -> dict[str, FloatArray]:
    return {} if runs.impossible else {each: runs.values[each].mean(axis=1) for each in aims}


def _aims_of(worth: Worth | None) -> tuple[float, ...]:
    return worth.aims if worth else ()


def _nearest(worths: Sequence[Worth | None]) -> tuple[int, ...]:
    """The point that breaks limits least, all of them added up."""
    known = [(sum(max(0.0, part) for part in each.excess), place) for place, each in enumerate(worths) if each]
    return (min(known)[1],)


def _of_pairs(mixes: Sequence[Mix]) -> float:
    """The level at which any two mixes are told apart in any aim, so that all such words hold at once."""
    return level_at_once(len(mixes) * (len(mixes) - 1) // 2 * len(mixes[0].aims))


def _still(mixes: Sequence[Mix]) -> tuple[bool, ...]:
    """Whether each keeps the limits with other people, and is not surely beaten by another that does."""
    level, keeping = _of_pairs(mixes), [each for each in mixes if each.verdict.holds]
    return tuple(each.verdict.holds and not any(_beats(other, each, level) for other in keeping) for each in mixes)


def _beats(one: Mix, other: Mix, level: float) -> bool:
    """Told to be better in an aim, and on the mean no worse in any."""
    found = [paired(other.aims[aim], one.aims[aim], "lower", level) for aim in one.aims]
    return any(each.verdict == "better" for each in found) and all(each.mean <= 0 for each in found)


def _alike(one: Mix, other: Mix, level: float) -> bool:
    return all(paired(one.aims[aim], other.aims[aim], "lower", level).verdict in SAME for aim in one.aims)


def _most_runs(plan: Resolved, hunting: Hunt) -> int:
    """Every trial once, and a generation's worth of front run anew."""
    return (hunting.trials + 1) * plan.question.replications + (hunting.population + 1) * hunting.confirmed
