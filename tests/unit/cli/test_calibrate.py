"""upstream calibrate: options that do not go together, and an answer that is written whole or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.cli import calibrate as command
from sim.experiments.calibration import ask_england, ask_place

pytestmark = pytest.mark.unit

MINE = "title: Mine\ntargets:\n  day_cases: {value: 140, low: 138, high: 142, source: us}\n"


@pytest.fixture
def quick(monkeypatch):
    """A fit of one round of a week, with two free quantities."""

    def shortened(asked):
        chosen = tuple(goal for goal in asked.goals if goal.name in ("acute_beds", "day_cases"))
        method = asked.method.model_copy(update={"localities": 1, "replications": 1, "days": 7, "rounds": 1})
        return replace(asked, method=method, free=asked.free[3:4], goals=chosen)

    def place(*words):
        local = ask_place(*words)
        return replace(local, asked=replace(shortened(local.asked), goals=local.asked.goals))

    monkeypatch.setattr(command, "ask_england", lambda: shortened(ask_england()))
    monkeypatch.setattr(command, "ask_place", place)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-f", "devon"), "--targets"),
        (("--targets", "a.yaml"), "name it with --footprint"),
        (("--check", "--out", "a.yaml"), "writes nothing"),
        (("--out", "a.txt"), 'Did you mean "a.yaml"?'),
        (("-f", "devn", "--targets", "none.yaml", "--out", "a.yaml"), 'Did you mean "devon"?'),
        (("-f", "devon", "--targets", "none.yaml", "--out", "a.yaml"), "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(upstream, words, said):
    answer = upstream("calibrate", *words)
    assert answer.exit_code == 2
    assert said in answer.output


def test_a_place_is_written_as_a_scenario(upstream, quick, tmp_path):
    (tmp_path / "mine.yaml").write_text(MINE)
    out = tmp_path / "place.yaml"
    answer = upstream("calibrate", "-f", "devon", "--targets", tmp_path / "mine.yaml", "--out", out, "-q")
    assert answer.exit_code == 0, answer.output
    assert "day_cases" in answer.output
    assert "demand.day_case_rate" in out.read_text()
    assert "No fault" in upstream("check", out).output
    assert "1 target of a place" in upstream("check", tmp_path / "mine.yaml").output


def test_england_is_written_where_one_says(upstream, quick, tmp_path):
    answer = upstream("calibrate", "--out", tmp_path / "fit.yaml", "-q")
    assert answer.exit_code == 0, answer.output
    assert "demand.day_case_rate:" in (tmp_path / "fit.yaml").read_text()


def test_a_fit_that_is_not_reproduced_is_said(upstream, quick):
    """Another question than the stored one gives another fit: exit code 1, and names."""
    answer = upstream("calibrate", "--check", "-q")
    assert answer.exit_code == 1
    assert "Not reproduced" in answer.output


def test_stopped_it_leaves_nothing(upstream, quick, monkeypatch, tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "fit", stop)
    answer = upstream("calibrate", "--out", tmp_path / "fit.yaml", "-q")
    assert answer.exit_code == 130
    assert "Nothing was written" in answer.output
    assert not list(tmp_path.iterdir())


def test_a_fitted_number_says_so(upstream):
    told = upstream("describe", "parameter", "stay.noncapacity_delay").output
    assert "by `upstream calibrate` on" in told
    assert "written as: p1: 2.4" in told
    assert "of its tolerance" in told
    assert "fitted" not in upstream("describe", "parameter", "stay.p1").output.replace("Fitted", "")


def test_a_factor_at_its_bound_is_marked_and_said(upstream, quick, tmp_path):
    """Twice as many day cases as the bounds allow: the one factor ends at its upper bound."""
    mine = tmp_path / "mine.yaml"
    words = ("calibrate", "-f", "devon", "--targets", mine, "--out", tmp_path / "place.yaml", "-q")
    mine.write_text(MINE.replace("140", "400").replace("138", "398").replace("142", "402"))
    answer = upstream(*words)
    assert answer.exit_code == 0, answer.output
    assert "at its bound\n" in answer.output
    assert "1 factor at its bound: these figures do not go together" in answer.output
    assert '"demand.day_case_rate"' in upstream(*words, "--json").stdout.split('"at_bound"')[1].split("]")[0]
    mine.write_text(MINE)
    assert "at its bound" not in upstream(*words).output
