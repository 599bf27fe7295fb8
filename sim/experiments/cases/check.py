"""Names in a case file: measures, stations, kinds, and what goes with which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf

from sim.experiments.cases.quantities import COUNTS, STATION_QUANTITIES, SYSTEM_QUANTITIES
from sim.experiments.cases.schema import FigureSpec, PropertySpec, QuantitySpec
from sim.experiments.network_measures import KIND_MEASURES
from sim.inputs.document import Document, Steps
from sim.inputs.faults import Fault, nearest
from sim.network.findings import Finding
from sim.network.model import CareNetwork

LEAST_REPLICATIONS = 2
WITHIN = ("unchanged", "straight_line")
"""Shapes that hold within a tolerance."""


def quantity_faults(asked: QuantitySpec, network: CareNetwork, document: Document, path: Steps) -> list[Fault]:
    """What is wrong with a quantity that is asked of a network; `path` is where it stands in the case file."""
    found = [*_names(asked, network), *_parts(asked, network)]
    return [fault_at(finding, document, path) for finding in found]


def replication_faults(
    asked: FigureSpec | PropertySpec, network: CareNetwork, document: Document, path: Steps
) -> list[Fault]:
    """Why one replication is too few for what is expected, if so; a standard error and an interval need two."""
    found, what = network.settings.replications, _needs_spread(asked)
    if found >= LEAST_REPLICATIONS or not what:
        return []
    rule = f"is too few for {what}; give settings.replications of {LEAST_REPLICATIONS} or more"
    return [fault_at(Finding((), f"{found} replication", rule), document, path)]


def _needs_spread(asked: FigureSpec | PropertySpec) -> str:
    """What it is in an expectation that only several replications can judge; empty if nothing is."""
    if isinstance(asked, PropertySpec) and asked.shape not in WITHIN:
        return f"{asked.shape}, which is judged by an interval"
    if isinstance(asked, FigureSpec) and asked.value is None:
        return "above or below, which are judged by an interval"
    differs = asked.differs.tolerance if isinstance(asked, FigureSpec) and asked.differs else None
    given = any(each is not None and each.standard_errors for each in (asked.tolerance, differs))
    return "a tolerance in standard errors" if given else ""


def fault_at(finding: Finding, document: Document, path: Steps = ()) -> Fault:
    """A finding below `path`, with its line."""
    steps = document.known_part((*path, *finding.path))
    name = ".".join(map(str, steps))
    return Fault(document.name, document.line(steps), name, finding.found, finding.rule, finding.suggestion)


def unknown(path: Steps, name: str, rule: str, known: Iterable[str]) -> Iterator[Finding]:
    """A finding unless the name is known."""
    names = list(known)
    if name not in names:
        yield Finding(path, f'"{name}"', rule, nearest(name, names))


def _names(asked: QuantitySpec, network: CareNetwork) -> Iterator[Finding]:
    if asked.station is None:
        yield from unknown(("measure",), asked.measure, "is not a measure of a whole network", SYSTEM_QUANTITIES)
        if asked.kind is not None:
            yield Finding(("kind",), f'"{asked.kind}"', "goes with a station")
        return
    yield from unknown(("station",), asked.station, "is not a station of this network", network.station_names)
    if asked.kind is None:
        yield from unknown(("measure",), asked.measure, "is not a measure of a station", STATION_QUANTITIES)
        return
    yield from unknown(("kind",), asked.kind, "is not a kind of people in this network", network.kinds)
    yield from unknown(("measure",), asked.measure, "is not a measure of one kind of people", KIND_MEASURES)


def _parts(asked: QuantitySpec, network: CareNetwork) -> Iterator[Finding]:
    """`places` and `state`: there when they are needed and only then, and their names."""
    for part, measure in (("places", "no_place"), ("state", "state")):
        given = getattr(asked, part) is not None
        if given != (asked.measure == measure):
            rule = f"goes with measure {measure}" if given else f"is needed by measure {measure}"
            yield Finding((part,) if given else ("measure",), f'"{part}"', rule)
    yield from _no_place(asked, network)
    for key in asked.state or ():
        station, _, count = key.rpartition(".")
        yield from unknown(("state", key), station, "is not a station of this network", network.station_names)
        yield from unknown(("state", key), count, f"is not among {', '.join(COUNTS)}", COUNTS)


def _no_place(asked: QuantitySpec, network: CareNetwork) -> Iterator[Finding]:
    if asked.places and asked.station and asked.station not in asked.places:
        yield Finding(("places",), f'"{asked.station}"', "is asked about, so it must be among the places")
    limits = {station.name: station.places[0][1] for station in network.stations}
    for name in asked.places or ():
        yield from unknown(("places", name), name, "is not a station of this network", limits)
        if limits.get(name, inf) < inf:
            yield Finding(("places", name), f'"{name}"', "must have places: unlimited in this network")
