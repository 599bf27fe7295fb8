"""Replications on one thread or several: the same results, in order, and nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Event

import numpy as np
import pytest

from sim.experiments.kept import Kept
from sim.experiments.question import Question, resolve
from sim.experiments.replicate import CancelledError, Way, replicate
from sim.experiments.run import PlaceTask, task_of
from sim.results.history import History
from sim.results.store import history_bytes, history_from_bytes

pytestmark = pytest.mark.unit

PATIENCE = 60
"""Seconds after which something hangs: no result depends on it."""


class Count:
    """Makes a history of its number, and leaves a mark for each time it was asked."""

    def __init__(self, marks: Path) -> None:
        self.marks = marks

    def __call__(self, number: int, _: Event) -> History:
        with (self.marks / str(number)).open("a") as file:
            file.write("x")
        return History(2, {"gap": np.array([number, 1 / (number + 3)])})

    def asked(self) -> dict[int, int]:
        return {int(path.name): len(path.read_text()) for path in self.marks.iterdir()}


def fail(number: int, _: Event) -> History:
    raise ZeroDivisionError(f"replication {number}")


class FailWhileOthersWork:
    """Number 0 fails once number 1 is at work, which goes on until it is cancelled."""

    def __init__(self) -> None:
        self.together, self.stopped = Barrier(2), list[int]()

    def __call__(self, number: int, cancelled: Event) -> History:
        self.together.wait()
        if number == 0:
            raise ZeroDivisionError
        assert cancelled.wait(PATIENCE)
        self.stopped.append(number)
        raise CancelledError


@pytest.fixture
def count(tmp_path):
    (tmp_path / "marks").mkdir()
    return Count(tmp_path / "marks")


@pytest.fixture
def kept(tmp_path):
    names = [f"{number}.history" for number in range(10)]
    return Kept(tmp_path / "kept", names, history_bytes, history_from_bytes)


def values(histories):
    return [history["gap"].tobytes() for history in histories]


def test_results_are_the_same_and_in_order_on_any_number_of_workers(count):
    alone = replicate(count, 5)
    assert [history["gap"][0] for history in alone] == [0, 1, 2, 3, 4]
    assert values(replicate(count, 5, Way(workers=2))) == values(alone)


def test_progress_is_told_from_start_to_end(count):
    told = []
    replicate(count, 3, Way(progress=lambda done, wanted: told.append((done, wanted))))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_what_is_finished_is_not_run_again_and_more_replications_add_to_it(count, kept):
    first = replicate(count, 2, kept=kept)
    more = replicate(count, 4, Way(workers=2), kept)
    assert values(more[:2]) == values(first)
    assert count.asked() == {0: 1, 1: 1, 2: 1, 3: 1}


def test_a_damaged_file_is_worked_out_again_and_said(count, kept):
    first = replicate(count, 2, kept=kept)
    (kept.folder / "1.history").write_bytes(b"torn")
    told = []
    again = replicate(count, 2, Way(tell=told.append), kept)
    assert values(again) == values(first)
    assert count.asked() == {0: 1, 1: 2}
    assert len(told) == 1
    assert "1.history is damaged. Replication 2 is worked out again." in told[0]
    replicate(count, 2, kept=kept)
    assert count.asked() == {0: 1, 1: 2}


def test_a_cache_that_cannot_be_written_is_done_without_and_said_once(count, tmp_path):
    (tmp_path / "file").write_text("in the way")
    kept = Kept(tmp_path / "file" / "kept", ["0", "1", "2"], history_bytes, history_from_bytes)
    told = []
    assert len(replicate(count, 3, Way(tell=told.append), kept)) == 3
    assert len(told) == 1
    assert "cannot be kept" in told[0]


def test_what_is_at_hand_is_not_run_again(count):
    first = replicate(count, 2)
    again = replicate(count, 3, begun=first)
    assert [history["gap"][0] for history in again] == [0, 1, 2]
    assert count.asked() == {0: 1, 1: 1, 2: 1}
    assert values(replicate(count, 1, begun=first)) == values(first[:1])


def test_more_at_hand_than_wanted_counts_as_what_is_wanted(count):
    first, told = replicate(count, 2), []
    replicate(count, 1, Way(progress=lambda done, wanted: told.append((done, wanted))), begun=first)
    assert told == [(1, 1)]


def test_what_is_at_hand_is_not_looked_for_on_disk(count, kept):
    """A file that is damaged meanwhile is nobody's concern."""
    first, told = replicate(count, 2, kept=kept), []
    (kept.folder / "0.history").write_bytes(b"torn")
    replicate(count, 2, Way(tell=told.append), kept, begun=first)
    assert told == []


def test_when_one_fails_the_others_are_cancelled_and_none_goes_on():
    task = FailWhileOthersWork()
    with pytest.raises(ZeroDivisionError):
        replicate(task, 2, Way(workers=2))
    assert task.stopped == [1]


def test_when_one_fails_those_that_have_not_begun_never_do():
    begun = []

    def task(number: int, cancelled: Event) -> History:
        begun.append(number)
        if number == 0:
            raise ZeroDivisionError
        assert cancelled.wait(PATIENCE)
        raise CancelledError

    with pytest.raises(ZeroDivisionError):
        replicate(task, 20_000, Way(workers=1))
    assert len(begun) < 20_000


def test_a_replication_of_a_place_ends_in_the_month_in_which_it_is_cancelled(monkeypatch):
    """Cancelled in the third month of twelve."""
    cancelled, lived = Event(), []

    def simulate(place: object, seed: int, replication: int, on_month: Callable[[int], None], memory: object) -> None:
        for month in range(12):
            lived.append(month)
            if month == 2:
                cancelled.set()
            on_month(month)

    monkeypatch.setitem(PlaceTask.__call__.__globals__, "simulate", simulate)
    task = task_of(resolve(Question("devon", years=1, people=20_000)))
    with pytest.raises(CancelledError):
        task(0, cancelled)
    assert lived == [0, 1, 2]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_in_the_model_is_not_hidden(workers):
    with pytest.raises(ZeroDivisionError, match="replication"):
        replicate(fail, 2, Way(workers=workers))
