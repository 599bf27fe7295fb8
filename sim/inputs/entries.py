"""Parameters as they are written in YAML: the shape of an entry, and the rules each must keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import fullmatch
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document
from sim.inputs.faults import Fault, faults_from_validation, keys_of, nearest
from sim.inputs.parameter import Confidence, Parameter, problem
from sim.inputs.table import Table
from sim.inputs.units import UNITS


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may refer to: sources, and the keys of each closed list.

    None where the file that says so could not be read; that is its own fault, and nothing is checked against it.
    """

    sources: tuple[str, ...] | None
    key_sets: Mapping[str, tuple[str, ...] | None]


class Entry(BaseModel):
    """One entry; every key is required but `by`, `note`, `choices`, `prices` and, for words, the range."""

    model_config = ConfigDict(extra="forbid", strict=True)
    says: str = Field(min_length=1)
    unit: str
    value: Any
    low: Any = None
    high: Any = None
    by: str | None = None
    place: str = Field(min_length=1)
    source: str
    where: str = Field(min_length=1)
    confidence: Confidence
    note: str = ""
    choices: list[str] = []
    prices: str | None = None


def read_entries(document: Document, known: Known, faults: list[Fault]) -> list[Parameter]:
    """The parameters of one file; entries that break a rule are left out and their faults added."""
    if not isinstance(document.data, dict):
        faults.append(Fault(document.name, 1, "", "the file", "must hold names, each with its keys"))
        return []
    found = []
    for name in document.data:
        parameter = _read(document, name, faults)
        if parameter is not None:
            wrong = list(check(parameter, known, document))
            faults += wrong
            found += [] if wrong else [parameter]
    return found


def _read(document: Document, name: str, faults: list[Fault]) -> Parameter | None:
    line = document.line((name,))
    if not fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*", name):
        rule = "must be small letters, digits and _, parted by dots, such as demand.growth"
        faults.append(Fault(document.name, line, name, "this name", rule))
        return None
    try:
        entry = Entry.model_validate(document.data[name])
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(Entry), under=(name,), name=name)
        return None
    fields: dict[str, Any] = entry.model_dump() | {"choices": tuple(entry.choices)}
    frozen: dict[str, Any] = {key: Table(each) if isinstance(each, dict) else each for key, each in fields.items()}
    return Parameter(name=name, file=document.name, line=line, **frozen)


def check(parameter: Parameter, known: Known, document: Document | None = None) -> Iterator[Fault]:
    """Every rule that one parameter breaks."""
    note = _Note(parameter, document)
    if parameter.unit not in UNITS:
        yield note("unit", f'unit "{parameter.unit}"', "is not one we know", nearest(parameter.unit, UNITS))
        return
    if known.sources is not None and parameter.source not in known.sources:
        close = nearest(parameter.source, known.sources)
        yield note("source", f'source "{parameter.source}"', "is not in sources.yaml", close)
    years = known.key_sets.get("price_year") or ()
    if parameter.prices is not None and parameter.prices not in years:
        close = nearest(parameter.prices, years)
        yield note("prices", f'price year "{parameter.prices}"', "has no price index", close)
    yield from (
        _check_word(parameter, note) if parameter.measure.kind != "number" else _check_number(parameter, known, note)
    )


def _check_word(parameter: Parameter, note: _Note) -> Iterator[Fault]:
    if parameter.measure.kind == "choice" and not parameter.choices:
        yield note("choices", '"choices"', "is missing")
    rule = problem(parameter, parameter.value)
    if rule:
        close = nearest(parameter.value, parameter.choices) if isinstance(parameter.value, str) else None
        yield note("value", f'value "{parameter.value}"', rule, close)
    for field in ("by", "low", "high"):
        if getattr(parameter, field) is not None:
            yield note(field, f'"{field}"', "has no meaning for words")


def _check_number(parameter: Parameter, known: Known, note: _Note) -> Iterator[Fault]:
    missing = [field for field in ("value", "low", "high") if getattr(parameter, field) is None]
    yield from (note(field, f'"{field}"', "is missing") for field in missing)
    wrong = [fault for field in ("value", "low", "high") for fault in _check_shape(parameter, field, known, note)]
    yield from wrong
    if not missing and not wrong:
        yield from _check_range(parameter, note)


def _check_shape(parameter: Parameter, field: str, known: Known, note: _Note) -> Iterator[Fault]:
    """Keys complete and known, numbers finite and within what the unit allows."""
    given = getattr(parameter, field)
    if given is None:
        return
    if isinstance(given, Mapping) or (field == "value" and parameter.by is not None):
        yield from _check_keys(parameter, field, known, note)
    for key, each in given.items() if isinstance(given, Mapping) else [("", given)]:
        rule = problem(parameter, each)
        if rule:
            yield note((field, key), " ".join(part for part in (field, key, repr(each)) if part), rule)


def _check_keys(parameter: Parameter, field: str, known: Known, note: _Note) -> Iterator[Fault]:
    given, by = getattr(parameter, field), parameter.by
    if by is None:
        yield note(field, field, "is kept by key, so `by` must say by what")
        return
    if by not in known.key_sets:
        if field == "value":
            yield note("by", f'by "{by}"', "is not a list we know", nearest(by, known.key_sets))
        return
    if not isinstance(given, Mapping):
        yield note(field, field, f"must have one number for each {by}")
        return
    expected = known.key_sets[by]
    if expected is None:
        return
    for key in given:
        if key not in expected:
            yield note((field, key), f'{field} "{key}"', f"is not a key of {by}", nearest(key, expected))
    absent = [key for key in expected if key not in given]
    if absent:
        yield note(field, field, f"lacks {', '.join(absent)}")


def _check_range(parameter: Parameter, note: _Note) -> Iterator[Fault]:
    value = parameter.value
    for key, each in value.items() if isinstance(value, Mapping) else [(None, value)]:
        assert not isinstance(each, str)  # of numbers only
        low, high = parameter.range(key)
        if low > high:
            yield note("low", f"low {low:g}", f"lies above high, {high:g}")
        elif not low <= each <= high:
            found = f"value {key or ''}".rstrip() + f" {each:g}"
            yield note(("value", key or ""), found, f"lies outside its own range, {low:g} to {high:g}")


@dataclass(frozen=True, slots=True)
class _Note:
    """Writes faults about one parameter, at the line of the field in question."""

    parameter: Parameter
    document: Document | None

    def __call__(self, field: str | tuple[str, str], found: str, rule: str, suggestion: str | None = None) -> Fault:
        steps = (self.parameter.name, *([field] if isinstance(field, str) else field))
        line = self.document.line(steps) if self.document else self.parameter.line
        return Fault(self.parameter.file, line, self.parameter.name, found, rule, suggestion)
