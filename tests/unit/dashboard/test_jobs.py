"""Long jobs: shared, watched, given up, bounded, and never in the way of the levers."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.answering.desk import Desk, Job
from dashboard.answering.jobs import ImpossibleError, Jobs, Progress, StoppedError
from tests.unit.dashboard.fake_model import ByHand

pytestmark = pytest.mark.unit
LONG = 60


class Held:
    """Work of many parts that goes on when it is let."""

    def __init__(self):
        self.begun, self.go_on, self.stopped, self.times = Event(), Event(), Event(), 0

    def __call__(self, pace):
        self.times += 1
        self.begun.set()
        try:
            while not self.go_on.wait(0.005):
                pace.step()
        except StoppedError:
            self.stopped.set()
            raise
        pace.tell(1, 2)
        return "found"


@pytest.fixture
def jobs():
    made = Jobs(patience=LONG)
    yield made
    made.close()


def ended(jobs, name, who="me"):
    """The last word on a job, however long it takes."""
    while (progress := jobs.look(who, name)).status in ("waiting", "running"):
        Event().wait(0.005)
    return progress


def test_a_job_brings_its_result_and_it_is_remembered(jobs):
    work = Held()
    work.go_on.set()
    jobs.want("me", "a", work)
    assert ended(jobs, "a") == Progress("done", result="found")
    assert jobs.want("you", "a", work).status == "done"
    assert work.times == 1


def test_it_is_done_again_when_that_is_asked_for(jobs):
    work = Held()
    work.go_on.set()
    for _ in range(2):
        jobs.want("me", "a", work, again=True)
        ended(jobs, "a")
    assert work.times == 2


def test_the_same_question_is_one_job_however_many_ask(jobs):
    first, second = Held(), Held()
    jobs.want("me", "a", first)
    jobs.want("you", "a", second)
    first.go_on.set()
    assert ended(jobs, "a", "me").result == ended(jobs, "a", "you").result == "found"
    assert (first.times, second.times) == (1, 0)


def test_progress_is_told_while_it_is_under_way(jobs):
    told, go_on = Event(), Event()

    def work(pace):
        pace.tell(3, 7)
        told.set()
        go_on.wait(LONG)

    jobs.want("me", "a", work)
    assert told.wait(LONG)
    progress = jobs.look("me", "a")
    go_on.set()
    assert (progress.status, progress.done, progress.wanted) == ("running", 3, 7)


def test_who_leaves_stops_it_unless_another_watches(jobs):
    work = Held()
    jobs.want("me", "a", work)
    jobs.want("you", "a", work)
    assert work.begun.wait(LONG)
    jobs.leave("me")
    assert not work.stopped.wait(0.05)
    jobs.leave("you")
    assert work.stopped.wait(LONG)
    assert jobs.look("me", "a").status == "stopped"


def test_a_visitor_has_one_job_at_most(jobs):
    first, second = Held(), Held()
    jobs.want("me", "a", first)
    assert first.begun.wait(LONG)
    jobs.want("me", "b", second)
    assert first.stopped.wait(LONG)
    assert second.begun.wait(LONG)


def test_a_job_that_nobody_looks_at_any_more_is_stopped():
    jobs, work = Jobs(patience=0.05), Held()
    jobs.want("me", "a", work)
    assert work.stopped.wait(LONG)
    assert not jobs.is_working()
    jobs.close()


def test_what_was_given_up_can_be_begun_anew_at_once(jobs):
    first, second = Held(), Held()
    jobs.want("me", "a", first)
    assert first.begun.wait(LONG)
    jobs.leave("me")
    jobs.want("me", "a", second)
    second.go_on.set()
    assert ended(jobs, "a").result == "found"


def test_only_so_many_are_taken_on():
    jobs = Jobs(most=2, patience=LONG)
    assert [jobs.want(who, who, Held()).status for who in "abc"] == ["waiting", "waiting", "busy"]
    assert jobs.look("c", "c").status == "stopped"
    jobs.close()


def test_only_so_many_results_are_remembered():
    jobs = Jobs(memory=2, patience=LONG)
    for name in "abc":
        jobs.want("me", name, lambda pace: None)
        ended(jobs, name)
    assert [jobs.known(name) is not None for name in "abc"] == [False, True, True]
    jobs.close()


def test_a_job_that_cannot_be_done_says_why_in_a_sentence(jobs):
    def work(pace):
        raise ImpossibleError("There are no beds.")

    jobs.want("me", "a", work)
    assert ended(jobs, "a") == Progress("failed", problem="There are no beds.")


def test_a_job_that_breaks_tells_nothing_of_the_inside_and_the_next_goes_on(jobs, caplog):
    def work(pace):
        raise RuntimeError("secret")

    jobs.want("me", "a", work)
    progress = ended(jobs, "a")
    assert progress.status == "failed"
    assert "secret" not in progress.problem
    assert "secret" in caplog.text
    jobs.want("me", "b", lambda pace: "fine")
    assert ended(jobs, "b").result == "fine"


def test_a_failed_job_is_tried_anew(jobs):
    def broken(pace):
        raise ImpossibleError("Not today.")

    jobs.want("me", "a", broken)
    ended(jobs, "a")
    jobs.want("me", "a", lambda pace: "now")
    assert ended(jobs, "a").result == "now"


def test_a_part_waits_while_something_presses():
    pressing, steps, stepped = Event(), [], Event()
    pressing.set()

    def work(pace):
        steps.append(pressing.is_set())
        stepped.set()

    jobs = Jobs(pressing.is_set, patience=LONG)
    jobs.want("me", "a", work)
    assert not stepped.wait(0.1)
    pressing.clear()
    assert stepped.wait(LONG)
    assert steps == [False]
    jobs.close()


def test_it_gives_way_only_for_so_long(monkeypatch):
    """A room that never stops moving levers must not stop a job for ever."""
    monkeypatch.setattr("dashboard.answering.jobs.LONGEST_WAIT", 0.02)
    jobs = Jobs(lambda: True, patience=LONG)
    jobs.want("me", "a", lambda pace: "done all the same")
    assert ended(jobs, "a").result == "done all the same"
    jobs.close()


def test_closing_stops_what_is_under_way():
    jobs, work = Jobs(patience=LONG), Held()
    jobs.want("me", "a", work)
    assert work.begun.wait(LONG)
    closing = Thread(target=jobs.close)
    closing.start()
    assert work.stopped.wait(LONG)
    closing.join(LONG)
    assert jobs.want("me", "b", work).status == "busy"


def test_the_desk_says_whether_somebody_waits():
    """What is worked out in advance presses nobody; a run that is finished does not either."""
    pool = ByHand()
    desk = Desk(lambda task, stop: task, pool, slots=1)
    desk.want("in advance", [Job("a", 1)])
    assert not desk.presses("in advance")
    desk.want("me", [Job("b", 2)])
    assert desk.presses("in advance")
    pool.finish_all()
    assert not desk.presses("in advance")
