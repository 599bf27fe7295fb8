"""Questions to calibration, with everything they name looked up, and its answers as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path

from sim.experiments.calibration.basis import england, of_footprint
from sim.experiments.calibration.fitting import Asked, Fitted
from sim.experiments.identity import version
from sim.inputs import Fault, Faults, find_footprint, load_local_targets, load_parameters, load_plan, load_written
from sim.inputs.fit import Fit, Made
from sim.inputs.fit_text import scenario_text
from sim.inputs.local_targets import LocalTargets

COMMAND = "upstream calibrate"
METHOD = "bounded least squares (scipy.optimize.least_squares) on traffic equations, queue from simulation"


@dataclass(frozen=True, slots=True)
class Local:
    """A place to be fitted, and its own figures."""

    asked: Asked
    targets: LocalTargets


def ask_england(folder: Path | None = None) -> Asked:
    """England, from the numbers as they are written, towards the targets of the base year. Raises Faults."""
    written = load_written(folder)
    plan = load_plan(written, folder)
    return Asked(written, england(), plan.for_england, plan.goals, plan.method)


def ask_place(footprint: str, targets: Path) -> Local:
    """A place, from England's fitted numbers, towards figures of its own.

    Raises Faults: everything that is wrong with the name and the file, at once.
    """
    parameters = load_parameters()
    plan, faults = load_plan(parameters), list[Fault]()
    try:
        place = find_footprint(footprint)
    except Faults as error:
        faults += error.faults
    try:
        local = load_local_targets(targets, plan)
    except Faults as error:
        faults += error.faults
    if faults:
        raise Faults(faults)
    return Local(Asked(parameters, of_footprint(place), plan.for_places(parameters), local.goals, plan.method), local)


def as_fit(fitted: Fitted, by: str, on: str) -> Fit:
    """A fit as it is stored.

    by   the command, as one would type it
    on   the day, such as 2016-04-01
    """
    versions = {"upstream": version(), "scipy": version_of("scipy"), "numpy": version_of("numpy")}
    made = Made(
        by=by, on=on, method=METHOD, seed=fitted.asked.method.seed, rounds=fitted.rounds, versions=versions
    )  # fmt: skip
    return Fit(
        made=made, score=fitted.score, queue=dict(fitted.queue), values=dict(fitted.values),
        targets=dict(fitted.targets),
    )  # fmt: skip


def scenario_of(local: Local, fitted: Fitted, fit: Fit) -> str:
    """The scenario that makes the place its own, as text."""
    return scenario_text(local.targets, fitted.asked.basis.name, fit, local.asked.goals, fitted.settled)


def differing(stored: Fit, found: Fit) -> tuple[str, ...]:
    """Names of values and targets in which two fits of the same numbers differ; empty where they are the same."""
    names = [name for name in {**stored.values, **found.values} if stored.values.get(name) != found.values.get(name)]
    names += [
        f"target.{name}"
        for name in {**stored.targets, **found.targets}
        if stored.targets.get(name) != found.targets.get(name)
    ]
    return tuple(names)
