"""As many replications as it takes: the smallest number that is enough, and said when there is none."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiments.precision import LEAST, enough, run_within, too_wide
from sim.experiments.question import Question, resolve
from sim.experiments.replicate import Way
from sim.inputs import Faults
from sim.results.statistics import half_width

pytestmark = pytest.mark.unit

ASKED = Question("devon", years=1, people=20_000, replications=12, seed=3)


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))


def test_enough_is_the_smallest_number_for_every_sample():
    spread = np.random.default_rng(1).normal(size=200)
    found = enough([(spread, 0.3), (10 * spread, 2.5)])
    assert half_width(10 * spread[:found], 95) <= 2.5
    assert all(half_width(10 * spread[:number], 95) > 2.5 for number in range(LEAST, found))


def test_it_does_not_stop_where_a_few_happen_to_agree():
    assert enough([(np.array([1.0, 1.0, 1.0]), 0.1)]) is None
    assert enough([(np.ones(LEAST), 0.1)]) == LEAST


def test_never_enough_is_none():
    assert enough([(np.array([0.0, 9.0] * 10), 0.1)]) is None


def test_a_run_stops_at_the_smallest_number_whatever_the_threads():
    plan = resolve(ASKED)
    whole = run_within([plan], {"gap": 1.0})[0]
    values = np.array([history["gap"].sum() for history in whole.histories])
    width = half_width(values[:7], 95)
    expected = enough([(values, width)])
    for workers in (1, 2):
        (answer,) = run_within([plan], {"gap": width}, Way(workers=workers), keep=False)
        assert len(answer.histories) == answer.question.replications == expected
        assert too_wide([answer], {"gap": width}) == {}


def test_two_plans_are_judged_by_their_paired_difference():
    """The same people come in both, so that their difference is far surer than either."""
    plans = [resolve(ASKED), resolve(ASKED.varied(changes={"finance.budget_growth.acute": 3.0}))]
    alone = run_within(plans[:1], {"gap": 1.0})
    width = too_wide(alone, {"gap": 1.0})["gap"]
    answers = run_within(plans, {"gap": width / 2})
    assert [len(answer.histories) for answer in answers] == [LEAST, LEAST]


def test_too_few_are_said():
    answers = run_within([resolve(ASKED)], {"gap": 1.0})
    assert len(answers[0].histories) == ASKED.replications
    assert too_wide(answers, {"gap": 1.0})["gap"] > 1.0


def test_every_fault_is_told_at_once():
    with pytest.raises(Faults) as caught:
        run_within([resolve(ASKED)], {"gapp": 1.0, "delayed": -1.0})
    assert 'Did you mean "gap"?' in str(caught.value)
    assert "delayed=-1 must be a half-width above 0" in str(caught.value)
