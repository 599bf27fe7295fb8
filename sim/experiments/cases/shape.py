"""The shape of a case file, entry by entry: what is wrong with one does not hide what is wrong with another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from sim.experiments.cases.schema import PARTS, CaseSpec, FigureSpec, PropertySpec, VariantSpec
from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of
from sim.network.families import Part

Spec = TypeVar("Spec", bound=Part)

STAND_INS = {"name": "?", "says": "?", "source": "?", "status": "exact", "network": ""}
"""Put in place of what is missing or wrong, so that the rest of a file can still be checked."""


@dataclass(frozen=True, slots=True)
class CaseShape:
    """A case file as far as its shape is right.

    case         what holds for the whole case
    variants     by name; `figures` and `properties` by their position in the file
    wrong        names of variants that are declared but wrong
    left_out     keys of the whole case that are wrong, and so are not in `case`
    faults       what is wrong
    """

    document: Document
    case: CaseSpec
    variants: Mapping[str, VariantSpec]
    figures: Mapping[int, FigureSpec]
    properties: Mapping[int, PropertySpec]
    wrong: frozenset[str]
    left_out: frozenset[str]
    faults: tuple[Fault, ...]


def shape_of(document: Document) -> CaseShape:
    """The shape of a case file; raises Faults when too much is wrong to go on."""
    faults: list[Fault] = []
    case, left_out = _case(document, faults)
    variants = {
        name: spec
        for name in case.variants
        if (spec := _part(VariantSpec, document, ("variants", name), faults)) is not None
    }
    return CaseShape(
        document=document,
        case=case,
        variants=variants,
        figures=_entries(FigureSpec, document, "figures", len(case.figures), faults),
        properties=_entries(PropertySpec, document, "properties", len(case.properties), faults),
        wrong=frozenset(case.variants) - frozenset(variants),
        left_out=left_out,
        faults=tuple(faults),
    )


def _case(document: Document, faults: list[Fault]) -> tuple[CaseSpec, frozenset[str]]:
    """What holds for the whole case, with something harmless in place of what is wrong; and the keys of that."""
    if not isinstance(document.data, Mapping):
        raise Faults([Fault(document.name, 1, "", "the file", "must hold keys and values, such as name: ...")])
    try:
        return CaseSpec.model_validate(document.data), frozenset()
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(*PARTS))
        wrong = frozenset(str(detail["loc"][0]) for detail in error.errors(include_url=False) if detail["loc"])
    try:
        return CaseSpec.model_validate(STAND_INS | {k: v for k, v in document.data.items() if k not in wrong}), wrong
    except ValidationError:
        raise Faults(faults) from None


def _entries(shape: type[Spec], document: Document, name: str, count: int, faults: list[Fault]) -> dict[int, Spec]:
    """Entries of a list that are in order, by position."""
    read = {place: _part(shape, document, (name, place), faults) for place in range(count)}
    return {place: spec for place, spec in read.items() if spec is not None}


def _part(shape: type[Spec], document: Document, path: Steps, faults: list[Fault]) -> Spec | None:
    """One part of the file, or None and its faults added."""
    data: Any = document.data
    for step in path:
        data = data[step]
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(*PARTS), under=path)
        return None
