"""The fit: traffic equations solved for the free quantities, then simulated, until what the queue adds settles.

The equations know everything but the beds held for full places, of which they have an approximation. What those are of
it, simulated in the fitted place, is put into the equations, and those are solved anew: a damped fixed point. It
converges in a few rounds because the approximation rises with the load much as the queue does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

import numpy as np

from sim.experiments.calibration.basis import Basis
from sim.experiments.calibration.equations import Queue, approximated, by_equations
from sim.experiments.calibration.queue import QueueTask, Seen, queue_of, simulated
from sim.experiments.calibration.solve import DIGITS, Problem, given, solve
from sim.experiments.replicate import Way, replicate
from sim.inputs import Free, Goal, Method, Parameters
from sim.inputs.fit import FittedValue, Reached, times

MOVES = 1 / 20
"""Tolerances that some target must move by, while a quantity moves from bound to bound, or nothing is said of it."""
MOST = 1 / 2
"""What is moved by so much of what is moved most counts as served too."""

NEAR = 1 / 1000
"""Part of the way between its bounds within which a factor is at one: the solver stops just short of them."""


@dataclass(frozen=True)
class Asked:
    """What is to be fitted.

    written   the parameters that the factors belong to
    free      quantities that may move
    goals     targets; those that the equations do not know are only reported
    """

    written: Parameters
    basis: Basis
    free: tuple[Free, ...]
    goals: tuple[Goal, ...]
    method: Method

    @property
    def problem(self) -> Problem:
        """The part that the equations solve."""
        return Problem(self.written, self.basis, self.free, self.goals, self.method.prior_weight)

    @property
    def people(self) -> float:
        """How many people are simulated: everybody of a place, so many localities of England."""
        usual = self.method.localities * self.written.value("capacity.locality_people")
        return usual if self.basis.footprint is None else self.basis.footprint.total

    @property
    def localities(self) -> int:
        """In how many localities, each near the usual size."""
        return max(1, round(self.people / self.written.value("capacity.locality_people")))

    @property
    def replications(self) -> int:
        """How often; so that a small place is seen as long as a large one."""
        return ceil(self.method.replications * self.method.localities / self.localities)


@dataclass(frozen=True)
class Fitted:
    """A fit.

    queue     beds held for full places over the approximation of them, as the equations were last given it
    rounds    how often it was simulated
    settled   whether the queue stood still at the end
    """

    asked: Asked
    factors: tuple[float, ...]
    queue: Queue
    rounds: int
    settled: bool
    targets: Mapping[str, Reached]
    values: Mapping[str, FittedValue]

    @property
    def score(self) -> float:
        """Root mean square of the residuals of what was aimed at, in tolerances."""
        missed = [each.residual for each in self.targets.values() if each.residual is not None]
        return float(f"{np.sqrt(np.mean(np.square(missed))):.{DIGITS}g}") if missed else 0.0

    @property
    def at_bound(self) -> tuple[str, ...]:
        """Parameters that would have to go further than they may for the targets to be met; of those fitted alone."""
        pairs = zip(self.asked.free, self.factors, strict=True)
        return tuple(each.parameter for each, factor in pairs if each.parameter in self.values and _ends(each, factor))


def fit(asked: Asked, way: Way) -> Fitted:
    """Fit; the same question gives the same digits on any number of threads."""
    done, begin = 0, (1.0,) * len(asked.free)
    queue = _over_approximation(asked, begin, _look(asked, begin, way, done))
    while True:
        factors = solve(asked.problem, queue)
        done += 1
        seen = _look(asked, factors, way, done)
        moved = _moved(queue, _over_approximation(asked, factors, seen), asked.method.damping)
        settled = _apart(asked, factors, queue, moved) < asked.method.settled
        if settled or done == asked.method.rounds:
            break
        queue = moved
    targets = _reached_all(asked, factors, queue, seen)
    return Fitted(asked, factors, queue, done, settled, targets, fitted_values(asked, factors, queue))


def _ends(free: Free, factor: float) -> bool:
    """Whether a factor is at one of its bounds."""
    return min(factor - free.low, free.high - factor) <= NEAR * (free.high - free.low)


def _over_approximation(asked: Asked, factors: tuple[float, ...], seen: Seen) -> dict[str, float]:
    """What was simulated of beds held for full places, over what is approximated of them."""
    near = approximated(asked.problem.parameters(factors), asked.basis)
    return {kind: beds / near[kind] for kind, beds in queue_of(seen, asked.people).items()}


def _apart(asked: Asked, factors: tuple[float, ...], before: Queue, after: Queue) -> float:
    """Beds for a million people that two views of a queue differ by, where they differ most."""
    near = approximated(asked.problem.parameters(factors), asked.basis)
    return max(abs(after[kind] - before[kind]) * near[kind] for kind in before) * 1000


def _look(asked: Asked, factors: tuple[float, ...], way: Way, number: int) -> Seen:
    """Simulate the place with these factors; the same people come in every round."""
    method, parameters = asked.method, asked.problem.parameters(factors)
    task = QueueTask(
        asked.basis.network(parameters, asked.people, asked.localities),
        method.seed,
        method.days,
        parameters.value("run.warm_up", unit="days"),
        parameters.value("capacity.pooling_share"),
    )
    wanted, begun = (method.rounds + 1) * asked.replications, number * asked.replications
    part = Way(way.workers, lambda done, _: way.progress(begun + done, wanted), way.tell)
    return Seen.together(replicate(task, asked.replications, part))


def _moved(before: Queue, seen: Queue, damping: float) -> dict[str, float]:
    return {kind: float(f"{was + damping * (seen[kind] - was):.{DIGITS}g}") for kind, was in before.items()}


def _reached_all(asked: Asked, factors: tuple[float, ...], queue: Queue, seen: Seen) -> dict[str, Reached]:
    """What every target came to."""
    parameters = asked.problem.parameters(factors)
    flow = by_equations(parameters, asked.basis, queue)
    same_day = flow["emergency_admissions"] * flow["emergency_same_day_share"]
    shown = simulated(seen, asked.people, parameters, same_day)
    return {goal.name: _reached(goal, flow.get(goal.name), shown.get(goal.name)) for goal in asked.goals}


def _reached(goal: Goal, flow: float | None, shown: float | None) -> Reached:
    missed = None if flow is None else round((flow - goal.value) / goal.tolerance, DIGITS) + 0.0
    return Reached(
        target=goal.value, low=goal.low, high=goal.high, flow=_kept(flow), residual=missed, simulated=_kept(shown)
    )


def fitted_values(asked: Asked, factors: tuple[float, ...], queue: Queue) -> dict[str, FittedValue]:
    """The fitted values by parameter; a quantity that no target speaks of keeps its number and is left out."""
    found: dict[str, FittedValue] = {}
    for place, (each, factor) in enumerate(zip(asked.free, factors, strict=True)):
        served = _serves(asked.problem, place, queue)
        if served:
            written = given(asked.written, each)
            product = times(written, factor, DIGITS)
            found[each.parameter] = FittedValue(factor=factor, written=written, fitted=product, serves=served)
    return found


def _serves(problem: Problem, place: int, queue: Queue) -> list[str]:
    """The targets that a free quantity moves, from bound to bound, the most moved first."""
    factors, each, ends = [1.0] * len(problem.free), problem.free[place], []
    for factors[place] in (each.low, each.high):
        ends.append(by_equations(problem.parameters(factors), problem.basis, queue))
    moves = {goal.name: abs(ends[1][goal.name] - ends[0][goal.name]) / goal.tolerance for goal in problem.aimed_at}
    most = max(moves.values())
    served = [name for name, far in moves.items() if far >= MOST * most] if most > MOVES else []
    return sorted(served, key=lambda name: (-moves[name], name))


def _kept(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{DIGITS}g}")
