"""Whether today's position can be one: people in places, people waiting, and people blocked, against what is free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf

from sim.network.findings import Finding
from sim.network.model import CareNetwork, Census, Station


def check_census(network: CareNetwork) -> Iterator[Finding]:
    """A census that is missing, not asked for, or cannot be."""
    given = {station.name: station.census for station in network.stations if station.census}
    if network.start == "census" and not given:
        yield Finding(("start",), "start is census", "but no station has a census")
    for station in network.stations:
        if station.census and network.start != "census":
            rule = f"but start is {network.start}, so it would not be used"
            yield Finding(("stations", station.name, "census"), "a census is given", rule)
        elif station.census:
            yield from _in_places(station, station.census)
            yield from _waiting(station, station.census)
            yield from _blocked(station, station.census, network)
    if network.start == "census":
        yield from _room_for_the_blocked(network, given)


def _in_places(station: Station, census: Census) -> Iterator[Finding]:
    extra = station.escalation.places if station.escalation else 0
    core = station.places[0][1]
    if census.occupied > core + extra:
        with_escalation = ", escalation places included" if extra else ""
        rule = f"but there are {core + extra:g} at time 0{with_escalation}; if so many really are in, begin with more "
        rule += f"places, such as places: {{0: {census.occupied}, 1: {core:g}}}"
        yield Finding(_path(station, "occupied"), f"{census.occupied} people are in places,", rule)


def _free(station: Station) -> float:
    """Core places that nobody is in at time 0; escalation places may be closed, so they promise nobody a place."""
    return max(0.0, station.places[0][1] - (station.census.occupied if station.census else 0))


def _waiting(station: Station, census: Census) -> Iterator[Finding]:
    free = _free(station)
    if census.waiting > station.waiting_room:
        rule = f"but the waiting room holds {station.waiting_room:g}"
        yield Finding(_path(station, "waiting"), f"{_people(census.waiting)} waiting,", rule)
    elif 0 < census.waiting <= free:
        rule = f"but {_places(free)} free, enough for all of them"
        yield Finding(_path(station, "waiting"), f"{_people(census.waiting)} waiting,", rule)


def _blocked(station: Station, census: Census, network: CareNetwork) -> Iterator[Finding]:
    ways = {route.target for group in network.groups for route in group.routes.get(station.name, ())}
    for target, people in census.blocked.items():
        if target not in ways:
            rule = f'but nobody goes from "{station.name}" to "{target}"'
            found = f'{_people(people)} blocked in "{station.name}" for "{target}",'
            yield Finding((*_path(station, "blocked"), target), found, rule)


def _room_for_the_blocked(network: CareNetwork, given: Mapping[str, Census]) -> Iterator[Finding]:
    """People said to be blocked for a station at which there is room for all of them."""
    for target in network.stations:
        blocked = {name: census.blocked.get(target.name, 0) for name, census in given.items()}
        free = _free(target)
        if not 0 < sum(blocked.values()) <= free + target.buffer:
            continue
        room = f"{_places(free)} free there" if free else f"its buffer holds {_number(target.buffer)}"
        for name, people in blocked.items():
            if people:
                path = ("stations", name, "census", "blocked", target.name)
                rule = f"but {room}, enough for all who wait for it"
                yield Finding(path, f'{_people(people)} blocked for "{target.name}",', rule)


def _path(station: Station, key: str) -> tuple[str, ...]:
    return ("stations", station.name, "census", key)


def _people(count: int) -> str:
    return "1 person is" if count == 1 else f"{count} people are"


def _places(count: float) -> str:
    return "1 place is" if count == 1 else f"{_number(count)} places are"


def _number(count: float) -> str:
    return "unlimited" if count == inf else f"{count:g}"
