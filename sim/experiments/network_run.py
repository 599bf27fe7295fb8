"""Run any care network by itself, after a warm-up, and say how each station did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.contract import Flow
from sim.engines.reference import ReferenceEngine
from sim.experiments.replicate import Way, replicate
from sim.network.model import CareNetwork
from sim.results.statistics import Interval, interval, mser5
from sim.results.waits import wait_quantile

FloatArray = NDArray[np.float64]

STATION_MEASURES: Mapping[str, str] = {
    "occupied": "places in use, mean",
    "occupied_p95": "places in use, 95th percentile of the census",
    "utilisation": "share of the core places in use",
    "waiting": "people waiting without a place, mean",
    "wait": "mean wait of people from outside",
    "wait_median": "median wait of people from outside",
    "wait_p95": "95th percentile of the wait of people from outside",
    "wait_each": "mean wait without a place, of everybody admitted",
    "blocked": "places held by people whose next station is full, mean",
    "blocked_each": "mean time blocked, of everybody who left",
    "delay": "places held by delay that is not about capacity, mean",
    "delay_each": "mean delay that is not about capacity, of everybody who left",
    "lost": "share of arrivals turned away",
    "gave_up": "share of arrivals who left or died waiting",
    "admitted": "people admitted in a time unit",
    "throughput": "people who left in a time unit",
}
"""What is measured at each station; times are in the network's time unit."""

SYSTEM_MEASURES: Mapping[str, str] = {
    "inside": "people in the network, mean",
    "time_inside": "mean time in the network, by Little's law",
    "lost": "share of arrivals turned away anywhere",
    "throughput": "people who left the network in a time unit",
}
"""What is measured of the network as a whole."""


@dataclass(frozen=True, slots=True)
class StationAnswer:
    """One station over replications; nan where a measure has no meaning, such as a share of endless places."""

    name: str
    label: str
    measures: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class NetworkAnswer:
    """A network over replications, each with its 95 % interval.

    warm_up     time left out at the start of each replication, in time units, as is `run`
    needed      the warm-up that the MSER-5 rule finds in the census; None when the run is too short to tell
    """

    network: str
    time_unit: str
    warm_up: float
    run: float
    replications: int
    seed: int
    needed: float | None
    stations: tuple[StationAnswer, ...]
    system: Mapping[str, Interval]

    def station(self, name: str) -> Mapping[str, Interval]:
        """The measures of one station; KeyError when there is no such station."""
        return {each.name: each.measures for each in self.stations}[name]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replication: S numbers by station measure, one by system measure, and the census from the start."""

    stations: Mapping[str, FloatArray]
    system: Mapping[str, float]
    census: FloatArray


@dataclass(frozen=True, slots=True)
class NetworkTask:
    """One replication of a network, from its number."""

    network: CareNetwork
    seed: int
    warm_up: float
    run: float

    def __call__(self, replication: int) -> Outcome:
        """The replication of this number, counted from 0."""
        engine = ReferenceEngine(self.network, self.seed, replication)
        before = engine.advance(self.warm_up) if self.warm_up > 0 else None
        flow = engine.advance(self.warm_up + self.run)
        census = [heads(each) for each in (before, flow) if each is not None]
        return Outcome(station_measures(flow), system_measures(flow), np.concatenate(census))


def run_network(
    network: CareNetwork,
    *,
    seed: int = 1,
    replications: int | None = None,
    warm_up: float | None = None,
    run: float | None = None,
    way: Way | None = None,
) -> NetworkAnswer:
    """Run a network; what is None is as its file says. Times are in the network's time unit."""
    settings = network.settings
    warm_up = settings.warm_up if warm_up is None else warm_up
    run = settings.run if run is None else run
    replications = settings.replications if replications is None else replications
    outcomes = replicate(NetworkTask(network, seed, warm_up, run), replications, way)
    census = np.mean([outcome.census for outcome in outcomes], axis=0)
    cut = mser5(census)
    return NetworkAnswer(
        network=network.name,
        time_unit=network.time_unit,
        warm_up=warm_up,
        run=run,
        replications=replications,
        seed=seed,
        needed=float(cut) if cut < census.size else None,
        stations=tuple(
            StationAnswer(station.name, station.label, _over(outcomes, index))
            for index, station in enumerate(network.stations)
        ),
        system={name: interval([each.system[name] for each in outcomes]) for name in SYSTEM_MEASURES},
    )


def heads(flow: Flow) -> FloatArray:
    """People in the network at each whole time unit."""
    people: FloatArray = (flow.census.sum(axis=0) + flow.waiting_census.sum(axis=0)).astype(np.float64)
    return people


def station_measures(flow: Flow) -> dict[str, FloatArray]:
    """Every station measure of one period, each of shape (stations,)."""
    time = flow.end - flow.start
    occupied, waiting = flow.occupied_time.sum(axis=1), flow.waiting_time.sum(axis=1)
    arrived, waits = flow.arrived.sum(axis=1), flow.waits.sum(axis=1)
    admitted, departed = flow.admitted.sum(axis=1), flow.departed.sum(axis=1)
    blocked, delay = flow.blocked_time.sum(axis=1), flow.delay_time.sum(axis=1)
    gave_up = (flow.reneged + flow.died_waiting).sum(axis=1)
    limited = np.where(np.isfinite(flow.place_time), flow.place_time, 0)
    return {
        "occupied": occupied / time,
        "occupied_p95": _census_p95(flow),
        "utilisation": _ratio(occupied, limited),
        "waiting": waiting / time,
        "wait": _ratio(flow.wait_total.sum(axis=1), waits.sum(axis=1)),
        "wait_median": np.array([wait_quantile(counts, 1 / 2) for counts in waits]),
        "wait_p95": np.array([wait_quantile(counts, 95 / 100) for counts in waits]),
        "wait_each": _ratio(waiting, admitted),
        "blocked": blocked / time,
        "blocked_each": _ratio(blocked, departed),
        "delay": delay / time,
        "delay_each": _ratio(delay, departed),
        "lost": _ratio(flow.lost.sum(axis=1), arrived),
        "gave_up": _ratio(gave_up, arrived),
        "admitted": admitted / time,
        "throughput": departed / time,
    }


def system_measures(flow: Flow) -> dict[str, float]:
    """Every measure of the network as a whole in one period."""
    time = flow.end - flow.start
    person_time = float(flow.occupied_time.sum() + flow.waiting_time.sum())
    arrived, lost = float(flow.arrived.sum()), float(flow.lost.sum())
    stayed = arrived - lost
    return {
        "inside": person_time / time,
        "time_inside": person_time / stayed if stayed else float("nan"),
        "lost": lost / arrived if arrived else float("nan"),
        "throughput": float(flow.exits.sum()) / time,
    }


def _over(outcomes: tuple[Outcome, ...], station: int) -> dict[str, Interval]:
    return {name: interval([each.stations[name][station] for each in outcomes]) for name in STATION_MEASURES}


def _census_p95(flow: Flow) -> FloatArray:
    if not flow.census.shape[1]:
        return np.full(flow.census.shape[0], np.nan)
    return np.percentile(flow.census, 95, axis=1)


def _ratio(above: NDArray[np.generic], below: NDArray[np.generic]) -> FloatArray:
    """Element by element; nan where there is nothing to divide by."""
    top, bottom = above.astype(np.float64), below.astype(np.float64)
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
