"""Measures of the model as they are drawn: shares in percent, money in millions of pounds."""

from __future__ import annotations

from typing import Any

from dashboard.notebook.chart import axis
from dashboard.wording.numbers import Measure
from sim.results.measures import measure_of
from sim.results.spoken import SCALES

WRITTEN = {"share": "%", "gbp": "£m"}
APART = {"share": " points", "gbp": "£m"}


def shown(series: str) -> Measure:
    """A measure of the model's catalogue in the units shown. Raises KeyError when there is none."""
    found = measure_of(series)
    return Measure(
        id=series,
        series=series,
        title=found.label,
        unit=WRITTEN.get(found.unit, ""),
        scale=SCALES.get(found.unit, 1.0),
        digits=found.digits,
        apart=APART.get(found.unit, ""),
        up="higher",
        down="lower",
        meaning="",
        better=found.better,
        counts=False,
    )


def unit_words(series: str) -> str:
    """The unit as an axis says it."""
    unit = measure_of(series).unit
    return {"share": "percent", "gbp": "£ million, prices of 2015/16"}.get(unit, unit)


def value_axis(series: str, theme: str, **more: Any) -> dict[str, Any]:
    """The axis of a measure; its title says pounds, since a sign before a minus reads badly."""
    unit = shown(series).unit
    return axis(unit_words(series), theme, ticksuffix="" if unit.startswith("£") else unit, **more)
