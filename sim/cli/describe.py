"""upstream describe: what there is to choose from, and the evidence behind a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from sim.cli import options
from sim.cli.evidence import parameter_document, source_in_words, users_of
from sim.cli.leaving import ends_well
from sim.cli.screen import number, say, say_json, say_table
from sim.inputs import (
    Fault,
    Faults,
    Lever,
    Parameters,
    describe_differences,
    find_footprint,
    load_footprints,
    load_levers,
    load_parameters,
    load_scenario,
    nearest,
    resolve_scenarios,
    scenario_names,
)
from sim.network import CareNetwork, expected_load, network_files
from sim.network.opening import find_file, open_network

describe = typer.Typer(
    no_args_is_help=True,
    help="Say what there is: footprints, scenarios, parameters with their evidence, levers, networks.\n\n"
    "Without a name, each lists what may be named.",
)
OFFERED = "Offered load, if nobody had to wait: places at time 0, arrivals at the mean rate of the first year"

Name = Annotated[str | None, typer.Argument(help="Leave it out for a list.")]


@describe.command()
@ends_well
def footprint(name: Name = None, json: options.Json = False) -> None:
    """A footprint: its people by age, and the gap it published.

    Example: upstream describe footprint greater-manchester
    """
    places = load_footprints()
    if name is None:
        rows = [(each.slug, each.name, each.region, number(each.total, 0)) for each in places.values()]
        _list("Footprints", ("slug", "name", "region", "people"), rows, json, words=3)
        return
    place = find_footprint(name, places)
    gap = "none found"
    if place.gap is not None:
        gap = f"£{place.gap:g}m, {place.gap_confidence} confidence: {source_in_words(place.gap_source)}"
    facts = {"slug": place.slug, "number": place.id, "region": place.region, "published do-nothing gap 2020/21": gap}
    facts |= {"people counted": f"{source_in_words(place.source)}, {place.counted_year}"}
    facts |= {"note": place.note} if place.note else {}
    _say_facts(place.name, facts, json, {"people": dict(place.people)})
    if not json:
        bands = [(band, number(people, 0)) for band, people in place.people.items()]
        say_table("People on 1 April 2016", ("age", "people"), [*bands, ("all", number(place.total, 0))])


@describe.command()
@ends_well
def scenario(name: Name = None, json: options.Json = False) -> None:
    """A scenario: why it is there, and every value that it changes.

    Example: upstream describe scenario prevention_shift
    """
    if name is None:
        rows = [(each, load_scenario(each).title) for each in scenario_names()]
        _list("Scenarios", ("name", "title"), rows, json, words=2)
        return
    base, chosen = load_parameters(), load_scenario(name)
    changed = describe_differences(base, resolve_scenarios(base, [name]))
    facts = {"why": chosen.why, "builds on": ", ".join(chosen.builds_on) or "the base alone"}
    _say_facts(f"{chosen.name}: {chosen.title}", facts, json, {"changes": list(changed)})
    if not json:
        say("Changes:" if changed else "Changes nothing.")
        for line in changed:
            say(f"  {line}")


@describe.command()
@ends_well
def parameter(name: Name = None, json: options.Json = False) -> None:
    """A parameter with its evidence: value, range, unit, source, confidence, and who uses it.

    Example: upstream describe parameter capacity.acute_beds
    """
    parameters = load_parameters()
    if name is None:
        rows = [(each.name, each.says, each.measure.says) for each in parameters.values()]
        _list("Parameters", ("name", "says", "unit"), rows, json, words=3)
        return
    document = parameter_document(parameters, name)
    if json:
        say_json(document)
        return
    values = document.pop("values")
    _say_facts(str(document.pop("name")), {key: str(value) for key, value in document.items()}, json=False)
    if isinstance(values, list):
        columns = ("", "value", "low", "high")
        say_table("Values", columns, [tuple(str(row[key]) for key in ("key", *columns[1:])) for row in values])


@describe.command()
@ends_well
def lever(name: Name = None, json: options.Json = False) -> None:
    """A lever of the dashboard: what it moves, over what range, and the evidence behind it.

    Example: upstream describe lever policy.shift_share
    """
    parameters = load_parameters()
    levers = {each.path: each for each in load_levers(parameters=parameters)}
    if name is None:
        rows = [(each.path, each.label, each.group, _baseline(each, parameters)) for each in levers.values()]
        _list("Levers", ("path", "label", "group", "baseline"), rows, json, words=3)
        return
    if name not in levers:
        raise Faults([Fault("", 0, "lever", f'"{name}"', "is not one we know", nearest(name, levers))])
    chosen = levers[name]
    facts = {"help": chosen.help, "group": chosen.group, "baseline": _baseline(chosen, parameters)}
    if chosen.kind == "choice":
        facts |= {f"choice {word}": meaning for word, meaning in chosen.choices.items()}
    else:
        facts |= {"range": f"{chosen.low:g} to {chosen.high:g}, in steps of {chosen.step:g}"}
    facts |= {"moves": ", ".join((chosen.path, *chosen.also)), "evidence": ", ".join(chosen.evidence)}
    facts |= {"changed by": ", ".join(users_of(chosen.path)["scenarios"]) or "no scenario"}
    _say_facts(f"{chosen.path}: {chosen.label}", facts, json)


@describe.command()
@ends_well
def network(name: Name = None, json: options.Json = False) -> None:
    """A care network: its stations, and the load each is offered if nobody had to wait.

    Example: upstream describe network stroke_pathsimr
    """
    if name is None:
        files = [(each, path.name) for each, path in network_files().items()]
        _list("Networks", ("name", "file"), files, json, words=2)
        return
    loaded = open_network(find_file(name))
    facts = {"says": loaded.says, "source": loaded.source, "time unit": loaded.time_unit}
    facts |= {"groups": ", ".join(loaded.group_names), "exits": ", ".join(loaded.exits)}
    rows = _stations(loaded)
    columns = ("station", "places", "load", "% used", "people a time unit")
    _say_facts(loaded.name, facts, json, {"stations": [dict(zip(columns, row, strict=True)) for row in rows]})
    if not json:
        say_table(OFFERED, columns, rows)


def _stations(loaded: CareNetwork) -> list[tuple[str, ...]]:
    traffic = expected_load(loaded)
    load, flow = traffic.load.sum(axis=0), traffic.flow.sum(axis=0)
    return [
        (
            station.name,
            f"{station.places[0][1]:g}",
            number(float(load[index]), 2),
            number(float(traffic.utilisation[index]) * 100, 1),
            number(float(flow[index]), 3),
        )
        for index, station in enumerate(loaded.stations)
    ]


def _baseline(chosen: Lever, parameters: Parameters) -> str:
    if chosen.kind == "choice":
        return parameters.text(chosen.path)
    if chosen.kind == "weights":
        return f"one each for {len(parameters[chosen.path].keys)}"
    return f"{parameters.value(chosen.path) * chosen.scale:g} {chosen.unit}".strip()


def _list(title: str, columns: tuple[str, ...], rows: Sequence[Sequence[str]], json: bool, words: int) -> None:
    """Everything that may be named, as a table or as JSON."""
    if json:
        say_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        say_table(title, columns, rows, words=words)


def _say_facts(title: str, facts: Mapping[str, str], json: bool, more: Mapping[str, object] | None = None) -> None:
    """Facts one to a line, or with what else there is as JSON."""
    if json:
        say_json({"title": title, **facts, **(more or {})})
        return
    say(title)
    for name, words in facts.items():
        say(f"  {name}: {words}")
