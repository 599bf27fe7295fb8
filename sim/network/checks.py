"""What only shows when the parts of a network are seen together: names, sums, dead ends, cycles."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter
from math import inf

from sim.inputs.faults import nearest
from sim.network.build import ROUNDING
from sim.network.census import check_census
from sim.network.findings import Finding, template_of
from sim.network.model import CareNetwork, Group
from sim.network.reach import blocking_ways, doors, reach_of
from sim.network.schema import DefaultsSpec, GroupSpec, NetworkSpec

OUTSIDE = ("patience", "dies_waiting")
BY_STATION = ("stays", "routes", *OUTSIDE)


def check_names(spec: NetworkSpec, stations: Collection[str], groups: Collection[str]) -> list[Finding]:
    """Names that are used but never declared, or declared twice; `stations` and `groups` are all declared."""
    found = list(_exits_declared_twice(spec, stations))
    found += _by_station(("defaults",), spec.defaults, spec, stations)
    for name, group in spec.groups.items():
        found += _by_station(("groups", name), group, spec, stations)
        found += _group_names(("groups", name), group, spec, stations, groups)
    for name, station in spec.stations.items():
        for target in station.census.blocked if station.census else ():
            found += _unless_known(("stations", name, "census", "blocked", target), target, "a station", stations)
    return found


def _exits_declared_twice(spec: NetworkSpec, stations: Collection[str]) -> Iterator[Finding]:
    for position, name in enumerate(spec.exits):
        if name in stations:
            yield Finding(("exits", position), f'"{name}"', "is the name of a station too")
        if name in spec.exits[:position]:
            yield Finding(("exits", position), f'"{name}"', "stands twice")


def _unless_known(path: tuple[str | int, ...], name: str, what: str, known: Collection[str]) -> Iterator[Finding]:
    if name not in known:
        yield Finding(path, f'"{name}"', f"is not {what} of this network", nearest(name, known))


def _by_station(
    path: tuple[str, ...], part: DefaultsSpec, spec: NetworkSpec, stations: Collection[str]
) -> Iterator[Finding]:
    """Stations that stays, routes, patience and deaths are given for, and where the routes lead."""
    for field in BY_STATION:
        for station in getattr(part, field):
            yield from _unless_known((*path, field, station), station, "a station", stations)
    for station, row in part.routes.items():
        for target in row:
            where = (*path, "routes", station, target)
            yield from _unless_known(where, target, "a station or exit", [*stations, *spec.exits])


def _group_names(
    path: tuple[str, ...],
    group: GroupSpec,
    spec: NetworkSpec,
    stations: Collection[str],
    groups: Collection[str],
) -> Iterator[Finding]:
    if group.arrivals:
        yield from _unless_known((*path, "arrivals", "at"), group.arrivals.at, "a station", stations)
    if group.diverts_to is not None:
        yield from _unless_known((*path, "diverts_to"), group.diverts_to, "a station", stations)
    again = group.readmission
    if again is None:
        return
    for position, name in enumerate(again.after_exits):
        yield from _unless_known((*path, "readmission", "after_exits", position), name, "an exit", spec.exits)
    if again.group is not None:
        yield from _unless_known((*path, "readmission", "group"), again.group, "a group", groups)
    if again.at is not None:
        yield from _unless_known((*path, "readmission", "at"), again.at, "a station", stations)


def check_network(network: CareNetwork) -> list[Finding]:
    """Everything that keeps a network from being run, its names being in order."""
    found: list[Finding] = []
    for group in network.groups:
        found += check_group(group, network)
    return (
        found
        + list(_unreached(network))
        + list(_cycle(network))
        + [
            *check_census(network),
            *_endless(network),
        ]
    )


def check_parts(network: CareNetwork, troubled: Collection[str]) -> list[Finding]:
    """What can be said while other parts are wrong: sums of shares, and dead ends of groups not in trouble."""
    found: list[Finding] = []
    for group in network.groups:
        found += check_shares(group)
        if "*" in troubled or group.name in troubled:
            continue
        for station in reach_of(group, network.groups) & set(network.station_names):
            found += _dead_end(group, station)
    return found


def check_group(group: Group, network: CareNetwork) -> Iterator[Finding]:
    """Sums of shares, dead ends, and entries for stations that the group never comes to."""
    yield from check_shares(group)
    reached = reach_of(group, network.groups)
    path = ("groups", group.name)
    for station in network.station_names:
        if station in reached:
            yield from _dead_end(group, station)
        else:
            rule = "is given, but this group never comes there; add a route, or leave it out"
            for field in BY_STATION:
                if station in getattr(group, field):
                    yield Finding((*path, field, station), f'"{station}"', rule)
    if group.readmission and not group.readmission.at:
        rule = "is needed, since the group has no arrivals of its own"
        yield Finding((*path, "readmission"), '"at"', rule)
    yield from _going_round(group, network)


def check_shares(group: Group) -> Iterator[Finding]:
    """Rows of shares that do not sum to 1."""
    for station, row in group.routes.items():
        total = sum(route.share for route in row)
        path = ("groups", group.name, "routes", station)
        if any(route.share < 0 for route in row):
            others = sum(route.share for route in row if route.share > 0)
            yield Finding(path, f"the shares before the rest sum to {others:.12g}", "but must not exceed 1")
        elif abs(total - 1) > ROUNDING:
            yield Finding(path, f"the shares sum to {total:.12g}", "but must sum to 1")


def check_forgotten(spec: NetworkSpec, network: CareNetwork) -> Iterator[Finding]:
    """A group's own patience or deaths where none of it waits from outside: they would be forgotten silently."""
    rule = "is given, but nobody of this group comes there from outside; whoever is blocked or in a buffer stays"
    for group in network.groups:
        entered = doors(group, network.groups)
        for field in OUTSIDE:
            for station in getattr(spec.groups[group.name], field):
                if station not in entered:
                    yield Finding(("groups", group.name, field, station), f'"{station}"', rule)


def _dead_end(group: Group, station: str) -> Iterator[Finding]:
    for field, what in (("stays", "a stay"), ("routes", "routes")):
        if station not in getattr(group, field):
            found = f'people of group "{template_of(group.name)}" come to "{station}",'
            yield Finding(("groups", group.name, field), found, f"so {what} must be given there")


def _going_round(group: Group, network: CareNetwork) -> Iterator[Finding]:
    """Stations from which people of this group never find an exit."""
    ways = {station: {route.target for route in row if route.share > 0} for station, row in group.routes.items()}
    out = set(network.exits)
    while more := {station for station, targets in ways.items() if targets & out} - out:
        out |= more
    reached = reach_of(group, network.groups) & set(network.station_names)
    for station in sorted(reached - out):
        if station in group.routes:
            path = ("groups", group.name, "routes", station)
            yield Finding(path, f'from "{station}"', "nobody ever comes to an exit")


def _unreached(network: CareNetwork) -> Iterator[Finding]:
    reached = frozenset().union(*(reach_of(group, network.groups) for group in network.groups))
    for station in network.station_names:
        if station not in reached:
            yield Finding(("stations", station), "this station", "is never reached; no group comes there")


def _cycle(network: CareNetwork) -> Iterator[Finding]:
    """A ring of stations in which people could be blocked for each other for ever."""
    before: dict[str, set[str]] = {name: set() for name in network.station_names}
    for station, targets in blocking_ways(network).items():
        for target in targets:
            before[target].add(station)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        ring = error.args[1]
        rule = "people could block each other for ever; give one of these stations buffer: unlimited"
        yield Finding(_way(network, ring[0], ring[1]), " -> ".join(ring), f"is a ring: {rule}")


def _way(network: CareNetwork, station: str, target: str) -> tuple[str, ...]:
    """The path of the first route that leads from a station to a target."""
    for group in network.groups:
        if any(route.target == target and route.share > 0 for route in group.routes.get(station, ())):
            return ("groups", group.name, "routes", station, target)
    return ("stations", station)


def _endless(network: CareNetwork) -> Iterator[Finding]:
    for station in network.stations:
        if station.escalation and station.places[0][1] == inf:
            path = ("stations", station.name, "escalation")
            yield Finding(path, "escalation places", "make no sense beside unlimited places")
