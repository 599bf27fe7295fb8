"""Who is already inside when a replication begins: nobody, an equilibrium, or today's census."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.people import INSIDE, LAYERS, Person
from sim.network.model import CareNetwork, Census
from sim.network.reach import doors
from sim.network.traffic import expected_load
from sim.randomness.streams import Streams

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Present:
    """One person present at the start.

    station   index of the station whose place they hold, or in front of which they wait
    waits     they wait outside and hold no place
    wants     index of the station they are ready for and blocked from; None if their stay is under way
    """

    person: Person
    station: int
    waits: bool = False
    wants: int | None = None


def people_present(network: CareNetwork, streams: Streams) -> Iterator[Present]:
    """Everyone inside at the start, in a fixed order: by station, then blocked, staying, waiting; then by group."""
    if network.start == "empty":
        return
    load = expected_load(network).load
    for s, station in enumerate(network.stations):
        census = station.census if network.start == "census" else _equilibrium(load[:, s], station.places[0][1])
        if census is not None:
            yield from _at_station(network, streams, load[:, s], s, census)


def _at_station(network: CareNetwork, streams: Streams, load: FloatArray, s: int, census: Census) -> Iterator[Present]:
    """The people of one station's census, shared among the groups that can be there as the expected load is."""
    numbers = np.zeros(len(load), dtype=np.int64)
    names, groups = network.station_names, network.groups

    def persons(count: int, may_be_here: FloatArray) -> Iterator[Person]:
        weights = load * may_be_here if (load * may_be_here).any() else may_be_here
        for group, people in enumerate(share_out(count, weights)):
            for _ in range(people):
                yield Person(streams, group, group * LAYERS + INSIDE, s, int(numbers[group]))
                numbers[group] += 1

    for target, count in census.blocked.items():
        goes = np.array([_share_to(network, g, s, target) for g in range(len(load))])
        for person in persons(count, goes):
            yield Present(person, s, wants=names.index(target))
    stays = np.array([float(names[s] in group.stays) for group in groups])
    for person in persons(census.occupied - sum(census.blocked.values()), stays):
        yield Present(person, s)
    if census.waiting:
        comes = np.array([float(names[s] in doors(group, groups)) for group in groups])
        for person in persons(census.waiting, comes if comes.any() else stays):
            yield Present(person, s, waits=True)


def _share_to(network: CareNetwork, group: int, s: int, target: str) -> float:
    routes = network.groups[group].routes.get(network.stations[s].name, ())
    return sum(route.share for route in routes if route.target == target)


def _equilibrium(load: FloatArray, places: float) -> Census:
    return Census(occupied=round(min(float(load.sum()), places)))


def share_out(count: int, weights: FloatArray) -> NDArray[np.int64]:
    """Whole numbers that add up to `count`, in proportion to the weights (largest remainders; first on a tie).

    All weights zero share out nothing.
    """
    if count == 0 or not weights.any():
        return np.zeros(len(weights), dtype=np.int64)
    exact = count * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole[order[: count - int(whole.sum())]] += 1
    return whole
