"""Who can come where: the stations each group reaches, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.network.model import CareNetwork, Group

Reach = Mapping[str, frozenset[str]]
"""By group: the stations its people can come to."""


def doors(group: Group, groups: Iterable[Group]) -> set[str]:
    """Stations where people of this group come in from outside: arriving, diverted or readmitted."""
    found = {group.arrivals.at} if group.arrivals else set()
    found |= {group.diverts_to} if group.diverts_to else set()
    for other in groups:
        if other.readmission and other.readmission.group == group.name:
            found.add(other.readmission.at)
    return found


def reach_of(group: Group, groups: Iterable[Group]) -> frozenset[str]:
    """Stations that people of this group can come to by doors and routes; unknown names are kept."""
    waiting, reached = doors(group, groups), set()
    while waiting:
        station = waiting.pop()
        reached.add(station)
        onward = {route.target for route in group.routes.get(station, ())}
        waiting |= onward - reached
    return frozenset(reached)


def reach(network: CareNetwork) -> Reach:
    """Stations that each group can come to; a route with a share of 0 counts as a way."""
    stations = set(network.station_names)
    return {group.name: reach_of(group, network.groups) & stations for group in network.groups}


def blocking_ways(network: CareNetwork) -> dict[str, set[str]]:
    """By station: the stations for which people in it may be blocked.

    A person in A can be blocked for B when somebody goes from A to B, B has a limited number of places, and
    only so many may wait outside it. A readmission starts from home, so it is no such way.
    """
    can_block = {
        station.name
        for station in network.stations
        if station.buffer != float("inf") and any(places != float("inf") for _, places in station.places)
    }
    ways: dict[str, set[str]] = {name: set() for name in network.station_names}
    for group in network.groups:
        for station, routes in group.routes.items():
            targets = {route.target for route in routes if route.share > 0}
            ways.setdefault(station, set()).update(targets & can_block)
    return ways
