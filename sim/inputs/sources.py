"""The sources behind the numbers: every one once, by a short name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.table import Table


@dataclass(frozen=True, slots=True)
class Source:
    """One source: a short name, its title, who published it, when, where it can be read, and its licence."""

    id: str
    title: str
    publisher: str
    year: str
    link: str
    licence: str
    note: str = ""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    year: str = Field(min_length=1)
    link: str
    licence: str
    note: str = ""


def load_sources(folder: Path | None = None) -> Mapping[str, Source]:
    """Every source by its short name. Raises Faults."""
    document = read_yaml((folder or default_folder()) / "sources.yaml")
    if not isinstance(document.data, dict):
        raise Faults([Fault(document.name, 1, "", "the file", "must be a list of names, each with its keys")])
    faults: list[Fault] = []
    found = {name: _source(document, name, faults) for name in document.data}
    raise_any(faults)
    return Table({name: source for name, source in found.items() if source})


def _source(document: Document, name: str, faults: list[Fault]) -> Source | None:
    try:
        entry = _Entry.model_validate(document.data[name])
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(_Entry), under=(name,), name=name)
        return None
    return Source(name, **entry.model_dump())
