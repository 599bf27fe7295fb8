"""Round numbers for an axis, with the unit on every tick."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

from dashboard.wording.language import short_months
from dashboard.wording.numbers import Measure

MOST_TICKS = 5
ROUND = (1, 2, 2.5, 5, 10)


def ticks(values: Sequence[float], most: int = MOST_TICKS, *, whole: bool = False) -> list[float]:
    """Round, evenly spaced numbers around all the values; at least two.

    whole   whether only whole numbers are any: of what is counted
    """
    known = [value for value in values if isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    step = _round_step((high - low) or abs(high) or 1.0, most, whole)
    first, last = floor(low / step), ceil(high / step)
    return [float(f"{k * step:.10g}") for k in range(first, max(last, first + 1) + 1)]


def value_axis(measure: Measure, at: Sequence[float], grid: str) -> dict[str, Any]:
    """The upright axis: its ticks say the unit, so it needs no title."""
    digits = 0 if all(float(value).is_integer() for value in at) else 1
    return {
        "range": [at[0], at[-1]],
        "tickvals": list(at),
        "ticktext": [tick_text(measure, value, digits) for value in at],
        "gridcolor": grid,
        "zeroline": at[0] < 0 < at[-1],
        "zerolinecolor": grid,
        "zerolinewidth": 2,
        "fixedrange": True,
        "ticks": "",
        "automargin": False,
    }


def tick_text(measure: Measure, value: float, digits: int) -> str:
    """A tick with only the sign of its unit: % or £m; people and beds stand in the heading."""
    sign = "\u2212" if value < 0 else ""
    number = f"{abs(value):,.{digits}f}"
    if measure.unit.startswith("£"):
        return f"{sign}£{number}{measure.unit[1:]}"
    return f"{sign}{number}%" if measure.unit == "%" else f"{sign}{number}"


def time_axis(months: Sequence[str], grid: str) -> dict[str, Any]:
    """The flat axis: dates, labelled every April or every few."""
    aprils = [month for month in months if month[5:7] == "04"]
    every = ceil(len(aprils) / 3) if len(aprils) > 3 else 1
    labelled = aprils[::every]
    april = short_months()[3]
    return {
        "type": "date",
        "range": [months[0], months[-1]],
        "tickvals": labelled,
        "ticktext": [f"{april} {month[:4]}" for month in labelled],
        "showgrid": True,
        "gridcolor": grid,
        "fixedrange": True,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": grid,
        "hoverformat": "%B %Y",
        "automargin": False,
    }


def _round_step(span: float, most: int, whole: bool = False) -> float:
    rough = span / most
    size = 10.0 ** floor(log10(rough))
    if whole and size < 1:
        return 1.0
    fit = (size * factor for factor in ROUND if size * factor >= rough * (1 - 1e-9))
    return next(step for step in fit if not whole or step.is_integer())
