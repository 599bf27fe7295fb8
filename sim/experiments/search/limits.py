"""Whether runs keep limits: on the mean over replications, surely, or possibly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.refusals import series_faults
from sim.experiments.search.asking import Runs
from sim.experiments.search.edge import Verdict
from sim.experiments.stress.trial import When, limit_faults
from sim.inputs import Fault
from sim.inputs.limits import Limit
from sim.results.measures import measure_of
from sim.results.statistics import Interval, interval

FloatArray = NDArray[np.float64]

STATED = "stated"
"""The source of a limit that whoever asks has stated."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What must be kept, and when: in every year, or in the final one.

    people   of the place, to count by head
    """

    limits: tuple[Limit, ...]
    when: When
    people: float

    @classmethod
    def asked(
        cls,
        shipped: Sequence[Limit],
        named: Collection[str],
        own: Mapping[str, float],
        usual: Collection[str],
        when: When,
        people: float,
    ) -> Limits:
        """The limits named and those stated; the usual ones where nobody says.

        shipped   limits that have a name, each with the most it may be
        own       the most that any other series may be
        """
        names = tuple(named) or (() if own else tuple(usual))
        every = (*chosen_limits(shipped, names), *(stated(series, most) for series, most in own.items()))
        return cls(every, when, people)

    @property
    def series(self) -> tuple[str, ...]:
        """What must be known of a run."""
        return tuple(dict.fromkeys(each.series for each in self.limits))

    def level(self, runs: Runs, limit: Limit) -> Interval:
        """A limit's measure in its own unit, in the year in which it is worst on the mean, or in the final one."""
        years = self._years(runs, limit)
        return max(years, key=lambda each: each.mean)

    def levels(self, runs: Runs) -> dict[str, Interval]:
        """Every limit's measure by name."""
        return {each.name: self.level(runs, each) for each in self.limits}

    def verdict(self, runs: Runs) -> Verdict:
        """All limits together; what cannot be keeps nothing."""
        if runs.impossible:
            return Verdict(False, False, False)
        found = [(each.value, year) for each in self.limits for year in self._years(runs, each)]
        return Verdict(
            holds=all(year.mean <= most for most, year in found),
            surely=all(year.high <= most for most, year in found),
            maybe=all(year.low <= most for most, year in found),
        )

    def kept(self, levels: Mapping[str, Interval]) -> bool:
        """Whether levels, as `levels` tells them, keep every limit on the mean."""
        return all(levels[each.name].mean <= each.value for each in self.limits)

    def excess(self, runs: Runs) -> tuple[float, ...]:
        """How far each limit's measure lies above it on the mean, relative to the limit; below 0 where it is kept."""
        return tuple((self.level(runs, each).mean - each.value) / (abs(each.value) or 1.0) for each in self.limits)

    def _years(self, runs: Runs, limit: Limit) -> list[Interval]:
        values = runs.values[limit.series] * limit.scale(self.people)
        chosen = values if self.when == "every" else values[:, -1:]
        return [interval(year) for year in chosen.T]

    def faults(self) -> Iterator[Fault]:
        """What is wrong with asking for these."""
        yield from limit_faults(self.limits, self.when)


def chosen_limits(limits: Sequence[Limit], names: Collection[str]) -> tuple[Limit, ...]:
    """Limits of these names, in their own order; names must be known."""
    return tuple(each for each in limits if each.name in names)


def stated(series: str, most: float) -> Limit:
    """A limit of one's own on any series, in the unit of its measure."""
    label = measure_of(series).label if not list(series_faults("", series)) else series
    return Limit(series, label, series, "share", most, most, most, STATED, "", "")
