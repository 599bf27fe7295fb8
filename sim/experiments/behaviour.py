"""Every lever by itself, swept over its range: what it moves, which way, how far, and in what shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.experiments.many import REMEMBERED, Outcome, in_year, raise_impossible, run_many
from sim.experiments.question import People, Question, Resolved, resolve
from sim.experiments.replicate import Way
from sim.inputs import Behaviour, Fault, Lever, load_behaviour, nearest, raise_any
from sim.inputs.behaviour import Direction
from sim.results.measures import KEY_SERIES, measure_of
from sim.results.statistics import Paired, paired
from sim.system import Memory

FloatArray = NDArray[np.float64]
Shape = Literal["nothing", "cannot be seen", "steady", "levels off", "starts late", "turns"]

POINTS = (2, 25)
YEARS = 5

FLAT = 1 / 4
"""An end counts as flat when it is less steep than this part of the steepest stretch."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one lever does to one measure in the final year.

    values       mean at each point of the sweep
    difference   high end less low end, pair by pair
    shape        over the sweep: steady, flat at the high end (levels off) or at the low end (starts late), up and down
    """

    series: str
    values: tuple[float, ...]
    difference: Paired
    shape: Shape
    declared: Direction

    @property
    def found(self) -> Direction:
        """Which way the measure moves from the low to the high end; "any" when that cannot be seen."""
        if self.shape == "nothing":
            return "nothing"
        if not (self.difference.low > 0 or self.difference.high < 0):
            return "any"
        return "rises" if self.difference.mean > 0 else "falls"

    @property
    def contradicted(self) -> bool:
        """Whether the numbers say otherwise than declared; what chance hides says nothing."""
        if self.declared == "any":
            return False
        if self.found == "any":
            return False
        return self.found != self.declared

    @property
    def confirmed(self) -> bool:
        """Whether what was declared can be seen."""
        return self.declared != "any" and self.found == self.declared


@dataclass(frozen=True, slots=True)
class Sweep:
    """One lever over its range, with all else as it is on its ground."""

    lever: Lever
    behaviour: Behaviour
    points: tuple[float | str, ...]
    effects: tuple[Effect, ...]


def sweep_levers(
    footprint: str,
    paths: Sequence[str] = (),
    points: int = 5,
    replications: int = 4,
    seed: int = 1,
    people: People = "usual",
    way: Way | None = None,
    *,
    keep: bool = True,
) -> tuple[Sweep, ...]:
    """Sweep every lever, or those named, for five years.

    paths    of levers
    points   of each slider, both ends among them; a choice has its words

    Raises Faults: for levers that are not there, too few points, or as `resolve` does.
    """
    known = load_behaviour()
    raise_any(_faults(paths, list(known), points))
    question = Question(footprint, years=YEARS, replications=replications, seed=seed, people=people)
    chosen = [known[path] for path in paths] if paths else list(known.values())
    grounds: dict[str, Resolved] = {}
    asked: list[Resolved] = []
    for lever, behaviour in chosen:
        ground = _ground(question, behaviour, grounds)
        asked += (_moved(ground, lever, point) for point in _points(lever, points))
    found = run_many(asked.__getitem__, len(asked), KEY_SERIES, way, keep=keep, memory=Memory(REMEMBERED))
    raise_impossible(asked, found)
    outcomes = iter(found)
    return tuple(
        _sweep(lever, behaviour, values := _points(lever, points), [next(outcomes) for _ in values])
        for lever, behaviour in chosen
    )


def _faults(paths: Sequence[str], known: Sequence[str], points: int) -> list[Fault]:
    least, most = POINTS
    found = [
        Fault("", 0, "lever", f'"{path}"', "is not one we know", nearest(path, known))
        for path in paths if path not in known
    ]  # fmt: skip
    if not least <= points <= most:
        found.append(Fault("", 0, "points", str(points), f"must be a whole number from {least} to {most}"))
    return found


def _points(lever: Lever, points: int) -> tuple[float | str, ...]:
    """Evenly from the low to the high end; of a choice, its words in order."""
    if lever.kind == "choice":
        return tuple(lever.choices)
    return tuple(float(each) for each in np.linspace(lever.low or 0, lever.high or 0, points))


def _ground(question: Question, behaviour: Behaviour, known: dict[str, Resolved]) -> Resolved:
    """What a lever is moved on top of; looked up once for all levers that share it."""
    name = repr((behaviour.on, behaviour.given))
    if name not in known:
        known[name] = resolve(replace(question, scenarios=behaviour.on, changes=behaviour.given))
    return known[name]


def _moved(ground: Resolved, lever: Lever, point: float | str) -> Resolved:
    return replace(ground, parameters=ground.parameters.with_changes(lever.changes(point)))


def _sweep(
    lever: Lever, behaviour: Behaviour, points: tuple[float | str, ...], outcomes: Sequence[Sequence[Outcome]]
) -> Sweep:
    known = (series for series in KEY_SERIES if series in outcomes[0][0].years)
    effects = (
        effect(series, np.stack([in_year(each, series) for each in outcomes]), behaviour.direction(series))
        for series in known
    )
    return Sweep(lever, behaviour, points, tuple(effects))


def effect(series: str, values: FloatArray, declared: Direction = "any") -> Effect:
    """What a sweep does to a measure.

    values   shape (points, replications), in the order of the points
    """
    difference = paired(values[0], values[-1], measure_of(series).better)
    means = tuple(float(each) for each in values.mean(axis=1))
    return Effect(series, means, difference, _shape(values, difference), declared)


def _shape(values: FloatArray, whole: Paired) -> Shape:
    """In what shape a measure follows; a step counts only if its own interval leaves out zero."""
    steps = [paired(first, second, "neither") for first, second in pairwise(values)]
    if all(step.verdict == "no difference" for step in steps):
        return "nothing"
    up, down = (any(step.verdict == way for step in steps) for way in ("higher", "lower"))
    if up and down:
        return "turns"
    if not (up or down or whole.low > 0 or whole.high < 0):
        return "cannot be seen"
    sizes = [abs(step.mean) for step in steps]
    if sizes[-1] < FLAT * max(sizes):
        return "levels off"
    return "starts late" if sizes[0] < FLAT * max(sizes) else "steady"
