"""The closed list of units, what values each allows, and the conversions between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pint import UnitRegistry

Kind = Literal["number", "choice", "text"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by name, in plain words, and the least and most a number in it can ever be.

    measure   the unit as an expression for conversions; empty for choices and texts
    """

    name: str
    says: str
    measure: str = ""
    least: float = -inf
    most: float = inf
    kind: Kind = "number"


_ALL = (
    Unit("people", "people", "person", 0),
    Unit("count", "number", "dimensionless", 0),
    Unit("share", "share", "dimensionless", 0, 1),
    Unit("ratio", "times", "dimensionless", 0),
    Unit("reduction", "relative reduction; below 0 means more", "dimensionless", most=1),
    Unit("grade", "grade", "dimensionless", 1),
    Unit("per_1000_per_year", "per 1,000 people a year", "per_mille / year", 0),
    Unit("per_1000", "per 1,000 people", "per_mille", 0),
    Unit("per_100k", "per 100,000 people", "per_100k", 0),
    Unit("hours", "hours", "hour", 0),
    Unit("days", "days", "day", 0),
    Unit("months", "months", "month", 0),
    Unit("years", "years", "year", 0),
    Unit("percent_per_year", "% a year", "percent / year", -50, 50),
    Unit("share_per_year", "share a year", "dimensionless / year"),
    Unit("gbp", "£", "GBP"),
    Unit("gbp_per_day", "£ a day", "GBP / day"),
    Unit("gbp_per_week", "£ a week", "GBP / week"),
    Unit("gbp_per_head_per_year", "£ a head a year", "GBP / person / year"),
    Unit("gbp_per_person_year", "£ for one person for one year", "GBP / person / year"),
    Unit("gbp_m_per_year", "£ million a year", "million_GBP / year"),
    Unit("choice", "one of a few words", kind="choice"),
    Unit("text", "words", kind="text"),
)

UNITS: Mapping[str, Unit] = {unit.name: unit for unit in _ALL}

_DEFINITIONS = (
    "day = [time]",
    "hour = day / 24",
    "week = 7 day",
    "year = 365.25 day",
    "month = year / 12",
    "person = [people]",
    "GBP = [money]",
    "million_GBP = 1e6 GBP",
    "percent = 0.01",
    "per_mille = 0.001",
    "per_100k = 0.00001",
)


@cache
def _registry() -> UnitRegistry:
    """Only our own units: no prefixes, no units we did not name. Built when first asked for."""
    from pint import UnitRegistry

    registry: UnitRegistry = UnitRegistry(None)
    for line in _DEFINITIONS:
        registry.define(line)
    return registry


@cache
def factor(given: str, wanted: str) -> float:
    """How many `wanted` make one `given`; raises ValueError where the two do not measure the same thing."""
    from pint import DimensionalityError, UndefinedUnitError

    measures = [UNITS[name].measure if name in UNITS else "" for name in (given, wanted)]
    try:
        if not all(measures):
            raise ValueError(f"{given!r} cannot be turned into {wanted!r}.")
        return float(_registry().Quantity(1, measures[0]).to(measures[1]).magnitude)
    except (DimensionalityError, UndefinedUnitError) as error:
        raise ValueError(f"{given!r} cannot be turned into {wanted!r}.") from error


def convert(value: float, given: str, wanted: str) -> float:
    """A number in unit `given`, expressed in unit `wanted`; the same unit is left untouched."""
    if given == wanted:
        return value
    times = factor(given, wanted)
    return value * times if times >= 1 else value / factor(wanted, given)
