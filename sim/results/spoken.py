"""Numbers as they are written: in the unit shown, with the decimals of their measure, with their interval."""

from __future__ import annotations

from math import isnan

from sim.results.measures import Measure
from sim.results.statistics import Interval, Paired

MILLION = 1_000_000
SHOWN_UNITS = {"share": "%", "gbp": "£m", "gbp a head": "£ a head"}
"""How a unit is written in tables; other units are written as they are."""

SCALES = {"share": 100.0, "gbp": 1 / MILLION}
"""What a number is multiplied by to be in the unit shown."""


def number(value: float, digits: int) -> str:
    """A number with so many decimals and commas; a dash when there is none."""
    if isnan(value):
        return "-"
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def pounds(value: float) -> str:
    """An amount of money in pounds, the sign first."""
    text = number(value, 0)
    return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"


def millions(value: float) -> str:
    """An amount of money in millions of pounds, the sign first."""
    text = number(value / MILLION, 1)
    return f"-£{text[1:]}m" if text.startswith("-") else f"£{text}m"


def counted(count: int, thing: str) -> str:
    """So many of a thing: "1 year", "2 years"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def unit(measure: Measure) -> str:
    """The unit as written in tables."""
    return SHOWN_UNITS.get(measure.unit, measure.unit)


def amount(value: float, measure: Measure) -> str:
    """A number of a measure, in the unit shown."""
    return number(value * SCALES.get(measure.unit, 1), measure.digits)


def with_unit(value: float, measure: Measure) -> str:
    """A number of a measure with its unit, such as 93.4 %, 120.0 beds or £186.3m."""
    return millions(value) if measure.unit == "gbp" else f"{amount(value, measure)} {unit(measure)}"


def span(interval: Interval | Paired, measure: Measure) -> str:
    """An interval of a measure, in the unit shown; a dash where one replication gives none."""
    if isnan(interval.low):
        return "-"
    return f"{amount(interval.low, measure)} to {amount(interval.high, measure)}"
