"""The event log of watched months tells of the same people as the run itself."""

from __future__ import annotations

from collections import Counter

import pytest

from sim.experiments.tracks import localities
from sim.experiments.watched_log import watched_log
from sim.inputs import find_footprint, load_footprints, load_parameters, resolve_scenarios
from sim.system import prepare
from sim.system.watching import watch

pytestmark = pytest.mark.agreement
CHANGES = {"capacity.pooling_share": 0.5, "capacity.locality_people": 30_000}
FIRST, MONTHS = 2, 2


@pytest.fixture(scope="module")
def watched():
    parameters = resolve_scenarios(load_parameters(), ["prevention_shift"], CHANGES)
    return watch(prepare(parameters, find_footprint("devon", load_footprints()), 1, 60_000), 4, 2, FIRST, MONTHS)


@pytest.fixture(scope="module")
def logs(watched):
    return [watched_log(watched, each, 2) for each in localities(watched.network)]


def test_everybody_who_took_a_place_is_in_one_of_the_logs(watched, logs):
    """Rows that begin a stay after time 0, station by station, are the admissions of the run."""
    began = Counter(
        row.event.removesuffix("_begins")
        for log in logs
        for row in log
        if row.event_type == "resource_use" and row.time > 0
    )
    for index, name in enumerate(watched.network.station_names):
        assert began[name] == sum(int(flow.admitted[index].sum()) for flow in watched.flows), name


def test_everybody_inside_at_the_beginning_arrives_at_time_0(watched, logs):
    beginning = watched.beginning
    inside = int(((beginning.holds >= 0) | (beginning.wants >= 0)).sum())
    assert sum(row.event == "arrival" and row.time == 0 for log in logs for row in log) == inside


def test_places_held_at_the_end_are_those_of_the_last_flow(watched, logs):
    held = Counter()
    for log in logs:
        for row in log:
            if row.event_type == "resource_use":
                held[row.event.removesuffix("_begins")] += 1
            elif row.event_type == "resource_use_end":
                held[row.event.removesuffix("_ends")] -= 1
    last = watched.flows[-1].occupied.sum(axis=1)
    assert {name: held[name] for name in watched.network.station_names} == dict(
        zip(watched.network.station_names, last.tolist(), strict=True)
    )


def test_every_visit_reads_as_the_format_wants(logs):
    """Arrival first, time never back, and a place given up before another is taken."""
    for log in logs:
        holds, seen = {}, {}
        for row in log:
            assert row.entity_id in seen or row.event == "arrival"
            assert row.time >= seen.get(row.entity_id, 0.0)
            seen[row.entity_id] = row.time
            if row.event_type == "resource_use":
                assert row.entity_id not in holds
                holds[row.entity_id] = row.resource_id
            elif row.event_type == "resource_use_end":
                assert holds.pop(row.entity_id) == row.resource_id
        assert {row.run_number for row in log} == {3}
