"""Delays: stocks in series that seek a goal, each changed only by the flow from the level before it.

Time is in years. A chain that rises and fades at different speeds has no closed form, so it is stepped by the
classic fourth-order Runge-Kutta rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from sim.dynamics.arrays import FloatArray

STAGES = 3
_LARGEST_STEP = 1 / 2  # of the fastest time constant: the error of one step is then below a thousandth


@dataclass(frozen=True, slots=True)
class Delay:
    """Equal stocks in series behind a goal, STAGES of them; the last is the delayed value. N elements side by side.

    rising, falling   mean delay of one stock in years, when it is below the level before it and when above, (N,)
    """

    rising: FloatArray
    falling: FloatArray

    def after(self, stages: FloatArray, goal: FloatArray, span: float) -> FloatArray:
        """The stocks, STAGES by N, after `span` years in which the goal, (N,), stays as it is."""
        if (stages == goal).all():  # nothing flows; so it is in every month of a place without programmes
            return stages
        steps = self.steps(span)
        for _ in range(steps):
            stages = self._stepped(stages, goal, span / steps)
        return stages

    def steps(self, span: float) -> int:
        """Steps that `span` years take."""
        fastest = float(min(self.rising.min(), self.falling.min()))
        return max(1, ceil(span / (fastest * _LARGEST_STEP)))

    def _stepped(self, stages: FloatArray, goal: FloatArray, step: float) -> FloatArray:
        first = self._inflow(stages, goal)
        second = self._inflow(stages + step / 2 * first, goal)
        third = self._inflow(stages + step / 2 * second, goal)
        fourth = self._inflow(stages + step * third, goal)
        return stages + step / 6 * (first + 2 * (second + third) + fourth)

    def _inflow(self, stages: FloatArray, goal: FloatArray) -> FloatArray:
        """What every stock gains a year: its distance from the level before it, over its mean delay."""
        before = np.concatenate((goal[np.newaxis], stages[:-1]))
        distance = before - stages
        inflow: FloatArray = distance / np.where(distance > 0, self.rising, self.falling)
        return inflow


def third_order_delay(rising: FloatArray, falling: FloatArray) -> Delay:
    """The delay whose whole chain has these means in years, going up and coming down, each (N,)."""
    return Delay(rising / STAGES, falling / STAGES)
