"""Questions become runs: paired, shared, remembered, given up when nobody wants them, never more than needed."""

from __future__ import annotations

from threading import Event, Thread

import numpy as np
import pytest

from tests.unit.dashboard.fake_model import (
    GROWTH,
    SHIFT,
    ByHand,
    fake_enough,
    fake_gateway,
    fake_reader,
    fake_run,
    settled,
)

pytestmark = pytest.mark.unit
LINK = f"{SHIFT}=0.05"


@pytest.fixture
def counted():
    """A gateway with real threads, and every task it has run."""
    tasks = []

    def run(task, cancelled):
        tasks.append(task)
        return fake_run(task, cancelled)

    gateway = fake_gateway(run=run)
    yield gateway, tasks
    gateway.close()


@pytest.fixture
def by_hand():
    """A gateway whose runs end when told to."""
    pool = ByHand()
    return fake_gateway(pool=lambda: pool), pool


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
    monkeypatch.setattr("dashboard.enquiries.SEATS", 0)
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


NARROW = "replications=narrow"


def noisy(size):
    """Runs whose plan has its own luck, so that the change is uncertain by so much of its size."""

    def run(task, cancelled):
        luck = np.random.default_rng([task.replication, 7]).normal() if task.settings else 0.0
        series = fake_run(task, cancelled)
        return series | {"occupancy:acute": series["occupancy:acute"] + size * luck}

    return run


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_number_for_narrow_ranges_does_not_depend_on_threads(threads):
    gateway = fake_gateway(run=noisy(0.01), slots=threads)
    answer = settled(gateway, f"{LINK}&{NARROW}")
    gateway.close()
    assert (answer.done, answer.narrow) == (EXPECTED, True)


def smallest(size):
    """The first number at which `size` normal points are known to within half a point."""
    luck = np.array([np.random.default_rng([number, 7]).normal() for number in range(100)])
    return fake_enough([(luck * size * 100, 0.5)])


EXPECTED = smallest(0.01)


def test_ranges_that_stay_wide_stop_at_a_hundred():
    assert smallest(0.2) is None
    gateway = fake_gateway(run=noisy(0.2))
    answer = settled(gateway, f"{LINK}&{NARROW}")
    gateway.close()
    assert (answer.done, answer.narrow, answer.settled) == (100, False, True)


def test_no_more_is_run_than_the_next_look_needs(by_hand):
    gateway, pool = by_hand
    gateway.ask(f"{LINK}&{NARROW}", "me", 0, 0)
    pool.finish_all()
    assert {task.replication for task in pool.started} == set(range(10))


def test_an_answer_says_what_differs():
    gateway = fake_gateway()
    answer = settled(gateway, f"plan=constant_stay&{GROWTH}=3")
    assert answer.moved == (
        "Admissions growth at 3% a year instead of 3.6%",
        "Trend in length of stay at 0% a year instead of −0.9%",
        "Stays do not change",
    )
    assert answer.own == ("Admissions growth at 3% a year instead of 3.6%",)


@pytest.mark.parametrize("link", [None, 3, {}, b"x"])
def test_a_link_that_is_no_text_is_the_opening_question(link):
    assert fake_gateway().ask(link, wait=0).name == ""


def test_the_opening_question_is_settled_before_the_port_opens(counted):
    gateway, tasks = counted
    gateway.warm()
    assert gateway.answer("").settled
    assert [(task.plan, task.replication) for task in tasks[:10]] == [("do_nothing", number) for number in range(10)]


def test_other_plans_are_answered_in_advance_when_nobody_asks(monkeypatch):
    monkeypatch.setattr("dashboard.enquiries.QUIET", 0.0)
    all_done = Event()
    gateway = fake_gateway(reader=fake_reader(break_even=lambda before, after: all_done_when(gateway, all_done)))
    gateway.warm()
    assert all_done.wait(60)
    gateway.close()


def all_done_when(gateway, event):
    """Called whenever an answer is made: by the last plan's, all others must be settled."""
    others = [gateway.answer(name) for name in ("", "plan=prevention_shift")]
    if all(answer and answer.settled for answer in others):
        event.set()


def test_what_is_done_in_advance_gives_way_to_a_question(by_hand):
    gateway, pool = by_hand
    guess = gateway._enquiry("plan=prevention_shift")
    ahead = Thread(target=gateway._went_ahead, args=(guess,))
    ahead.start()
    assert pool.begun.wait(60)
    guessed = pool.under_way
    gateway.ask(f"{SHIFT}=0.07", "me", 0, 0)
    ahead.join(60)
    mine = [task for task in guessed if task.plan == "prevention_shift"]
    assert mine
    assert all(pool.event(task).is_set() for task in mine)


def test_seconds_of_simulation_are_counted_once_however_many_threads():
    from dashboard.desk import Finished
    from dashboard.runs import seconds_busy

    runs = [Finished(None, 1, 3), Finished(None, 2, 4), Finished(None, 6, 7)]
    assert seconds_busy(runs, 0) == 4
    assert seconds_busy(runs, 2.5) == 2.5
