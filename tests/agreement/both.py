"""Both engines side by side, and networks that put them to the test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

import numpy as np
import pytest

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow
from sim.engines.reference import ReferenceEngine
from sim.network.model import (
    Arrivals,
    CareNetwork,
    Census,
    Distribution,
    Escalation,
    Group,
    Readmission,
    Route,
    Station,
)

Periods = Iterable[tuple[float, Conditions | None]]


def assert_agree(network: CareNetwork, periods: Periods, seed: int = 3, replication: int = 1, **options: object) -> int:
    """Both engines in step; the number of events they agreed on."""
    reference = ReferenceEngine(network, seed, replication, log=True, **options)
    compiled = CompiledEngine(network, seed, replication, log=True, **options)
    assert compiled.inside == reference.inside
    for until, conditions in periods:
        expected, found = (engine.advance(until, conditions) for engine in (reference, compiled))
        assert_same_flow(expected, found)
        assert compiled.inside == reference.inside
    assert len(compiled.log) == len(reference.log)
    for number, (entry, other) in enumerate(zip(reference.log, compiled.log, strict=True)):
        assert replace(other, time=entry.time) == entry, f"event {number}"
        assert other.time == pytest.approx(entry.time, rel=0.0, abs=1e-9)
    return len(reference.log)


def assert_same_flow(expected: Flow, found: Flow) -> None:
    for item in fields(Flow):
        left, right = (np.asarray(getattr(flow, item.name)) for flow in (expected, found))
        assert left.shape == right.shape, item.name
        if left.dtype.kind == "i":
            np.testing.assert_array_equal(right, left, err_msg=item.name)
        else:
            np.testing.assert_allclose(right, left, rtol=1e-9, atol=1e-9, err_msg=item.name)


def whole(value: float) -> Distribution:
    return Distribution("deterministic", {"value": value})


def coarse_clock(buffer: float, transfers_first: bool) -> CareNetwork:
    """Everything happens on quarters of a day: arrivals, ends of stays and delays, patience, steps of capacity."""
    stations = (
        Station("ward", "Ward", ((0.0, 6.0), (10.0, 3.0), (20.5, 9.0), (30.0, 6.0)), escalation=Escalation(2, 0.75)),
        Station("team", "Team", ((0.0, 2.0), (10.0, 4.0), (20.5, 1.0), (30.0, 5.0)), buffer=buffer),
        Station("home care", "Home care", ((0.0, 3.0), (20.5, 5.0)), transfers_first=transfers_first, waiting_room=3.0),
    )
    census = (Census(5, 3, {"team": 2}), Census(2, 1, {"home care": 1}), Census(3, 2))
    delay = Route("team", 0.5, whole(0.25))

    def group(name: str, every: float, priority: int, at: str) -> Group:
        return Group(
            name,
            name,
            name,
            priority,
            Arrivals(at, every=every),
            stays={
                "ward": whole(1.5),
                "team": Distribution("empirical", {}, (0.5, 1.0, 2.25)),
                "home care": whole(2.0),
            },
            routes={
                "ward": (delay, Route("home care", 0.25), Route("out", 0.25)),
                "team": (Route("home care", 0.5), Route("out", 0.5)),
                "home care": (Route("out", 1.0),),
            },
            patience={"ward": whole(1.0), "team": whole(0.75), "home care": whole(0.5)},
            dies_waiting={"ward": Distribution("empirical", {}, (0.5, 1.0, 5.0)), "team": whole(0.75)},
            readmission=Readmission(("out",), 0.5, whole(0.5), name, "ward", 2),
        )

    groups = (
        group("first", 0.25, 0, "ward"),
        group("second", 0.25, 0, "ward"),
        group("third", 0.5, 1, "team"),
        group("fourth", 0.5, 0, "home care"),
    )
    stations = tuple(replace(station, census=here) for station, here in zip(stations, census, strict=True))
    return CareNetwork("Coarse clock", "Ties everywhere", "days", ("out",), stations, groups, start="census")


def overloaded() -> CareNetwork:
    """A queue without end: thousands wait where nobody was at the start."""
    station = Station("ward", "Ward", ((0.0, 1.0),))
    group = Group("all", "All", "all", arrivals=Arrivals("ward", rate=60.0), stays={"ward": whole(1.0)})
    return CareNetwork(
        "Overloaded", "", "days", ("out",), (station,), (replace(group, routes={"ward": (Route("out", 1.0),)}),)
    )
