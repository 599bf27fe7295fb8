"""upstream check: every fault in the files, at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from sim.cli.leaving import ends_well
from sim.cli.screen import counted, say
from sim.experiments.batch.plan import batch_files, read_plan
from sim.experiments.cases import case_files, load_case
from sim.experiments.lessons import load_lesson, load_lessons
from sim.inputs import (
    Fault,
    Faults,
    load_fit,
    load_footprints,
    load_levers,
    load_local_targets,
    load_parameters,
    load_plan,
    load_population_index,
    load_scenario,
    load_sources,
    load_studies,
    load_written,
    programmes,
    raise_any,
    read_yaml,
    resolve_scenarios,
    scenario_names,
)
from sim.inputs.backtest_plan import load_backtest_plan
from sim.inputs.entries import Known, read_entries
from sim.inputs.fit import overtaken
from sim.inputs.folders import default_folder
from sim.inputs.history import load_inputs, load_observed
from sim.inputs.keys import KEY_SETS
from sim.inputs.kinds import kind_of
from sim.inputs.limits import load_limits
from sim.inputs.shocks import load_shocks
from sim.network import network_files
from sim.network.opening import open_network
from sim.workshop import load_template, template_names

T = TypeVar("T")


@ends_well
def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="A network, scenario, parameter, case, batch or lesson file; all shipped ones if left out."
        ),
    ] = None,
) -> None:
    """Check files without running anything, and report every fault at once with file and line.

    Examples:

    upstream check

    upstream check my_ward.yaml
    """
    say(check_all() if file is None else check_file(file))


def check_all() -> str:
    """Check everything in the folder of parameters; raises Faults, else says what was checked."""
    faults: list[Fault] = []
    parameters = _try(load_parameters, faults)
    sources, footprints = _try(load_sources, faults), _try(load_footprints, faults)
    _try(load_population_index, faults)
    _try(load_studies, faults)
    _try(load_inputs, faults)
    _try(load_observed, faults)
    _try(load_limits, faults)
    levers = _try(partial(load_levers, parameters=parameters), faults)
    names, networks, cases, batches = scenario_names(), network_files(), case_files(), batch_files()
    if parameters is not None:
        _try(partial(programmes, parameters), faults)
        _try(partial(load_plan, parameters), faults)
        _try(partial(load_backtest_plan, parameters), faults)
        _try(partial(load_shocks, parameters), faults)
        for name in names:
            _try(partial(resolve_scenarios, parameters, [name]), faults)
    for path in networks.values():
        _try(partial(open_network, path, parameters), faults)
    for path in cases.values():
        _try(partial(load_case, path), faults)
    lessons = _try(load_lessons, faults)
    for path in batches.values():
        _try(partial(read_plan, path), faults)
    workshops = template_names()
    for name in workshops:
        _try(partial(load_template, name), faults)
    raise_any(list(dict.fromkeys(faults)))
    counts = {
        "parameters": parameters,
        "sources": sources,
        "footprints": footprints,
        "levers": levers,
        "scenarios": names,
        "networks": networks,
        "cases": cases,
        "batches": batches,
        "workshops": workshops,
        "lessons": lessons,
    }
    return ", ".join(f"{len(found or ())} {name}" for name, found in counts.items()) + ". No fault." + _not_fitted()


def _not_fitted() -> str:
    """A sentence on numbers written by hand since the fit; empty where there are none."""
    fit = load_fit(default_folder())
    changed = overtaken(load_written(), fit) if fit else ()
    return f" Written by hand since the fit, and so not fitted: {', '.join(changed)}." if changed else ""


def check_file(path: Path) -> str:
    """Check one file of whatever kind it is; raises Faults, else says what it is."""
    kind = kind_of(read_yaml(path).data)
    if kind == "network":
        loaded = open_network(path)
        stations = counted(len(loaded.stations), "station")
        return f"{path}: a network of {stations} and {counted(len(loaded.groups), 'group')}. No fault."
    if kind == "case":
        case = load_case(path)
        expected = len(case.figures) + len(case.properties)
        return f"{path}: a case, {case.title}, with {expected} figures and properties. No fault."
    if kind == "lesson":
        return f"{path}: a lesson, {load_lesson(path).spec.title}. No fault."
    if kind == "batch":
        return f"{path}: a batch, {read_plan(path)[0].title}. No fault."
    if kind == "workshop":
        return f"{path}: a workshop, {load_template(str(path)).title}. No fault."
    if kind == "scenario":
        parameters = load_parameters()
        resolve_scenarios(parameters, [str(path)])
        return f"{path}: a scenario, {load_scenario(str(path)).title}. No fault."
    if kind == "targets":
        local = load_local_targets(path, load_plan(load_parameters()))
        return f"{path}: {counted(len(local.goals), 'target')} of a place, {local.title}. No fault."
    return f"{path}: {_check_parameters(path)} parameters. No fault."


def _check_parameters(path: Path) -> int:
    """Check a file of parameters against the shipped sources and programmes; says how many there are."""
    faults: list[Fault] = []
    shipped = load_parameters()
    named = tuple(each.id for each in programmes(shipped))
    keys = {**KEY_SETS, "programme": named, "price_year": shipped["finance.price_index"].keys}
    found = read_entries(read_yaml(path), Known(tuple(load_sources()), keys), faults)
    raise_any(faults)
    return len(found)


def _try(look_up: Callable[[], T], faults: list[Fault]) -> T | None:
    """What was loaded, or None and its faults added to the list."""
    try:
        return look_up()
    except Faults as error:
        faults += error.faults
        return None
