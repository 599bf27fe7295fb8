"""Numbers of the data as a reader would say them: with their unit, and by names instead of keys.

All of it is English, whatever language the page speaks, for it is quoted with the sources it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dashboard.gateway.looked_up import believed
from dashboard.wording.numbers import MINUS
from dashboard.wording.places import SAID
from sim import inputs

PERCENT = 100
STREAMS = {
    "emergency_same_day": "same-day emergency stays",
    "emergency_overnight": "overnight emergency stays",
    "elective_overnight": "overnight planned stays",
    "day_case": "day cases",
}
ORGANISATIONS = {
    "acute": "hospitals",
    "community": "community services",
    "social_care": "social care",
    "public_health": "public health",
    "other_nhs": "other NHS services",
}
OWNERS = {"nhs": "the NHS", "social_care": "social care", "both": "both"}
KEYS: Mapping[str, Mapping[str, str]] = {
    "stream": STREAMS,
    "station": SAID,
    "next_station": SAID,
    "organisation": ORGANISATIONS,
    "passed_through": ORGANISATIONS,
    "employer": ORGANISATIONS,
    "delay_owner": OWNERS,
    "age_band": {band: f"ages {band}" for band in inputs.AGE_BANDS},
}
"""By what a number is kept by; months, weekdays and price years say themselves."""

ONE = {"people": "person", "hours": "hour", "days": "day", "months": "month", "years": "year"}
"""Units of which there may be one."""

POUND = "\u00a3"


def key_in_words(by: str, key: str) -> str:
    """One of the keys that a number is kept by, such as "home care" or the name of a programme."""
    if by == "programme":
        return _programmes().get(key, key)
    return KEYS.get(by, {}).get(key, key)


@lru_cache(maxsize=1)
def _programmes() -> Mapping[str, str]:
    return {each.id: each.label.partition(":")[0] for each in inputs.programmes(believed())}


def number(value: float) -> str:
    """A number of the evidence to at most four significant figures."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def money(pounds: float) -> str:
    """Pounds without their sign: whole ones, or with the pence."""
    return f"{pounds:,.0f}" if pounds >= 1000 or float(pounds).is_integer() else f"{pounds:.2f}"


def amount(value: float, unit: inputs.Unit) -> str:
    """A number with its unit, such as "21.08%", "\u00a390 a head a year" or "a reduction of 3%"."""
    if unit.name == "reduction":
        return _reduction(value)
    before, behind = _around(unit, one=value == 1)
    return f"{_signed(value, before, unit)}{behind}"


def span(low: float, high: float, unit: inputs.Unit) -> str:
    """From low to high, what stands around the number said once where that can be."""
    if low == high:
        return amount(low, unit)
    if unit.name == "reduction":
        return f"{_reduction(low)} to {_reduction(high)}"
    before, behind = _around(unit)
    first = f"{_signed(low, before, unit)}{'%' if behind.startswith('%') else ''}"
    return f"{first} to {_signed(high, before if before == POUND else '', unit)}{behind}"


def _reduction(value: float) -> str:
    if value == 0:
        return "no change"
    return f"{'a reduction' if value > 0 else 'an increase'} of {number(abs(PERCENT * value))}%"


def _signed(value: float, before: str, unit: inputs.Unit) -> str:
    """A number with what stands close before it; a share in percent, and a year without a comma."""
    size = abs(value * PERCENT if unit.name == "share" else value)
    plain = f"{size:g}" if unit.name == "count" else money(size) if before == POUND else number(size)
    return f"{MINUS if value < 0 else ''}{before}{plain}"


def _around(unit: inputs.Unit, *, one: bool = False) -> tuple[str, str]:
    """What stands before a number and behind it; a ratio is a weight, or a factor, and says nothing more."""
    if unit.name in ("ratio", "count"):
        return "", ""
    if unit.name == "share":
        return "", "%"
    if unit.name == "grade":
        return "grade ", ""
    if unit.says.startswith(POUND):
        return POUND, unit.says.removeprefix(POUND)
    return "", unit.says if unit.says.startswith("%") else f" {ONE.get(unit.name, unit.says) if one else unit.says}"


def keyed(values: Mapping[str, float], parameter: inputs.Parameter) -> str:
    """Numbers by key, one after another."""
    by, unit = parameter.by or "", _short(parameter.measure)
    return "; ".join(f"{key_in_words(by, key)}: {amount(each, unit)}" for key, each in values.items())


def keyed_spans(parameter: inputs.Parameter) -> str:
    """From low to high by key."""
    by, unit = parameter.by or "", _short(parameter.measure)
    return "; ".join(f"{key_in_words(by, key)}: {span(*parameter.range(key), unit)}" for key in parameter.keys)


def once(unit: inputs.Unit) -> str:
    """What is said of the unit once behind a list by key, because it would be long at every number."""
    return f"({unit.says.removeprefix(POUND).strip()})" if _is_long(unit) else ""


def _short(unit: inputs.Unit) -> inputs.Unit:
    """The unit without what is said once."""
    if not _is_long(unit):
        return unit
    return inputs.UNITS["gbp" if unit.says.startswith(POUND) else "ratio"]


def _is_long(unit: inputs.Unit) -> bool:
    return unit.says.startswith(("per ", f"{POUND} "))
