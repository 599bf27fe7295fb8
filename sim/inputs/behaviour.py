"""What moving each lever does, in a sentence and as directions that are held against the numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.levers import Lever, load_levers

FILE = "behaviour.yaml"
Direction = Literal["rises", "falls", "nothing", "any"]
ALL = "all"


class Behaviour(BaseModel):
    """What one lever does to the final year of a run when it moves from its low to its high end.

    path      of the lever
    says      why, in a sentence or two
    on        scenarios it is moved on top of; `given` are changes after them
    rises, falls, nothing   series by direction; "all" under nothing is every series that is named nowhere else
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    path: str
    says: str = Field(min_length=1)
    on: tuple[str, ...] = ()
    given: dict[str, float | str] = {}
    rises: tuple[str, ...] = ()
    falls: tuple[str, ...] = ()
    nothing: tuple[str, ...] | Literal["all"] = ()

    def direction(self, series: str) -> Direction:
        """What is declared of a series."""
        if series in self.rises:
            return "rises"
        if series in self.falls:
            return "falls"
        return "nothing" if self.nothing == ALL or series in self.nothing else "any"


def load_behaviour(folder: Path | None = None) -> dict[str, tuple[Lever, Behaviour]]:
    """Every lever and what it does, by path, in the order of the levers. Raises Faults: none may lack a sentence.

    Programmes are left out: what each does is in the table of programmes, and a weight alone moves no money.
    """
    folder = folder or default_folder()
    levers = [lever for lever in load_levers(folder) if lever.kind != "weights"]
    document = read_yaml(folder / FILE)
    if not isinstance(document.data, list):
        raise Faults([Fault(document.name, 1, "", "the file", "must be a list of behaviours")])
    faults: list[Fault] = []
    read = [_read(document, place, faults) for place in range(len(document.data))]
    found = {each.path: each for each in read if each}
    paths = [lever.path for lever in levers]
    faults += [
        Fault(document.name, 0, path, "this", "is not a lever", nearest(path, paths))
        for path in found if path not in paths
    ]  # fmt: skip
    faults += [Fault(document.name, 0, path, "this lever", "has no behaviour") for path in paths if path not in found]
    raise_any(faults)
    return {lever.path: (lever, found[lever.path]) for lever in levers}


def _read(document: Document, place: int, faults: list[Fault]) -> Behaviour | None:
    given: Any = document.data[place]
    name = str(given.get("path", "")) if isinstance(given, dict) else ""
    try:
        return Behaviour.model_validate(given)
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(Behaviour), under=(place,), name=name)
        return None
