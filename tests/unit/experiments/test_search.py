"""Searches: bisection, dials, limits and fronts by hand, and small places searched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.experiments import Question, Way, resolve
from sim.experiments.search import (
    Axis,
    Hunt,
    Limits,
    Prices,
    Service,
    best_mixes,
    chosen_limits,
    least_capacity,
    least_places,
    must_be_true,
    network_delay,
    right_delay,
    search_document,
    stated,
    transition_fund,
    truth,
    usual_axes,
)
from sim.experiments.search.asking import Runs
from sim.experiments.search.dials import effects_dial, lever_dial, thinned
from sim.experiments.search.edge import Verdict, least_step, most_judged
from sim.experiments.search.mix import LEVERS
from sim.inputs import Faults
from sim.inputs.limits import load_limits
from sim.network import find_network, load_network
from sim.results.store import json_bytes

pytestmark = pytest.mark.unit

QUESTION = Question("devon", ("do_nothing",), years=1, replications=2, people=20_000)


@pytest.fixture(scope="module")
def plan():
    return resolve(QUESTION.varied("prevention_shift", changes={"policy.shift_start": 0}))


@pytest.fixture(scope="module")
def limits(plan):
    return Limits(chosen_limits(load_limits(chosen={"occupancy": 1.0}), ["occupancy"]), "every", plan.footprint.total)


@pytest.mark.parametrize("count", [1, 2, 3, 10, 81])
def test_the_least_step_is_found_wherever_it_lies(count):
    for first in range(count + 1):
        asked = []

        def judge(step, first=first, asked=asked):
            asked.append(step)
            return Verdict(step >= first, step >= first + 2, step >= first - 1)

        found = least_step(judge, count)
        assert found.least == (first if first < count else None)
        assert found.surely == (first + 2 if first + 2 < count else None)
        assert found.maybe == (max(0, first - 1) if first - 1 < count else None)
        assert len(asked) == len(set(asked)) <= most_judged(count)
        assert found.one_way


def test_a_step_that_stops_sufficing_is_noticed():
    """At steps 3 to 5 it holds, at 6 to 8 it does not, at 9 it does: bisection meets 4 and then knows."""
    found = least_step(lambda step: Verdict(step in (3, 4, 5, 9), step in (3, 4, 5, 9), step >= 7), 10)
    assert not found.one_way


def test_a_limit_is_kept_on_the_mean_surely_or_possibly(limits):
    """Of two replications, 0.9 and 1.0, the mean is 0.95 and its interval reaches above 1; in the second year 0.97."""
    years = np.array([[0.9, 0.96], [1.0, 0.98]])
    runs = Runs({"occupancy:acute": years})
    assert limits.verdict(runs) == Verdict(True, False, True)
    assert limits.level(runs, limits.limits[0]).mean == pytest.approx(0.97)
    final = replace(limits, when="final")
    assert final.level(runs, final.limits[0]).mean == pytest.approx(0.97)
    assert limits.excess(runs) == (pytest.approx(-0.03),)
    assert limits.verdict(Runs({"occupancy:acute": years + 0.04})) == Verdict(False, False, True)
    assert limits.verdict(Runs({"occupancy:acute": np.full((2, 2), 1.5)})) == Verdict(False, False, False)
    assert limits.verdict(Runs({}, "no beds")) == Verdict(False, False, False)


def test_a_slider_is_tried_in_its_own_steps(plan):
    dial = lever_dial("policy.transition_fund", plan.parameters)
    assert (dial.steps[0], dial.steps[1], dial.steps[-1]) == (0, 1, 80)
    assert lever_dial("policy.transition_fund", plan.parameters, 200).steps[-1] == 200
    growth = lever_dial("capacity.growth.p1", plan.parameters)
    assert growth.changes[0] == {"capacity.growth.p1": -5, "capacity.growth.p2": -5, "capacity.growth.p3": -5}
    assert thinned(growth.steps, 3) == (0, len(growth.steps) // 2, len(growth.steps) - 1)
    with pytest.raises(Faults, match=r'Did you mean "policy\.transition_fund"'):
        lever_dial("policy.transition_funt", plan.parameters)


def test_effects_are_multiples_of_central_benefits_of_what_is_paid_for(plan):
    """Warm homes averts 5 % of emergency stays; ten times would be half, fifty times the whole and no more."""
    dial = effects_dial(plan.parameters, 50)
    path = "programme.warm_homes.effect_emergency_overnight"
    central = plan.parameters.value(path)
    assert dial.changes[10][path] == pytest.approx(central)
    assert dial.changes[100][path] == pytest.approx(10 * central)
    assert dial.changes[-1][path] == 1
    paid_for = plan.parameters.by("policy.programme_mix")
    assert all(paid_for[each.split(".")[1]] > 0 for each in dial.changes[0] if each.startswith("programme."))
    with pytest.raises(Faults, match="no programme with an effect"):
        effects_dial(plan.parameters.with_changes({"policy.programme_mix": dict.fromkeys(paid_for, 0)}))


def test_where_places_are_held_a_fund_moves_nobody_and_that_is_said(plan, limits):
    found = transition_fund(plan, limits, keep=False)
    assert (found.moves, found.spells, found.best) == (False, (), None)
    assert found.most.total > found.most.taken >= 0


def test_a_plan_that_moves_no_money_needs_no_fund(limits):
    with pytest.raises(Faults, match="moves no money"):
        transition_fund(resolve(QUESTION.varied(changes={"policy.shift_start": 0})), limits)


def test_what_breaks_even_without_any_effect_does_not_lean_on_it(limits):
    """A plan that also makes everything cheaper by 4 % a year saves money whether or not a programme works."""
    plan = resolve(QUESTION.varied("prevention_shift", changes={"policy.efficiency_planned": 4}))
    before = resolve(QUESTION)
    found = must_be_true(plan, before, truth.Terms("break_even", "effects", limits), keep=False)
    assert found.needed.from_the_start
    assert found.needed.seen[0.0]["net"].low > 0
    assert found.holds
    assert found.within_evidence


def test_a_shift_of_money_alone_never_breaks_even_and_that_lies_beyond_the_evidence(plan, limits):
    before = resolve(QUESTION)
    for turned in truth.TURNED:
        found = must_be_true(plan, before, truth.Terms("break_even", turned, limits), keep=False)
        assert (found.needed.least, found.within_evidence) == (None, False)
    assert found.ends["hopeful"][0]["net"].mean >= found.ends["cautious"][0]["net"].mean


def test_more_of_a_place_is_opened_as_far_as_staff_allow(plan, limits):
    never = replace(limits, limits=(replace(limits.limits[0], value=0.1),))
    found = least_capacity(plan, "acute", never, keep=False)
    assert found.needed.least is None
    assert found.needed.beyond_evidence
    last = found.needed.dial.steps[-1]
    assert found.held_back[last].mean > 0
    always = least_capacity(plan, "acute", replace(limits, limits=(replace(limits.limits[0], value=9.0),)), keep=False)
    assert always.needed.from_the_start


def test_delay_is_laid_at_the_hospitals_door_and_places_at_their_owners(plan):
    found = right_delay(plan, "p1", Prices(bed_day=100, waiting=0), points=3, staffed=True, keep=False)
    assert not np.array_equal(found.frontier.costs["acute"], found.frontier.searched["acute"])
    assert set(found.frontier.bearers) <= {"acute", "community", "the place"}
    delayed = [each.mean for each in found.frontier.delay]
    costs = [found.frontier.cost("acute", point).mean for point in range(3)]
    assert costs == pytest.approx([100 * 365.25 * each for each in delayed])
    assert found.frontier.best("community") == 0
    with pytest.raises(Faults, match="are what delay is counted in"):
        right_delay(plan, "acute")


@pytest.fixture(scope="module")
def hunting(plan):
    limits = Limits(chosen_limits(load_limits(chosen={"gap": 600}), ["gap"]), "every", plan.footprint.total)
    axes = tuple(Axis.of(path, 3) for path in LEVERS)
    return Hunt(("gap", "emergency_bed_days"), limits, axes, trials=20, population=10, confirmed=2)


def test_mixes_are_the_same_on_any_number_of_threads_and_kept(plan, hunting, tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))
    first = best_mixes(plan, hunting, Way(8))
    seen: list[tuple[int, int]] = []
    again = best_mixes(plan, hunting, Way(progress=lambda done, wanted: seen.append((done, wanted))))
    other = best_mixes(plan, hunting, Way(2), keep=False)
    assert (
        json_bytes(search_document(first)) == json_bytes(search_document(again)) == json_bytes(search_document(other))
    )
    assert first.tried == again.tried == other.tried
    assert seen[-1][0] == seen[-1][1]
    assert first.unmoved.aims["gap"].size == 2
    assert all(first.change(place, "gap").n == 2 for place in range(len(first.mixes)))


def test_where_no_mix_keeps_the_limits_the_nearest_is_shown(plan, hunting):
    never = replace(hunting.limits, limits=(replace(hunting.limits.limits[0], value=1.0),))
    found = best_mixes(plan, replace(hunting, limits=never), keep=False)
    assert (found.feasible, len(found.mixes), found.still) == (0, 1, (False,))
    worths = [each for each in found.tried.values() if each]
    assert worths[found.chosen[0]].excess == min(each.excess for each in worths)


def test_somebody_who_stops_waiting_stops_the_search_and_it_goes_on_later(plan, hunting, tmp_path, monkeypatch):
    monkeypatch.setenv("UPSTREAM_CACHE", str(tmp_path))

    class GoneError(Exception):
        pass

    begun = iter(range(15))

    def tired():
        if next(begun, None) is None:
            raise GoneError

    with pytest.raises(GoneError):
        best_mixes(plan, hunting, Way(2, pace=tired))
    kept = len(list((tmp_path / "many").iterdir()))
    assert 12 <= kept <= 15
    whole = best_mixes(plan, hunting)
    assert json_bytes(search_document(whole)) == json_bytes(search_document(best_mixes(plan, hunting, keep=False)))


def test_a_shift_begins_within_the_run():
    starts = {years: next(each for each in usual_axes(years) if each.path == "policy.shift_start") for years in (2, 20)}
    assert (starts[2].steps[-1], starts[20].steps[-1]) == (1.75, 5)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"trials": 3}, "from 10 to 20000"),
        ({"population": 1}, "from 2 to the number of trials"),
        ({"confirmed": 1}, "2 or more"),
        ({"aims": ("gap",)}, "two or more"),
        ({"aims": ("gap", "balance:acute")}, "not better when lower"),
        ({"aims": ("gap", "delayd")}, 'Did you mean "delayed"'),
    ],
)
def test_a_hunt_that_cannot_be_is_refused(plan, hunting, change, rule):
    with pytest.raises(Faults, match=rule):
        best_mixes(plan, replace(hunting, **change))


def test_what_cannot_be_asked_is_refused(plan, limits):
    once = replace(plan, question=replace(plan.question, replications=1))
    for ask in (lambda: transition_fund(once, limits), lambda: least_capacity(once, "p1", limits)):
        with pytest.raises(Faults, match="must be 2 or more"):
            ask()
    with pytest.raises(Faults, match='Did you mean "home_care"'):
        least_capacity(plan, "home_car", limits)
    with pytest.raises(Faults, match="none is given"):
        least_capacity(plan, "p1", replace(limits, limits=()))
    with pytest.raises(Faults, match="is not one of every, final"):
        least_capacity(plan, "p1", replace(limits, when="always"))
    with pytest.raises(Faults, match="not better when lower"):
        least_capacity(plan, "p1", replace(limits, limits=(stated("places:p1", 1),)))
    other = resolve(replace(QUESTION, seed=2))
    with pytest.raises(Faults, match="1 is 2 in the baseline"):
        must_be_true(plan, other, truth.Terms("limits", "effects", limits))
    with pytest.raises(Faults) as told:
        must_be_true(plan, plan, truth.Terms("brake_even", "efects", limits, 0))
    assert len(told.value.faults) == 3
    with pytest.raises(Faults, match="0 or more"):
        right_delay(plan, "p1", Prices(waiting=-1))


def test_a_network_without_costs_or_such_a_station_is_refused():
    clinic = load_network(find_network("clinic_queue"))
    with pytest.raises(Faults, match="says what a place or waiting costs"):
        network_delay(clinic, "nurses", range(3, 6), replications=2, run=100)
    with pytest.raises(Faults, match='Did you mean "nurses"'):
        network_delay(clinic, "nurse", range(3, 6))
    with pytest.raises(Faults, match='Did you mean "waited"'):
        least_places(clinic, Service("nurses", "waitd", 1))
    with pytest.raises(Faults, match="is not better when low"):
        least_places(clinic, Service("nurses", "throughput", 1))
