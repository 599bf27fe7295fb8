"""upstream optimise capacity and delay: how many places, for a footprint or for any network's station."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli import optimise_terms, options
from sim.cli.given import command_of
from sim.cli.leaving import ends_well
from sim.cli.optimise_capacity_page import capacity_blocks, delay_blocks, network_delay_blocks, places_blocks
from sim.cli.optimise_terms import USUAL_REPLICATIONS, leave, limits_of, searching
from sim.experiments.search import (
    CapacityAnswer,
    DelayAnswer,
    Found,
    NetworkDelay,
    Prices,
    Service,
    least_capacity,
    least_places,
    network_delay,
    right_delay,
)
from sim.experiments.search.delay import USUAL_POINTS
from sim.experiments.stress import WHENS
from sim.inputs import Fault, raise_any
from sim.inputs.footprints import ENGLAND
from sim.network.opening import find_file, open_network

Given = tuple[tuple[str, object], ...]
"""Options that were given, by name."""
Kind = Annotated[
    str, typer.Argument(help="acute, p1, p2, p3, home_care or care_home; of a network the name of a station.")
]
Network = Annotated[
    str | None, typer.Option(metavar="FILE", help="Of this network file, or shipped network, not of a footprint.")
]
Length = Annotated[float | None, typer.Option("--run", metavar="TIME", help="Time measured, of a network.")]


@ends_well
def capacity(
    kind: Kind,
    footprint: optimise_terms.Footprint = ENGLAND,
    network: Network = None,
    measure: Annotated[str, typer.Option(metavar="NAME", help="Of a network's station: what is to be low.")] = "waited",
    level: Annotated[float | None, typer.Option(metavar="MOST", help="The most that it may be.")] = None,
    length: Length = None,
    scenario: options.Scenarios = None,
    limit: optimise_terms.LimitOption = None,
    service: optimise_terms.Service = None,
    limits: optimise_terms.LimitsFile = None,
    when: optimise_terms.WhenOption = WHENS[1],
    most: Annotated[
        float | None, typer.Option(metavar="MOST", help="The largest growth a year, or most places, tried.")
    ] = None,
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """The least places of one kind with which a stated level of service is kept.

    Of a footprint: the least growth of these places a year, and how many there then are in the final year. Of a
    network: the least places of one station.

    Examples:

    upstream optimise capacity acute -f devon --limit occupancy=0.92

    upstream optimise capacity home_care -f devon --service waiting:home_care=50

    upstream optimise capacity nurses --network clinic_queue --measure waited --level 0.2
    """
    alike = (("replications", replications), ("seed", seed))
    found: CapacityAnswer | Found
    if network is not None:
        loaded, asked = open_network(find_file(network)), _service(kind, measure, level)
        whole = None if most is None else round(most)
        with searching(out, workers, quiet, loaded.name) as way:
            found = least_places(
                loaded, asked, seed=seed, replications=replications, run=length, most=whole, way=way
            )  # fmt: skip
        given: Given = (
            ("network", network),
            ("measure", measure),
            ("level", level),
            ("run", length),
            ("most", most),
            *alike,
        )
        told = places_blocks(found)
    else:
        (plan,) = options.resolve_all(footprint, [scenario or []], set_, years, replications, seed, people)
        kept = limits_of(plan, limit, service, limits, when, ("occupancy",))
        with searching(out, workers, quiet, kind) as way:
            found = least_capacity(plan, kind, kept, way, most=most)
        given = (
            ("footprint", footprint), ("scenario", scenario), ("limit", limit), ("service", service),
            ("limits", limits), ("when", when), ("most", most), ("set", set_), ("years", years), *alike,
            ("people", people),
        )  # fmt: skip
        told = capacity_blocks(found)
    command = command_of(f"optimise capacity {kind}", given)
    leave(found, list(told), "The least capacity to a level of service", command, json=json, page=page, out=out)


def _service(station: str, measure: str, level: float | None) -> Service:
    """The level of service asked of a station. Raises Faults when none is given."""
    raise_any([] if level is not None else [Fault("", 0, "--level", "none", "is given for the network's station")])
    return Service(station, measure, float(level or 0))


@ends_well
def delay(
    kind: Kind,
    footprint: optimise_terms.Footprint = ENGLAND,
    network: Network = None,
    fewest: Annotated[int | None, typer.Option("--from", metavar="N", help="Fewest places, of a network.")] = None,
    largest: Annotated[int | None, typer.Option("--to", metavar="N", help="Most places, of a network.")] = None,
    length: Length = None,
    scenario: options.Scenarios = None,
    bed_day: Annotated[
        float | None,
        typer.Option(metavar="POUNDS", help="Cost of a hospital bed held for a day; an open bed's usually."),
    ] = None,
    waiting: Annotated[
        float | None, typer.Option(metavar="POUNDS", help="Cost of a day somebody waits outside; a place's usually.")
    ] = None,
    points: Annotated[int, typer.Option(metavar="N", help="Growths tried, of a footprint.")] = USUAL_POINTS,
    staffed: Annotated[
        bool, typer.Option("--staffed", help="As if staff and capital held nothing back, as far as their levers reach.")
    ] = False,
    set_: options.Setting = None,
    years: options.Years = 5,
    replications: options.Replayed = USUAL_REPLICATIONS,
    seed: options.Seed = 1,
    people: options.Sample = "typical",
    workers: options.Workers = None,
    json: options.Json = False,
    page: options.Page = False,
    out: options.Out = None,
    quiet: options.Quiet = False,
) -> None:
    """The right amount of delay: cost of places against cost of delay, for each organisation and for the place.

    Examples:

    upstream optimise delay p2 -f devon --staffed

    upstream optimise delay home_care -f devon --waiting 0

    upstream optimise delay ward --network my_ward.yaml --from 100 --to 120
    """
    alike = (("replications", replications), ("seed", seed))
    found: DelayAnswer | NetworkDelay
    if network is not None:
        tried, loaded = _places_tried(fewest, largest), open_network(find_file(network))
        with searching(out, workers, quiet, loaded.name) as way:
            found = network_delay(loaded, kind, tried, seed=seed, replications=replications, run=length, way=way)
        given: Given = (("network", network), ("from", fewest), ("to", largest), ("run", length), *alike)
        told = network_delay_blocks(found)
    else:
        (plan,) = options.resolve_all(footprint, [scenario or []], set_, years, replications, seed, people)
        with searching(out, workers, quiet, kind) as way:
            found = right_delay(plan, kind, Prices(bed_day, waiting), way, points=points, staffed=staffed)
        given = (
            ("footprint", footprint), ("scenario", scenario), ("bed-day", bed_day), ("waiting", waiting),
            ("points", points), ("staffed", staffed), ("set", set_), ("years", years), *alike, ("people", people),
        )  # fmt: skip
        told = delay_blocks(found)
    command = command_of(f"optimise delay {kind}", given)
    leave(found, list(told), "The right amount of delay", command, json=json, page=page, out=out)


def _places_tried(fewest: int | None, largest: int | None) -> range:
    """Numbers of places of a station. Raises Faults when they are not three or more."""
    least, most = fewest or 0, largest or 0
    rule = "must be places from 1, and --to two or more above --from"
    raise_any([] if 1 <= least <= most - 2 else [Fault("", 0, "--from, --to", f"{least}, {most}", rule)])
    return range(least, most + 1)
