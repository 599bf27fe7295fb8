"""Cost by capacity, by who bears it, and where it is least: the best point is chosen by other runs than measure it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.results.statistics import Interval, Paired, interval, level_at_once, paired

FloatArray = NDArray[np.float64]

PLACE = "the place"


@dataclass(frozen=True, slots=True)
class Frontier:
    """Cost by capacity.

    points     places, or growth of places in percent a year
    capacity   places open, by point
    delay      what waits: hospital beds held for want of a place; of a network, people who wait for a place of the
               station, and places anywhere held by people whose next station is full
    costs      pounds (a year, or a time unit of the network) by who bears them, shape (points, replications)
    searched   the same with the people of the search: they choose the least points, and measure nothing
    """

    points: tuple[float, ...]
    capacity: tuple[Interval, ...]
    delay: tuple[Interval, ...]
    costs: Mapping[str, FloatArray]
    searched: Mapping[str, FloatArray]

    @property
    def whole(self) -> FloatArray:
        """Pounds of all together, shape (points, replications)."""
        return self.of(PLACE)

    def of(self, who: str) -> FloatArray:
        """Pounds borne by one, or by the place, shape (points, replications)."""
        return _borne(self.costs, who)

    @property
    def bearers(self) -> tuple[str, ...]:
        """Who bears any of it, the place last."""
        return (*(name for name, pounds in self.costs.items() if pounds.any()), PLACE)

    def cost(self, who: str, point: int) -> Interval:
        """What one bears at a point."""
        return interval(self.of(who)[point])

    def best(self, who: str) -> int:
        """The point at which one's cost is least for the people of the search, on the mean; the fewest places of
        several."""
        return int(np.argmin(_borne(self.searched, who).mean(axis=1)))

    def above(self, who: str, point: int) -> Paired:
        """How far a point costs more than the best, paired, with an interval that holds for all points at once."""
        costs, others = self.of(who), len(self.points) - 1
        return paired(costs[self.best(who)], costs[point], "lower", level_at_once(others))

    def ties(self, who: str) -> tuple[int, ...]:
        """Points that are not told to cost more than the best, it among them."""
        return tuple(point for point in range(len(self.points)) if self.above(who, point).verdict != "worse")

    def at_end(self, who: str) -> bool:
        """Whether the least lies at an end of what was tried, so that it may lie beyond."""
        return self.best(who) in (0, len(self.points) - 1)


def _borne(costs: Mapping[str, FloatArray], who: str) -> FloatArray:
    return np.asarray(np.sum(list(costs.values()), axis=0)) if who == PLACE else costs[who]
