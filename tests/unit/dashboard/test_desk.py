"""The desk: bounded, remembering, fair to short questions, and never stuck."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from dashboard.desk import Desk, Job, Memory

pytestmark = pytest.mark.unit


class ByHand(Executor):
    """Runs nothing until told to; remembers what it was given, in order."""

    def __init__(self):
        self.given = []

    def submit(self, work, /, *args, **named):
        future = Future()
        self.given.append((args[0], future))
        return future

    def finish(self, task, result=None, problem=None):
        future = next(future for given, future in self.given if given == task)
        future.set_exception(problem) if problem else future.set_result(result or f"{task} done")

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass


@pytest.fixture
def pool():
    return ByHand()


def desk(pool, **named):
    return Desk(lambda task: task, lambda: pool, **({"slots": 1} | named))


def job(name, weight=0.0):
    return Job(name, name, weight)


def started(pool):
    return [task for task, _ in pool.given]


def test_results_come_in_the_order_asked(pool):
    front = desk(pool, slots=2)
    front.request([job("a"), job("b")], 0)
    pool.finish("b")
    pool.finish("a")
    assert front.request([job("a"), job("b")], 0).results == ("a done", "b done")


def test_no_more_run_at_a_time_than_there_are_slots(pool):
    front = desk(pool)
    assert front.request([job("a"), job("b")], 0).status == "working"
    assert started(pool) == ["a"]
    pool.finish("a")
    assert started(pool) == ["a", "b"]


def test_it_says_how_far_it_has_come(pool):
    front = desk(pool)
    front.request([job("a"), job("b")], 0)
    pool.finish("a")
    reply = front.request([job("a"), job("b")], 0)
    assert (reply.status, reply.done, reply.of) == ("working", 1, 2)


def test_asking_again_starts_nothing_twice(pool):
    front = desk(pool, slots=4)
    for _ in range(3):
        front.request([job("a")], 0)
    pool.finish("a")
    front.request([job("a")], 0)
    assert started(pool) == ["a"]


def test_a_full_queue_is_busy_and_takes_nothing(pool):
    front = desk(pool, queue=1)
    front.request([job("a")], 0)
    front.request([job("b")], 0)
    assert front.request([job("c"), job("d")], 0).status == "busy"
    pool.finish("a")
    pool.finish("b")
    assert started(pool) == ["a", "b"]


def test_short_runs_go_before_long_ones(pool):
    front = desk(pool)
    front.request([job("first")], 0)
    front.request([job("long", 9)], 0)
    front.request([job("short", 1)], 0)
    pool.finish("first")
    assert started(pool)[1] == "short"


def test_a_job_somebody_presses_for_moves_up(pool):
    front = desk(pool)
    for each in (job("first"), job("warming", 9), job("other", 5), job("warming", 1)):
        front.request([each], 0)
    pool.finish("first")
    assert started(pool)[1] == "warming"


def test_what_nobody_asks_for_again_loses_its_place(pool):
    front = desk(pool, patience=-1)
    front.request([job("a")], 0)
    front.request([job("b")], 0)
    pool.finish("a")
    assert started(pool) == ["a"]


def test_a_failure_is_told_once_and_then_tried_again(pool):
    front = desk(pool)
    front.request([job("a")], 0)
    pool.finish("a", problem=ValueError("no"))
    assert front.request([job("a")], 0).status == "failed"
    assert front.request([job("a")], 0).status == "working"
    assert started(pool) == ["a", "a"]


def test_a_broken_pool_is_replaced():
    class Broken(Executor):
        def submit(self, work, /, *args, **named):
            raise BrokenExecutor

    whole, pools = ByHand(), []

    def start():
        pools.append(whole if pools else Broken())
        return pools[-1]

    front = Desk(lambda task: task, start, slots=1)
    front.request([job("a")], 0)
    whole.finish("a")
    assert front.request([job("a")], 0).status == "ready"


def test_a_closed_desk_takes_nothing(pool):
    front = desk(pool)
    front.close()
    assert front.request([job("a")], 0).status == "busy"


def test_memory_forgets_what_was_longest_unused():
    memory = Memory(2)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.get("a")
    memory.put("c", 3)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (1, None, 3)
