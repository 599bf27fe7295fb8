"""Two servers on one database, in both databases: one works for a session, and the other takes in what it writes."""

from __future__ import annotations

from threading import Event
from time import monotonic, sleep

import pytest

from dashboard.shelf.sessions import Sessions
from dashboard.workshop.divided import Divided, Undivided
from dashboard.workshop.keeping import running
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.running import Runner
from dashboard.workshop.keeping.work import Here
from sim.workshop import FACILITATOR, acts
from tests.unit.dashboard.shelf.conftest import postgres, url
from tests.unit.dashboard.workshop.test_running import Runs, made, ran

__all__ = ["postgres", "url"]
pytestmark = pytest.mark.unit
PATIENCE = 60


class Counted(Here):
    """Work in this process that counts changes divided."""

    divided = 0

    def divide(self, *given):
        self.divided += 1
        return super().divide(*given)


class Server:
    """Sessions of a database and who works for them; its threads are not begun unless a test does."""

    def __init__(self, url, meanwhile=None):
        self.runs = Runs(meanwhile)
        self.work = Counted(self.runs)
        self.keeper = Keeper(Sessions(url))
        self.runner = Runner(self.keeper, self.work)

    def work_all(self):
        while self.runner.step():
            pass

    def close(self):
        self.runner.close()
        self.keeper.store.close()


@pytest.fixture
def two(url):
    """Two servers."""
    servers = Server(url), Server(url)
    yield servers
    for each in servers:
        each.close()


def until(found):
    """Wait until something is so."""
    end = monotonic() + PATIENCE
    while not found():
        assert monotonic() < end, "it never was"
        sleep(0.01)


def test_a_server_that_runs_a_round_takes_in_what_another_writes(two, monkeypatch):
    monkeypatch.setattr(running, "TICK", 0.02)
    here, there = two
    begun, go = Event(), Event()
    here.runs.meanwhile = lambda: (begun.set(), go.wait(PATIENCE))
    room = made(here.keeper)
    here.runner.wake()
    assert begun.wait(PATIENCE)
    there.keeper.room(room.kept.code).act(FACILITATOR, acts.HideNames(True))
    until(lambda: room.state.names_hidden)
    assert ran(room) == []  # it is still at it
    go.set()
    until(lambda: len(ran(room)) == 1)


def test_a_round_is_run_by_one_server_and_known_to_both(two):
    here, there = two
    room = made(here.keeper)
    other = there.keeper.room(room.kept.code)
    here.runs.meanwhile = there.work_all
    here.work_all()
    assert (here.runs.count, there.runs.count) == (1, 0)
    other.refresh()
    assert other.state.results == room.state.results
    assert other.rounds == room.rounds
    assert len(ran(other)) == 1


def test_changes_are_divided_by_one_server_and_known_to_both_and_after_a_restart(two, url):
    here, there = two
    room = made(here.keeper)
    other = there.keeper.room(room.kept.code)
    here.work_all()
    other.refresh()
    there.work_all()
    assert (here.work.divided, there.work.divided) == (2, 0)
    again = Server(url)
    found = again.keeper.room(room.kept.code)
    again.work_all()
    again.close()
    room.act(FACILITATOR, acts.Reveal())
    for each in (other, found):
        each.refresh()
        assert each.splits_seen() == room.splits_seen()
    assert isinstance(found.splits_seen()["Blue"], Divided)
    assert found.splits_seen()["Red"] is Undivided.UNCHANGED
    assert again.work.divided == 0


def test_a_server_that_is_not_heard_of_any_more_keeps_nobody_from_its_round(two, monkeypatch):
    here, there = two
    room = made(here.keeper)
    there.keeper.room(room.kept.code)
    assert here.runner._is_ours(room)
    assert not there.runner.step()
    monkeypatch.setattr(running, "CLAIMED", 0.0)
    here.runner._claimed.clear()
    assert here.runner._is_ours(room)  # for the last time
    assert there.runner.step()
    assert len(ran(there.keeper.room(room.kept.code))) == 1


def test_a_server_whose_work_another_has_taken_over_ends_it(two, monkeypatch):
    here, there = two
    room = made(here.keeper)

    def stands_still():
        """As a laptop that slept: the other may take over, and does."""
        monkeypatch.setattr(running, "CLAIMED", 0.0)
        here.runner._claimed.clear()
        assert here.runner._is_ours(room)
        monkeypatch.setattr(running, "CLAIMED", 60.0)
        here.runner._claimed.clear()
        assert there.runner._is_ours(room)

    here.runs.meanwhile = stands_still
    here.runner.step()
    assert (here.runs.count, ran(room)) == (1, [])
