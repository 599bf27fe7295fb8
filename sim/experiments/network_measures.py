"""What is measured of a network in one period: of each station, of one kind of people, and of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.engines.contract import Flow
from sim.network.model import CareNetwork
from sim.results.waits import wait_quantile

FloatArray = NDArray[np.float64]

STATION_MEASURES: Mapping[str, str] = {
    "occupied": "places in use, mean",
    "occupied_p95": "places in use, 95th percentile of the census",
    "in_care": "places in use by people whose stay goes on, neither blocked nor delayed, mean",
    "utilisation": "share of the core places in use",
    "waiting": "people waiting without a place, mean",
    "waited": "share of people admitted from outside who had to wait",
    "wait": "mean wait of people from outside",
    "wait_median": "median wait of people from outside",
    "wait_p95": "95th percentile of the wait of people from outside",
    "wait_each": "mean wait without a place, of everybody admitted",
    "stay_each": "mean time in a place, blocked and delayed time included, of everybody who left",
    "blocked": "places held by people whose next station is full, mean",
    "blocked_each": "mean time blocked, of everybody who left",
    "delay": "places held by delay that is not about capacity, mean",
    "delay_each": "mean delay that is not about capacity, of everybody who left",
    "lost": "share of arrivals turned away",
    "gave_up": "share of arrivals who left or died waiting",
    "admitted": "people admitted in a time unit",
    "throughput": "people who left in a time unit",
    "cost": "pounds in a time unit",
}
"""What is measured at each station; times are in the network's time unit."""

KIND_MEASURES = (
    "occupied", "waiting", "waited", "wait", "wait_median", "wait_p95", "wait_each", "stay_each", "lost", "gave_up",
    "admitted", "throughput",
)  # fmt: skip
"""Station measures that can be had for one kind of people alone."""

SYSTEM_MEASURES: Mapping[str, str] = {
    "inside": "people in the network, mean",
    "time_inside": "mean time in the network, by Little's law",
    "lost": "share of arrivals turned away anywhere",
    "throughput": "people who left the network in a time unit",
    "cost": "pounds in a time unit",
}
"""What is measured of the network as a whole."""

BY_KIND = ("arrived", "lost", "reneged", "died_waiting", "admitted", "departed", "occupied_time", "waiting_time",
           "waits", "wait_total")  # fmt: skip
"""Parts of a flow that are kept by kind of people."""


def station_measures(network: CareNetwork, flow: Flow) -> dict[str, FloatArray]:
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
        "in_care": (occupied - blocked - delay) / time,
        "utilisation": _ratio(occupied, limited),
        "waiting": waiting / time,
        "waited": _ratio(waits[:, 1:].sum(axis=1), waits.sum(axis=1)),
        "wait": _ratio(flow.wait_total.sum(axis=1), waits.sum(axis=1)),
        "wait_median": np.array([wait_quantile(counts, 1 / 2) for counts in waits]),
        "wait_p95": np.array([wait_quantile(counts, 95 / 100) for counts in waits]),
        "wait_each": _ratio(waiting, admitted),
        "stay_each": _ratio(occupied, departed),
        "blocked": blocked / time,
        "blocked_each": _ratio(blocked, departed),
        "delay": delay / time,
        "delay_each": _ratio(delay, departed),
        "lost": _ratio(flow.lost.sum(axis=1), arrived),
        "gave_up": _ratio(gave_up, arrived),
        "admitted": admitted / time,
        "throughput": departed / time,
        "cost": station_costs(network, flow) / time,
    }


def kind_measures(network: CareNetwork, flow: Flow, kind: str) -> dict[str, FloatArray]:
    """Station measures of one kind of people, each of shape (stations,); KeyError where a measure has no kind."""
    column = network.kinds.index(kind)
    alone = replace(flow, **{name: getattr(flow, name)[:, [column]] for name in BY_KIND})
    found = station_measures(network, alone)
    return {name: found[name] for name in KIND_MEASURES}


def system_measures(network: CareNetwork, flow: Flow) -> dict[str, float]:
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
        "cost": float(station_costs(network, flow).sum()) / time,
    }


def station_costs(network: CareNetwork, flow: Flow) -> FloatArray:
    """Pounds spent at each station in the period, shape (stations,).

    nan where places without limit are paid for by the place.
    """
    costs = [station.cost for station in network.stations]
    with_places = np.array([cost.place for cost in costs]) > 0
    open_time = np.where(np.isfinite(flow.place_time), flow.place_time, np.nan)
    parts: FloatArray = (
        np.where(with_places, open_time, 0) * [cost.place for cost in costs]
        + flow.occupied_time.sum(axis=1) * [cost.occupied for cost in costs]
        + flow.escalation_time * [cost.escalation for cost in costs]
        + flow.waiting_time.sum(axis=1) * [cost.waiting for cost in costs]
        + flow.admitted.sum(axis=1) * [cost.admission for cost in costs]
    )
    return parts


def heads(flow: Flow) -> FloatArray:
    """People in the network at each whole time unit."""
    people: FloatArray = (flow.census.sum(axis=0) + flow.waiting_census.sum(axis=0)).astype(np.float64)
    return people


def _census_p95(flow: Flow) -> FloatArray:
    if not flow.census.shape[1]:
        return np.full(flow.census.shape[0], np.nan)
    return np.percentile(flow.census, 95, axis=1)


def _ratio(above: NDArray[np.generic], below: NDArray[np.generic]) -> FloatArray:
    """Element by element; nan where there is nothing to divide by."""
    top, bottom = above.astype(np.float64), below.astype(np.float64)
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
