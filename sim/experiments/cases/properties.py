"""How a quantity goes over several networks: rises, falls, unchanged, lowest inside, a straight line.

All of them see the same people replication by replication, so they are compared in pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.cases.case import Property
from sim.experiments.cases.judge import bounds, rule, standard_error
from sim.experiments.cases.results import FigureResult, plus_minus
from sim.experiments.cases.schema import PropertySpec, ToleranceSpec
from sim.results.statistics import Interval, interval

FloatArray = NDArray[np.float64]

NO_TOLERANCE = ToleranceSpec(absolute=0.0)


@dataclass(frozen=True, slots=True)
class Points:
    """What was found along the way.

    asked   the property
    of      one number a replication, shape (points, replications)
    there   likewise, of what else must hold where it is lowest; empty if nothing must
    """

    asked: Property
    of: FloatArray
    there: FloatArray

    @property
    def means(self) -> FloatArray:
        """The mean of each point."""
        return np.asarray(self.of.mean(axis=1), dtype=np.float64)

    @property
    def tolerance(self) -> ToleranceSpec:
        """The tolerance of the property, where its shape has one."""
        return self.asked.spec.tolerance or NO_TOLERANCE


Verdict = tuple[bool, str]


def judge_property(points: Points) -> FigureResult:
    """One property against one number a replication at each point."""
    spec = points.asked.spec
    holds, found = SHAPES[spec.shape](points)
    return FigureResult(
        figure=spec.title,
        expected=expected(spec, points.asked),
        found=found,
        tolerance=rule(points.tolerance, None) if spec.shape in ("unchanged", "straight_line") else "95 % in pairs",
        state="pass" if holds else "fail",
        status=spec.status or "",
        source=spec.source,
    )


def expected(spec: PropertySpec, asked: Property) -> str:
    """The property in words."""
    words = spec.shape.replace("_", " ")
    over = f"{words} over {asked.shown[0]} to {asked.shown[-1]}" if asked.shown else words
    if spec.slope is not None:
        return f"{over}, slope {spec.slope:.6g}"
    return f"{over}; there {spec.there.measure.replace('_', ' ')} {bounds(spec.there)}" if spec.there else over


def _goes(points: Points, sign: int) -> Verdict:
    steps = [_difference(points, place + 1, place) for place in range(len(points.of) - 1)]
    holds = all((step.low > 0 if sign > 0 else step.high < 0) for step in steps)
    return holds, _listed(points)


def _rises(points: Points) -> Verdict:
    return _goes(points, 1)


def _falls(points: Points) -> Verdict:
    return _goes(points, -1)


def _unchanged(points: Points) -> Verdict:
    """No point differs from the first by more than the tolerance; its standard error is that of the difference."""
    first = float(points.means[0])
    for place in range(1, len(points.of)):
        change = points.of[place] - points.of[0]
        if not abs(float(change.mean())) <= points.tolerance.allowed(first, standard_error(change)):
            return False, _listed(points)
    return True, _listed(points)


def _lowest_inside(points: Points) -> Verdict:
    """The lowest mean is at neither end, and both ends are higher beyond chance."""
    lowest, last = int(np.argmin(points.means)), len(points.of) - 1
    holds = 0 < lowest < last and all(_difference(points, end, lowest).low > 0 for end in (0, last))
    at = interval(points.of[lowest])
    words = f"lowest at {points.asked.shown[lowest]}: {_shown(at)}"
    there = points.asked.spec.there
    if there is None:
        return holds, words
    beside = interval(points.there[lowest])
    name = there.measure.replace("_", " ")
    return holds and there.holds(beside.low, beside.high), f"{words}; there {name} {_shown(beside)}"


def _straight_line(points: Points) -> Verdict:
    """The fitted slope is the one expected, and no point lies off the fitted line, each within the tolerance."""
    values = np.array(points.asked.values)
    fits = np.polyfit(values, points.of, 1)
    off = points.of - (np.outer(values, fits[0]) + fits[1])
    slope, wanted, tolerance = interval(fits[0]), points.asked.spec.slope or 0.0, points.tolerance
    holds = abs(slope.mean - wanted) <= tolerance.allowed(wanted, standard_error(fits[0]))
    straight = all(
        abs(float(each.mean())) <= tolerance.allowed(float(mean), standard_error(each))
        for each, mean in zip(off, points.means, strict=True)
    )
    return bool(holds and straight), f"slope {_shown(slope)}, {'straight' if straight else 'bent'}"


SHAPES: Mapping[str, Callable[[Points], Verdict]] = {
    "rises": _rises,
    "falls": _falls,
    "unchanged": _unchanged,
    "lowest_inside": _lowest_inside,
    "straight_line": _straight_line,
}
"""How each shape is judged: does it hold, and what was found in words."""


def points_of(asked: Property, samples: Sequence[FloatArray], there: Sequence[FloatArray]) -> Points:
    """Points from samples, cut to as many replications as every point has."""
    shortest = min(map(len, samples))
    return Points(asked, *(np.array([sample[:shortest] for sample in each]) for each in (samples, there)))


def _difference(points: Points, one: int, other: int) -> Interval:
    return interval(points.of[one] - points.of[other])


def _listed(points: Points) -> str:
    return ", ".join(_shown(interval(sample)) for sample in points.of)


def _shown(found: Interval) -> str:
    return plus_minus(found.mean, found.high - found.mean)
