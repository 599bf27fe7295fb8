"""What a case can ask of one replication: every measure of a network, and some that follow from its daily census."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

import numpy as np
from numpy.typing import NDArray

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.experiments.cases.schema import QuantitySpec
from sim.experiments.network_measures import (
    STATION_MEASURES,
    SYSTEM_MEASURES,
    heads,
    kind_measures,
    station_measures,
    system_measures,
)
from sim.experiments.replicate import go_on
from sim.network.model import CareNetwork

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

OF_A_STATION: Mapping[str, str] = {
    "occupied_slope": "by how much the places in use rise in a time unit: the line fitted to the census",
    "waiting_slope": "by how much the people waiting rise in a time unit, likewise",
    "no_place": "chance of finding no place here if there were only so many `places` at each station and `shared` "
    "ones for all of them; from the census of stations without limit",
}
OF_THE_NETWORK: Mapping[str, str] = {
    "inside_slope": "by how much the people in the network rise in a time unit: the line fitted to the census",
    "state": "share of the census in which the numbers of `state` hold, all together",
}
STATION_QUANTITIES: Mapping[str, str] = {**STATION_MEASURES, **OF_A_STATION}
SYSTEM_QUANTITIES: Mapping[str, str] = {**SYSTEM_MEASURES, **OF_THE_NETWORK}
"""Everything that can be asked of a station, and of the whole network."""

COUNTS = ("occupied", "waiting", "blocked")
"""What `state` counts at a station, as station.occupied: 2."""


@dataclass(frozen=True, slots=True)
class QuantitiesTask:
    """One replication of a network, from its number: the quantities asked for, in their order."""

    network: CareNetwork
    seed: int
    quantities: tuple[QuantitySpec, ...]

    def __call__(self, replication: int, cancelled: Event) -> FloatArray:
        """The replication of this number, counted from 0; shape (quantities,). Raises CancelledError soon after."""
        engine, look = CompiledEngine(self.network, self.seed, replication), partial(go_on, cancelled)
        settings = self.network.settings
        if settings.warm_up > 0:
            engine.advance(settings.warm_up, on_the_way=look)
        flow = engine.advance(settings.warm_up + settings.run, on_the_way=look)
        states = self._states(replication) if any(each.state for each in self.quantities) else {}
        replicated = Replication(self.network, flow, states)
        return np.array([replicated.quantity(each) * each.times for each in self.quantities])

    def _states(self, replication: int) -> dict[str, IntArray]:
        """The same replication looked at each whole time unit; by count, shape (stations, time units)."""
        engine = CompiledEngine(self.network, self.seed, replication)
        settings = self.network.settings
        if settings.warm_up > 0:
            engine.advance(settings.warm_up)
        seen = [engine.advance(settings.warm_up + unit) for unit in range(1, int(settings.run) + 1)]
        return {name: np.array([getattr(flow, name).sum(axis=1) for flow in seen]).T for name in COUNTS}


class Replication:
    """What flowed in one replication, and what follows from it."""

    def __init__(self, network: CareNetwork, flow: Flow, states: Mapping[str, IntArray]) -> None:
        self.network, self.flow, self.states = network, flow, states
        self._stations = station_measures(network, flow)
        self._kinds: dict[str, dict[str, FloatArray]] = {}

    def quantity(self, asked: QuantitySpec) -> float:
        """The quantity asked for, in the unit of the network; nan where it has no meaning."""
        if asked.station is None:
            return self._of_the_network(asked)
        station = self.network.station_names.index(asked.station)
        if asked.kind is not None:
            return float(self._of_kind(asked.kind)[asked.measure][station])
        if asked.measure == "no_place":
            return self._no_place(asked.station, asked.places or {}, asked.shared)
        if asked.measure in OF_A_STATION:
            census = self.flow.census if asked.measure == "occupied_slope" else self.flow.waiting_census
            return slope(census[station])
        return float(self._stations[asked.measure][station])

    def _of_the_network(self, asked: QuantitySpec) -> float:
        if asked.measure == "inside_slope":
            return slope(heads(self.flow))
        if asked.state:
            return self._share(asked.state)
        return system_measures(self.network, self.flow)[asked.measure]

    def _of_kind(self, kind: str) -> dict[str, FloatArray]:
        if kind not in self._kinds:
            self._kinds[kind] = kind_measures(self.network, self.flow, kind)
        return self._kinds[kind]

    def _share(self, state: Mapping[str, int]) -> float:
        holds = []
        for key, number in state.items():
            station, _, count = key.rpartition(".")
            holds.append(self.states[count][self.network.station_names.index(station)] == number)
        return float(np.mean(np.all(holds, axis=0)))

    def _no_place(self, station: str, places: Mapping[str, int], shared: int) -> float:
        census = self.flow.census[[self.network.station_names.index(name) for name in places]]
        return no_place(census, list(places.values()), shared, list(places).index(station))


def slope(series: Sequence[float] | NDArray[np.generic]) -> float:
    """The slope of the line fitted to numbers a time unit apart; nan for fewer than two."""
    values = np.asarray(series, dtype=np.float64)
    if values.size < 2:
        return float("nan")
    return float(np.polyfit(np.arange(values.size), values, 1)[0])


def no_place(census: IntArray, places: Sequence[int], shared: int, here: int) -> float:
    """Chance of finding no place at one of some stations, from how many people there are if places are without limit.

    census   people at each station, shape (stations, days)
    places   places of its own, by station
    shared   further places, for all of them
    here     position of the station asked about

    Everybody takes a place of their own station first, and a shared one otherwise. Of the days on which everybody
    would have had a place, those are counted on which the next one here would not. For one station that is
    P(N = n) / P(N <= n), which is Erlang's loss formula.
    """
    own = np.array(places)[:, np.newaxis]
    shared_used = np.maximum(census - own, 0).sum(axis=0)
    fits = shared_used <= shared
    full = (shared_used == shared) & (census[here] >= own[here])
    return float(full.sum() / fits.sum()) if fits.any() else float("nan")
