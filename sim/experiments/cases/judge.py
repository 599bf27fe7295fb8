"""Whether what was found is what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.experiments.cases.case import Figure
from sim.experiments.cases.results import FigureResult, State, plus_minus
from sim.experiments.cases.schema import BoundsSpec, QuantitySpec, ToleranceSpec
from sim.results.statistics import Interval, interval

FloatArray = NDArray[np.float64]


def judge_figure(figure: Figure, sample: FloatArray) -> FigureResult:
    """One figure against one number a replication."""
    spec, found = figure.spec, interval(sample)
    half = found.high - found.mean
    value, allowed = spec.value, None
    if value is not None and spec.tolerance is not None:
        error = standard_error(sample)
        allowed = spec.tolerance.allowed(value, sqrt(error**2 + spec.error**2))
    state = _state(figure, found, sample, allowed)
    return FigureResult(
        figure=spec.figure or label(spec, figure.variant),
        expected=bounds(spec) if value is None else f"{value:.6g}",
        found=plus_minus(found.mean, half),
        tolerance="" if spec.tolerance is None or value is None else rule(spec.tolerance, allowed),
        state=state,
        status=spec.status or "",
        source=spec.source,
        because=" ".join(spec.differs.because.split()) if spec.differs and state == "known difference" else "",
        value=value,
        mean=found.mean,
        half_width=half,
        allowed=allowed,
    )


def _state(figure: Figure, found: Interval, sample: FloatArray, allowed: float | None) -> State:
    spec = figure.spec
    if spec.value is None or allowed is None:
        return "pass" if spec.holds(found.low, found.high) else "fail"
    if abs(found.mean - spec.value) <= allowed:
        return "pass"
    differs = spec.differs
    if differs is None:
        return "fail"
    tolerance = differs.tolerance or spec.tolerance
    within = tolerance.allowed(differs.instead, standard_error(sample)) if tolerance else 0
    return "known difference" if abs(found.mean - differs.instead) <= within else "fail"


def standard_error(sample: FloatArray) -> float:
    """The standard error of a mean over replications, those that are nan left out; nan for fewer than two."""
    known = sample[~np.isnan(sample)]
    return float(known.std(ddof=1)) / sqrt(known.size) if known.size > 1 else float("nan")


def label(spec: QuantitySpec, variant: str) -> str:
    """A figure by its measure, station and variant."""
    places = [f"{number} {name}" for name, number in (spec.places or {}).items()]
    places += [f"{spec.shared} shared"] if spec.shared else []
    of = [spec.measure.replace("_", " "), spec.station or "", spec.kind or "", " + ".join(places)]
    words = ", ".join(part for part in of if part)
    return f"{words} ({variant.replace('_', ' ')})" if variant else words


def bounds(spec: BoundsSpec) -> str:
    """Bounds in words."""
    parts = [f"{word} {limit:g}" for word, limit in (("above", spec.above), ("below", spec.below)) if limit is not None]
    return " and ".join(parts)


def rule(tolerance: ToleranceSpec, allowed: float | None) -> str:
    """A tolerance in words, with what it comes to."""
    parts: Sequence[str] = [
        words
        for given, words in (
            (tolerance.absolute, f"{tolerance.absolute:g}" if tolerance.absolute is not None else ""),
            (tolerance.relative, f"{100 * (tolerance.relative or 0):g} %"),
            (tolerance.standard_errors, f"{tolerance.standard_errors:g} s.e." if tolerance.standard_errors else ""),
        )
        if given
    ]
    words = " + ".join(parts) or "0"
    simple = allowed is None or words == f"{tolerance.absolute or 0:g}"
    return words if simple else f"{words} = {allowed:.2g}"
