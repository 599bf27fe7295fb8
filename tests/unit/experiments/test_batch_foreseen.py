"""What a batch will take is said before it runs, and what cannot be run is named with its file and line."""

from __future__ import annotations

import pytest

from sim.experiments.batch import batch, estimate, opened, summary
from sim.inputs import Faults
from tests.unit.experiments.batch_trial import DRAWN, PLAN, batch_of, run_in

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    return batch_of(tmp_path_factory.mktemp("plan"))


def test_what_it_takes_is_foreseen(trial):
    found = estimate(trial)
    assert (found.tasks, found.replications, found.workers) == (8, 12, 1)
    assert len(found.paces) == 1
    pace = found.paces[0]
    assert found.processor == pytest.approx(8 * pace.prepare + 12 * pace.replicate)
    assert found.seconds(0.5) == found.processor / 2
    assert found.disk == 8 * 4096
    assert (found.left, found.impossible) == (1, ())


def test_what_is_finished_is_not_foreseen_again(trial, tmp_path):
    """Two of eight tasks have no file: a quarter is left. Nothing is read or moved to know it."""
    files = run_in(tmp_path, trial).files
    for number in (0, 5):
        files[number].unlink()
    with opened(tmp_path) as store:
        assert store.there(trial.keys()) == 6
    assert estimate(trial, begun=6).left == 1 / 4


def test_workers_of_a_cluster_are_not_timed_here(trial):
    """Of 16 workers it is supposed, and said, that each is as fast as a core here."""
    found = estimate(trial, 16, together=16.0)
    assert not found.measured
    assert found.seconds() == found.processor / 16


def test_places_that_are_impossible_under_every_plan_are_tasks_that_fail_and_refused_beforehand(tmp_path):
    """A million pounds for the hospitals of a county do not pay for their buildings."""
    impossible = batch_of(tmp_path / "plan", PLAN + "change: {finance.budget.acute: 1}\n")
    found = run_in(tmp_path / "out", impossible)
    assert len(found.failures) == len(impossible)
    assert all("Check budgets and prices" in each.reason for each in found.failures)
    assert summary(found)["mean"].is_nan().all()
    with pytest.raises(Faults, match="Check budgets and prices") as refused:
        estimate(impossible)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (str(tmp_path / "plan" / "trial.yaml"), 4)


def test_a_plan_that_is_impossible_is_foreseen_and_the_others_go_on(tmp_path):
    scenario = tmp_path / "poor.yaml"
    scenario.write_text("title: Poor\nwhy: Nothing can be paid for\nchange:\n  finance.budget.acute: 1\n")
    text = PLAN.replace("[do_nothing, prevention_shift]", f"[{scenario}, do_nothing]")
    mixed = batch_of(tmp_path / "plan", text)
    found = estimate(mixed)
    (words,) = {each.split(":")[0] for each in found.impossible if each.startswith("devon")}
    assert words == f"devon, {scenario}"
    assert "Check budgets and prices" in found.impossible[0]
    assert found.processor > 0
    ran = run_in(tmp_path / "out", mixed)
    assert (len(ran.failures), len(ran.files)) == (4, 4)


def test_a_series_that_no_run_has_is_refused_before_anything_is_run(tmp_path):
    wrong = batch_of(tmp_path, PLAN + "series: [gap, 'occupancy:acut']\n")
    with pytest.raises(Faults, match='Did you mean "occupancy:acute"') as refused:
        estimate(wrong)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == (str(tmp_path / "trial.yaml"), 10)


def test_too_few_draws_are_said_at_their_line(tmp_path, monkeypatch):
    monkeypatch.setattr(batch, "draws_that_close", lambda *_: (batch.np.zeros((1, 3)), 80))
    with pytest.raises(Faults) as refused:
        batch_of(tmp_path, DRAWN.replace("every_draw: true\n", ""))
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.found) == (str(tmp_path / "trial.yaml"), 5, "1 of 2 were found")
