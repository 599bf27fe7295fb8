"""Uncertainty, gap and review as a person meets them, on places far too small to mean anything."""

from __future__ import annotations

import json

import polars as pl
import pytest

from sim.cli.page import Heading, Table, markdown

pytestmark = pytest.mark.unit

TINY = ("--people", 20_000, "--workers", 1, "--replications", 2)


def test_uncertainty_shows_both_bands_and_saves_every_draw(upstream, tmp_path):
    words = ("uncertainty", "devon", "-s", "prevention_shift", "--against", "do_nothing", "--draws", 10, "--years", 1)
    done = upstream(*words, *TINY, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in ("numbers drawn from their ranges at once, 10 draws", "by ignorance", "Change from the baseline"):
        assert expected in done.stdout
    told = json.loads((tmp_path / "uncertainty.json").read_text())
    assert told["draws"] == 10
    assert {row["change_from_baseline"] for row in told["measures"]} == {False, True}
    table = pl.read_parquet(tmp_path / "draws.parquet")
    assert table.height == 11 * 2 * 2
    assert pl.read_parquet(tmp_path / "quantiles.parquet").height == 10


def test_uncertainty_refuses_what_it_cannot_rank_and_a_single_replication(upstream):
    done = upstream("uncertainty", "devon", "--about", "gaps")
    assert done.exit_code == 2
    assert 'Did you mean "gap"?' in done.output
    assert upstream("uncertainty", "devon", "--replications", 1).exit_code == 2


def test_gap_tells_all_44_and_england(upstream):
    done = upstream("gap", "--people", 3000, "--replications", 1, "--workers", 1, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert len(told["places"]) == 44
    assert len(told["forward_view"]["share"]) == 7
    page = upstream("gap", "--people", 3000, "--replications", 1, "--workers", 1, "--markdown").stdout
    assert page.startswith("# The gap beside published gaps\n\n*Printed by `upstream gap --markdown")
    assert "| Devon |" in page


def test_review_sweeps_a_lever_and_says_what_it_moves(upstream):
    lever = ("--lever", "finance.budget_growth.acute", "--points", 2)
    done = upstream("review", "devon", *TINY, *lever)
    assert done.exit_code == 0, done.output
    assert "Money gap of the place" in done.stdout
    assert "falls: yes" in done.stdout
    assert "Does not move at all: hospital beds occupied" in done.stdout
    assert "| Money gap of the place | £m |" in upstream("review", "devon", *TINY, *lever, "--markdown").stdout


def test_review_refuses_a_lever_there_is_not(upstream):
    done = upstream("review", "devon", "--lever", "policy.shift_shear")
    assert done.exit_code == 2
    assert 'Did you mean "policy.shift_share"?' in done.output


def test_blocks_become_a_page():
    page = markdown("Title", "Printed.", ["Words.", Heading("Part"), Table("Table", ("a", "b"), [("x|y", "1")], 1)])
    assert page == (
        "# Title\n\n*Printed.*\n\nWords.\n\n## Part\n\nTable:\n\n| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n"
    )
