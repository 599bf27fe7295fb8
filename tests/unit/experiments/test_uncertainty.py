"""Draws of a small place: pairs, what is believed, impossible draws, and going on where one stopped."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments import Question, resolve
from sim.experiments.replicate import Way
from sim.experiments.uncertainty import Uncertainty, explore
from sim.inputs import Faults

pytestmark = pytest.mark.unit

QUESTION = Question("devon", years=1, replications=2, people=20_000)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def plans():
    return [resolve(QUESTION), resolve(QUESTION.varied("live_within_means", changes={"policy.shift_share": 0.1}))]


def test_draws_are_paired_with_the_baseline_and_what_is_finished_is_not_run_again(cache, plans):
    first = explore(plans, 10)
    progress: list[tuple[int, int]] = []
    again = explore(plans, 10, Way(progress=lambda done, wanted: progress.append((done, wanted))))
    assert progress[-1] == (44, 44)
    assert progress.count((44, 44)) == 1
    assert list(first.values) == list(again.values)
    assert all(np.array_equal(first.values[name], again.values[name], equal_nan=True) for name in first.values)
    assert first.values["gap"].shape == (11, 2, 2, 1)
    change = first.of("gap", change=True)
    both = first.values["gap"][:, :, :, 0]
    assert np.allclose(change, both[:, 1] - both[:, 0], atol=1, equal_nan=True)
    assert first.believed("gap") == first.of("gap")[0].mean()
    assert 0 <= first.better("gap") <= 1


def test_ignorance_of_money_is_far_larger_than_chance(cache, plans):
    found = explore(plans[:1], 10, keep=False)
    assert found.split("gap").share_of_ignorance > 0.5
    assert not list(cache.iterdir())


def test_draws_of_impossible_places_are_counted_and_left_out(cache, monkeypatch, plans):
    from sim.experiments import many

    class Refused:
        def __init__(self, task, number):
            self.task, self.number = task, number

        @property
        def place(self):
            if self.number == 3:
                raise ValueError("no place")
            return self.task.place

        def __call__(self, replication, cancelled=None):
            return self.task(replication, cancelled)

    task_of, numbers = many.task_of, iter(range(1000))
    monkeypatch.setattr(many, "task_of", lambda *asked: Refused(task_of(*asked), next(numbers)))
    found = explore(plans[:1], 10, closing=False, keep=False)
    assert found.impossible["no place"] == 1
    assert found.split("gap").draws == 10 - sum(found.impossible.values())


def test_too_few_draws_or_replications_are_refused(plans):
    with pytest.raises(Faults, match="draws"):
        explore(plans, 3)
    with pytest.raises(Faults, match="2 or more"):
        explore([resolve(Question("devon", replications=1))], 20)


def test_chance_is_that_of_what_is_believed_however_wild_the_draws(plans):
    """Believed waits of about an hour; in one draw in two the hospital is full, and luck is of hundreds of hours."""
    random = np.random.Generator(np.random.Philox(5))
    waits = 1 + random.normal(0, 0.1, size=(21, 1, 3, 2))
    waits[11:] += 300 + random.normal(0, 100, size=(10, 1, 3, 2))
    waits[1:11] += 1
    series = {"emergency_wait_hours": np.abs(waits)}
    found = Uncertainty(tuple(plans[:1]), (), np.zeros((20, 0)), series, {}, 0)
    split = found.split("emergency_wait_hours")
    assert 0 <= split.chance.low < found.believed("emergency_wait_hours") < split.chance.high < 3
    assert split.together.high > 300
    assert split.ignorance_variance > 1


def test_what_is_believed_can_be_run_more_often_than_the_draws(cache, plans):
    found = explore(plans, 10, believed=4)
    assert found.as_believed("gap").shape == (4,)
    assert np.array_equal(found.as_believed("gap")[:2], found.of("gap")[0])
    change = found.as_believed("gap", change=True)
    assert np.array_equal(change[:2], found.of("gap", change=True)[0])
    assert found.believed("gap", change=True) == change.mean()
    chance = found.split("gap", change=True).chance
    assert chance.low < change.mean() < chance.high


def test_beds_in_use_may_go_above_all_where_some_run_did(plans):
    """Escalation beds are beds in use too: a share that was seen above one is not cut there."""
    for top, high in ((0.99, 1.0), (1.05, None)):
        values = np.tile([0.8, 0.99], (11, 1)).reshape(11, 1, 2, 1)
        values[5, 0, 0, 0] = top
        found = Uncertainty(tuple(plans[:1]), (), np.zeros((10, 0)), {"occupancy:acute": values}, {}, 0)
        chance = found.split("occupancy:acute").chance
        assert chance.high == high if high else chance.high > 1


@pytest.mark.parametrize(("believed", "outside"), [((5, 5), False), ((0, 0), True), ((12, 12), True), ((-8, 8), False)])
def test_what_is_believed_is_outside_only_beyond_its_own_interval(plans, believed, outside):
    """Draws 1, 2 to 10, without luck; 0 lies below them, but not where it is the mean of -8 and 8."""
    gaps = np.repeat(np.array([0.0, *range(1, 11)]), 2).reshape(11, 1, 2, 1)
    gaps[0, 0, :, 0] = believed
    found = Uncertainty(tuple(plans[:1]), (), np.zeros((10, 0)), {"gap": gaps}, {}, 0)
    assert found.skewed("gap") == outside
