"""Long runs of small networks, for tests against theory: both engines together at first, then the fast one alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Route, Station
from tests.agreement.both import assert_agree

Measure = Callable[[Flow], float]
TOGETHER = 1 / 20
"""The part of a run, after its warm-up, through which the engines are held against each other event for event."""


@dataclass(frozen=True)
class Estimate:
    """A mean over independent replications and its standard error."""

    mean: float
    error: float

    def agrees_with(self, exact: float, errors: float = 3.0, tolerance: float = 0.0) -> bool:
        """Does the exact figure lie within so many standard errors, or a stated tolerance?"""
        return abs(self.mean - exact) <= max(errors * self.error, tolerance)


def flows(network: CareNetwork, warm_up: float, run: float, replications: int, seed: int = 1) -> list[Flow]:
    """One flow per replication, after the warm-up.

    The compiled engine runs them all, once it has brought the reference engine's events in the first one's beginning:
    what is proved here of the one then holds of the other.
    """
    assert_agree(network, [(warm_up, None), (warm_up + TOGETHER * run, None)], seed, 0)
    result = []
    for replication in range(replications):
        engine = CompiledEngine(network, seed, replication)
        engine.advance(warm_up)
        result.append(engine.advance(warm_up + run))
    return result


def estimate(found: Sequence[Flow], measure: Measure) -> Estimate:
    values = np.array([measure(flow) for flow in found])
    return Estimate(float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values))))


def exponential(mean: float) -> Distribution:
    return Distribution("exponential", {"mean": mean})


def line(
    rate: float,
    stations: Sequence[Station],
    stays: Sequence[Distribution],
    leave_after: Sequence[float] | None = None,
    **group: object,
) -> CareNetwork:
    """Stations one after another; after station i a share `leave_after[i]` goes home, the rest moves on."""
    names = [station.name for station in stations]
    shares = leave_after or [0.0] * (len(names) - 1) + [1.0]
    routes = {}
    for here, following, share in zip(names, [*names[1:], ""], shares, strict=True):
        onward = () if share == 1.0 else (Route(following, 1.0 - share),)
        routes[here] = (*onward, *((Route("home", share),) if share else ()))
    people = Group(
        name="people",
        label="People",
        kind="people",
        arrivals=Arrivals(names[0], rate=rate),
        stays=dict(zip(names, stays, strict=True)),
        routes=routes,
        **group,
    )
    return CareNetwork("line", "A line of stations", "days", ("home",), tuple(stations), (people,))


def station(name: str, places: float, **more: object) -> Station:
    return Station(name, name, ((0.0, places),), **more)


def mean_wait(flow: Flow, at: int = 0) -> float:
    """Mean wait of people admitted from outside."""
    return float(flow.wait_total[at].sum() / flow.waits[at].sum())


def in_use(flow: Flow, at: int = 0) -> float:
    """Mean number of places in use."""
    return float(flow.occupied_time[at].sum() / (flow.end - flow.start))


def waiting(flow: Flow, at: int = 0) -> float:
    """Mean number of people waiting without a place."""
    return float(flow.waiting_time[at].sum() / (flow.end - flow.start))


def blocked(flow: Flow, at: int = 0) -> float:
    """Mean number of places of a station held by blocked people."""
    return float(flow.blocked_time[at].sum() / (flow.end - flow.start))


def served(flow: Flow, at: int = 0) -> float:
    """People admitted in a time unit."""
    return float(flow.admitted[at].sum() / (flow.end - flow.start))
