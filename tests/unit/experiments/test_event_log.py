"""Event logs for animations: the rules of vidigi's format, and the same people as the engine's own counts."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from io import StringIO

import pytest

from sim.engines.compiled import CompiledEngine
from sim.experiments import event_log as event_logs
from sim.experiments.event_log import COLUMNS, csv_text, event_log
from sim.inputs import Faults
from sim.network import find_network, load_network
from tests.agreement.both import coarse_clock

pytestmark = pytest.mark.unit
# the last two have ties everywhere, people inside at the start, steps of capacity, giving up, dying and coming back
SHIPPED = ("tandem_blocking", "todays_position", "emergency_beds", "ward_of_beds", "two_wards_and_a_home")
NETWORKS = {
    **{name: load_network(find_network(name)) for name in SHIPPED},
    "blocked": coarse_clock(0, True),
    "buffered": coarse_clock(2, False),
}
TYPES = {"arrival_departure", "queue", "resource_use", "resource_use_end"}


def logged(network, warm_up=10.0, run=40.0):
    return event_log(network, seed=3, replication=1, warm_up=warm_up, run=run)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_visit_reads_as_the_format_wants(name):
    """Arrival first, departure last if there is one, and every place taken is given up before the next one."""
    visits = defaultdict(list)
    for row in logged(NETWORKS[name]):
        visits[row.entity_id].append(row)
    assert visits
    for rows in visits.values():
        assert rows[0].event == "arrival"
        assert all(row.event not in ("arrival", "depart") for row in rows[1:-1])
        assert [row.time for row in rows] == sorted(row.time for row in rows)
        in_use = None
        for row in rows:
            assert row.event_type in TYPES
            if row.event_type == "resource_use":
                assert in_use is None
                in_use = (row.event.removesuffix("_begins"), row.resource_id)
            elif row.event_type == "resource_use_end":
                assert in_use == (row.event.removesuffix("_ends"), row.resource_id)
                in_use = None
            else:
                assert row.resource_id is None
        assert in_use is None or rows[-1].event != "depart"
        assert bool(rows[-1].left_by) == (rows[-1].event == "depart")


@pytest.mark.parametrize("name", NETWORKS)
def test_nobody_shares_a_place_and_no_place_is_made_up(name):
    """At no moment do two people hold one place, nor more people than there ever were places."""
    network = NETWORKS[name]
    most = {each.name: max(n for _, n in each.places) + (each.escalation.places if each.escalation else 0)
            for each in network.stations}  # fmt: skip
    held = set()
    for row in logged(network):
        place = (row.event.rpartition("_")[0], row.resource_id)
        if row.event_type == "resource_use":
            assert place not in held
            assert 1 <= row.resource_id <= most[place[0]]
            held.add(place)
        elif row.event_type == "resource_use_end":
            held.remove(place)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_log_counts_what_the_engine_counts(name):
    """Arrivals, admissions and departures in the log are those of the same replication without a log."""
    network = NETWORKS[name]
    engine = CompiledEngine(network, 3, 1)
    before = engine.advance(10.0)
    flow = engine.advance(50.0)
    rows = logged(network)
    found = Counter(row.event for row in rows)
    assert found["arrival"] == before.inside + flow.arrived.sum()
    left = flow.exits.sum() + flow.lost.sum() + flow.reneged.sum() + flow.died_waiting.sum()
    assert found["depart"] == left
    begun = sum(row.event_type == "resource_use" for row in rows)
    assert begun == before.occupied.sum() + flow.admitted.sum()
    assert found["arrival"] - found["depart"] == flow.inside


def test_the_same_question_gives_the_same_text():
    network = NETWORKS["tandem_blocking"]
    text = csv_text(logged(network))
    assert text == csv_text(logged(network))
    read = list(csv.DictReader(StringIO(text)))
    assert tuple(read[0]) == COLUMNS
    assert {row["run_number"] for row in read} == {"2"}


def test_a_log_without_end_is_refused_with_the_time_that_fits(monkeypatch):
    monkeypatch.setattr(event_logs, "MOST_ROWS", 100)
    with pytest.raises(Faults) as caught:
        logged(NETWORKS["tandem_blocking"], run=400.0)
    (fault,) = caught.value.faults
    assert fault.name == "--run"
    fits = int(fault.rule.split("about ")[1].split()[0])
    assert len(logged(NETWORKS["tandem_blocking"], run=float(fits))) <= 100


def test_blocked_people_keep_their_place_and_are_said_to_be_blocked():
    rows = logged(NETWORKS["tandem_blocking"], run=200.0)
    blocked = [row for row in rows if row.event.endswith("_blocked")]
    assert blocked
    for each in blocked:
        later = [row for row in rows if row.entity_id == each.entity_id and row.time >= each.time]
        ends = next((row for row in later if row.event_type == "resource_use_end"), None)
        assert ends is None or ends.event == each.event.replace("_blocked", "_ends")
