"""What a user may move: which number, in what words, over what range, and the evidence behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.parameters import Parameters

Group = Literal["demand", "prevention", "flow", "money"]


class Lever(BaseModel):
    """One lever. `low`, `high` and `step` are in the parameter's own unit; shown values are times `scale`.

    path      the parameter it moves; its baseline is the parameter's value
    also      further paths that take the same value (the three NHS budgets move together)
    unit      the unit as shown, such as "% a year"
    evidence  names of parameters whose sources stand behind it
    kind      "weights" stands for as many levers as its parameter has keys; `one_each` makes them
    choices   words to choose from, for kind "choice", with what each means
    headline  among the few shown first
    follows   the lever that moves this one's path too, until somebody moves it by itself
    folder    what it is shown under, besides its group
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    path: str
    also: tuple[str, ...] = ()
    label: str = Field(min_length=1)
    unit: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    group: Group
    help: str = Field(min_length=1)
    evidence: tuple[str, ...] = ()
    scale: float = 1
    kind: Literal["slider", "choice", "weights"] = "slider"
    choices: dict[str, str] = {}
    headline: bool = False
    follows: str = ""
    folder: str = ""

    def changes(self, value: float | str) -> dict[str, float | str]:
        """What moving the lever to a value changes, for `Parameters.with_changes`."""
        return dict.fromkeys((self.path, *self.also), value)


def load_levers(folder: Path | None = None, parameters: Parameters | None = None) -> tuple[Lever, ...]:
    """Every lever, in the order of the file; with parameters, also checked against them. Raises Faults."""
    document = read_yaml((folder or default_folder()) / "levers.yaml")
    if not isinstance(document.data, list):
        raise Faults([Fault(document.name, 1, "", "the file", "must be a list of levers")])
    faults: list[Fault] = []
    found = [_read(document, place, faults) for place in range(len(document.data))]
    levers = tuple(lever for lever in found if lever)
    for place, lever in enumerate(found):
        faults += _check(document, place, lever, parameters) if lever else []
        faults += _check_leader(document, place, lever, levers) if lever else []
    raise_any(faults)
    return levers


def one_each(lever: Lever, labels: Mapping[str, str]) -> tuple[Lever, ...]:
    """What a lever of kind "weights" stands for: one for each key of its parameter, in the order of `labels`."""
    given = {"kind": "slider"}
    return tuple(
        lever.model_copy(update=given | {"path": f"{lever.path}.{key}", "label": label})
        for key, label in labels.items()
    )


def _read(document: Document, place: int, faults: list[Fault]) -> Lever | None:
    given: Any = document.data[place]
    name = str(given.get("path", "")) if isinstance(given, dict) else ""
    try:
        return Lever.model_validate(given)
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(Lever), under=(place,), name=name)
        return None


def _check(document: Document, place: int, lever: Lever, parameters: Parameters | None) -> list[Fault]:
    faults = _check_range(document, place, lever)
    if parameters is None:
        return faults
    fields = (("path", (lever.path,)), ("also", lever.also), ("evidence", lever.evidence))
    for field, path in ((field, path) for field, paths in fields for path in paths):
        try:
            parameters.locate(path)
        except Faults as error:
            line, found = document.line((place, field)), f'{field} "{path}"'
            faults += [Fault(document.name, line, lever.path, found, e.rule, e.suggestion) for e in error.faults]
    return faults


def _check_range(document: Document, place: int, lever: Lever) -> list[Fault]:
    needed = ("choices",) if lever.kind == "choice" else ("low", "high", "step")
    missing = [each for each in needed if getattr(lever, each) in (None, {})]
    line = document.line((place,))
    if missing:
        return [Fault(document.name, line, lever.path, f'"{each}"', "is missing") for each in missing]
    low, high, step = (each or 0 for each in (lever.low, lever.high, lever.step))
    if lever.kind != "choice" and not (low < high and step > 0):
        rule = "must be below high, with a step above 0"
        return [Fault(document.name, document.line((place, "low")), lever.path, f"low {low:g}", rule)]
    return []


def _check_leader(document: Document, place: int, lever: Lever, levers: Sequence[Lever]) -> list[Fault]:
    """Whoever follows is moved by its leader, which comes first, over the same range."""
    leader = next((each for each in levers if each.path == lever.follows), None)
    if not lever.follows or (leader and lever.path in leader.also and _ends(leader) == _ends(lever)):
        return []
    rule = "must be a lever of the same range that names this one under `also`"
    close = nearest(lever.follows, [each.path for each in levers if lever.path in each.also])
    found = f'follows "{lever.follows}"'
    return [Fault(document.name, document.line((place, "follows")), lever.path, found, rule, close)]


def _ends(lever: Lever) -> tuple[float | None, float | None]:
    return lever.low, lever.high
