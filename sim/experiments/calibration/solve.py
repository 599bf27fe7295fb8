"""Factors of the free quantities for which the traffic equations meet the targets best.

Bounded non-linear least squares (trust region reflective; Branch, Coleman and Li 1999, SIAM J Sci Comput 21). Residuals
are in tolerances. A quantity that no target speaks of keeps its prior, the factor 1, because leaving it costs a
little. Quantities that meet one target exactly, as national totals, are then solved for as so many equations.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.experiments.calibration.basis import Basis
from sim.experiments.calibration.equations import NO_QUEUE, Queue, by_equations
from sim.inputs import Free, Goal, Parameters
from sim.inputs.fit import times

FloatArray = NDArray[np.float64]
DIGITS = 10
"""Significant digits of what is kept: far finer than any tolerance, coarser than the noise of arithmetic."""
TINY = 1e-12
"""Relative change at which a solution stands."""


@dataclass(frozen=True)
class Problem:
    """What is to be solved.

    written        parameters as they are written
    goals          targets, measured by the equations or not
    prior_weight   what missing the prior by the whole of its bounds costs, in tolerances of a target
    """

    written: Parameters
    basis: Basis
    free: tuple[Free, ...]
    goals: tuple[Goal, ...]
    prior_weight: float

    @cached_property
    def aimed_at(self) -> tuple[Goal, ...]:
        """Goals that the equations know."""
        known = by_equations(self.written, self.basis, NO_QUEUE)
        return tuple(goal for goal in self.goals if goal.name in known)

    @cached_property
    def exact(self) -> dict[int, Goal]:
        """By position of a free quantity: the goal that it meets exactly."""
        asked = {goal.name: goal for goal in self.aimed_at}
        return {place: asked[each.meets] for place, each in enumerate(self.free) if each.meets in asked}

    def parameters(self, factors: Iterable[float]) -> Parameters:
        """Parameters with every free quantity taken times its factor."""
        return self.written.with_changes(self.values(factors))

    def values(self, factors: Iterable[float], digits: int = 17) -> dict[str, object]:
        """New value by path."""
        return {
            each.parameter: times(given(self.written, each), factor, digits) for each, factor in self._pairs(factors)
        }

    def residuals(self, factors: Iterable[float], queue: Queue, accounts: bool = False) -> FloatArray:
        """Each goal missed, in tolerances, and then each prior missed, at its weight.

        accounts   of what is a matter of accounts alone, or of everything else
        """
        pairs = list(zip(self.free, map(float, factors), strict=True))
        found = by_equations(self.parameters([factor for _, factor in pairs]), self.basis, queue)
        missed = [(found[goal.name] - goal.value) / goal.tolerance for goal in self.aims(accounts)]
        leaving = [
            self.prior_weight * (factor - 1.0) / each.spread for each, factor in pairs if each.accounts == accounts
        ]
        return np.array([*missed, *leaving])

    def aims(self, accounts: bool) -> list[Goal]:
        """Goals that the equations know and that are, or are not, a matter of accounts."""
        return [goal for goal in self.aimed_at if goal.accounts == accounts]

    def _pairs(self, factors: Iterable[float]) -> list[tuple[Free, float]]:
        return list(zip(self.free, map(float, factors), strict=True))


def given(parameters: Parameters, free: Free) -> float | dict[str, float]:
    """The numbers that a factor is for: one, or those by key."""
    if not parameters[free.parameter].keys:
        return parameters.value(free.parameter)
    whole = parameters.by(free.parameter)
    return {key: whole[key] for key in free.keys or whole}


def solve(problem: Problem, queue: Queue) -> tuple[float, ...]:
    """The factors, in the order of the free quantities; the same input gives the same digits.

    People first, and accounts last: who is blamed for a delay may not move anybody.
    """
    people = _made_exact(problem, _balanced(problem, np.ones(len(problem.free)), queue, accounts=False), queue)
    factors = _balanced(problem, people, queue, accounts=True)
    return tuple(float(f"{factor:.{DIGITS}g}") for factor in factors)


def _balanced(problem: Problem, factors: FloatArray, queue: Queue, accounts: bool) -> FloatArray:
    """The factors after least squares over those that are, or are not, a matter of accounts."""
    chosen = [place for place, each in enumerate(problem.free) if each.accounts == accounts]
    if not chosen or not problem.aims(accounts):
        return factors
    free = [problem.free[place] for place in chosen]
    bounds, scale = ([each.low for each in free], [each.high for each in free]), [each.spread for each in free]

    def residuals(found: FloatArray) -> FloatArray:
        return problem.residuals(_with(factors, chosen, found), queue, accounts)

    from scipy.optimize import least_squares

    solved = least_squares(residuals, factors[chosen], bounds=bounds, x_scale=scale, xtol=TINY, ftol=TINY, gtol=TINY)
    return _with(factors, chosen, solved.x)


def _with(factors: FloatArray, places: list[int], chosen: FloatArray) -> FloatArray:
    """The factors with those at some places replaced."""
    whole = factors.copy()
    whole[places] = chosen
    return whole


def _made_exact(problem: Problem, factors: FloatArray, queue: Queue) -> FloatArray:
    """The factors with those that meet a target exactly solved for; left alone where bounds stand in the way."""
    places, goals = list(problem.exact), list(problem.exact.values())
    if not places:
        return factors

    def missed(chosen: FloatArray) -> FloatArray:
        found = by_equations(problem.parameters(_with(factors, places, chosen)), problem.basis, queue)
        return np.array([found[goal.name] / goal.value - 1.0 for goal in goals])

    from scipy.optimize import root

    solved = root(missed, factors[places], tol=TINY)
    within = all(problem.free[i].low <= x <= problem.free[i].high for i, x in zip(places, solved.x, strict=True))
    return _with(factors, places, solved.x) if solved.success and within else factors
