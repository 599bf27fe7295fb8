"""One number that we believe: its meaning, unit, value, range and witness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Literal

from sim.inputs.table import Table
from sim.inputs.units import UNITS, Unit

Confidence = Literal["high", "medium", "low"]
Given = float | str | Mapping[str, float]
Bound = float | Mapping[str, float] | None
Years = tuple[tuple[int, float], ...]
"""First calendar year of a financial year, and the value in it; years in a row."""
Later = tuple[tuple[int, float | str], ...]
"""Month (since the year 0) from which on another value holds, and the value; months in order."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named value with its unit, its range and where it comes from.

    name         dotted, such as `demand.emergency_rate`
    value        a number, a word (unit choice or text), or numbers by key, in the parameter's `unit`
    low, high    the range of the evidence; by key where the value is; None for words
    by           the name of the closed list of keys, or None
    where        table, page or sentence in the source
    confidence   how good the evidence is
    choices      the words allowed, for unit choice
    prices       price year of the published figure; money is turned into pounds of 2015/16 on loading
    file, line   where it is written
    fitted       how its value was fitted, in words; empty where the value is the number as written
    by_year      values of single years by key (empty where it is one number); the value holds in all others
    later        values that hold from a month on, by key (empty where it is one value)
    """

    name: str
    says: str
    unit: str
    value: Given
    low: Bound
    high: Bound
    by: str | None
    place: str
    source: str
    where: str
    confidence: Confidence
    note: str = ""
    choices: tuple[str, ...] = ()
    file: str = ""
    line: int = 0
    prices: str | None = None
    fitted: str = ""
    by_year: Mapping[str, Years] = field(default_factory=Table)
    later: Mapping[str, Later] = field(default_factory=Table)

    @property
    def measure(self) -> Unit:
        """The unit, with what it allows."""
        return UNITS[self.unit]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of a value kept by key; empty otherwise."""
        return tuple(self.value) if isinstance(self.value, Mapping) else ()

    def range(self, key: str | None = None) -> tuple[float, float]:
        """Low and high, of one key where the value is kept by key; ValueError for words."""
        return _one(self.low, key, self.name), _one(self.high, key, self.name)

    def with_value(self, value: Given) -> Parameter:
        """The same parameter with another value (not checked)."""
        return replace(self, value=Table(value) if isinstance(value, Mapping) else value)

    def with_years(self, key: str, years: Years) -> Parameter:
        """The same parameter with one key given for single years (not checked)."""
        return replace(self, by_year=Table({**self.by_year, key: years}))

    def with_later(self, key: str, later: Later) -> Parameter:
        """The same parameter with one key changing in mid-run (not checked)."""
        return replace(self, later=Table({**self.later, key: later}))

    def scaled(self, factor: float) -> Parameter:
        """The same parameter with value and range times a factor, for price years."""
        low, high = (None if each is None else _times(each, factor) for each in (self.low, self.high))
        value = self.value if isinstance(self.value, str) else _times(self.value, factor)
        return replace(self, value=value, low=low, high=high)


def problem(parameter: Parameter, value: object) -> str | None:
    """Why this cannot be a (single) value of this parameter; None when it can."""
    unit = parameter.measure
    if unit.kind != "number":
        return _problem_with_word(parameter, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"must be a number ({unit.says})"
    if not isfinite(value):
        return "must be a finite number"
    if value < unit.least or value > unit.most:
        most = f" and at most {unit.most:g}" if isfinite(unit.most) else ""
        return f"cannot be: {unit.name} is at least {unit.least:g}{most}"
    return None


def _problem_with_word(parameter: Parameter, value: object) -> str | None:
    if not isinstance(value, str):
        return "must be a word"
    if parameter.choices and value not in parameter.choices:
        return f"is not one of {', '.join(parameter.choices)}"
    return None


def _one(bound: Bound, key: str | None, name: str) -> float:
    if isinstance(bound, Mapping):
        if key is None:
            raise ValueError(f"{name} is kept by key; name one of {', '.join(bound)}.")
        return bound[key]
    if bound is None:
        raise ValueError(f"{name} has no range.")
    return bound


def _times(given: float | Mapping[str, float], factor: float) -> float | Mapping[str, float]:
    if isinstance(given, Mapping):
        return Table({key: value * factor for key, value in given.items()})
    return given * factor
