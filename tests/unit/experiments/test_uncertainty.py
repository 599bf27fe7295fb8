"""Draws of a small place: pairs, what is believed, impossible draws, and going on where one stopped."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments import Question, resolve
from sim.experiments.replicate import Way
from sim.experiments.uncertainty import explore
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

        def __call__(self, replication, cancelled=None):
            if self.number == 3:
                raise ValueError("no place")
            return self.task(replication, cancelled)

    task_of, numbers = many.task_of, iter(range(1000))
    monkeypatch.setattr(many, "task_of", lambda *asked: Refused(task_of(*asked), next(numbers)))
    found = explore(plans[:1], 10, closing=False, keep=False)
    assert found.impossible["no place"] == 1
    assert found.split("gap").draws == 10 - sum(found.impossible.values())


def test_too_few_draws_or_replications_are_refused(plans):
    with pytest.raises(Faults, match="draws"):
        explore(plans, 3)
    with pytest.raises(Faults, match="two or more"):
        explore([resolve(Question("devon", replications=1))], 20)
