"""A replication that stops and goes on from a snapshot does the same as one that never stopped: the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions, Flow
from sim.network.model import CareNetwork
from tests.agreement.both import coarse_clock, overloaded
from tests.agreement.test_engines_agree import conditions, england, months
from tests.strategies import networks

pytestmark = pytest.mark.agreement

__all__ = ["england"]

Steps = Sequence[tuple[float, Conditions | None]]


def bytes_of(flow: Flow) -> list[bytes]:
    return [np.asarray(getattr(flow, item.name)).tobytes() for item in fields(Flow)]


def goes_on_alike(network: CareNetwork, steps: Steps, stop: int, **options: object) -> int:
    """Stop after some steps; both the engine that stopped and the one resumed go on. The events they agreed on."""
    long_wait = np.ones(len(network.stations))
    engine = CompiledEngine(network, 3, 1, log=True, long_wait=long_wait, **options)
    for until, holds in steps[:stop]:
        engine.advance(until, holds)
    snapshot, logged = engine.snapshot(), len(engine.log)
    before = snapshot.memory.tobytes()
    expected = [bytes_of(engine.advance(until, holds)) for until, holds in steps[stop:]]
    resumed = CompiledEngine.resumed(network, snapshot, log=True, long_wait=long_wait)
    found = [bytes_of(resumed.advance(until, holds)) for until, holds in steps[stop:]]
    assert found == expected
    assert resumed.log == engine.log[logged:]
    assert (resumed.inside, resumed.events) == (engine.inside, engine.events)
    assert snapshot.memory.tobytes() == before
    return len(resumed.log)


@pytest.mark.parametrize("moving_share", [0.0, 0.5])
def test_a_footprint_goes_on_month_by_month(england, moving_share):
    steps = [(0.0, None), *months(england.network, 0.0, 5)]
    assert goes_on_alike(england.network, steps, 3, moving_share=moving_share, begins=-20.0) > 3_000


@pytest.mark.parametrize("stop", [0, 1, 2, 3])
def test_arrivals_one_after_another_go_on_where_they_stood(stop):
    """Every quarter of a day, with ties, capacity steps, and people inside at the start."""
    steps = [(9.9, None), (20.5, None), (33.3, Conditions(places=np.array([2.0, 1.0, 4.0]))), (60.0, None)]
    assert (goes_on_alike(coarse_clock(1.0, True), steps, stop) > 0) == (stop < len(steps))


def test_an_engine_may_outgrow_its_snapshot():
    assert goes_on_alike(overloaded(), [(1.0, None), (40.0, None)], 1) > 2_000


@settings(max_examples=25)
@given(st.data())
def test_random_networks_go_on_alike(data):
    network = data.draw(networks())
    steps = [(until, data.draw(conditions(network))) for until in (4.0, 9.5, 20.25, 45.0)]
    goes_on_alike(network, steps, data.draw(st.integers(0, 3)))


def test_many_threads_may_go_on_from_one_snapshot(england):
    engine = CompiledEngine(england.network, 7, 2, begins=-20.0)
    engine.advance(0.0)
    snapshot = engine.snapshot()

    def month(_: int) -> list[bytes]:
        return bytes_of(CompiledEngine.resumed(england.network, snapshot).advance(30.4375))

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(month, range(8)))
    assert all(each == found[0] for each in found)
    assert found[0] == bytes_of(engine.advance(30.4375))


def test_a_snapshot_cannot_be_written_to_and_is_as_large_as_the_state():
    engine = CompiledEngine(overloaded(), 1, 1)
    snapshot = engine.snapshot()
    assert snapshot.bytes == engine.bytes
    with pytest.raises(ValueError, match="read-only"):
        snapshot.memory[0] = 1


def test_a_snapshot_of_another_network_is_refused():
    snapshot = CompiledEngine(overloaded(), 1, 1).snapshot()
    with pytest.raises(ValueError, match="is of another network than Coarse clock"):
        CompiledEngine.resumed(coarse_clock(1.0, True), snapshot)


def test_the_state_follows_people_inside_not_people_ever_seen(england):
    """The same size after one year and after twenty-four."""
    engine = CompiledEngine(england.network, 1, 1, begins=-20.0)
    engine.advance(365.25)
    after_one = engine.bytes
    engine.advance(24 * 365.25)
    assert engine.bytes == after_one
