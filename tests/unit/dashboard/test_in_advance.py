"""What is answered before anybody asks, and that it gives way to whoever does."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from tests.unit.dashboard.fake_model import SHIFT, fake_gateway, fake_reader

pytestmark = pytest.mark.unit


def test_the_opening_question_is_settled_before_the_port_opens(counted):
    gateway, tasks = counted
    gateway.warm()
    assert gateway.answer("").settled
    assert [(task.plan, task.replication) for task in tasks[:10]] == [("do_nothing", number) for number in range(10)]


def test_other_plans_are_answered_in_advance_when_nobody_asks(monkeypatch):
    monkeypatch.setattr("dashboard.answering.enquiries.QUIET", 0.0)
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


def test_what_is_done_in_advance_gives_way_to_a_workshop(by_hand):
    gateway, pool = by_hand
    ahead = Thread(target=gateway._went_ahead, args=(gateway._enquiry("plan=prevention_shift"),))
    ahead.start()
    assert pool.begun.wait(60)
    guessed = pool.under_way
    gateway.let_be()
    ahead.join(60)
    assert guessed
    assert all(pool.event(task).is_set() for task in guessed)


def test_a_long_job_gives_way_to_a_question_too(by_hand):
    """It begins when nobody waits for the levers any more, and what is done in advance does not hold it up."""
    gateway, pool = by_hand
    begun = Event()
    gateway.ask(f"{SHIFT}=0.07", "me", 0, 0)
    gateway.jobs.want("you", "a", lambda pace: begun.set())
    assert not begun.wait(0.1)
    pool.finish_all()
    assert begun.wait(60)
    gateway.close()


def test_nothing_is_worked_out_in_advance_while_a_job_is_under_way(monkeypatch):
    monkeypatch.setattr("dashboard.answering.enquiries.QUIET", 0.0)
    gateway, begun, go_on = fake_gateway(), Event(), Event()
    gateway.jobs.want("me", "a", lambda pace: begun.set() or go_on.wait(60))
    assert begun.wait(60)
    quiet = Thread(target=gateway._is_quiet)
    quiet.start()
    assert quiet.is_alive()
    go_on.set()
    quiet.join(60)
    assert not quiet.is_alive()
    gateway.close()
