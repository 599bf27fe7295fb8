"""upstream stress as a person meets it, on a place far too small to mean anything."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

pytestmark = pytest.mark.unit

TINY = ("-f", "devon", "--people", 20_000, "--workers", 1, "--replications", 2, "--years", 1, "--draws", 10)
FEW = ("--shock", "settlement_cut", "--limit", "occupancy=1", "--limit", "delayed=1", "--limit", "waits=1")


def test_shares_regret_and_shocks_are_told_and_saved(upstream, tmp_path):
    done = upstream("stress", "prevention_shift", *TINY, *FEW, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in (
        "The most that may be", "Share of futures in which each limit is kept (Wilson intervals)", "all together",
        "not workable, though another plan is", "do_nothing: workable in", "What breaks a plan",
        "how far above the best of the plans in the same future", "settlement_cut", "workable without",
        "exact test of McNemar", "by do_nothing alone", "in its own table", "the other replications of the same future",
    ):  # fmt: skip
        assert expected in done.stdout
    assert "severe_winter" not in done.stdout
    futures = pl.read_parquet(tmp_path / "futures.parquet")
    told = json.loads((tmp_path / "stress.json").read_text())
    assert len(futures) == told["futures"] == 10
    assert futures["shock.settlement_cut"].count() == 2
    values = pl.read_parquet(tmp_path / "values.parquet")
    assert set(values["plan"]) == {0, 1}
    assert {"futures.parquet", "singly.parquet", "stress.json", "values.parquet"} == set(
        json.loads((tmp_path / "manifest.json").read_text())["files"]
    )
    shares = [each["workable"] for each in told["plans"]]
    assert all(0 <= each["low"] <= each["share"] <= each["high"] <= 1 for each in shares)
    first, second = (each["workable_against_the_first_plan"] for each in told["plans"])
    assert (first["only"], first["other_only"], first["chance"]) == (0, 0, 1)
    assert second["only"] - second["other_only"] == shares[1]["count"] - shares[0]["count"]
    again = upstream("stress", "prevention_shift", *TINY, *FEW, "--json")
    assert json.loads(again.stdout) == told


def test_a_page_says_what_printed_it(upstream):
    page = upstream("stress", "prevention_shift", *TINY, *FEW, "--when", "final", "--markdown").stdout
    assert page.startswith("# Plans under stress\n\n*Printed by `upstream stress prevention_shift --against do_nothing")
    assert "--when final --limit occupancy=1 --limit delayed=1 --limit waits=1 --shock settlement_cut --years 1" in page
    assert "| all together |" in page


def test_what_is_wrong_is_said_all_at_once_before_anything_runs(upstream):
    done = upstream("stress", "prevention_shift", *TINY, "--limit", "ocupancy=1", "--shock", "severe_wintr")
    assert done.exit_code == 2
    assert 'Did you mean "occupancy"?' in done.output
    assert 'Did you mean "severe_winter"?' in done.output
    done = upstream("stress", "prevention_shift", *TINY, "--when", "always", "--limit", "gap=much")
    assert done.exit_code == 2
    assert "must end in a number" in done.output
    assert "is not one of every, final" in upstream("stress", "prevention_shift", *TINY, "--when", "evry").output


def test_limits_of_ones_own_stand_in_a_file(upstream, tmp_path):
    file = tmp_path / "limits.yaml"
    text = (Path(__file__).parents[3] / "parameters" / "stress" / "limits.yaml").read_text()
    file.write_text(text.replace("series: gap", "series: gapp").replace("unit: per_1000", "unit: days"))
    done = upstream("stress", "prevention_shift", *TINY, "--limits", file)
    assert done.exit_code == 2
    assert "cannot be that of a limit" in done.output
    file.write_text(text.replace("series: gap", "series: gapp"))
    done = upstream("stress", "prevention_shift", *TINY, "--limits", file)
    assert 'Did you mean "gap"?' in done.output
