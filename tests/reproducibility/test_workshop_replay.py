"""A session that left the room replays to the same bytes, on any number of threads, played live or anew."""

from __future__ import annotations

import json

import pytest

from sim.experiments.replicate import Way
from sim.inputs import Faults
from sim.system import Memory
from sim.workshop import Export, acts, export_bytes, new_session, read_export, replay, results_bytes, run_round
from tests.unit.workshop.rooms import ROUND, TEXT, by, joined, led, small

pytestmark = pytest.mark.reproducibility


@pytest.fixture(autouse=True)
def nowhere_else(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def session():
    """Two rounds with a deal that is broken, a card, an undone lock and a restarted round."""
    session = led(joined(teams=("Blue", "Red")), acts.Begin())
    session = by(session, "Blue/acute", acts.Propose("community", 0.05), acts.Decide("capacity.growth.acute", 2.0))
    session = led(by(session, "Blue/community", acts.Answer(1, True)), acts.Lock(), acts.Undo(), *ROUND, acts.Restart())
    session = by(session, "Red/community", acts.Decide("capacity.growth.p1", 3.0))
    session = led(session, *ROUND, acts.PlayCard("winter"), acts.Begin())
    return led(by(session, "Red/community", acts.Decide("capacity.growth.p1", -3.0)), *ROUND)


@pytest.fixture
def file(session, tmp_path):
    path = tmp_path / "session.json"
    path.write_bytes(export_bytes(Export("small", TEXT, session.log)))
    return path


def test_a_session_comes_back_from_its_file_as_it_was(session, file):
    export = read_export(file)
    assert export.session() == session
    assert export_bytes(export) == file.read_bytes()


def test_replayed_on_any_number_of_threads_it_is_the_same_bytes(file):
    export = read_export(file)
    alone, together = (results_bytes(replay(export, Way(workers), keep=False)) for workers in (1, 4))
    kept = [results_bytes(replay(export, Way(2))) for _ in range(2)]
    assert {alone, together, *kept} == {alone}
    assert len(json.loads(alone)["rounds"]) == 2


def test_played_round_by_round_it_is_the_same_as_replayed(session, file):
    """As in the room: each round is run when it is locked, with what earlier rounds lived through or without."""
    whole = results_bytes(replay(read_export(file), keep=False))
    memory, found = Memory(2**28), []
    now = new_session(small())
    for record in session.log:
        now = now.act(record)
        if isinstance(record.act, acts.Lock):
            found = [*found[: now.state.round], run_round(now.state, now.state.round, memory=memory, keep=False)]
    assert results_bytes(found) == whole
    assert results_bytes([run_round(session.state, number, keep=False) for number in range(2)]) == whole


def test_what_is_no_session_is_said(tmp_path, file):
    path = tmp_path / "other.json"
    for text, said in (("{", "not JSON"), ("{}", "no exported session"), ("[1]", "no exported session")):
        path.write_text(text)
        with pytest.raises(Faults, match=said):
            read_export(path)
    found = json.loads(file.read_text())
    found["log"][3]["act"], found["log"][5]["by"] = "Explode", 7
    path.write_text(json.dumps(found))
    with pytest.raises(Faults, match="2 faults"):
        read_export(path)
