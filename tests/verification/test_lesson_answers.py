"""Every answer of the lessons, worked out in another way: by theory where there is some, by another count where not."""

from __future__ import annotations

from itertools import pairwise
from math import isnan

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from sim.experiments.lessons import load_lessons, solved, worked
from sim.experiments.lessons.theory import erlang_c, lognormal_below, mean_wait
from sim.inputs import load_parameters, programmes
from tests import oracles

pytestmark = pytest.mark.verification
LESSONS = {each.id: each for each in load_lessons()}


@pytest.fixture(scope="module")
def answers():
    return {name: solved(each) for name, each in LESSONS.items()}


@pytest.mark.parametrize("name", [name for name, each in LESSONS.items() if each.spec.question.check])
def test_the_simulation_and_the_other_way_agree_on_the_answer(answers, name):
    answer, check = answers[name], LESSONS[name].spec.question.check
    assert abs(answer.found - answer.value) <= check.within * abs(answer.value)


@pytest.mark.parametrize("name", [name for name, each in LESSONS.items() if each.spec.question.choices])
def test_the_right_choice_holds_the_answer_and_no_other_does(answers, name):
    ends = [-np.inf, *(each.up_to for each in LESSONS[name].spec.question.choices[:-1]), np.inf]
    holds = [low < answers[name].value <= high for low, high in pairwise(ends)]
    assert holds.index(True) == answers[name].choice
    assert sum(holds) == 1


def test_little_counts_the_same_with_clocks_as_with_beds():
    numbers = worked(LESSONS["littles-law"], {}).numbers
    assert numbers["product"] == pytest.approx(numbers["inside"], rel=0.01)
    assert numbers["came"] == pytest.approx(12, rel=0.03)
    assert numbers["stayed"] == pytest.approx(5, rel=0.03)


def test_the_formula_is_erlangs():
    for places, load in ((20, 17), (20, 19), (5, 2.5), (105, 100)):
        assert erlang_c(places, load) == pytest.approx(oracles.erlang_c(places, load))
        assert mean_wait(places, load, 5) == pytest.approx(oracles.mean_wait(places, load, 5))
    assert mean_wait(20, 20, 5) == float("inf")


def test_waits_grow_faster_than_use(answers):
    found = worked(LESSONS["never-full"], {"use": 95}).numbers
    assert found["wait"] == pytest.approx(oracles.mean_wait(20, 19, 5), rel=0.3)
    assert answers["never-full"].value == pytest.approx(oracles.mean_wait(20, 19, 5) / oracles.mean_wait(20, 17, 5))


def test_beds_are_lost_in_a_straight_line_while_there_are_too_few_packages():
    few, enough = (worked(LESSONS["beds-or-packages"], {"packages": each}).numbers for each in (70, 110))
    assert few["lost"] == pytest.approx(few["lost_theory"], rel=0.25)
    assert enough["lost_theory"] == 0
    assert enough["held"] < 1
    assert few["held"] > 10


def test_shares_of_long_stays_are_those_of_a_lognormal():
    rng = np.random.default_rng(1)
    sigma = np.sqrt(np.log(1 + 1.2**2))
    stays = rng.lognormal(np.log(10) - sigma**2 / 2, sigma, 400_000)
    people, days = lognormal_below(21, 10, 12)
    assert people == pytest.approx((stays < 21).mean(), abs=0.005)
    assert days == pytest.approx(stays[stays < 21].sum() / stays.sum(), abs=0.01)


def test_how_uneven_stays_are_does_not_change_the_mean_time_to_clear():
    numbers = [worked(LESSONS["slow-queues"], {"spread": each}).numbers["clears"] for each in (2, 20)]
    assert all(each == pytest.approx(100, rel=0.3) for each in numbers)


def test_the_effect_peaks_when_an_integration_of_its_own_says_so(answers):
    """Three stocks in a row, each seeking the one before: up with a third of the lag, down with a third of the fade."""

    def change(year, stocks):
        before = [1.0 if year < 3 else 0.0, *stocks[:2]]
        return [(b - s) / ((4 if b > s else 6) / 3) for b, s in zip(before, stocks, strict=True)]

    months = np.arange(1, 121)
    found = solve_ivp(change, (0, 10), [0, 0, 0], t_eval=months / 12, max_step=0.01, rtol=1e-8).y[2]
    assert answers["prevention-takes-time"].value == pytest.approx(months[found.argmax()] - 36, abs=1)


def test_bed_days_spared_are_those_of_the_people_kept_away():
    numbers = worked(LESSONS["prevention-takes-time"], {}).numbers
    assert numbers["bed_days"] == pytest.approx(numbers["bed_days_theory"], rel=0.05)
    assert numbers["worst"] < 0


def test_a_pound_that_is_moved_is_found_again_and_never_twice():
    lesson = LESSONS["one-sum"]
    for moved, closed in ((0, 0), (600, 0), (600, 2), (1500, 8)):
        numbers = worked(lesson, {"moved": moved, "closed": closed}).numbers
        assert numbers["overspent"] == pytest.approx(moved - 300 * closed, abs=0.01)
        assert numbers["hospital"] + numbers["home_care"] == pytest.approx(-numbers["overspent"])


def test_the_same_people_with_no_plan_bring_no_difference_at_all():
    found = worked(LESSONS["luck-or-plan"], {"fewer": 0})
    assert not found.series["same"].y.any()
    assert found.series["other"].y.std() > 1


def test_programmes_that_do_nothing_are_counted_from_the_table(answers):
    every = programmes(load_parameters())
    readings = [each.effect["emergency_overnight"].values() for each in every]
    nothing = [all(effect.central <= 0 for effect in each) for each in readings]
    assert answers["evidence-and-nothing"].value == sum(nothing)
    assert worked(LESSONS["evidence-and-nothing"], {}).numbers["programmes"] == len(every)


@pytest.mark.parametrize("name", LESSONS)
def test_sliders_at_either_end_bring_what_is_shown(name):
    lesson = LESSONS[name]
    for end in ("low", "high"):
        found = worked(lesson, {each.name: getattr(each, end) for each in lesson.spec.sliders})
        assert all(not isnan(found.numbers[each.number]) for each in lesson.spec.numbers), end
        assert all(found.series[each.series].y.size for chart in lesson.spec.charts for each in chart.series
                   if chart.kind != "forest"), end  # fmt: skip
