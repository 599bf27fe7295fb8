"""Questions become runs: paired, shared, remembered, given up when nobody wants them, never more than needed."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.wording.changes import change_of_lever, moved_in_words
from tests.unit.dashboard.fake_model import (
    GROWTH,
    SHIFT,
    ByHand,
    fake_gateway,
    fake_run,
    settled,
)

pytestmark = pytest.mark.unit
LINK = f"{SHIFT}=0.05"


def finish_pairs(pool, count):
    """End every run of the first so many replications, and whatever runs begin meanwhile."""
    while early := [task for task in pool.under_way if task.replication < count]:
        for task in early:
            pool.finish(task)


def test_doing_nothing_is_run_once_for_a_place(counted):
    gateway, tasks = counted
    settled(gateway, "")
    assert len(tasks) == 10
    settled(gateway, f"{SHIFT}=0.05")
    settled(gateway, f"{SHIFT}=0.06")
    assert len(tasks) == 30


def test_plan_and_baseline_come_in_pairs(counted):
    gateway, tasks = counted
    settled(gateway, f"{SHIFT}=0.05&seed=9&place=dorset&years=2")
    pairs = {(task.seed, task.replication, task.people, task.place, task.years) for task in tasks}
    assert pairs == {(9, number, 770_689, "dorset", 2) for number in range(10)}
    assert len(tasks) == 20


def test_the_same_question_in_other_words_is_not_run_again(counted):
    gateway, tasks = counted
    settled(gateway, f"{SHIFT}=0.05&{GROWTH}=3")
    settled(gateway, f"?nonsense=1&detail=locality&{GROWTH}=3.0&{SHIFT}=0.050&plan=do_nothing")
    assert len(tasks) == 20


def test_everybody_is_simulated_except_in_england(counted):
    gateway, tasks = counted
    for place in ("hamlet", "west-yorkshire-and-harrogate", "england"):
        settled(gateway, f"place={place}")
    assert {task.place: task.people for task in tasks} == {
        "hamlet": 20_000,
        "west-yorkshire-and-harrogate": 2_517_583,
        "england": 3_000_000,
    }


def test_more_replications_begin_with_the_same_ones(counted):
    gateway, tasks = counted
    settled(gateway, LINK)
    settled(gateway, f"{LINK}&replications=30")
    assert len(tasks) == 60


def test_the_first_answer_comes_after_two_pairs_and_better_ones_follow(by_hand):
    gateway, pool = by_hand
    shown = []
    for pairs in (2, 4, 10):
        gateway.ask(LINK, "me", shown[-1].done if shown else 0, 0)
        finish_pairs(pool, pairs)
        outcome = gateway.ask(LINK, "me", shown[-1].done if shown else 0, 0)
        assert (outcome.status, outcome.done) == ("ready", pairs)
        shown.append(gateway.answer(outcome.name))
    assert [answer.settled for answer in shown] == [False, False, True]
    width = [year.high - year.low for answer in shown for year in answer.years["gap"][-1:]]
    assert width[0] > width[2]


def test_all_runs_of_a_question_are_wanted_from_the_start(by_hand):
    """Threads do not wait for the page to ask for the next step."""
    gateway, pool = by_hand
    gateway.ask(LINK, "me", 0, 0)
    pool.finish_all()
    assert len(pool.started) == 20
    assert gateway.ask(LINK, "me", 0, 0).done == 10


def test_first_answers_go_before_better_ones(by_hand):
    gateway, pool = by_hand
    gateway.ask(f"{SHIFT}=0.05", "me", 0, 0)
    gateway.ask(f"{SHIFT}=0.06", "you", 0, 0)
    pool.finish_all()
    first = [task.replication for task in pool.started]
    assert first == sorted(first, key=lambda number: (number >= 2) + (number >= 4))


def test_what_takes_long_is_told_as_progress(by_hand):
    gateway, pool = by_hand
    assert gateway.ask(LINK, "me", 0, 0).status == "working"
    finish_pairs(pool, 1)
    outcome = gateway.ask(LINK, "me", 0, 0)
    assert (outcome.status, outcome.done) == ("working", 1)
    assert gateway.answer(outcome.name) is None


def test_a_moved_lever_cancels_what_was_under_way(by_hand):
    gateway, pool = by_hand
    gateway.ask(f"{SHIFT}=0.05", "me", 0, 0)
    old = pool.under_way
    gateway.ask(f"{SHIFT}=0.06", "me", 0, 0)
    cancelled = [task for task in old if pool.event(task).is_set()]
    assert cancelled
    assert all(dict(task.settings) for task in cancelled), "doing nothing is wanted by both questions"


def test_what_another_visitor_wants_is_not_cancelled(by_hand):
    gateway, pool = by_hand
    gateway.ask(f"{SHIFT}=0.05", "me", 0, 0)
    gateway.ask(f"{SHIFT}=0.05", "you", 0, 0)
    old = pool.under_way
    gateway.ask(f"{SHIFT}=0.06", "me", 0, 0)
    assert not any(pool.event(task).is_set() for task in old)


def test_a_question_given_up_returns_at_once():
    """The thread that waits for the old question is freed by the new one, not by the clock."""
    begun, cancelled = Event(), []

    def run(task, stop):
        begun.set()
        assert stop.wait(60)
        cancelled.append(task)
        raise RuntimeError("cancelled")

    gateway = fake_gateway(run=run)
    outcomes = []
    waiting = Thread(target=lambda: outcomes.append(gateway.ask(f"{SHIFT}=0.05", "me", 0, 60)))
    waiting.start()
    assert begun.wait(60)
    gateway.ask(f"{SHIFT}=0.06", "me", 0, 0)
    waiting.join(60)
    assert [outcome.status for outcome in outcomes] == ["dropped"]
    gateway.close()
    assert cancelled


def test_when_every_seat_is_taken_nobody_is_kept_waiting(monkeypatch):
    """Threads of the server are left for everything else; the page comes back by itself."""
    monkeypatch.setattr("dashboard.answering.enquiries.SEATS", 0)
    gateway = fake_gateway(pool=ByHand)
    assert gateway.ask(LINK, "me", 0, 1000).status == "working"


def test_going_back_to_an_answered_question_is_free(counted):
    gateway, tasks = counted
    settled(gateway, LINK)
    before = len(tasks)
    assert gateway.ask(LINK, "you", 0, 0).status == "ready"
    assert len(tasks) == before


def test_a_failure_is_told_and_a_retry_is_a_new_try():
    fails = [True]

    def run(task, cancelled):
        if fails[0]:
            raise ValueError("no beds at all")
        return fake_run(task, cancelled)

    gateway = fake_gateway(run=run)
    assert gateway.ask(LINK, "me", 0, 60).status == "failed"
    fails[0] = False
    assert settled(gateway, LINK).done == 10
    gateway.close()


def test_an_answer_says_what_differs():
    gateway = fake_gateway()
    answer = settled(gateway, f"plan=constant_stay&{GROWTH}=3")
    assert moved_in_words(answer) == (
        "Admissions growth at 3% a year instead of 3.6%",
        "Trend in length of stay at 0% a year instead of −0.9%",
        "Stays do not change",
    )
    assert [*map(change_of_lever, answer.own)] == ["Admissions growth at 3% a year instead of 3.6%"]


@pytest.mark.parametrize("link", [None, 3, {}, b"x"])
def test_a_link_that_is_no_text_is_the_opening_question(link):
    assert fake_gateway().ask(link, wait=0).name == ""


def test_seconds_of_simulation_are_counted_once_however_many_threads():
    from dashboard.answering.desk import Finished
    from dashboard.answering.runs import seconds_busy

    runs = [Finished(None, 1, 3), Finished(None, 2, 4), Finished(None, 6, 7)]
    assert seconds_busy(runs, 0) == 4
    assert seconds_busy(runs, 2.5) == 2.5
