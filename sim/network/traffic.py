"""Traffic equations: how many people pass each station, and how many places they need, if nobody had to wait.

Flows are linear: what leaves a station arrives at the next in fixed shares. Waiting, blocking, full waiting
rooms and giving up are left out on purpose; the answer is the load that the places are offered.
Source: Jackson (1957), Networks of waiting lines, Operations Research 5(4); load = flow x mean length (Little 1961).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.network.model import Arrivals, CareNetwork, Distribution, Group
from sim.randomness.distributions import mean

FloatArray = NDArray[np.float64]

NEGLIGIBLE = 1e-15
"""Share of all arrivals below which another round of readmissions is left out."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Expected flows and loads; G groups, S stations, E exits; people per time unit, and people.

    arrivals      G: people from outside, readmissions not included
    readmitted    G: readmissions that come back as this group
    returning     G: people leaving as this group who will come back
    at_home       number of people at home before a readmission
    flow          G by S: people beginning a stay, readmissions included
    load          G by S: people in places, in their stay or in a non-capacity delay
    delayed       G by S: those of them in a non-capacity delay
    exits         G by E: people leaving by each exit (also those who come back later)
    utilisation   S: load over the places at time 0; 0 where places are unlimited
    """

    arrivals: FloatArray
    readmitted: FloatArray
    returning: FloatArray
    at_home: float
    flow: FloatArray
    load: FloatArray
    delayed: FloatArray
    exits: FloatArray
    utilisation: FloatArray


def expected_load(network: CareNetwork, arrivals_multiplier: FloatArray | None = None) -> Traffic:
    """Flows and loads of a network at time 0, at its mean rates.

    arrivals_multiplier   G: multiplies each group's arrivals from outside
    """
    multiplier = np.ones(len(network.groups)) if arrivals_multiplier is None else arrivals_multiplier
    arrivals = multiplier * np.array([mean_rate(group.arrivals) for group in network.groups])
    places = _Places(network)
    entering = places.doors(arrivals)
    flow, readmitted, returning = np.zeros_like(entering), np.zeros_like(arrivals), np.zeros_like(arrivals)
    before = 0
    while entering.sum() > NEGLIGIBLE * arrivals.sum():
        through = places.through(entering)
        leaving = places.returning(through, before)
        entering = places.coming_back(leaving)
        flow += through
        returning += leaving
        readmitted += entering.sum(axis=1)
        before += 1
    return places.traffic(arrivals, readmitted, returning, flow)


def mean_rate(arrivals: Arrivals | None) -> float:
    """People per time unit from outside, averaged over hours, weekdays and months, in the first year."""
    if arrivals is None:
        return 0.0
    if arrivals.every:
        return 1.0 / arrivals.every
    if arrivals.gaps is not None:
        return 1.0 / mean_length(arrivals.gaps)
    if arrivals.series:
        return _average(arrivals.series)
    profiles = (arrivals.by_hour, arrivals.by_weekday, arrivals.by_month, arrivals.by_year[:1])
    return arrivals.rate * float(np.prod([_average(profile) for profile in profiles if profile]))


def mean_length(distribution: Distribution) -> float:
    """Mean of a length of time, in time units; each different one is worked out only once."""
    given = tuple(sorted(distribution.parameters.items()))
    return _mean(distribution.family, given, distribution.values, distribution.weights)


@lru_cache(maxsize=4096)
def _mean(
    family: str,
    given: tuple[tuple[str, float], ...],
    values: tuple[float, ...],
    weights: tuple[float, ...],
) -> float:
    return mean(Distribution(family, dict(given), values, weights))


def _average(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways of one group among the n stations it comes to.

    stations   n: their indices in the network
    visits     n by n: expected visits to the column by one who enters at the row
    out        n by E: share of stays that end by each exit
    stay       n: mean length of a stay
    delay      n: mean non-capacity delay after it
    """

    stations: NDArray[np.intp]
    visits: FloatArray
    out: FloatArray
    stay: FloatArray
    delay: FloatArray


def _ways(group: Group, station: Mapping[str, int], exits: Mapping[str, int]) -> _Ways:
    here = {name: position for position, name in enumerate(group.routes)}
    onward, out = np.zeros((len(here), len(here))), np.zeros((len(here), len(exits)))
    delay = np.zeros(len(here))
    for name, row in group.routes.items():
        for route in row:
            if route.target in exits:
                out[here[name], exits[route.target]] += route.share
            else:
                onward[here[name], here[route.target]] += route.share
            if route.delay is not None:
                delay[here[name]] += route.share * mean_length(route.delay)
    return _Ways(
        stations=np.array([station[name] for name in here], dtype=np.intp),
        visits=np.asarray(np.linalg.inv(np.eye(len(here)) - onward), dtype=np.float64),
        out=out,
        stay=np.array([mean_length(group.stays[name]) for name in here]),
        delay=delay,
    )


class _Places:
    """A network as indices and small matrices, one set for each group."""

    def __init__(self, network: CareNetwork) -> None:
        self.network = network
        self.station = {name: index for index, name in enumerate(network.station_names)}
        self.exit = {name: index for index, name in enumerate(network.exits)}
        self.group = {name: index for index, name in enumerate(network.group_names)}
        self.ways = [_ways(group, self.station, self.exit) for group in network.groups]

    def doors(self, arrivals: FloatArray) -> FloatArray:
        """Arrivals from outside, G by S."""
        entering = np.zeros((len(self.group), len(self.station)))
        for index, group in enumerate(self.network.groups):
            if group.arrivals is not None:
                entering[index, self.station[group.arrivals.at]] = arrivals[index]
        return entering

    def through(self, entering: FloatArray) -> FloatArray:
        """People beginning a stay, G by S: flow = entering + flow x onward, for every group."""
        flow = np.zeros_like(entering)
        for index, ways in enumerate(self.ways):
            flow[index, ways.stations] = entering[index, ways.stations] @ ways.visits
        return flow

    def leaving(self, flow: FloatArray) -> FloatArray:
        """People leaving by each exit, G by E."""
        return np.array([flow[index, ways.stations] @ ways.out for index, ways in enumerate(self.ways)])

    def returning(self, flow: FloatArray, before: int) -> FloatArray:
        """Of people with `before` readmissions so far: how many leave, by group, who will come back, G."""
        returning, leaving = np.zeros(len(flow)), self.leaving(flow)
        for index, group in enumerate(self.network.groups):
            again = group.readmission
            if again is not None and before < again.at_most:
                exits = [self.exit[name] for name in again.after_exits]
                returning[index] = again.probability * leaving[index, exits].sum()
        return returning

    def coming_back(self, returning: FloatArray) -> FloatArray:
        """Where people who will come back come in, G by S."""
        entering = np.zeros((len(self.group), len(self.station)))
        for people, group in zip(returning, self.network.groups, strict=True):
            again = group.readmission
            if again is not None:
                entering[self.group[again.group], self.station[again.at]] += people
        return entering

    def at_home(self, returning: FloatArray) -> float:
        """Number of people at home before a readmission."""
        intervals = [
            mean_length(group.readmission.interval) if group.readmission else 0.0 for group in self.network.groups
        ]
        return float(returning @ np.array(intervals))

    def traffic(self, arrivals: FloatArray, readmitted: FloatArray, returning: FloatArray, flow: FloatArray) -> Traffic:
        """Flows turned into loads."""
        stay, delay = np.zeros_like(flow), np.zeros_like(flow)
        for index, ways in enumerate(self.ways):
            stay[index, ways.stations], delay[index, ways.stations] = ways.stay, ways.delay
        load = flow * (stay + delay)
        places = np.array([station.places[0][1] for station in self.network.stations])
        with np.errstate(divide="ignore", invalid="ignore"):
            utilisation = np.nan_to_num(load.sum(axis=0) / places, nan=0.0, posinf=np.inf)
        return Traffic(
            arrivals=arrivals,
            readmitted=readmitted,
            returning=returning,
            at_home=self.at_home(returning),
            flow=flow,
            load=load,
            delayed=flow * delay,
            exits=self.leaving(flow),
            utilisation=utilisation,
        )
