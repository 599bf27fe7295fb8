"""What calibration may move, what it moves it towards, and how: parameters/calibration/free.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.parameters import Parameters

FOLDER = "calibration"
PLAN = "free.yaml"
TARGET = "target."
JUST_BELOW = 1 - 1e-9
"""So that a factor at its bound, rounded for keeping, still gives a number that the unit allows."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that the base year is to show.

    name        the name of the target without `target.`, such as `acute_occupancy` or `load.p1`
    unit        of all three numbers
    low, high   the tolerance: outside them the base year is at fault
    source      who says so
    accounts    whether it tells how things are counted, and so may not move people
    """

    name: str
    says: str
    unit: str
    value: float
    low: float
    high: float
    source: str
    accounts: bool = False

    @property
    def tolerance(self) -> float:
        """Half the width between low and high: the unit of every residual."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Free:
    """A quantity that is taken times a factor between low and high; 1 is the number as it is written.

    keys          the only keys of the parameter that the factor is for; empty: the whole of it
    meets         the goal that this quantity meets exactly, if it is asked for; None where a balance is sought
    places_only   free only where a place gives targets of its own
    accounts      whether it says how things are counted: fitted last, to the goals that are about accounts
    """

    parameter: str
    low: float
    high: float
    why: str
    meets: str | None = None
    places_only: bool = False
    keys: tuple[str, ...] = ()
    accounts: bool = False

    @property
    def spread(self) -> float:
        """How far from 1 the bounds lie: the unit in which leaving 1 is held against a fit."""
        return (self.high - self.low) / 2


@dataclass(frozen=True, slots=True)
class Held:
    """A number that no source gives and that is left as it is written, and why."""

    parameter: str
    why: str


class Bounds(BaseModel):
    """The least and the most that a factor may be."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    low: float = Field(gt=0, lt=1)
    high: float = Field(gt=1)


class Method(BaseModel):
    """How the fit is made; free.yaml explains each."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    prior_weight: float = Field(gt=0)
    localities: int = Field(ge=1)
    replications: int = Field(ge=1)
    days: int = Field(ge=7)
    seed: int = Field(ge=0)
    rounds: int = Field(ge=1)
    damping: float = Field(gt=0, le=1)
    settled: float = Field(gt=0)
    places: Bounds


@dataclass(frozen=True)
class Plan:
    """Everything that free.yaml says."""

    method: Method
    free: tuple[Free, ...]
    held: tuple[Held, ...]
    goals: tuple[Goal, ...]

    @cached_property
    def for_england(self) -> tuple[Free, ...]:
        """What is free when England is fitted."""
        return tuple(each for each in self.free if not each.places_only)

    def for_places(self, parameters: Parameters) -> tuple[Free, ...]:
        """What is free when a place is fitted to targets of its own: within wider bounds, as far as units allow."""
        low, high = self.method.places.low, self.method.places.high
        return tuple(
            replace(each, low=min(low, each.low), high=min(max(high, each.high), _most(parameters, each)))
            for each in self.free
        )


def _most(parameters: Parameters, free: Free) -> float:
    """The largest factor that the unit of a quantity allows."""
    parameter = parameters[free.parameter]
    given = parameter.value if isinstance(parameter.value, Mapping) else {"": parameter.value}
    largest = max(float(given[key]) for key in free.keys or given)
    return parameter.measure.most / largest * JUST_BELOW if largest > 0 else inf


class _FreeEntry(Bounds):
    parameter: str
    why: str = Field(min_length=1)
    meets: str | None = None
    places_only: bool = False
    keys: list[str] = []
    accounts: bool = False


class _HeldEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    parameter: str
    why: str = Field(min_length=1)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    method: Method
    free: list[_FreeEntry] = Field(min_length=1)
    held: list[_HeldEntry]
    targets: list[str] = Field(min_length=1)
    accounts: list[str] = []


def load_plan(parameters: Parameters, folder: Path | None = None) -> Plan:
    """The plan of calibration that goes with these parameters. Raises Faults: everything wrong with it, at once."""
    document = read_yaml((folder or default_folder()) / FOLDER / PLAN)
    try:
        entry = _Entry.model_validate(document.data)
    except ValidationError as error:
        known = keys_of(_Entry, Method, _FreeEntry, _HeldEntry)
        raise Faults(faults_from_validation(error, document, known)) from error
    raise_any([*_unknown_parameters(entry, parameters, document), *_unknown_targets(entry, parameters, document)])
    goals = tuple(goal for name in entry.targets for goal in goals_of(parameters, name))
    goals += tuple(replace(goal, accounts=True) for name in entry.accounts for goal in goals_of(parameters, name))
    raise_any(list(_unmet(entry, goals, document)))
    return Plan(
        entry.method,
        tuple(Free(**each.model_dump() | {"keys": tuple(each.keys)}) for each in entry.free),
        tuple(Held(**each.model_dump()) for each in entry.held),
        goals,
    )


def goals_of(parameters: Parameters, name: str) -> Iterator[Goal]:
    """One goal for each number of a target parameter."""
    target = parameters[name]
    short = name.removeprefix(TARGET)
    values: Mapping[str, Any] = target.value if isinstance(target.value, Mapping) else {"": target.value}
    for key, value in values.items():
        low, high = target.range(key or None)
        says = f"{target.says} ({key})" if key else target.says
        yield Goal(f"{short}.{key}" if key else short, says, target.unit, float(value), low, high, target.source)


def _unknown_parameters(entry: _Entry, parameters: Parameters, document: Document) -> Iterator[Fault]:
    for part in ("free", "held"):
        for place, each in enumerate(getattr(entry, part)):
            try:
                parameters.locate(each.parameter)
            except Faults as error:
                line = document.line((part, place, "parameter"))
                found = f'parameter "{each.parameter}"'
                yield Fault(document.name, line, part, found, "is not one we know", error.faults[0].suggestion)
    for place, each in enumerate(entry.free):
        known = parameters[each.parameter].keys if each.parameter in parameters else each.keys
        for key in (key for key in each.keys if key not in known):
            line = document.line(("free", place, "keys"))
            yield Fault(document.name, line, each.parameter, f'key "{key}"', "is not one of it", nearest(key, known))


def _unknown_targets(entry: _Entry, parameters: Parameters, document: Document) -> Iterator[Fault]:
    known = [name for name in parameters if name.startswith(TARGET)]
    for part in ("targets", "accounts"):
        for place, name in enumerate(getattr(entry, part)):
            if name not in known:
                line = document.line((part, place))
                yield Fault(document.name, line, part, f'"{name}"', "is not a target we know", nearest(name, known))


def _unmet(entry: _Entry, goals: tuple[Goal, ...], document: Document) -> Iterator[Fault]:
    names = [goal.name for goal in goals]
    for place, each in enumerate(entry.free):
        if each.meets is not None and each.meets not in names:
            line = document.line(("free", place, "meets"))
            rule = "is not one of the targets below"
            yield Fault(document.name, line, each.parameter, f'meets "{each.meets}"', rule, nearest(each.meets, names))
