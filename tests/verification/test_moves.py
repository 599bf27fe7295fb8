"""Who went where: every move has a beginning and an end, and nobody is counted twice or forgotten."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow, LogEntry, PeopleLostError, check_people
from sim.engines.records import IN_BUFFER
from sim.engines.reference import ReferenceEngine
from sim.network.localities import in_localities
from sim.network.model import Arrivals, CareNetwork, Distribution
from tests.agreement.both import coarse_clock
from tests.long_run import line, station
from tests.strategies import networks

pytestmark = pytest.mark.verification

PERIODS = (4.0, 9.5, 20.25, 45.0)
ENGINES = (ReferenceEngine, CompiledEngine)


def between(engine: ReferenceEngine) -> np.ndarray:
    """S: people who gave up a place of the station and wait in the buffer of the next one."""
    found = np.zeros(len(engine.wards), dtype=np.int64)
    for ward in engine.wards:
        for request in ward.queue.open_requests():
            if request.state == "buffered":
                found[request.left.index] += 1
    return found


def conserves_moves(network: CareNetwork, **options: object) -> None:
    """Admitted = column, left by an exit = column, departed = row and the change of people between two places."""
    engine, before = ReferenceEngine(network, 3, 0, **options), np.zeros(len(network.stations), dtype=np.int64)
    for until in PERIODS:
        inside = engine.inside
        flow, now = engine.advance(until), between(engine)
        stations = len(network.stations)
        assert flow.moved.shape == (stations + len(network.kinds), stations + len(network.exits))
        assert np.array_equal(flow.moved[:, :stations].sum(axis=0), flow.admitted.sum(axis=1))
        assert np.array_equal(flow.moved[:, stations:].sum(axis=0), flow.exits)
        assert np.array_equal(flow.moved[stations:, :stations].T, flow.waits.sum(axis=2))
        assert not flow.moved[stations:, stations:].any()
        assert np.array_equal(flow.moved[:stations].sum(axis=1) + now - before, flow.departed.sum(axis=1))
        check_people(inside, flow)
        before = now


@settings(max_examples=60)
@given(networks())
def test_every_station_lets_in_and_out_who_moved(network):
    conserves_moves(network)


@settings(max_examples=20)
@given(networks(max_stations=3, max_groups=2), st.sampled_from((0.5, 1.0)))
def test_moves_between_localities_are_moves(network, share):
    conserves_moves(in_localities(network, 2), moving_share=share)


@pytest.mark.parametrize("buffer", [0.0, 1.0, 3.0])
def test_the_compiled_engine_conserves_moves(buffer):
    network, was = coarse_clock(buffer, True), 0
    engine, stations = CompiledEngine(network, 3, 0), len(network.stations)
    for until in PERIODS:
        inside, flow = engine.inside, engine.advance(until)
        check_people(inside, flow)
        now = int(engine.state.wards[:, IN_BUFFER].sum())
        assert flow.moved[:stations].sum() + now - was == flow.departed.sum()
        was = now


def told(network: CareNetwork, log: list[LogEntry]) -> np.ndarray:
    """Moves put together from every person's own story: where they were when they were admitted or left."""
    stations, kinds = network.station_names, {group.name: group.kind for group in network.groups}
    rows, columns = (*stations, *network.kinds), (*stations, *network.exits)
    found, where = np.zeros((len(rows), len(columns)), dtype=np.int64), dict[int, str]()
    for entry in log:
        if entry.event == "arrived":
            where[entry.person] = kinds[entry.group]
        elif entry.event in ("admitted", "exited"):
            found[rows.index(where[entry.person]), columns.index(entry.station)] += 1
            where[entry.person] = entry.station
    return found


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=30)
@given(network=networks())
def test_moves_are_what_people_tell(engine, network):
    """Nobody inside at the start, so that every story is told from its beginning."""
    network = replace(network, start="empty")
    running = engine(network, 5, 1, log=True)
    flows = [running.advance(until) for until in PERIODS]
    assert np.array_equal(sum(flow.moved for flow in flows), told(network, running.log))


def two_steps(buffer: float) -> CareNetwork:
    """One comes every 2 days from day 2, stays 1 in one of two beds, then 3 with the one team there is."""
    stays = [Distribution("deterministic", {"value": days}) for days in (1.0, 3.0)]
    network = line(1.0, [station("beds", 2), station("team", 1, buffer=buffer)], stays)
    return replace(network, groups=(replace(network.groups[0], arrivals=Arrivals("beds", every=2.0)),))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("buffer", "departed"), [(0.0, 2), (1.0, 3)])
def test_who_waits_for_the_next_place_has_not_moved_yet(engine, buffer, departed):
    """Three come until day 8: the first is home on day 6, the second is with the team, the third waits for it.

    They wait in the bed, or in the buffer with the bed given up; either way they have not moved.
    """
    flow = engine(two_steps(buffer), 1, 1).advance(8.0)
    assert flow.moved.tolist() == [[0, 2, 0], [0, 0, 1], [3, 0, 0]]
    assert flow.departed[0].sum() == departed


@pytest.mark.parametrize("engine", ENGINES)
def test_who_leaves_a_buffer_comes_from_the_place_given_up(engine):
    """In the next period: the third and fourth get the team on days 9 and 12, and nobody comes from nowhere."""
    running = engine(two_steps(3.0), 1, 1)
    running.advance(8.0)
    later = running.advance(12.5)
    assert later.moved.tolist() == [[0, 2, 0], [0, 0, 2], [3, 0, 0]]


def spoilt(flow: Flow, row: int, column: int) -> Flow:
    moved = flow.moved.copy()
    moved[row, column] += 1
    return replace(flow, moved=moved)


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 2), (2, 0)])
def test_a_move_too_many_is_found(row, column):
    flow = ReferenceEngine(two_steps(0.0), 1, 1).advance(8.0)
    check_people(0, flow)
    with pytest.raises(PeopleLostError, match="people moved to the stations and exits"):
        check_people(0, spoilt(flow, row, column))
