"""As many replications as it takes: the smallest number that is enough, and said when there is none."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim.experiments.precision import LEAST, _next, enough, run_within, too_wide
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


def test_no_more_are_run_than_there_may_be(tmp_path):
    """Three at most, although a spread of so few says nothing; three files are kept."""
    plan = resolve(replace(ASKED, replications=3))
    (answer,) = run_within([plan], {"gap": 1e12})
    assert len(answer.histories) == answer.question.replications == 3
    assert len(list(tmp_path.rglob("*.history"))) == 3


def test_what_is_soon_enough_stops_at_the_least(tmp_path):
    """Twelve are allowed; five are enough, and no sixth is begun."""
    (answer,) = run_within([resolve(ASKED)], {"gap": 1e12})
    assert len(answer.histories) == LEAST
    assert len(list(tmp_path.rglob("*.history"))) == LEAST


def test_just_narrow_enough_is_enough():
    """The half-width asked for is exactly that of the first seven, and fewer have a wider one."""
    sample = np.array([0.0, 9.0] * 6)
    widths = {number: half_width(sample[:number], 95) for number in range(LEAST, 8)}
    assert min(widths.values()) == widths[7] < min(widths[5], widths[6])
    assert enough([(sample, widths[7])]) == 7


def answers_of(replications, *plans):
    """What `too_wide` looks at of answers whose gap by year is as given, replication by replication."""
    return [SimpleNamespace(histories=replications({"gap": plan})) for plan in plans]


def test_the_widest_difference_from_the_first_plan_counts_in_the_final_year(replications):
    """Two differences, both steady in the first year: one is always 1 a month in the last, the other 1 or 3."""
    base, sure, unsure = ([[0, 5], [0, 6]], [[1, 6], [1, 7]], [[1, 6], [1, 9]])
    for order in ((base, sure, unsure), (base, unsure, sure)):
        found = too_wide(answers_of(replications, *order), {"gap": 1.0})
        assert found == {"gap": pytest.approx(half_width(12 * np.array([1.0, 3.0]), 95))}
    assert too_wide(answers_of(replications, base, sure), {"gap": 1.0}) == {}


def test_one_replication_is_never_narrow_enough(replications):
    found = too_wide(answers_of(replications, [[1.0]]), {"gap": 1e12})
    assert list(found) == ["gap"]
    assert np.isnan(found["gap"])


@pytest.mark.parametrize("width", [0.0, -1.0, np.inf, np.nan])
def test_a_half_width_is_a_number_above_0(width):
    with pytest.raises(Faults, match="must be a half-width above 0"):
        run_within([resolve(ASKED)], {"gap": width})


@pytest.mark.parametrize(
    ("times_too_wide", "tried", "following"),
    [(1.05, 10, 12), (1.001, 10, 11), (0.9, 10, 11), (1.3, 10, 17), (9.0, 10, 20)],
)
def test_how_many_are_tried_next(times_too_wide, tried, following):
    """Half-widths shrink with the root of the number, so 10 that are 1.05 times too wide want 11.025, and so 12; never
    more than twice as many, and always one more."""
    sample = np.array([0.0, 1.0] * 5)
    width = half_width(sample, 95) / times_too_wide
    assert _next([(sample, width)], tried) == following


def test_a_spread_that_is_no_number_wants_one_more():
    assert _next([(np.array([np.nan, 1.0]), 1.0)], 10) == 11
