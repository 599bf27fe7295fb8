"""Localities added up, and months put in a row."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Flow
from sim.inputs import STATIONS, find_footprint, load_footprints, load_parameters
from sim.system import Place, prepare
from sim.system.place import MONTH
from sim.system.together import ACUTE, BY_KIND, Together, in_a_row, together

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def here() -> Place:
    parameters = load_parameters().with_changes({"capacity.locality_people": 20_000})
    return prepare(parameters, find_footprint("dorset", load_footprints()), 1, 40_000)


@pytest.fixture(scope="module")
def flows(here: Place) -> list[Flow]:
    engine = CompiledEngine(here.network, 3, 0, long_wait=here.long_wait)
    return [engine.advance((month + 1) * MONTH) for month in range(3)]


def test_localities_add_up(here, flows):
    flow, whole = flows[-1], together(flows[-1], here.at)
    for name in BY_KIND:
        counted = getattr(flow, name)
        for kind, stations in enumerate(here.at):
            assert getattr(whole, name)[kind] == pytest.approx(sum(counted[station] for station in stations)), name
    assert whole.place_time == pytest.approx([flow.place_time[stations].sum() for stations in here.at])
    assert whole.escalation_time.sum() == pytest.approx(flow.escalation_time.sum())
    assert whole.days == pytest.approx(MONTH)


def test_beds_held_are_told_apart_by_what_is_waited_for(here, flows):
    flow, whole, beds = flows[-1], together(flows[-1], here.at), here.at[ACUTE]
    for kind, stations in enumerate(here.at):
        assert whole.blocked_time[kind] == pytest.approx(flow.blocked_time[np.ix_(beds, stations)].sum())
        assert whole.delay_time[kind] == pytest.approx(flow.delay_time[np.ix_(beds, stations)].sum())


def test_places_held_are_told_apart_by_where_people_are_and_what_they_wait_for(here, flows):
    flow, whole = flows[-1], together(flows[-1], here.at)
    for row, held in enumerate(here.at):
        for column, wanted in enumerate(here.at):
            assert whole.held_time[row, column] == pytest.approx(flow.blocked_time[np.ix_(held, wanted)].sum())
    assert whole.held_time[ACUTE] == pytest.approx(whole.blocked_time)
    assert whole.held_time.sum(axis=1) == pytest.approx(whole.blocked_in_care)


def test_moves_add_up_by_where_they_begin_and_end(here, flows):
    network, flow, whole = here.network, flows[-1], together(flows[-1], here.at)
    stations = [station.kind for station in network.stations]
    begins, ends = np.array([*stations, *network.kinds]), np.array([*stations, *network.exits])
    rows, columns = (*STATIONS, *network.kinds), (*STATIONS, *network.exits)
    assert whole.moved.shape == (len(rows), len(columns))
    for row, origin in enumerate(rows):
        for column, destination in enumerate(columns):
            there = np.ix_(begins == origin, ends == destination)
            assert whole.moved[row, column] == flow.moved[there].sum(), (origin, destination)
    assert whole.moved.sum() == flow.moved.sum() > 0


def test_the_worst_day_in_twenty_is_the_95th_percentile(here, flows):
    for flow in flows:
        days = flow.census[here.at[ACUTE]].sum(axis=0)
        assert together(flow, here.at).busiest == pytest.approx(np.percentile(days, 95))


def test_a_month_that_is_remembered_keeps_nothing_else_in_memory(here, flows):
    """A view of what the engine counted would keep all of it, and memory would hold more than it says."""
    for flow in flows:
        seen = together(flow, here.at)
        fields_of = [getattr(seen, item.name) for item in fields(Together)]
        whole = {id(each if each.base is None else each.base): each for each in fields_of}
        held = sum((each if each.base is None else each.base).nbytes for each in whole.values())
        assert held <= 1.5 * sum(each.nbytes for each in fields_of)


def test_months_in_a_row_keep_each_month(here, flows):
    months = [together(flow, here.at) for flow in flows]
    row = in_a_row(months)
    for item in fields(Together):
        assert np.array_equal(getattr(row, item.name)[1], getattr(months[1], item.name)), item.name
