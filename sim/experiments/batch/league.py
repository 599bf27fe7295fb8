"""A league table of places, with ranks as uncertain as they are.

Every place is set beside every other in pairs of replications: the same seed gives the same people, so much of what
chance does to one it does to the other. A place's best rank counts the places that are better beyond doubt, its worst
those that are worse. Intervals of the differences are wide enough (Bonferroni) to hold for all pairs at once, and so do
the ranges of all ranks (Mogstad, Romano, Shaikh and Wilhelm 2024, Inference for Ranks with Applications to Mobility
across Neighbourhoods and Academic Achievement across Countries, Review of Economic Studies 91: 476-518).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from sim.experiments.batch.results import PlaceResults
from sim.results.measures import measure_of
from sim.results.statistics import LEVEL, Interval, differences, interval

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standing:
    """One place in a league.

    found        mean and 95 % interval of this place alone
    rank         by the mean, 1 the best
    best, worst  the ranks it may have
    """

    footprint: str
    found: Interval
    rank: int
    best: int
    worst: int

    @property
    def is_sure(self) -> bool:
        """Whether only one rank is possible."""
        return self.best == self.worst


def league(
    places: Sequence[PlaceResults], series: str, plan: str, *, change: bool, per_head: bool = False, year: int = -1
) -> tuple[Standing, ...]:
    """Places by one series in one year, the best first; a measure without a better way counts as better when lower.

    change     of the plan against what it is set beside; otherwise the plan's own value
    per_head   divided by the people of the place
    """
    sign = -1 if measure_of(series).better == "higher" else 1
    values = [
        place.replications(plan, series, year, change=change) / (place.people if per_head else 1) for place in places
    ]
    found = [interval(each) for each in values]
    better, worse = _apart([sign * each for each in values])
    ordered = sorted(range(len(places)), key=lambda place: sign * found[place].mean)
    return tuple(
        Standing(places[place].footprint, found[place], rank, 1 + int(worse[place]), len(places) - int(better[place]))
        for rank, place in enumerate(ordered, 1)
    )


def pairs_apart(standings: Sequence[Standing]) -> int:
    """Pairs of places of which one is better beyond doubt."""
    return sum(each.best - 1 for each in standings)


def _apart(values: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    """Of each place, how many others it is lower than beyond doubt, and how many it is higher than."""
    pairs = list(combinations(range(len(values)), 2))
    level = 100 - (100 - LEVEL) / max(len(pairs), 1)
    lower, higher = np.zeros(len(values)), np.zeros(len(values))
    for one, other in pairs:
        found = interval(differences(values[one], values[other]), level)
        if found.low > 0:
            lower[one], higher[other] = lower[one] + 1, higher[other] + 1
        elif found.high < 0:
            higher[one], lower[other] = higher[one] + 1, lower[other] + 1
    return lower, higher
