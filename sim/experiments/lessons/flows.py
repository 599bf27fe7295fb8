"""Blocking after service, and how slowly a backlog clears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.experiments.lessons.found import FloatArray, Found, series
from sim.experiments.lessons.theory import lognormal_below

if TYPE_CHECKING:
    from sim.experiments.lessons.lesson import Bench

WEEK = 7
EVERY = 5
"""Days from one point of the queue that is drawn to the next."""

HOSPITAL, HOME_CARE = 0, 1
"""Stations in the order of the network files of these lessons."""


def held_up(bench: Bench) -> Found:
    """Beds by what they are used for, week by week, where too few packages hold people up."""
    network = bench.network()
    runs = [
        _weeks(CompiledEngine(network, bench.seed, each), network.settings.run) for each in range(bench.replications)
    ]
    held, used, waiting = (
        np.mean([[part(flow) for flow in run] for run in runs], axis=0) for part in (_held, _used, _waiting)
    )
    asked = bench.read("groups.people.arrivals.rate") * bench.read("groups.people.routes.hospital.home_care")
    lasts, packages = bench.read("groups.people.stays.home_care.mean"), bench.read("stations.home_care.places")
    window = round(bench.values["window"] / WEEK)
    days = WEEK * np.arange(1, held.size + 1)
    numbers = {
        "needed": asked * lasts,
        "held": float(held[-1]),
        "waiting": float(waiting[-1]),
        "waited_days": float(waiting.sum()) * WEEK,
        "lost": float(np.mean([run[window - 1].blocked.sum() for run in runs])) / (window * WEEK),
        "lost_theory": max(0.0, asked - packages / lasts),
    }
    beds = bench.read("stations.hospital.places")
    lines = {"in_care": used - held, "held": held, "waiting": waiting, "beds": np.full(held.size, beds)}
    return Found(numbers, {name: series(days, values) for name, values in lines.items()})


def _weeks(engine: CompiledEngine, run: float) -> list[Flow]:
    return [engine.advance(WEEK * week) for week in range(1, int(run // WEEK) + 1)]


def _held(flow: Flow) -> float:
    return float(flow.blocked_time[HOSPITAL].sum()) / (flow.end - flow.start)


def _used(flow: Flow) -> float:
    return float(flow.occupied_time[HOSPITAL].sum()) / (flow.end - flow.start)


def _waiting(flow: Flow) -> float:
    return float(flow.waiting_time[HOSPITAL].sum()) / (flow.end - flow.start)


def backlog(bench: Bench) -> Found:
    """How a queue clears, day by day, and who uses the beds meanwhile."""
    network = bench.network()
    flows = [
        CompiledEngine(network, bench.seed, each).advance(network.settings.run) for each in range(bench.replications)
    ]
    waiting = np.array([flow.waiting_census.sum(axis=0) for flow in flows], dtype=np.float64)
    days = np.arange(0, waiting.shape[1], EVERY)
    shown = waiting[:, ::EVERY]
    mean, sd = (bench.read(f"groups.people.stays.ward.{name}") for name in ("mean", "sd"))
    came, queue = bench.read("groups.people.arrivals.rate"), bench.read("stations.ward.census.waiting")
    gained = bench.read("stations.ward.places") / mean - came
    ends = [lognormal_below(bench.values[name], mean, sd) for name in ("short", "long")]
    people, time = ([100 * each for each in _bands(ends, of)] for of in (0, 1))
    numbers = {
        "clears": float(np.mean([_first_empty(each) for each in waiting])),
        "clears_theory": queue / gained,
        "gained": gained,
        "long_people": people[-1],
        "long_days": time[-1],
        "load": came * mean,
    }
    return Found(
        numbers,
        {
            "waiting": series(days, shown.mean(axis=0), *np.percentile(shown, (10, 90), axis=0)),
            "theory": series(days, np.maximum(0.0, queue - gained * days)),
            "people": series(range(3), people),
            "days": series(range(3), time),
        },
    )


def _first_empty(waiting: FloatArray) -> float:
    """The first day on which nobody waits; the last of all where there is none."""
    empty = np.flatnonzero(waiting == 0)
    return float(empty[0] if empty.size else waiting.size)


def _bands(ends: list[tuple[float, float]], of: int) -> list[float]:
    """Shares below the first end, between the two, and above the second."""
    first, second = ends[0][of], ends[1][of]
    return [first, second - first, 1 - second]
