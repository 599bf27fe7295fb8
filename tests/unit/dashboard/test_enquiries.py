"""Questions become runs: paired, shared, remembered, and never more than needed."""

from __future__ import annotations

import pytest

from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway, fake_run
from tests.unit.dashboard.test_desk import ByHand

pytestmark = pytest.mark.unit


@pytest.fixture
def counted():
    """A gateway, and every task it has run."""
    tasks = []

    def run(task):
        tasks.append(task)
        return fake_run(task)

    return fake_gateway(run=run), tasks


def test_doing_nothing_is_run_once_for_a_place(counted):
    gateway, tasks = counted
    gateway.ask("")
    assert len(tasks) == 2
    gateway.ask(f"{SHIFT}=0.05")
    gateway.ask(f"{SHIFT}=0.06")
    assert len(tasks) == 6


def test_plan_and_baseline_come_in_pairs(counted):
    gateway, tasks = counted
    gateway.ask(f"{SHIFT}=0.05&seed=9&place=dorset&years=2")
    pairs = {(task.seed, task.replication, task.people, task.place, task.years) for task in tasks}
    assert pairs == {(9, 0, 100_000, "dorset", 2), (9, 1, 100_000, "dorset", 2)}
    assert len(tasks) == 4


def test_the_same_question_in_other_words_is_not_run_again(counted):
    gateway, tasks = counted
    gateway.ask(f"{SHIFT}=0.05&{GROWTH}=3")
    gateway.ask(f"?nonsense=1&{GROWTH}=3.0&{SHIFT}=0.050&plan=do_nothing")
    assert len(tasks) == 4


def test_more_people_are_never_simulated_than_live_there(counted):
    gateway, tasks = counted
    gateway.ask("place=hamlet")
    assert {task.people for task in tasks} == {20_000}


def test_a_closer_look_takes_more_runs_of_more_people(counted):
    gateway, tasks = counted
    gateway.ask("detail=locality")
    assert [task.people for task in tasks] == [300_000] * 4


def test_what_takes_long_is_told_as_progress():
    pool = ByHand()
    gateway = fake_gateway(start=lambda: pool, workers=1)
    outcome = gateway.ask("", 0)
    assert (outcome.status, outcome.done, outcome.of) == ("working", 0, 2)
    assert gateway.answer(outcome.name) is None


def test_an_answer_says_what_differs():
    gateway = fake_gateway()
    answer = gateway.answer(gateway.ask(f"plan=constant_stay&{GROWTH}=3").name)
    assert answer.moved == (
        "Admissions growth at 3% a year instead of 3.6%",
        "Trend in length of stay at 0% a year instead of −0.9%",
        "Stays do not change",
    )
    assert answer.own == ("Admissions growth at 3% a year instead of 3.6%",)


@pytest.mark.parametrize("link", [None, 3, {}, b"x"])
def test_a_link_that_is_no_text_is_the_opening_question(link):
    assert fake_gateway().ask(link).name == ""


def test_warming_answers_the_opening_question_first(counted):
    gateway, tasks = counted
    gateway.warm()
    gateway.close()
    assert gateway.answer("") is not None
    assert len(tasks) >= 2
