"""Long questions to the real model, kept small: a case, a case of one's own, a few draws, the stored fit."""

from __future__ import annotations

from shutil import copytree

import pytest

from dashboard import gateway
from dashboard.answering.jobs import ImpossibleError, Pace, StoppedError
from dashboard.answering.runs import Task
from dashboard.wording.numbers import CARDED
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit
QUICK = "series_with_balking"
TASK = Task("dorset", 1, 4_000, 1, 0, "do_nothing")


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


def test_every_shipped_case_is_listed_and_in_order(studies):
    listed = studies.cases()
    assert len(listed) >= 13
    assert not [each.id for each in listed if each.faults]
    assert all(each.title and each.says and each.source and each.figures for each in listed)


def test_a_case_is_run_with_progress(studies):
    watched = Watched()
    found = studies.prove(QUICK).work(watched.pace)
    assert found.figures
    assert found.count("fail") == 0
    assert watched.told[-1] == (found.replications, found.replications)


def test_a_case_can_be_stopped_between_replications(studies):
    with pytest.raises(StoppedError):
        studies.prove(QUICK).work(Watched(3).pace)


def test_a_case_we_do_not_have_is_none(studies):
    assert studies.prove("../sources") is None


def test_a_case_of_ones_own_appears_and_one_that_is_wrong_says_so(studies, monkeypatch, tmp_path):
    """Two files, a network and a case, in the folder of parameters."""
    home = copytree(default_folder(), tmp_path / "parameters")
    for module in ("sim.experiments.cases.load", "sim.network.load", "sim.experiments.identity"):
        monkeypatch.setattr(f"{module}.default_folder", lambda: home)
    text = (home / "cases" / f"{QUICK}.yaml").read_text()
    (home / "cases" / "mine.yaml").write_text(text.replace("name:", "name: Mine and", 1))
    (home / "cases" / "wrong.yaml").write_text(text.replace("tolerance", "tollerance"))
    listed = {each.id: each for each in studies.cases()}
    assert listed["mine"].title.startswith("Mine and")
    assert "Did you mean" in listed["wrong"].faults
    assert studies.prove("mine").name != studies.prove(QUICK).name
    with pytest.raises(ImpossibleError, match=r"wrong\.yaml"):
        studies.prove("wrong").work(Watched().pace)


def test_the_stored_fit_is_told_as_it_is_stored(studies):
    fit = studies.fit()
    assert 0 < fit.within <= fit.fitted
    assert 0 < fit.inside <= fit.simulated
    assert fit.furthest > 0
    assert fit.worst


def test_a_plan_is_drawn_against_doing_nothing(studies):
    watched = Watched()
    plan = Task("dorset", 1, 4_000, 1, 0, "do_nothing", (("policy.shift_share", 0.1), ("policy.shift_start", 0.0)))
    found = studies.doubt(plan, 10).work(watched.pace)
    assert (found.draws, found.people) == (10, 4_000)
    assert set(found.measures) == set(CARDED)
    assert all(each.low <= each.high for each in found.measures.values())
    assert all(each.below + each.same <= found.run for each in found.measures.values())
    shares = [done / wanted for done, wanted in watched.told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_draws_of_doing_nothing_have_one_plan_only(studies):
    watched = Watched()
    studies.doubt(TASK, 10).work(watched.pace)
    assert watched.told[-1] == (10 + 11 * 2, 10 + 11 * 2)


def test_draws_can_be_stopped(studies):
    with pytest.raises(StoppedError):
        studies.doubt(TASK, 10).work(Watched(15).pace)


def test_the_same_question_has_the_same_name_and_another_another(studies):
    names = [studies.doubt(task, draws).name for task, draws in ((TASK, 10), (TASK, 10), (TASK, 20))]
    other = studies.doubt(Task("dorset", 1, 4_000, 2, 0, "do_nothing"), 10).name
    assert names[0] == names[1]
    assert len({*names, other}) == 3


def test_no_more_than_a_typical_locality_is_drawn(studies):
    """However large the place."""
    large = Task("dorset", 1, 700_000, 1, 0, "do_nothing")
    _, plans, _ = studies.doubt(large, 10).work.args
    assert plans[0].people < 700_000


def test_the_whole_place_is_drawn_where_localities_share_places(studies):
    """One locality alone could show nothing of it."""
    shared = Task("dorset", 1, 700_000, 1, 0, "do_nothing", (("capacity.pooling_share", 0.5),))
    _, plans, _ = studies.doubt(shared, 10).work.args
    assert [each.people for each in plans] == [700_000, 700_000]
