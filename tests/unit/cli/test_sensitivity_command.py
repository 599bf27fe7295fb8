"""upstream sensitivity as a person meets it, on a place far too small to mean anything."""

from __future__ import annotations

import json

import polars as pl
import pytest

pytestmark = pytest.mark.unit

TINY = (
    "devon", "--scenario", "prevention_shift", "--people", 20_000, "--workers", 1, "--replications", 2, "--years", 1,
    "--trajectories", 4, "--number", "finance.cost_pressure", "--number", "finance.budget_growth.acute",
    "--number", "policy.discharge_delay",
)  # fmt: skip


def test_screening_then_indices_of_the_strongest_are_told_and_saved(upstream, tmp_path):
    done = upstream(
        "sensitivity", *TINY, "--method", "both", "--samples", 8, "--strongest", 2, "--about", "gap", "--out", tmp_path
    )
    assert done.exit_code == 0, done.output
    for expected in (
        "Morris screening", "4 trajectories of 4 points.", "each alone at either end of its range", "Sobol indices",
        "8 samples of 4 points.", "part of the variance made by each", "finance.cost_pressure",
    ):  # fmt: skip
        assert expected in done.stdout
    screening, variance = json.loads((tmp_path / "sensitivity.json").read_text())
    assert [each["method"] for each in (screening, variance)] == ["morris", "sobol"]
    assert {each["name"] for each in variance["moved"]} == {"finance.cost_pressure", "finance.budget_growth.acute"}
    gap = next(each for each in screening["measures"] if each["series"] == "gap")
    sizes = [each["size"] for each in gap["morris"]]
    assert sizes == sorted(sizes, reverse=True)
    assert {"name", "kind", "base_year_open_at", "low", "high"} == set(gap["tornado"][0])
    assert len(pl.read_parquet(tmp_path / "points.1.parquet")) == 16
    assert set(pl.read_parquet(tmp_path / "ends.2.parquet")["end"]) == set(range(5))


def test_a_page_says_what_printed_it(upstream):
    page = upstream("sensitivity", *TINY, "--markdown").stdout
    assert page.startswith("# What an answer is sensitive to\n\n*Printed by `upstream sensitivity devon --scenario")
    assert "2 levers and 1 number in doubt are moved" in page
    assert "| finance.cost_pressure |" in page


def test_what_is_wrong_is_said_before_anything_runs(upstream):
    done = upstream("sensitivity", *TINY, "--method", "moris", "--among", "lever", "--about", "gaps")
    assert done.exit_code == 2
    for expected in ('Did you mean "morris"?', 'Did you mean "levers"?', 'Did you mean "gap"?'):
        assert expected in done.output
    done = upstream("sensitivity", *TINY, "--method", "sobol", "--samples", 60)
    assert "must be a power of two, such as 32 or 64" in done.output
