"""Every question about a care network in one call: how it does, and how many places of one station are right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.experiments.network_run import NetworkAnswer, run_network
from sim.experiments.replicate import Way
from sim.experiments.search import Found, NetworkDelay, Service, least_places, network_delay
from sim.inputs import Fault, raise_any
from sim.network import CareNetwork
from sim.network.opening import find_file, open_network

REPLICATIONS = 10


def ask_network(
    network: str | Path,
    *,
    replications: int | None = None,
    warm_up: float | None = None,
    run: float | None = None,
    seed: int = 1,
    way: Way | None = None,
) -> NetworkAnswer:
    """A care network by itself, shipped or in a file; what is None is as the file says. Raises Faults."""
    return run_network(_opened(network), seed=seed, replications=replications, warm_up=warm_up, run=run, way=way)


def ask_network_capacity(
    network: str | Path,
    station: str,
    level: float,
    *,
    measure: str = "waited",
    most: int | None = None,
    replications: int = REPLICATIONS,
    run: float | None = None,
    seed: int = 1,
    way: Way | None = None,
) -> Found:
    """The least places of a network's station with which one measure is no higher than a level.

    measure   a share or a time that places make lower: waited (the share that waits) unless told
    most      places tried at most
    run       time measured; as the file says unless told

    Raises Faults: no such network, station or measure, or too few replications.
    """
    asked = Service(station, measure, level)
    return least_places(_opened(network), asked, seed=seed, replications=replications, run=run, most=most, way=way)


def ask_network_delay(
    network: str | Path,
    station: str,
    places: Sequence[int],
    *,
    replications: int = REPLICATIONS,
    run: float | None = None,
    seed: int = 1,
    way: Way | None = None,
) -> NetworkDelay:
    """The right amount of delay in a network: cost by places at one station, for each organisation and all together.

    places   that are tried, three or more, such as range(100, 121)
    run      time measured; as the file says unless told

    Raises Faults: no such network or station, places that are none, nothing that costs anything, too few replications.
    """
    rule = "must be whole numbers from 1 up, each more than the last"
    told = ", ".join(map(str, places))
    ascending = list(places) == sorted(set(places)) and all(each >= 1 for each in places)
    raise_any([] if ascending else [Fault("", 0, "places", told, rule)])
    return network_delay(_opened(network), station, places, seed=seed, replications=replications, run=run, way=way)


def _opened(network: str | Path) -> CareNetwork:
    return open_network(find_file(str(network)))
