"""What the base year of one place looks like, in that place's own figures: a file of targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.calibration import TARGET, Goal, Plan
from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.units import UNITS, Unit


@dataclass(frozen=True, slots=True)
class LocalTargets:
    """Goals of a place, by the names of England's targets, and the file they stand in."""

    title: str
    goals: tuple[Goal, ...]
    file: str


class _Target(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    value: float
    low: float
    high: float
    source: str = Field(min_length=1)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = Field(min_length=1)
    targets: dict[str, Any] = Field(min_length=1)


def load_local_targets(path: Path, plan: Plan) -> LocalTargets:
    """The targets in a file of one's own. Raises Faults: everything that is wrong with it, at once.

    plan   names the targets there are, their meaning and their units
    """
    document, faults = read_yaml(path), list[Fault]()
    try:
        title = _Entry.model_validate(document.data).title
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(_Entry))
    known = {goal.name: goal for goal in plan.goals}
    goals = tuple(_goals(document, known, faults))
    raise_any(faults)
    return LocalTargets(title, goals, document.name)


def _goals(document: Document, known: Mapping[str, Goal], faults: list[Fault]) -> Iterator[Goal]:
    """A goal for each target without fault; the faults of the others are added to the list."""
    targets = document.data.get("targets") if isinstance(document.data, dict) else None
    if not isinstance(targets, dict):
        return
    for name, given in targets.items():
        place = _Place(document, name)
        england = known.get(_short(name))
        if england is None:
            faults.append(place.unknown(known))
            continue
        try:
            target = _Target.model_validate(given)
        except ValidationError as error:
            path = ("targets", name)
            faults += faults_from_validation(error, document, keys_of(_Target), under=path, name=name)
            continue
        wrong = [*place.twice(targets), *place.impossible(target, UNITS[england.unit])]
        faults += wrong
        if not wrong:
            yield replace(england, value=target.value, low=target.low, high=target.high, source=target.source)


@dataclass(frozen=True, slots=True)
class _Place:
    """One target in a document, for messages about it."""

    document: Document
    name: str

    def fault(self, found: str, rule: str, suggestion: str | None = None, field: str = "") -> Fault:
        """A fault at the line of the target, or of a field of it."""
        path = ("targets", self.name, field) if field else ("targets", self.name)
        return Fault(self.document.name, self.document.line(path), self.name, found, rule, suggestion)

    def unknown(self, known: Mapping[str, Goal]) -> Fault:
        """There is no such target, or only one for each key."""
        parts = [each for each in known if each.startswith(f"{_short(self.name)}.")]
        if parts:
            return self.fault("this name", f"is kept by key: name one, such as {parts[0]}")
        return self.fault("this name", "is not a target we know", nearest(_short(self.name), known))

    def twice(self, targets: Mapping[str, object]) -> Iterator[Fault]:
        """A target under both its names, with `target.` and without."""
        if self.name != _short(self.name) and _short(self.name) in targets:
            first = self.document.line(("targets", _short(self.name)))
            yield self.fault("this target", f"is already on line {first}")

    def impossible(self, given: _Target, unit: Unit) -> Iterator[Fault]:
        """Numbers that the unit does not allow, or that do not lie in order."""
        for field in ("value", "low", "high"):
            number = getattr(given, field)
            if not unit.least <= number <= unit.most:
                rule = f"cannot be: this target is measured in {unit.name}"
                yield self.fault(f"{field} {number:g}", rule, field=field)
        if not given.low <= given.value <= given.high or given.low == given.high:
            rule = f"must lie between low and high, and they apart; they are {given.low:g} and {given.high:g}"
            yield self.fault(f"value {given.value:g}", rule, field="value")


def _short(name: str) -> str:
    return name.removeprefix(TARGET)
