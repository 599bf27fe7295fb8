"""upstream backtest: options that do not go together, and what is printed and written of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import backtest as command
from sim.experiments.backtest.running import Backtest
from sim.experiments.backtest.stored import load_results
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit
STORED = default_folder() / "history"


@pytest.fixture
def quick(monkeypatch):
    """A run that found what is stored."""
    monkeypatch.setattr(
        command, "run_backtest", lambda setting, fit, _way: Backtest(setting, fit, load_results())
    )  # fmt: skip


def test_what_does_not_go_together_is_said_before_anything_runs(upstream):
    answer = upstream("backtest", "--fit", "--check")
    assert answer.exit_code == 2
    assert "leave --fit away" in answer.output


def test_the_tables_and_the_page_are_those_of_the_run(upstream, quick, tmp_path):
    """Every row as it is stored, the forecast but for its day, and the page of the documentation."""
    answer = upstream("backtest", "--markdown", "--quiet", "--out", tmp_path)
    assert answer.exit_code == 0, answer.output
    assert "90 % band" in answer.output
    assert (tmp_path / "backtest.csv").read_text() == (STORED / "backtest.csv").read_text()
    assert without_day(tmp_path / "forecast_2016_2019.csv") == without_day(STORED / "forecast_2016_2019.csv")


def test_the_screen_shows_the_same_tables(upstream, quick):
    answer = upstream("backtest", "--quiet")
    assert answer.exit_code == 0
    for words in ("Out of sample", "last year carried on", "Delayed days, non-acute", "What of the forecast"):
        assert words in answer.output


def test_a_fit_that_differs_is_named_and_ends_with_an_error(upstream, monkeypatch):
    """Fitted again, the score is another: exit code 1, and nothing is written."""
    before = (STORED / "fit.yaml").read_bytes()
    again = command.load_backtest_fit().model_copy(update={"score": 9.0})
    monkeypatch.setattr(command, "fit", lambda *_: None)
    monkeypatch.setattr(command, "find_draws", lambda *_: ((), 0))
    monkeypatch.setattr(command, "as_stored", lambda *_: again)
    answer = upstream("backtest", "--check", "--quiet")
    assert answer.exit_code == 1
    assert "Not reproduced: score." in answer.output
    assert (STORED / "fit.yaml").read_bytes() == before


def without_day(file: Path) -> list[str]:
    return [line.rpartition(",")[0] for line in file.read_text().splitlines()]
