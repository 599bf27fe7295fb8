"""Several aims at once: which points nothing beats, and a genetic search for them (NSGA-II, Deb and others 2002)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Point = tuple[int, ...]
"""A position on each axis, counted from 0."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a point is worth; None where it cannot be.

    aims      each better when lower
    excess    how far each limit is broken; 0 or below where it is kept
    """

    aims: tuple[float, ...]
    excess: tuple[float, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether every limit is kept."""
        return all(each <= 0 for each in self.excess)


Value = Callable[[Sequence[Point]], Sequence[Worth | None]]


def beaten(aims: FloatArray) -> BoolArray:
    """Which points another one beats: at least as good in every aim, and better in one; shape (points,).

    aims   shape (points, aims), better when lower
    """
    no_worse = (aims[:, np.newaxis] <= aims[np.newaxis]).all(axis=2)
    better = (aims[:, np.newaxis] < aims[np.newaxis]).any(axis=2)
    return np.asarray((no_worse & better).any(axis=0))


def front(worths: Sequence[Worth | None]) -> tuple[int, ...]:
    """Positions of feasible points that no feasible point beats; of those worth exactly the same, the first."""
    feasible: dict[tuple[float, ...], int] = {}
    for place, each in enumerate(worths):
        if each is not None and each.feasible:
            feasible.setdefault(each.aims, place)
    if not feasible:
        return ()
    lost = beaten(np.array(list(feasible)))
    return tuple(place for place, gone in zip(feasible.values(), lost, strict=True) if not gone)


def hunt(
    sizes: Sequence[int], value: Value, trials: int, population: int, seed: int, first: Sequence[Point] = ()
) -> dict[Point, Worth | None]:
    """Points tried, in the order in which they first were, and what they are worth.

    sizes        positions of each axis
    value        of points; asked a generation at a time, and for each point once
    trials       points proposed, those met before too; whole generations
    first        points that are tried in any case

    Nothing but the seed and the values decides which points are proposed.
    """
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.NSGAIISampler(population_size=population, seed=seed)
    known: dict[Point, Worth | None] = {}
    _learn(known, first, value)
    aims = next((len(each.aims) for each in known.values() if each is not None), None)
    if aims is None:
        raise ValueError("No first point can be valued, so the number of aims is not known.")
    study = optuna.create_study(directions=["minimize"] * aims, sampler=sampler)
    for point in first:
        study.enqueue_trial({str(axis): position for axis, position in enumerate(point)})
    for _ in range(-(-trials // population)):
        asked = [study.ask() for _ in range(population)]
        points = [_point(trial, sizes) for trial in asked]
        _learn(known, points, value)
        for trial, point in zip(asked, points, strict=True):
            _tell(study, trial, known[point])
    return known


def _point(trial: Any, sizes: Sequence[int]) -> Point:
    return tuple(trial.suggest_int(str(axis), 0, size - 1) for axis, size in enumerate(sizes))


def _learn(known: dict[Point, Worth | None], points: Sequence[Point], value: Value) -> None:
    new = [each for each in dict.fromkeys(points) if each not in known]
    if new:
        known.update(zip(new, value(new), strict=True))


def _tell(study: Any, trial: Any, worth: Worth | None) -> None:
    import optuna

    if worth is None:
        study.tell(trial, state=optuna.trial.TrialState.FAIL)
        return
    for number, each in enumerate(worth.excess):
        trial.set_constraint(str(number), each)
    study.tell(trial, worth.aims)
