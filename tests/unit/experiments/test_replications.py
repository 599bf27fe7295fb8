"""Replications in one process or several: the same results, in order, and nothing done twice."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from sim.experiments.kept import Kept
from sim.experiments.replicate import Way, WorkersLostError, replicate
from sim.results.history import History
from sim.results.store import history_bytes, history_from_bytes

pytestmark = pytest.mark.unit


class Count:
    """Makes a history of its number, and leaves a mark for each time it was asked."""

    def __init__(self, marks: Path) -> None:
        self.marks = marks

    def __call__(self, number: int) -> History:
        with (self.marks / str(number)).open("a") as file:
            file.write("x")
        return History(2, {"gap": np.array([number, 1 / (number + 3)])})

    def asked(self) -> dict[int, int]:
        return {int(path.name): len(path.read_text()) for path in self.marks.iterdir()}


class DieOnce(Count):
    """Its process is killed at number 1, the first time."""

    def __call__(self, number: int) -> History:
        first = number == 1 and not (self.marks / "1").exists()
        result = super().__call__(number)
        if first:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def die(number: int) -> History:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(number)


def fail(number: int) -> History:
    raise ZeroDivisionError(f"replication {number}")


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


def test_when_a_worker_is_killed_the_others_work_is_not_lost(count, kept):
    found = replicate(DieOnce(count.marks), 4, Way(workers=2), kept)
    assert [history["gap"][0] for history in found] == [0, 1, 2, 3]


def test_workers_that_only_die_end_the_run_with_a_message():
    with pytest.raises(WorkersLostError, match="ended before they finished anything"):
        replicate(die, 3, Way(workers=2))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_in_the_model_is_not_hidden(workers):
    with pytest.raises(ZeroDivisionError, match="replication"):
        replicate(fail, 2, Way(workers=workers))
