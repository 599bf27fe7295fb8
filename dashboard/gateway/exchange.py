"""Scenario files: a state of the page as the YAML that the command line reads, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Setting
from dashboard.gateway.looked_up import believed, changes_of, moves, parameters_of
from dashboard.link import state as states
from dashboard.link.state import State
from dashboard.shelf.exchange import Exchange, Line, Opened
from sim import inputs
from sim.experiments.identity import code_digest, version
from sim.inputs import Fault, Faults, Parameters, Scenario

FILE = "the file"
LONGEST_FOUND, LONGEST_RULE = 80, 240
NO_NOTE = "Kept without a note."
COMMAND_LINE = "is no lever of this page; run the file on the command line with `upstream run --scenario`"


def exchange() -> Exchange:
    """Everything about scenario files."""
    return Exchange(write, read, model_at_work)


def model_at_work() -> str:
    """The version of the package, and a hash of the model's code."""
    return f"{version()} {code_digest()}"


def write(state: State, catalogue: Catalogue, title: str, why: str) -> str:
    """A state as a scenario file."""
    plan = [] if state.plan == catalogue.default_plan else [state.plan]
    change = changes_of(state.settings)
    asked: dict[str, str | int] = {name: getattr(state, name) for name in ("place", "years", "seed", "replications")}
    times = "" if not state.replications.isdecimal() else f" --replications {state.replications}"
    run = f"upstream run {state.place} --scenario FILE --years {state.years} --seed {state.seed}{times}"
    return inputs.scenario_text(title, why or NO_NOTE, change, plan, asked, [f"Run it with: {run}"])


def read(text: str, catalogue: Catalogue) -> Opened:
    """A scenario file as a state; every fault at once, in its line."""
    try:
        scenario = inputs.read_scenario(text, FILE)
        return Opened(scenario.title, "" if scenario.why == NO_NOTE else scenario.why, _state(scenario, catalogue))
    except Faults as faults:
        return Opened(faults=tuple(Line(each.line, _said(each)) for each in faults.faults))


def _said(fault: Fault) -> str:
    """A fault without its place, on one line of a bearable length."""
    found, rule = _short(fault.found, LONGEST_FOUND), _short(fault.rule, LONGEST_RULE)
    said = str(Fault("", 0, "", found, rule, fault.suggestion))
    return " ".join(f"{_short(fault.name, LONGEST_FOUND)}: {said}".split()).removeprefix(": ")


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}\u2026"


def _state(scenario: Scenario, catalogue: Catalogue) -> State:
    faults = [*_unknown_plans(scenario, catalogue), *_asked_wrongly(scenario, catalogue)]
    inputs.raise_any(faults)
    plan = scenario.builds_on[0] if len(scenario.builds_on) == 1 else catalogue.default_plan
    before, after = parameters_of(plan, ()), _after(scenario)
    settings = dict(_settings(before, after, catalogue))
    inputs.raise_any(
        [*_beyond_levers(scenario, before, after, settings), *_out_of_reach(scenario, settings, catalogue)]
    )
    asked = scenario.asked
    return State(
        place=str(asked.get("place", catalogue.default_place)),
        plan=plan,
        years=int(asked.get("years", catalogue.default_years)),
        seed=int(asked.get("seed", catalogue.default_seed)),
        replications=str(asked.get("replications", catalogue.default_replications)),
        settings=settings,
    )


def _unknown_plans(scenario: Scenario, catalogue: Catalogue) -> Iterator[Fault]:
    """Only plans of the page: anything else might be a path of this machine."""
    for name in scenario.builds_on:
        if name not in catalogue.plans:
            rule = "is not a plan of this page"
            close = inputs.nearest(name, catalogue.plans)
            yield Fault(FILE, scenario.line_of_builds_on, "builds_on", f'"{name}"', rule, close)


def _asked_wrongly(scenario: Scenario, catalogue: Catalogue) -> Iterator[Fault]:
    known: Mapping[str, Mapping[str, object]] = {"place": catalogue.places, "replications": catalogue.replications}
    for name, among in known.items():
        if name in scenario.asked and str(scenario.asked[name]) not in among:
            found = f'"{scenario.asked[name]}"'
            yield Fault(
                FILE,
                scenario.places[f"asked.{name}"][1],
                f"asked.{name}",
                found,
                "is not one we know",
                inputs.nearest(found, among),
            )
    for name, least, most in (("years", 1, catalogue.most_years), ("seed", 0, states.LARGEST_SEED)):
        number = scenario.asked.get(name, least)
        if not isinstance(number, int) or not least <= number <= most:
            rule = f"must be a whole number from {least} to {most}"
            yield Fault(FILE, scenario.places[f"asked.{name}"][1], f"asked.{name}", str(number), rule)


def _after(scenario: Scenario) -> Parameters:
    """Parameters under the scenario; every change that cannot be, at once."""
    parameters, faults = inputs.resolve_scenarios(believed(), scenario.builds_on), list[Fault]()
    try:
        parameters = parameters.with_changes(scenario.change, scenario.places.__getitem__)
    except Faults as error:
        faults += error.faults
    try:
        parameters = parameters.with_years(scenario.by_year, scenario.places.__getitem__).with_phases(scenario.phases)
    except Faults as error:
        faults += error.faults
    inputs.raise_any(faults)
    return parameters


def _settings(before: Parameters, after: Parameters, catalogue: Catalogue) -> Iterator[tuple[str, Setting]]:
    """Levers that stand otherwise than before; one that follows another, otherwise than it would by that."""
    led: dict[str, Setting] = {}
    for path, lever in moves().items():
        standing, value = led.get(path, _value(before, path)), _value(after, path)
        if path in catalogue.levers and value != standing:
            led |= lever.changes(value)
            yield path, value


def _value(parameters: Parameters, path: str) -> Setting:
    parameter, _ = parameters.locate(path)
    return parameters.text(path) if isinstance(parameter.value, str) else parameters.value(path)


def _beyond_levers(
    scenario: Scenario, before: Parameters, after: Parameters, settings: Mapping[str, Setting]
) -> Iterator[Fault]:
    """What the file changes and no lever shows."""
    shown = {each for lever in settings for each in moves()[lever].changes(0)}
    for path in inputs.differences(before, after):
        if path not in shown:
            yield Fault(FILE, _line(scenario, path), path, "this", COMMAND_LINE)
    for path in inputs.given_by_year(before, after):
        yield Fault(FILE, _line(scenario, path), path, "a number of its own for single years", COMMAND_LINE)
    for path in inputs.given_in_phases(before, after):
        yield Fault(FILE, _line(scenario, path), path, "a change in mid-run", COMMAND_LINE)


def _out_of_reach(scenario: Scenario, settings: Mapping[str, Setting], catalogue: Catalogue) -> Iterator[Fault]:
    for path, value in settings.items():
        lever = catalogue.levers[path]
        if lever.clamp(value) is None:
            yield Fault(FILE, _line(scenario, path), path, f'"{value}"', "is not one of the lever's choices")
        elif lever.clamp(value) != value and not lever.is_choice:
            rule = f"lies outside what its lever offers, {lever.low:g} to {lever.high:g}"
            yield Fault(FILE, _line(scenario, path), path, f"{value:g}", rule)


def _line(scenario: Scenario, path: str) -> int:
    """Where the file changes this, or the thing it is part of; else where it names what it builds on."""
    while path not in scenario.places and "." in path:
        path = path.rpartition(".")[0]
    return scenario.places[path][1] if path in scenario.places else scenario.line_of_builds_on
