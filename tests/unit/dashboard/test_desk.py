"""The desk: bounded, remembering, fair to first answers, and quick to give up what nobody wants."""

from __future__ import annotations

from time import monotonic

import pytest

from dashboard.answering.desk import Desk, Job
from tests.unit.dashboard.fake_model import ByHand

pytestmark = pytest.mark.unit


@pytest.fixture
def pool():
    return ByHand()


def desk(pool, **named):
    return Desk(lambda task, stop: f"{task} done", pool, **({"slots": 1} | named))


def job(name, *rank):
    return Job(name, name, rank or (0,))


def values(front, *jobs):
    return [each.value for each in front.finished(jobs)]


def test_results_come_in_the_order_asked(pool):
    front = desk(pool, slots=2)
    front.want("me", [job("a"), job("b")])
    pool.finish("b")
    assert values(front, job("a"), job("b")) == []
    pool.finish("a")
    assert values(front, job("a"), job("b")) == ["a done", "b done"]


def test_no_more_run_at_a_time_than_there_are_slots(pool):
    front = desk(pool)
    front.want("me", [job("a"), job("b")])
    assert pool.started == ["a"]
    pool.finish("a")
    assert pool.started == ["a", "b"]


def test_wanting_the_same_again_starts_nothing_twice(pool):
    front = desk(pool, slots=4)
    for who in ("me", "me", "you"):
        front.want(who, [job("a")])
    pool.finish("a")
    front.want("me", [job("a")])
    assert pool.started == ["a"]


def test_what_is_wanted_no_more_is_cancelled_at_once(pool):
    front = desk(pool)
    front.want("me", [job("old"), job("old, waiting")])
    front.want("me", [job("new")])
    assert pool.event("old").is_set()
    pool.finish("old", RuntimeError("cancelled"))
    assert pool.started == ["old", "new"]
    assert not front.failed([job("old")])


def test_what_somebody_else_wants_goes_on(pool):
    front = desk(pool)
    front.want("me", [job("a")])
    front.want("you", [job("a")])
    front.leave("me")
    assert not pool.event("a").is_set()
    front.leave("you")
    assert pool.event("a").is_set()


def test_what_was_cancelled_and_is_wanted_again_is_begun_anew(pool):
    """The first run is already on its way out; its end must not be taken for the second's."""
    front = desk(pool, slots=2)
    front.want("me", [job("a")])
    front.want("me", [job("b")])
    front.want("me", [job("a")])
    _, _, first_run, _ = pool.given[0]
    first_run.set_exception(RuntimeError("cancelled"))
    assert pool.started == ["a", "b", "a"]
    pool.finish("a")
    assert values(front, job("a")) == ["a done"]


def test_a_cancelled_run_that_ends_all_the_same_is_kept(pool):
    front = desk(pool)
    front.want("me", [job("a")])
    front.leave("me")
    pool.finish("a")
    assert values(front, job("a")) == ["a done"]


def test_a_thread_counts_as_taken_until_its_cancelled_run_has_ended(pool):
    front = desk(pool)
    front.want("me", [job("a")])
    front.want("me", [job("b")])
    assert pool.started == ["a"]
    pool.finish("a")
    assert pool.started == ["a", "b"]


def test_a_wish_stands_until_the_next(pool):
    front = desk(pool)
    first = front.want("me", [job("a")])
    second = front.want("me", [job("b")])
    assert not front.stands("me", first)
    assert front.stands("me", second)
    front.leave("me")
    assert not front.stands("me", second)


def test_a_wish_that_stands_no_more_cannot_be_gone_on_from(pool):
    front = desk(pool)
    first = front.want("me", [job("a")])
    second = front.want("me", [job("b")])
    assert not front.want("me", [job("c")], instead_of=first)
    assert front.stands("me", second)
    assert front.want("me", [job("c")], instead_of=second)


def test_a_full_queue_takes_nothing(pool):
    front = desk(pool, queue=1)
    assert front.want("me", [job("a")])
    assert front.want("you", [job("b")])
    assert not front.want("them", [job("c"), job("d")])
    pool.finish("a")
    pool.finish("b")
    assert pool.started == ["a", "b"]


def test_the_lowest_rank_goes_first(pool):
    front = desk(pool)
    front.want("me", [job("first")])
    front.want("you", [job("refining", 1, 5), job("long", 0, 9), job("short", 0, 1)])
    pool.finish_all()
    assert pool.started == ["first", "short", "long", "refining"]


def test_the_most_pressing_wish_for_a_run_decides(pool):
    front = desk(pool)
    front.want("me", [job("first")])
    front.want("in advance", [job("guess", 9)])
    front.want("you", [job("other", 5)])
    front.want("them", [job("guess", 1)])
    pool.finish("first")
    assert pool.started[1] == "guess"


def test_a_wish_nobody_repeats_is_given_up(pool):
    front = desk(pool, patience=-1)
    front.want("me", [job("a")])
    front.want("you", [job("b")])
    assert not pool.under_way


def test_a_failure_is_told_until_it_is_tried_again(pool):
    front = desk(pool)
    front.want("me", [job("a")])
    pool.finish("a", ValueError("no"))
    assert front.failed([job("a")])
    front.want("me", [job("a")])
    assert not front.failed([job("a")])
    assert pool.started == ["a", "a"]


def test_waiting_ends_when_it_is_over_or_the_clock_says_so(pool):
    front = desk(pool)
    front.wait(lambda: True, monotonic() + 1000)
    front.wait(lambda: False, monotonic() - 1)


def test_a_closed_desk_stops_everything_and_takes_nothing(pool):
    front = desk(pool)
    front.want("me", [job("a")])
    front.close()
    assert pool.event("a").is_set()
    assert not front.want("me", [job("b")])


def test_what_was_longest_unused_is_forgotten(pool):
    front = desk(pool, slots=9, memory=2)
    front.want("me", [job("a"), job("b")])
    pool.finish_all()
    assert values(front, job("a")) == ["a done"]
    front.want("me", [job("c")])
    pool.finish_all()
    assert values(front, job("b")) == []
    assert values(front, job("a"), job("c")) == ["a done", "c done"]
