"""Numbers, measures and levers of a workshop as a wall and a sheet say them, as on people's phones."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan

from dashboard.facts.levers import trimmed, with_unit
from dashboard.wording.choices import choice_in_words
from dashboard.wording.language import _
from dashboard.wording.numbers import MINUS, NO_DIFFERENCE, NOT_DETECTABLE, Measure, size_of
from dashboard.wording.workshop import HEADLINES
from sim.results.statistics import Interval, Paired
from sim.workshop import Span

DIGITS = 2
"""Decimals of a lever's number at most."""

PERCENT = 100
LARGE = 200
"""From what size on, in the unit shown, a number is written without decimals; shares never are."""

SMALL = 10
"""Changes below this size are written with a decimal."""

IDLE = re.compile(r"\.0(?!\d)")


def measure_name(series: str) -> str:
    """A headline measure in as few words as a wall has room for."""
    return _measure(series).label


def value(series: str, number: float) -> str:
    """A value with its unit, such as 93.4%, 120, £12.3m or 4.2 h."""
    return _measure(series, number).words(number * _measure(series).scale)


def tick(series: str, number: float) -> str:
    """A round number on an axis, without idle zeros."""
    return IDLE.sub("", value(series, number))


def change(series: str, number: float) -> str:
    """A change with sign and unit, such as +3.1 points or \u2212£1.4m."""
    if isnan(number):
        return _("not known")
    shown = number * _measure(series).scale
    words = (_fine(series) if abs(shown) < SMALL else _measure(series, number)).change(shown)
    return f"{MINUS if number < 0 else '+'}{words}" if _is_seen(words) else IDLE.sub("", words)


def interval_words(series: str, found: Interval) -> str:
    """A value and its 95 % interval."""
    if isnan(found.low):
        return value(series, found.mean)
    return f"{value(series, found.mean)} ({_span(value(series, found.low), value(series, found.high))})"


def change_words(series: str, found: Paired) -> str:
    """A change and its 95 % interval; or that there is none, or none to be told from chance."""
    if found.verdict == NO_DIFFERENCE:
        return _(NO_DIFFERENCE)
    if isnan(found.low):
        return change(series, found.mean)
    if is_sure(found) and not _is_seen(change(series, found.mean)):
        return f"{size(series, found.mean)} {direction(series, found.mean)}"
    low, high, unit = change(series, found.low), change(series, found.high), _measure(series).change_unit
    span = _span(low.removesuffix(unit) if unit[:1] == " " else low, high)
    return f"{change(series, found.mean) if is_sure(found) else _(NOT_DETECTABLE)} ({span})"


def size(series: str, number: float) -> str:
    """The size of a change with its unit, without a sign."""
    measure = _measure(series)
    return size_of(measure, number * measure.scale)


def direction(series: str, number: float) -> str:
    """The word for the way a measure went, such as longer or fewer."""
    return _measure(series).direction(number)


def is_sure(found: Paired) -> bool:
    """Whether a change can be told from chance."""
    return found.verdict not in (NO_DIFFERENCE, NOT_DETECTABLE, "cannot tell")


def setting(span: Span | None, number: float | str) -> str:
    """What a lever is set to, with its unit; a choice as its button is called."""
    if isinstance(number, str):
        return f"\u201c{choice_in_words(number)}\u201d"
    scale, unit = (span.scale, span.unit) if span else (1.0, "")
    return with_unit(trimmed(number * scale, DIGITS), _(unit))


def share(number: float) -> str:
    """A share of the hospital budget, such as 1.5%."""
    return f"{trimmed(PERCENT * number, DIGITS)}%"


def _is_seen(words: str) -> bool:
    """Whether a number as it is written is more than nothing."""
    return any(digit in words for digit in "123456789")


def _fine(series: str) -> Measure:
    """A measure for small changes: with a decimal, so that what is sure is not written as nothing."""
    found = HEADLINES[series]
    return replace(found, digits=max(1, found.digits), counts=False)


def _measure(series: str, number: float = 0.0) -> Measure:
    """How a measure is written; large numbers without decimals, which nobody reads."""
    found = HEADLINES[series]
    return replace(found, digits=0) if abs(number * found.scale) >= LARGE else found


def _span(low: str, high: str) -> str:
    return _("{low} to {high}", low=low, high=high)
