"""The gateway to the real model: what may be chosen, and one small question answered."""

from __future__ import annotations

from threading import Event

import numpy as np
import pytest

from dashboard import gateway
from dashboard.answering.enquiries import Gateway
from dashboard.answering.runs import Task
from dashboard.link.state import settings
from dashboard.wording.numbers import MEASURES
from sim.experiments.replicate import CancelledError
from tests.unit.dashboard.fake_model import settled

pytestmark = pytest.mark.unit
PEOPLE = 8_000


@pytest.fixture(scope="module")
def catalogue():
    return gateway.load_catalogue()


def test_forty_four_places_and_england(catalogue):
    assert len(catalogue.places) == 45
    assert "england" in catalogue.places


def test_at_least_ten_levers_in_four_groups(catalogue):
    assert len(catalogue.levers) >= 10
    assert {lever.group for lever in catalogue.levers.values()} == {"demand", "prevention", "flow", "money"}


def test_every_baseline_lies_where_its_lever_can_reach(catalogue):
    for lever in catalogue.levers.values():
        assert lever.clamp(lever.baseline) == lever.baseline


def test_every_plan_moves_levers_only_as_far_as_they_go(catalogue):
    for plan in catalogue.plans.values():
        for path, value in plan.settings.items():
            assert catalogue.levers[path].clamp(value) == value, (plan.name, path)


def test_the_first_plan_changes_nothing(catalogue):
    plan = catalogue.plans[catalogue.default_plan]
    assert not plan.settings
    assert not plan.also


def test_every_lever_has_evidence_and_help(catalogue):
    for lever in catalogue.levers.values():
        assert lever.help
        assert lever.evidence
        assert all(each.source and each.confidence and each.place for each in lever.evidence)


@pytest.fixture(scope="module")
def answers():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPSTREAM_SAMPLE", str(PEOPLE))
        patch.setenv("UPSTREAM_REPLICATIONS", "4")
        opened = Gateway(gateway.shipped_model(), gateway.shipped_studies())
    yield opened
    opened.close()


def test_a_question_to_the_real_model_is_answered(answers):
    answer = settled(answers, "place=dorset&years=1&policy.shift_share=0.1&policy.shift_start=0")
    assert (answer.people, answer.done) == (PEOPLE, 4)
    assert len(answer.months) == 12
    assert answer.months[0] == "2016-04-01"
    assert {measure.id for measure in MEASURES} == set(answer.years)
    assert not answer.is_baseline
    assert answer.simulated > 0


def test_a_cancelled_run_stops(answers):
    """As when a lever moves on: within a month of the simulation, long before its twenty years are over."""
    cancelled = Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        answers.model.run(Task("dorset", 20, PEOPLE, 1, 0, "do_nothing"), cancelled)


def test_what_is_remembered_changes_no_answer(answers):
    """The second gateway has gone through nothing yet."""
    before, after = (
        Task("dorset", 2, PEOPLE, 1, 0, "do_nothing", each) for each in ((), (("policy.shift_share", 0.1),))
    )
    answers.model.run(before, Event())
    fresh = gateway.shipped_model()
    warm, cold = (model.run(after, Event()) for model in (answers.model, fresh))
    assert all(np.array_equal(warm[name], cold[name]) for name in cold)


def test_every_place_is_simulated_whole_and_england_as_a_sample(catalogue):
    sampled = {slug for slug, place in catalogue.places.items() if catalogue.simulated(place) < int(place.people)}
    assert sampled == {"england"}
    assert catalogue.simulated(catalogue.places["england"]) == 3_000_000


def test_ten_replications_unless_more_are_asked_for(catalogue):
    assert catalogue.replications[catalogue.default_replications].most == 10
    assert [each.most for each in catalogue.replications.values()] == [10, 30, 100]


def test_a_run_is_named_by_its_content():
    task = Task("dorset", 1, PEOPLE, 1, 0, "do_nothing")
    same = Task("dorset", 1, PEOPLE, 1, 0, "prevention_shift", tuple(unshift().items()))
    assert gateway.key(task) == gateway.key(same)
    assert gateway.key(task) != gateway.key(Task("dorset", 1, PEOPLE, 1, 1, "do_nothing"))
    assert gateway.key(task) != gateway.key(Task("dorset", 1, PEOPLE, 2, 0, "do_nothing"))


def unshift():
    """The prevention shift with every lever put back."""
    catalogue = gateway.load_catalogue()
    return {path: catalogue.levers[path].baseline for path in catalogue.plans["prevention_shift"].settings}


def test_a_link_to_a_shipped_plan_keeps_its_settings(answers):
    state = answers.state("plan=prevention_shift")
    assert settings(state, answers.catalogue)["policy.shift_share"] > 0


@pytest.mark.parametrize(("step", "digits"), [(1, 0), (0.1, 1), (0.25, 2), (0.25 * 100, 0), (-0.77, 2), (0, 0)])
def test_decimals(step, digits):
    assert gateway.decimals(step) == digits
