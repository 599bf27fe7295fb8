"""Scenarios: named overlays that say only what differs, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.changes import Place
from sim.inputs.document import Document, read_yaml, read_yaml_text
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.parameter import Parameter
from sim.inputs.parameters import Parameters
from sim.inputs.phases import Phase, month_of, month_words
from sim.inputs.phases import outside as phases_outside
from sim.inputs.table import Table
from sim.inputs.years import ByYear, financial_year_name, outside

DIGITS, MOST_DIGITS = 4, 16
"""Decimals of a number in words, and how many it may take to tell two apart."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What differs from the base, and why.

    name       the name of its file
    builds_on  names of scenarios that are applied first, in order
    change     new value by path
    places     file and line of each change, of each path given by year, and of what was asked ("asked.years")
    by_year    rates of single financial years by path
    phases     what holds from a month on, in order
    asked      place, years, seed and replications it was kept with, by name; who runs it says these himself
    """

    name: str
    title: str
    why: str
    builds_on: tuple[str, ...]
    change: Mapping[str, Any]
    places: Mapping[str, Place]
    file: str
    line_of_builds_on: int = 0
    by_year: ByYear = field(default_factory=Table)
    asked: Mapping[str, str | int] = field(default_factory=Table)
    phases: tuple[Phase, ...] = ()


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    place: str | None = None
    years: int | None = None
    seed: int | None = None
    replications: int | str | None = None


class _Phase(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    begins: str = Field(alias="from")
    why: str = ""
    change: dict[str, Any] = Field(min_length=1)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    builds_on: list[str] = []
    change: dict[str, Any] = {}
    by_year: dict[str, dict[str, Any]] = {}
    phases: list[_Phase] = []
    asked: _Asked = _Asked()


def scenario_names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the scenarios in the folder of parameters."""
    return tuple(sorted(path.stem for path in _home(folder).glob("*.yaml")))


def load_scenario(name: str, folder: Path | None = None) -> Scenario:
    """One scenario, by its name, or by the path of a .yaml file of one's own. Raises Faults."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else _home(folder) / f"{name}.yaml"
    known = scenario_names(folder)
    if path.parent == _home(folder) and path.stem not in known:
        raise Faults([Fault("", 0, "scenario", f'"{name}"', "is not one we know", nearest(name, known))])
    return _read(read_yaml(path), path.stem)


def read_scenario(text: str, name: str) -> Scenario:
    """One scenario that somebody sent as text; `name` is what its file is called in faults. Raises Faults.

    What it builds on is for the caller to judge: a path there would be opened.
    """
    return _read(read_yaml_text(text, name), name)


def resolve_scenarios(
    parameters: Parameters,
    names: Sequence[str],
    extra_changes: Mapping[str, object] | None = None,
    folder: Path | None = None,
) -> Parameters:
    """Parameters after the scenarios, in order, and then the extra changes. Raises Faults.

    What a scenario builds on goes before it; the same scenario is applied once; later changes win.
    """
    stack: dict[str, Scenario] = {}
    for name in names:
        _add(name, (), stack, folder)
    faults: list[Fault] = []
    for scenario in stack.values():
        try:
            parameters = parameters.with_changes(scenario.change, scenario.places.__getitem__)
        except Faults as error:
            faults += error.faults
        try:
            parameters = parameters.with_years(scenario.by_year, scenario.places.__getitem__)
        except Faults as error:
            faults += error.faults
        try:
            parameters = parameters.with_phases(scenario.phases)
        except Faults as error:
            faults += error.faults
    try:
        parameters = parameters.with_changes(extra_changes or {})
    except Faults as error:
        faults += error.faults
    raise_any(faults or [*outside(parameters), *phases_outside(parameters)])
    return parameters


def describe_differences(before: Parameters, after: Parameters) -> tuple[str, ...]:
    """Each value that differs, in words: what it means, from what to what, and its unit."""
    changed = (
        _difference(after, path, was, now)
        for path in after.paths()
        if (now := _single(after, path)) != (was := _single(before, path))
    )
    return (
        *changed,
        *(_by_year(after, path) for path in given_by_year(before, after)),
        *(_in_phases(after, path) for path in given_in_phases(before, after)),
    )


def differences(before: Parameters, after: Parameters) -> Mapping[str, float | str]:
    """New value by path, of each value that differs: `before.with_changes` of it gives `after`."""
    return {path: now for path in after.paths() if (now := _single(after, path)) != _single(before, path)}


def given_by_year(before: Parameters, after: Parameters) -> tuple[str, ...]:
    """Paths whose single years are given otherwise than before."""
    return tuple(path for path in after.paths() if after.yearly(path) != before.yearly(path))


def given_in_phases(before: Parameters, after: Parameters) -> tuple[str, ...]:
    """Paths that change otherwise in mid-run than before."""
    return tuple(path for path in after.paths() if after.later(path) != before.later(path))


def _home(folder: Path | None) -> Path:
    return (folder or default_folder()) / "scenarios"


def _read(document: Document, name: str) -> Scenario:
    try:
        entry = _Entry.model_validate(document.data)
    except ValidationError as error:
        raise Faults(faults_from_validation(error, document, keys_of(_Entry, _Asked, _Phase))) from error
    phases = _phases(document, entry.phases)
    places = {path: (document.name, document.line(("change", path))) for path in entry.change}
    places |= {path: (document.name, document.line(("by_year", path))) for path in entry.by_year}
    for phase in phases:
        places = {**phase.places, **places}
    asked = entry.asked.model_dump(exclude_none=True)
    places |= {f"asked.{each}": (document.name, document.line(("asked", each))) for each in asked}
    return Scenario(
        name=name, title=entry.title, why=entry.why, builds_on=tuple(entry.builds_on),
        change=Table(entry.change), places=Table(places), file=document.name,
        line_of_builds_on=document.line(("builds_on",)), by_year=Table(entry.by_year),
        asked=Table(asked), phases=phases,
    )  # fmt: skip


def _phases(document: Document, entries: Sequence[_Phase]) -> tuple[Phase, ...]:
    """The phases of a file; raises Faults for each that says no month."""
    found, faults = list[Phase](), list[Fault]()
    for number, entry in enumerate(entries):
        begins = month_of(entry.begins)
        if begins is None:
            line = document.line(("phases", number, "from"))
            rule = "must be a month, such as 2018-04, or a financial year, such as 2018/19"
            faults.append(Fault(document.name, line, "phases", f'from "{entry.begins}"', rule))
            continue
        lines = {path: document.line(("phases", number, "change", path)) for path in entry.change}
        found.append(Phase(begins, Table(entry.change), Table({path: (document.name, lines[path]) for path in lines})))
    raise_any(faults)
    return tuple(found)


def _add(name: str, above: tuple[str, ...], stack: dict[str, Scenario], folder: Path | None) -> Scenario:
    """Put a scenario on the stack after all that it builds on; a circle is a fault."""
    if name in stack:
        return stack[name]
    scenario = load_scenario(name, folder)
    for each in scenario.builds_on:
        place = (scenario.file, scenario.line_of_builds_on, name)
        if each in (*above, name):
            circle = " -> ".join((*above, name, each))
            raise Faults([Fault(*place, f'builds_on "{each}"', f"goes in a circle: {circle}")])
        try:
            _add(each, (*above, name), stack, folder)
        except Faults as error:
            raise Faults([_placed(fault, place) for fault in error.faults]) from error
    stack[name] = scenario
    return scenario


def _placed(fault: Fault, place: tuple[str, int, str]) -> Fault:
    """A fault that has no place of its own happened where the scenario was named."""
    return fault if fault.file else Fault(*place, f"builds_on {fault.found}", fault.rule, fault.suggestion)


def _single(parameters: Parameters, path: str) -> float | str:
    parameter, key = parameters.locate(path)
    if isinstance(parameter.value, str):
        return parameter.value
    return parameters.value(f"{parameter.name}.{key}" if key else path)


def _difference(parameters: Parameters, path: str, was: float | str, now: float | str) -> str:
    parameter, key = parameters.locate(path)
    what = f"{parameter.says} ({key})" if key else parameter.says
    before, since = _told_apart(was, now, parameter.unit)
    return f"{what}: from {before} to {since}{_ending(parameter)}"


def _by_year(parameters: Parameters, path: str) -> str:
    parameter, key = parameters.locate(path)
    what = f"{parameter.says} ({key})" if key else parameter.says
    rates = (f"{_shown(rate, parameter.unit)} in {financial_year_name(year)}" for year, rate in parameters.yearly(path))
    return f"{what}: {', '.join(rates)}{_ending(parameter)}"


def _in_phases(parameters: Parameters, path: str) -> str:
    parameter, key = parameters.locate(path)
    what = f"{parameter.says} ({key})" if key else parameter.says
    later = parameter.later.get(key or "", ())
    values = (f"{_shown(value, parameter.unit)} from {month_words(month)}" for month, value in later)
    return f"{what}: {', '.join(values) or 'no change in mid-run'}{_ending(parameter)}"


def _ending(parameter: Parameter) -> str:
    if parameter.measure.kind != "number" or parameter.unit in ("share", "ratio", "count"):
        return ""
    return f" {parameter.measure.says}"


def _told_apart(was: float | str, now: float | str, unit: str) -> tuple[str, str]:
    """Both in words, with as many decimals as it takes to see that they differ."""
    for digits in range(DIGITS, MOST_DIGITS + 1):
        before, since = _shown(was, unit, digits), _shown(now, unit, digits)
        if before != since:
            break
    return before, since


def _shown(value: float | str, unit: str, digits: int = DIGITS) -> str:
    if isinstance(value, str):
        return value
    if unit == "share":
        return f"{_shown(value * 100, '', digits)} %"
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")
