"""Runs of the back-test, and what is seen of them month by month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Event

import numpy as np
from numpy.typing import NDArray

from sim.experiments.replicate import CancelledError
from sim.inputs import NEXT_STATIONS, Footprint, Parameters
from sim.system import Place, prepare, simulate

FloatArray = NDArray[np.float64]
Months = Mapping[str, FloatArray]
"""Series of one replication by name, each (months,)."""
COMMUNITY_BEDS = ("p2", "p3")
SERIES = (
    "delayed",
    "delayed:capacity",
    "delayed_in_community_beds",
    "occupancy:acute",
    "emergency_bed_days",
    *(f"occupied:{kind}" for kind in COMMUNITY_BEDS),
    *(f"delayed_for:{kind}" for kind in NEXT_STATIONS),
)
AT_HAND = 4
"""Prepared places that are held for the replications still to come."""


@dataclass(frozen=True)
class Looks:
    """Replications of several sets of parameters, by number: replications run first, then sets.

    ask   the parameters of a set, counted from 0
    """

    ask: Callable[[int], Parameters]
    footprint: Footprint
    years: int
    people: float
    seed: int
    replications: int

    def __call__(self, number: int, cancelled: Event) -> Months:
        """The replication of this number; raises CancelledError within a month simulated of being cancelled."""
        which, replication = divmod(number, self.replications)

        def go_on(_: int) -> None:
            if cancelled.is_set():
                raise CancelledError

        history = simulate(self._place(which), self.seed, replication, go_on)
        return {name: history[name] for name in SERIES}

    @cached_property
    def _place(self) -> Callable[[int], Place]:
        return lru_cache(AT_HAND)(lambda which: prepare(self.ask(which), self.footprint, self.years, self.people))


def together(parts: Sequence[Months]) -> Months:
    """The mean over replications, month by month."""
    return {name: np.mean([part[name] for part in parts], axis=0) for name in SERIES}
