"""Searches asked of the real model through the page's door, kept small: the same answers as asked directly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard import gateway
from dashboard.answering.jobs import ImpossibleError, Pace, StoppedError
from dashboard.answering.runs import Task
from dashboard.facts.sought import ASKS, Sought
from dashboard.gateway.searching import UNMOVED, mixes_of, replications
from sim.experiments import Question, resolve
from sim.experiments.search import Limits, must_be_true, truth
from sim.inputs import find_footprint
from sim.inputs.limits import load_limits

pytestmark = pytest.mark.unit
TASK = Task("dorset", 1, 4_000, 1, 0, "prevention_shift")
LIMITS = (("occupancy", 92.0), ("gap", 365.0))
TURNED = Sought(ask="truth", turned="delivered", limits=LIMITS)
FEW = 2


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setenv("UPSTREAM_REPLICATIONS", str(FEW))
    monkeypatch.setenv("UPSTREAM_DRAWS", "10")


@pytest.fixture(scope="module")
def studies():
    return gateway.shipped_studies()


class Watched:
    """A pace that notes what it is told, and stops after so many steps."""

    def __init__(self, steps=10**9):
        self.told, self.steps = [], steps

    def step(self):
        self.steps -= 1
        if self.steps < 0:
            raise StoppedError

    @property
    def pace(self):
        return Pace(lambda done, wanted: self.told.append((done, wanted)), self.step)


def test_what_must_be_true_is_what_the_search_itself_says(studies):
    watched = Watched()
    found = studies.search(TASK, TURNED).work(watched.pace)
    plan = resolve(Question("dorset", ("prevention_shift",), years=1, replications=FEW, people=found.asked.people))
    kept = tuple(each for each in load_limits() if each.name in dict(LIMITS))
    terms = truth.Terms("break_even", "delivered", Limits(kept, "every", find_footprint("dorset").total))
    direct = must_be_true(plan, resolve(plan.question.varied("do_nothing")), terms, keep=False)
    assert found.needed.least == direct.needed.least
    assert [step for step, _ in found.tried] == list(direct.needed.seen)
    assert found.believed.net.mean == direct.believed["net"].mean
    assert found.believed.levels[0].mean == pytest.approx(100 * direct.believed["occupancy"].mean)
    assert found.asked.times == FEW
    done, wanted = watched.told[-1]
    assert done == wanted > 0


def test_delay_and_mixes_come_in_the_units_shown(studies):
    delay = studies.search(TASK, Sought(ask="delay", unpaid=False)).work(Watched().pace)
    assert delay.waiting == 0
    assert delay.bearers[-1].name == "the place"
    assert delay.above[delay.bearers[-1].best].mean == 0
    mix = studies.search(TASK, Sought(ask="mix", limits=LIMITS)).work(Watched().pace)
    assert 2 <= len(mix.dots) <= mixes_of("usual") + 1
    assert mix.dots[0][:2] == (0.0, 0.0)
    assert all(0.0 <= dict(each.settings)["policy.shift_share"] <= 1.0 for each in mix.mixes)


def test_a_fund_for_a_plan_that_moves_nothing_is_refused_in_a_sentence(studies):
    nothing = replace(TASK, plan="do_nothing")
    with pytest.raises(ImpossibleError) as problem:
        studies.search(nothing, Sought(ask="fund", limits=LIMITS[:1])).work(Watched().pace)
    assert str(problem.value) == UNMOVED


def test_a_search_can_be_stopped_between_runs(studies):
    with pytest.raises(StoppedError):
        studies.search(TASK, TURNED).work(Watched(3).pace)


def test_a_name_stands_for_what_matters_and_nothing_else(studies):
    name = studies.search(TASK, TURNED).name
    assert studies.search(replace(TASK, replication=3), replace(TURNED, kind="p1")).name == name
    assert studies.search(TASK, replace(TURNED, aim="limits")).name != name
    assert studies.search(replace(TASK, seed=2), TURNED).name != name


def test_there_is_always_a_number_of_replications_that_tells_chance(monkeypatch):
    monkeypatch.delenv("UPSTREAM_REPLICATIONS")
    monkeypatch.delenv("UPSTREAM_DRAWS")
    for years in (1, 5, 20):
        plan = resolve(Question("dorset", ("prevention_shift",), years=years, people="typical"))
        for ask in ASKS:
            assert 4 <= replications(plan, Sought(ask=ask)) <= 10, (years, ask)
