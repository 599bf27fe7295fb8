"""How far the shift has come: a share of a budget that is moved little by little, to a goal that may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Ramp:
    """A share to be moved, from `start` (years) over `years`; both at least 0."""

    share: float
    start: float
    years: float

    def reached(self, years: FloatArray) -> FloatArray:
        """Share of the budget moved so many years after the start of the run, if it is the first."""
        return self.share * self.part(years, self.start)

    def part(self, years: FloatArray, start: float) -> FloatArray:
        """How far it has come, 0 to 1."""
        since = years - start
        if self.years <= 0:
            return np.where(since < 0, 0.0, 1.0)
        return np.clip(since, 0.0, self.years) / self.years


def moved(ramps: Sequence[tuple[float, Ramp]], years: FloatArray) -> FloatArray:
    """Share of the budget moved; each later ramp goes in a straight line from what was reached to its own share.

    ramps   each from so many years on; the first has no beginning, and one like the one before it is none
    """
    (_, first), *rest = ramps
    found, known = first.reached(years), [ramps[0]]
    for begins, ramp in rest:
        if ramp == known[-1][1]:
            continue
        had = moved(known, np.array(begins))
        way = ramp.part(years, max(begins, ramp.start))
        found = np.where(years >= begins, had + (ramp.share - had) * way, found)
        known.append((begins, ramp))
    return found
