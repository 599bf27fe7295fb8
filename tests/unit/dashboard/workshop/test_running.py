"""Rounds are run once, whatever happens on the way."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.shelf.sessions import Sessions
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.packed import packed, unpacked
from dashboard.workshop.keeping.running import Runner
from dashboard.workshop.keeping.work import Here
from sim.inputs import Fault, Faults
from sim.workshop import FACILITATOR, acts, asked, results_bytes, run_round
from tests.unit.dashboard.workshop.serving import database
from tests.unit.workshop.rooms import TEXT

pytestmark = pytest.mark.unit
LEVER = "capacity.growth.acute"


class Runs:
    """Counts runs, and does something in the middle of one."""

    def __init__(self, meanwhile=None):
        self.count, self.meanwhile = 0, meanwhile

    def __call__(self, *given, **how):
        self.count += 1
        if self.meanwhile:
            self.meanwhile()
        return run_round(*given, **how)


def server(folder, run=run_round):
    """A keeper and its runner, whose thread is not begun: tests do its steps."""
    keeper = Keeper(Sessions(database(folder)))
    return keeper, Runner(keeper, Here(run))


def made(keeper):
    """A session in which Blue decided something and the round waits to be run."""
    room, _token = keeper.make("small", TEXT)
    room.act("s1", acts.Join("s1", "Ada", "Blue", "acute"))
    room.act("s2", acts.Join("s2", "Bo", "Red", "acute"))
    room.act(FACILITATOR, acts.Begin())
    room.act("s1", acts.Decide(LEVER, 2.0))
    for act in (acts.Lock(), acts.Run()):
        room.act(FACILITATOR, act)
    return room


def ran(room):
    return [record.act.results for record in room.session.log if isinstance(record.act, acts.Ran)]


def test_results_come_back_from_bytes_to_the_last_bit(tmp_path):
    keeper, _runner = server(tmp_path)
    results = run_round(made(keeper).state, 0)
    again = unpacked(packed(results))
    assert results_bytes([again]) == results_bytes([results])
    assert packed(again) == packed(results)
    assert again.teams[0].headlines[0] == results.teams[0].headlines[0]


def test_a_round_is_run_once_and_named_by_what_was_asked(tmp_path):
    runs = Runs()
    keeper, runner = server(tmp_path, runs)
    room = made(keeper)
    name = asked(room.state, 0).id
    while runner.step():
        pass
    assert (runs.count, ran(room), room.state.results) == (1, [name], (name,))
    assert room.rounds[0].teams[0].team == "Blue"
    assert keeper.store.results(room.number, name) == packed(room.rounds[0])


def test_a_server_that_was_killed_while_running_goes_on_when_it_is_started_again(tmp_path):
    keeper, _runner = server(tmp_path)
    code = made(keeper).kept.code
    again, runner = server(tmp_path)
    again.open_waiting()
    assert runner.step()
    room = again.room(code)
    assert len(ran(room)) == 1
    assert len(room.rounds) == 1


def test_a_server_that_was_killed_before_it_wrote_that_it_ran_runs_nothing_twice(tmp_path):
    keeper, _runner = server(tmp_path)
    room = made(keeper)
    keeper.store.put_results(room.number, asked(room.state, 0).id, packed(run_round(room.state, 0)))
    runs = Runs()
    again, runner = server(tmp_path, runs)
    again.open_waiting()
    assert runner.step()
    assert runs.count == 0
    assert len(ran(again.room(room.kept.code))) == 1


def test_two_servers_that_run_the_same_round_note_it_once(tmp_path):
    keeper, _runner = server(tmp_path)
    room = made(keeper)
    other, second = server(tmp_path)
    other.open_waiting()
    first = Runner(keeper, Here(Runs(meanwhile=second.step)))
    assert first.step()
    room.refresh()
    assert len(ran(room)) == len(room.state.results) == 1


def test_results_that_are_lost_are_worked_out_again(tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.workshop.keeping.running.CLAIMED", 0.0)  # nobody is at work any more
    keeper, runner = server(tmp_path)
    room = made(keeper)
    runner.step()
    before = packed(room.rounds[0])
    code = room.kept.code
    store = keeper.store
    lost = Sessions(database(tmp_path))
    lost.results = lambda number, name: None
    lost.put_results = lambda *_: None
    again = Keeper(lost)
    found = again.room(code)
    assert (found.waits_for_results, found.rounds) == (True, ())
    assert Runner(again).step()
    assert packed(found.rounds[0]) == before
    assert len(store.log(room.number)) == len(found.session.log)


@pytest.mark.parametrize("back", ["undo", "restart"])
def test_a_stale_running_notes_nothing(tmp_path, back):
    """The facilitator goes back while the round is run, something else is decided, and the round is run again."""
    keeper, runner = server(tmp_path)
    room = made(keeper)
    first = asked(room.state, 0).id

    def meanwhile():
        """Go back once, decide something else, and go on."""
        once.meanwhile = None
        for act in (acts.Undo(), acts.Undo()) if back == "undo" else (acts.Restart(),):
            room.act(FACILITATOR, act)
        room.act("s1", acts.Decide(LEVER, 1.0))
        room.act(FACILITATOR, acts.Lock())
        room.act(FACILITATOR, acts.Run())

    once = Runs(meanwhile)
    runner._work._run = once
    assert runner.step()  # ends without a word
    assert ran(room) == []
    assert runner.step()
    second = asked(room.state, 0).id
    assert ran(room) == [second] != [first]
    assert room.rounds[0] == run_round(room.state, 0)


def test_a_running_that_is_over_when_the_round_was_taken_back_is_not_noted(tmp_path):
    keeper, _runner = server(tmp_path)
    room = made(keeper)
    state = room.state
    results = run_round(state, 0)
    room.act(FACILITATOR, acts.Undo())
    assert not room.ran(state, asked(state, 0).id, results)
    assert room.state.results == ()
    room.act(FACILITATOR, acts.Run())  # the same plans: the same results hold
    assert room.ran(state, asked(state, 0).id, results)
    assert len(room.state.results) == 1


def test_undoing_the_run_takes_its_results_away_and_running_again_uses_what_is_kept(tmp_path):
    runs = Runs()
    keeper, runner = server(tmp_path, runs)
    room = made(keeper)
    runner.step()
    room.act(FACILITATOR, acts.Undo())
    assert (room.state.phase, room.rounds) == ("lock", ())
    room.act(FACILITATOR, acts.Run())
    assert runner.step()
    assert (runs.count, len(room.rounds)) == (1, 1)


def test_nobody_waits_for_a_session_that_was_deleted(tmp_path):
    keeper, runner = server(tmp_path)
    room = made(keeper)
    runner._work._run = Runs(meanwhile=lambda: keeper.drop(room))
    assert runner.step()
    assert keeper.rooms() == ()
    assert not runner.step()


def test_a_round_that_cannot_be_run_says_why_and_waits(tmp_path):
    def fail(*_, **__):
        raise Faults([Fault("plan", 0, "capacity.growth.acute", "2", "is too much")])

    keeper, runner = server(tmp_path, fail)
    room = made(keeper)
    assert runner.step()
    assert "is too much" in room.trouble
    assert not runner.step()  # not again and again
    runner._work._run = run_round
    room.act(FACILITATOR, acts.Undo())
    assert room.trouble == ""
    room.act(FACILITATOR, acts.Run())
    assert runner.step()
    assert len(room.rounds) == 1


def test_what_nobody_foresaw_ends_no_thread(tmp_path, caplog):
    def fail(*_, **__):
        raise ZeroDivisionError

    keeper, runner = server(tmp_path, fail)
    room = made(keeper)
    assert runner.step()
    assert "could not be run" in room.trouble
    assert "ZeroDivisionError" in caplog.text


def test_progress_is_told(tmp_path):
    keeper, runner = server(tmp_path)
    room, told = made(keeper), []
    real = room.tell
    room.tell = lambda done, wanted: (told.append((done, wanted)), real(done, wanted))
    runner.step()
    assert told[0] == (0, 4)  # two questions, Red's being that of doing nothing; two replications each
    assert (4, 4) in told
    assert room.progress == (0, 0)


def test_the_thread_runs_what_is_asked_for_and_ends(tmp_path):
    keeper, runner = server(tmp_path)
    room, noted = made(keeper), Event()
    changed = room._changed
    room._changed = lambda: (changed(), noted.set() if room.state.results else None)
    runner.wake()
    assert noted.wait(60)
    runner.close()
    assert not any(each.is_alive() for each in runner._threads)


def test_closing_ends_a_round_on_the_way_and_notes_nothing(tmp_path):
    keeper, runner = server(tmp_path)
    room = made(keeper)
    runs = Runs()
    runner._work._run = runs
    runner._closed.set()
    assert runner.step()
    assert (runs.count, ran(room)) == (1, [])


def test_acts_go_on_while_a_round_is_run(tmp_path):
    keeper, _runner = server(tmp_path)
    room = made(keeper)
    begun, go = Event(), Event()
    runner = Runner(keeper, Here(Runs(meanwhile=lambda: (begun.set(), go.wait(60)))))
    thread = Thread(target=runner.step)
    thread.start()
    assert begun.wait(60)
    room.act(FACILITATOR, acts.HideNames(True))
    go.set()
    thread.join(60)
    assert room.state.names_hidden
    assert len(ran(room)) == 1
