"""What limits and shocks have in common: a number with a unit, a range and a witness, and the rules it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest
from sim.inputs.parameter import Confidence
from sim.inputs.sources import load_sources
from sim.inputs.units import UNITS

FOLDER = "stress"
R = TypeVar("R", bound="Ranged")
Check = Callable[[Document, str, R], Iterator[Fault]]
"""Further rules of one entry: the document, the entry's name, and the entry."""


class Ranged(BaseModel):
    """One entry; every key is required but `place` and `note`.

    value, low, high   in `unit`; the range of the evidence, or of a judgement
    source             a name in sources.yaml
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    says: str = Field(min_length=1)
    unit: str
    value: float
    low: float
    high: float
    place: str = ""
    source: str
    where: str = Field(min_length=1)
    confidence: Confidence
    note: str = ""


def read_ranged(path: Path, model: type[R], inner: tuple[type[BaseModel], ...], check: Check[R]) -> dict[str, R]:
    """Every entry of a file by name, in its order. Raises Faults: everything that is wrong, at once.

    model   of an entry; `inner` are models within it, whose keys may be suggested
    """
    document = read_yaml(path)
    if not isinstance(document.data, dict):
        raise Faults([Fault(document.name, 1, "", "the file", "must hold names, each with its keys")])
    sources = load_sources()
    found: dict[str, R] = {}
    faults: list[Fault] = []
    for name, given in document.data.items():
        try:
            found[name] = model.model_validate(given)
        except ValidationError as error:
            faults += faults_from_validation(error, document, keys_of(model, *inner), under=(name,), name=name)
            continue
        faults += [*_common(document, name, found[name], sources), *check(document, name, found[name])]
    if faults:
        raise Faults(faults)
    return found


def _common(document: Document, name: str, entry: Ranged, sources: Mapping[str, Any]) -> Iterator[Fault]:
    if entry.unit not in UNITS or UNITS[entry.unit].kind != "number":
        close = nearest(entry.unit, UNITS)
        yield fault_at(document, name, "unit", f'unit "{entry.unit}"', "is not one we know for a number", close)
    if entry.source not in sources:
        close = nearest(entry.source, sources)
        yield fault_at(document, name, "source", f'source "{entry.source}"', "is not in sources.yaml", close)
    if not entry.low <= entry.value <= entry.high:
        rule = f"lies outside its own range, {entry.low:g} to {entry.high:g}"
        yield fault_at(document, name, "value", f"value {entry.value:g}", rule)


def fault_at(document: Document, name: str, key: str, found: str, rule: str, suggestion: str | None = None) -> Fault:
    """A fault at the line of one key of an entry."""
    return Fault(document.name, document.line((name, key)), name, found, rule, suggestion)
