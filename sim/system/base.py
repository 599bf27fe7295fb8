"""The base year of a place: its care network, with places where need is, before anything has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from sim.inputs import (
    AGE_BANDS,
    STATIONS,
    Footprint,
    Parameters,
    find_footprint,
    first_year,
    load_footprints,
    remembered_by_reads,
)
from sim.network.footprint import TEMPLATE, build_footprint
from sim.network.load import find_network
from sim.network.model import CareNetwork, Station
from sim.network.traffic import expected_load

MOST_KEPT = 32
"""Base years kept in memory: those of a room full of people who compare places."""


@dataclass(frozen=True, slots=True)
class BaseYear:
    """What the base year of a place is like.

    network    the localities that are simulated
    content    a hash of the network
    places, occupied   places, and places in use, by kind of station, over the whole footprint
    """

    network: CareNetwork
    content: str
    places: Mapping[str, float]
    occupied: Mapping[str, float]


def base_year(parameters: Parameters, footprint: Footprint, people: float) -> BaseYear:
    """The base year; so many of the footprint's people are simulated, in as many localities as fit their usual size."""
    template = find_network(TEMPLATE)
    return _base_year(parameters, footprint, people, template, template.stat().st_mtime_ns)


@remembered_by_reads(MOST_KEPT)
def _base_year(parameters: Parameters, footprint: Footprint, people: float, _template: Path, _changed: int) -> BaseYear:
    share = people / footprint.total
    localities = max(1, round(people / parameters.value("capacity.locality_people")))
    simulated = {band: footprint.people[band] * share for band in AGE_BANDS}
    network = _by_need(parameters, build_footprint(parameters, simulated, localities, footprint.name), simulated)
    places, occupied = _base(network, 1.0 / share)
    return BaseYear(network, sha256(repr(network).encode()).hexdigest(), places, occupied)


def _by_need(parameters: Parameters, network: CareNetwork, people: Mapping[str, float]) -> CareNetwork:
    """The network with England's places for so many heads shared out, in part or whole, by need by age.

    Need is the expected load of each kind of station, relative to as many people of England's ages.
    """
    follows = parameters.value("capacity.follows_need")
    england = find_footprint("england", load_footprints()).starting(first_year(parameters))
    scale = sum(people.values()) / england.total
    alike = {band: number * scale for band, number in england.people.items()}
    here = _load_by_kind(network)
    there = _load_by_kind(build_footprint(parameters, alike, 1, england.name))
    factor = {kind: 1.0 + follows * (here[kind] / there[kind] - 1.0) for kind in STATIONS}
    return replace(network, stations=tuple(_resized(station, factor[station.kind]) for station in network.stations))


def _load_by_kind(network: CareNetwork) -> dict[str, float]:
    load = expected_load(network).load.sum(axis=0)
    kinds = np.array([station.kind for station in network.stations])
    return {kind: float(load[kinds == kind].sum()) for kind in STATIONS}


def _resized(station: Station, factor: float) -> Station:
    escalation = station.escalation
    return replace(
        station,
        places=tuple((time, float(round(places * factor))) for time, places in station.places),
        escalation=replace(escalation, places=round(escalation.places * factor)) if escalation else None,
    )


def _base(network: CareNetwork, weight: float) -> tuple[dict[str, float], dict[str, float]]:
    """Places, and places in use, of the base year by kind, over the whole footprint."""
    load = expected_load(network).load.sum(axis=0)
    places, occupied = dict.fromkeys(STATIONS, 0.0), dict.fromkeys(STATIONS, 0.0)
    for index, station in enumerate(network.stations):
        here = station.places[0][1]
        places[station.kind] += here * weight
        occupied[station.kind] += min(float(load[index]), here) * weight
    return places, occupied
