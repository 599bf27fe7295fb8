"""A CareNetwork written as a network file, so that tests can send any network through the reader and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from math import inf
from typing import Any

from sim.network.model import CareNetwork, Distribution, Group, Station
from sim.network.reach import doors


def as_file(network: CareNetwork) -> str:
    """The text of a file that describes this network; JSON, which is YAML too."""
    return json.dumps(
        {
            "name": network.name,
            "says": network.says,
            "source": network.source,
            "time_unit": network.time_unit,
            "start": network.start,
            "exits": list(network.exits),
            "settings": asdict(network.settings),
            "stations": {station.name: _station(station) for station in network.stations},
            "groups": {group.name: _group(group) for group in network.groups},
        },
        indent=1,
    )


def possible(network: CareNetwork) -> CareNetwork:
    """The network without what an engine copes with and a file may not say.

    That is patience where nobody waits from outside, and people who wait or are blocked although there is room.
    """
    groups = tuple(_waiting_outside(group, doors(group, network.groups)) for group in network.groups)
    free = {each.name: each.places[0][1] - (each.census.occupied if each.census else 0) for each in network.stations}
    room = {each.name: free[each.name] + each.buffer for each in network.stations}
    wanted = {name: sum(_blocked(each).get(name, 0) for each in network.stations) for name in room}
    stations = []
    for each in network.stations:
        if each.census:
            blocked = {to: number for to, number in _blocked(each).items() if wanted[to] > room[to]}
            waiting = each.census.waiting if each.census.waiting > free[each.name] else 0
            stations.append(replace(each, census=replace(each.census, blocked=blocked, waiting=waiting)))
        else:
            stations.append(each)
    return replace(network, groups=groups, stations=tuple(stations))


def _waiting_outside(group: Group, entered: set[str]) -> Group:
    kept = (
        {name: entry for name, entry in part.items() if name in entered}
        for part in (group.patience, group.dies_waiting)
    )
    patience, dies_waiting = kept
    return replace(group, patience=patience, dies_waiting=dies_waiting)


def _blocked(station: Station) -> dict[str, int]:
    return dict(station.census.blocked) if station.census else {}


def _station(station: Station) -> dict[str, Any]:
    plain = {
        "label": station.label,
        "kind": station.kind,
        "places": {str(time): _room(places) for time, places in station.places},
        "waiting_room": _room(station.waiting_room),
        "buffer": _room(station.buffer),
        "transfers_first": station.transfers_first,
        "organisation": station.organisation,
        "cost": asdict(station.cost),
    }
    if station.escalation:
        plain["escalation"] = asdict(station.escalation)
    if station.leaving_by_weekday:
        plain["leaving_by_weekday"] = list(station.leaving_by_weekday)
    if station.census:
        plain["census"] = asdict(station.census) | {"blocked": dict(station.census.blocked)}
    return plain


def _room(number: float) -> float | str:
    return "unlimited" if number == inf else number


def _length(distribution: Distribution) -> dict[str, Any]:
    points = {"values": list(distribution.values), "weights": list(distribution.weights)}
    return {"family": distribution.family} | dict(distribution.parameters) | (points if distribution.values else {})


def _group(group: Group) -> dict[str, Any]:
    plain: dict[str, Any] = {"label": group.label, "kind": group.kind, "priority": group.priority}
    if group.arrivals:
        given = {key: entry for key, entry in asdict(group.arrivals).items() if entry}
        plain["arrivals"] = given | ({"gaps": _length(group.arrivals.gaps)} if group.arrivals.gaps else {})
    for field in ("stays", "patience", "dies_waiting"):
        plain[field] = {station: _length(entry) for station, entry in getattr(group, field).items()}
    plain["routes"] = {
        station: {
            route.target: {"share": route.share} | ({"delay": _length(route.delay)} if route.delay else {})
            for route in row
        }
        for station, row in group.routes.items()
    }
    if group.readmission:
        again = asdict(group.readmission)
        plain["readmission"] = again | {"interval": _length(group.readmission.interval)}
    if group.diverts_to:
        plain["diverts_to"] = group.diverts_to
    return plain
