"""Uncertainty, gap and review as a person meets them, on places far too small to mean anything."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from sim.cli.page import Heading, Table, markdown
from sim.cli.uncertainty import show
from sim.experiments import Question, resolve
from sim.experiments.uncertainty import Uncertainty

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
    assert {(row["replications"], row["believed_replications"]) for row in told["measures"]} == {(2, 10)}
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
    words = ("gap", "--people", 3000, "--replications", 1, "--workers", 1, "--seeds", 2)
    done = upstream(*words, "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert len(told["places"]) == 44
    assert len(told["forward_view"]["share"]) == 7
    assert len(told["ranks_by_seed"]) == 2
    page = upstream(*words, "--markdown").stdout
    for expected in ("England's mean for everybody", "the published median, known only afterwards", "span only £"):
        assert expected in page
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


def test_impact_moves_one_number_and_keeps_what_it_found(upstream, tmp_path):
    numbers = ("--number", "finance.cost_pressure", "--number", "demand.emergency_rate")
    done = upstream("impact", "devon", *numbers, *TINY, "--years", 1, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in ("Each of 2 doubtful numbers", "demand.emergency_rate", "does not close", "worth finding out"):
        assert expected in done.stdout
    table = pl.read_csv(tmp_path / "impact.csv")
    assert set(table["number"]) == {"finance.cost_pressure", "demand.emergency_rate"}
    facts = json.loads((tmp_path / "impact.json").read_text())
    assert facts["made"]["footprint"] == "devon"
    assert set(facts["ranges"]) == set(table["number"])
    told = json.loads(upstream("impact", "devon", *numbers, *TINY, "--years", 1, "--json").stdout)
    assert [row["number"] for row in told["grades"]] == ["demand.emergency_rate", "finance.cost_pressure"]


def test_impact_refuses_a_number_that_is_not_in_doubt(upstream):
    done = upstream("impact", "devon", "--number", "finance.cost_presure")
    assert done.exit_code == 2
    assert 'Did you mean "finance.cost_pressure"?' in done.output


def test_a_network_becomes_a_drawing_without_being_run(upstream):
    done = upstream("network", "tandem_blocking", "--diagram")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("flowchart LR\n")
    assert '==>|"100 %"|' in done.stdout


def test_a_wait_without_end_and_what_lies_outside_its_band_are_said_in_words(capsys):
    """Believed half an hour; in every draw the hospital is full, and waits are of years."""
    waits = np.full((11, 1, 2, 1), 20_000.0) + np.arange(11).reshape(-1, 1, 1, 1)
    waits[0] = 1 / 2
    plan = resolve(Question("devon", years=1, replications=2, people=20_000))
    show(Uncertainty((plan,), (), np.zeros((10, 0)), {"emergency_wait_hours": waits}, {}, 0), ())
    said = capsys.readouterr().out
    (row,) = (line for line in said.splitlines() if line.startswith("Wait for an emergency bed"))
    assert " ".join(row.split()[6:]) == "0.50* without end 0.50 to 0.50 without end without end 100 %"
    assert "* lies outside its band by ignorance" in said
    assert "without end: over a year" in said
