"""What must hold in every network: people are conserved, places are not overfilled, draws are repeatable."""

from __future__ import annotations

from dataclasses import fields, replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engines.contract import Conditions, Flow
from sim.engines.reference import ReferenceEngine
from sim.network.model import Arrivals, CareNetwork, Distribution, Route
from tests.long_run import estimate, exponential, flows, in_use, line, served, station, waiting
from tests.strategies import networks

pytestmark = pytest.mark.verification

PERIODS = (4.0, 9.5, 20.25)
any_network = settings(max_examples=40)


def run(network: CareNetwork, seed: int = 3, **options: object) -> tuple[ReferenceEngine, list[Flow]]:
    engine = ReferenceEngine(network, seed, 0, **options)
    return engine, [engine.advance(until) for until in PERIODS]


@any_network
@given(networks())
def test_people_are_conserved(network):
    """In + inside before = out + inside after, in every period; and places + queues hold exactly those inside."""
    engine = ReferenceEngine(network, 3, 0)
    before = engine.inside
    for until in PERIODS:
        flow = engine.advance(until)
        gone = flow.lost.sum() + flow.reneged.sum() + flow.died_waiting.sum() + flow.exits.sum()
        assert before + flow.arrived.sum() - gone == flow.inside
        assert flow.occupied.sum() + flow.waiting.sum() == flow.inside
        before = flow.inside


@any_network
@given(networks())
def test_no_station_is_fuller_than_its_places_and_nobody_waits_for_a_free_one(network):
    """Unless a capacity cut is being worked off, people in places fit; a queue means a full station."""
    engine, found = run(network)
    flow = found[-1]
    for s, place in enumerate(network.stations):
        escalation = place.escalation.places if place.escalation else 0
        most = max(number for _, number in place.places) + escalation
        assert flow.occupied[s].sum() <= most
        if flow.waiting[s].sum() or flow.blocked[:, s].sum():
            assert not engine.wards[s].has_place()
    for flow in found:
        for item in fields(flow):
            assert np.all(np.asarray(getattr(flow, item.name)) >= min(0.0, flow.start)), item.name


@any_network
@given(networks())
def test_blocked_people_hold_a_place_of_the_station_they_are_ready_to_leave(network):
    _, found = run(network)
    for flow in found:
        assert np.all(flow.blocked.sum(axis=1) <= flow.occupied.sum(axis=1))
        assert np.all(flow.blocked_time.sum(axis=1) <= flow.occupied_time.sum(axis=1) + 1e-9)


@any_network
@given(networks(), st.integers(0, 2**32 - 1))
def test_the_same_seed_gives_the_same_events(network, seed):
    first, again = (run(network, seed, log=True) for _ in range(2))
    assert first[0].log == again[0].log
    for left, right in zip(first[1], again[1], strict=True):
        for item in fields(left):
            assert np.array_equal(getattr(left, item.name), getattr(right, item.name)), item.name


@any_network
@given(networks())
def test_stopping_on_the_way_changes_nothing(network):
    """One period or three: the same events."""
    whole, parts = (ReferenceEngine(network, 5, 1, log=True) for _ in range(2))
    whole.advance(PERIODS[-1])
    for until in PERIODS:
        parts.advance(until)
    assert whole.log == parts.log


@any_network
@given(networks())
def test_the_log_and_the_counters_tell_the_same_story(network):
    engine, found = run(network, log=True)
    for event, counter in (("arrived", "arrived"), ("admitted", "admitted"), ("lost", "lost"), ("left", "departed")):
        logged = sum(entry.event == event for entry in engine.log)
        assert logged == sum(int(getattr(flow, counter).sum()) for flow in found), event
    times = [entry.time for entry in engine.log]
    assert times == sorted(times)


def test_nobody_arrives_nobody_is_there():
    (flow,) = flows(line(0.0, [station("beds", 5)], [exponential(2.0)]), 1, 100, 1)
    assert flow.arrived.sum() == flow.occupied_time.sum() == flow.inside == 0
    assert flow.place_time[0] == 500.0


def test_no_places_means_everyone_waits():
    (flow,) = flows(line(1.0, [station("beds", 0)], [exponential(2.0)]), 1, 100, 1)
    assert flow.admitted.sum() == 0
    assert flow.inside == flow.waiting.sum() >= flow.arrived.sum() > 0


def test_without_limit_nobody_waits():
    (flow,) = flows(line(50.0, [station("beds", inf)], [exponential(2.0)]), 1, 50, 1)
    assert flow.wait_total.sum() == flow.waiting_time.sum() == 0.0
    assert np.isinf(flow.place_time[0])


def test_constant_stays_at_fixed_intervals_can_be_worked_out_by_hand():
    """One comes every 2 days from day 2 and stays 3 in one of two beds: from day 6 three bed-days in every two."""
    network = line(1.0, [station("beds", 2)], [Distribution("deterministic", {"value": 3.0})])
    group = replace(network.groups[0], arrivals=Arrivals("beds", every=2.0))
    (flow,) = flows(replace(network, groups=(group,)), 6.0, 20.0, 1)
    assert in_use(flow) == 1.5
    assert served(flow) == 0.5
    assert waiting(flow) == 0.0
    assert flow.census[0].tolist() == [1, 2] * 10


def test_a_capacity_cut_evicts_nobody_and_a_rise_admits_all_who_fit():
    network = line(20.0, [station("beds", 40)], [exponential(4.0)])
    engine = ReferenceEngine(network, 1, 0)
    full = engine.advance(30.0)
    assert full.occupied.sum() == 40
    cut = engine.advance(30.01, Conditions(places=np.array([10.0])))
    assert 30 <= cut.occupied.sum() <= 40
    assert engine.advance(60.0, Conditions(places=np.array([10.0]))).occupied.sum() == 10
    queue = int(engine.advance(60.01, Conditions(places=np.array([10.0]))).waiting.sum())
    risen = engine.advance(60.02, Conditions(places=np.array([10.0 + queue + 5])))
    assert risen.waiting.sum() <= 1


def test_fewer_arrivals_are_the_same_people_less_some():
    """An averted admission is a named person who did not come."""
    network = line(5.0, [station("beds", inf)], [exponential(2.0)])

    def came(multiplier: float) -> set[int]:
        engine = ReferenceEngine(network, 9, 0, log=True)
        engine.advance(200.0, Conditions(arrivals=np.array([multiplier])))
        return {entry.person for entry in engine.log if entry.event == "arrived"}

    fewer, usual, more = came(0.8), came(1.0), came(1.3)
    assert fewer < usual < more
    assert len(fewer) / len(usual) == pytest.approx(0.8, abs=0.03)


def test_diverted_people_are_those_who_were_averted():
    """A share of the averted goes to another door: the same persons, not new ones."""
    stations = [station("beds", inf), station("home team", inf)]
    network = line(5.0, stations, [exponential(2.0), exponential(9.0)], leave_after=[0.5, 1.0], diverts_to="home team")

    def doors(conditions: Conditions) -> dict[int, str]:
        engine = ReferenceEngine(network, 9, 0, log=True)
        engine.advance(100.0, conditions)
        return {entry.person: entry.station for entry in engine.log if entry.event == "arrived"}

    usual = doors(Conditions())
    shifted = doors(Conditions(arrivals=np.array([0.7]), diverted=np.array([0.1])))
    away = {person for person, door in shifted.items() if door == "home team"}
    assert set(shifted) < set(usual)
    assert away and all(usual[person] == "beds" for person in away)
    assert len(away) / len(usual) == pytest.approx(0.1, abs=0.03)


def test_people_may_go_round_where_nobody_can_be_blocked():
    """A loop through stations without limit is no deadlock: half return each time, so two visits on average."""
    network = line(1.0, [station("clinic", inf), station("home team", inf)], [exponential(2.0), exponential(3.0)])
    routes = {
        "clinic": (Route("home team", 1.0),),
        "home team": (Route("clinic", 0.5), Route("home", 0.5)),
    }
    group = replace(network.groups[0], routes=routes)
    found = flows(replace(network, groups=(group,)), 300, 2_000, 8)
    assert estimate(found, served).agrees_with(2.0)
