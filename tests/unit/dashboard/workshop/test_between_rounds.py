"""Between rounds: what is divided, for whom, and what goes wrong with one session stops no other."""

from __future__ import annotations

from threading import Event

import pytest

from dashboard.workshop.divided import Divided, Undivided
from dashboard.workshop.keeping import running
from sim.experiments.replicate import CancelledError
from sim.workshop import FACILITATOR, acts
from tests.unit.dashboard.workshop.serving import hub_of
from tests.unit.dashboard.workshop.test_running import made, server

pytestmark = pytest.mark.unit


def test_the_change_of_every_team_is_divided_in_the_background_and_shown_once_revealed(tmp_path):
    keeper, runner = server(tmp_path)
    room = made(keeper)
    assert room.unsplit() is None
    runner.step()
    assert room.unsplit() == (room.state, "Blue")
    while runner.step():
        pass
    assert room.splits_seen() == {}
    room.act(FACILITATOR, acts.Reveal())
    assert isinstance(room.splits_seen()["Blue"], Divided)
    assert room.splits_seen()["Red"] is Undivided.UNCHANGED
    assert room.unsplit() is None


def begun_again(room):
    """The round that was run is taken back, and nothing is run any more."""
    room.act(FACILITATOR, acts.Undo())
    room.act(FACILITATOR, acts.Restart())


def test_a_round_that_is_taken_back_is_divided_no_further(tmp_path):
    keeper, runner = server(tmp_path)
    room = made(keeper)
    runner.step()
    paced = []

    def divide(_state, _number, team, way):
        begun_again(room)
        paced.append(team)
        way.pace()
        raise AssertionError("it went on")

    runner._work.divide = divide
    assert runner.step()
    assert not runner.step()
    assert (paced, room.splits_seen()) == (["Blue"], {})


def test_a_round_taken_back_before_its_division_begins_stops_nothing(tmp_path):
    keeper, runner = server(tmp_path)
    room = made(keeper)
    runner.step()
    found = room.unsplit()
    begun_again(room)
    assert runner._split(room, *found)
    assert runner._not_before == 0.0


def test_a_change_that_cannot_be_divided_says_so_and_the_next_is(tmp_path, caplog):
    keeper, runner = server(tmp_path)
    room, real = made(keeper), runner._work.divide

    def divide(state, number, team, way):
        return 1 / 0 if team == "Blue" else real(state, number, team, way)

    runner._work.divide = divide
    while runner.step():
        pass
    room.act(FACILITATOR, acts.Reveal())
    assert dict(room.splits_seen()) == {"Blue": Undivided.FAILED, "Red": Undivided.UNCHANGED}
    assert "ZeroDivisionError" in caplog.text
    assert runner._not_before == 0.0


def test_after_a_start_only_what_waits_is_opened_and_only_what_is_looked_at_divided(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CLAIMED", 0.0)  # nobody is at work any more
    keeper, runner = server(tmp_path)
    waiting, done = made(keeper), made(keeper)
    keeper.forget(waiting.kept.code)
    runner.step()
    again, other = server(tmp_path)
    again.open_waiting()
    assert [room.number for room in again.rooms()] == [waiting.number]
    again.forget(waiting.kept.code)
    found = again.room(done.kept.code)
    found.looked -= running.LATELY
    assert not other.step()
    again.room(done.kept.code)
    assert other.step()
    assert len(found.outcomes.splits(found.state.results[0])) == 1


def test_one_session_that_cannot_be_brought_up_to_date_keeps_no_other_from_it(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "TICK", 0.01)
    keeper, runner = server(tmp_path)
    broken, whole = made(keeper), made(keeper)
    refreshed = Event()

    def fail():
        raise ValueError("a line from the future")

    broken.refresh, whole.refresh = fail, refreshed.set
    runner._work.run = lambda *_: (_ for _ in ()).throw(CancelledError)
    runner.begin()
    assert refreshed.wait(60)
    runner.close()
    assert (keeper.holds(broken), keeper.holds(whole)) == (False, True)
    assert runner._not_before == 0.0


def test_looks_at_a_session_that_is_let_go_are_forgotten(tmp_path):
    hub = hub_of(tmp_path)
    gone, stays = made(hub.keeper), made(hub.keeper)
    for room in (gone, stays):
        hub.looks.look(room, "board", "", "address")
    hub.keeper.drop(gone)
    assert {name[0] for name in hub.looks._looks} == {stays.kept.code}
    hub.close()


def test_who_works_is_ready_while_a_session_is_open_and_rests_when_none_is(tmp_path):
    keeper, runner = server(tmp_path)
    told = []
    runner._work.warm, runner._work.rest = (lambda: told.append("warm")), (lambda: told.append("rest"))
    room = made(keeper)
    assert runner._stepped()
    keeper.forget(room.kept.code)
    assert not runner._stepped()
    assert told == ["warm", "rest"]
