"""upstream attribute as a person meets it, on a place far too small to mean anything."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest

from sim.cli.attribute_page import sentence
from sim.experiments import Question, resolve
from sim.experiments.attribute import Attribution, Player

pytestmark = pytest.mark.unit

TINY = ("-f", "devon", "--people", 20_000, "--workers", 1, "--replications", 2, "--years", 2)
FAMILIES = ("demand", "flow", "money")


@pytest.fixture(scope="module")
def asked():
    return resolve(Question("devon", ("do_nothing",), years=1, replications=3))


def made_up(asked, shares, series="delayed") -> Attribution:
    """Three families; shares by family of three replications in one year."""
    table = np.array(shares, dtype=float)[:, :, np.newaxis]
    before = np.full((3, 1), 500.0)
    players = tuple(Player(name, name, (name,), ()) for name in FAMILIES)
    return Attribution(
        asked, asked, "family", players, ((),) * 3, {series: before}, {series: before + table.sum(axis=0)},
        {series: table}, {series: table}, {series: table}, 0, {series: np.zeros((3, 1))},
    )  # fmt: skip


def test_a_sentence_says_what_comes_from_where(asked):
    """77 fewer: 60 from demand, 20 from flow, and money adds 3. Means and intervals of three, t = 4.303."""
    found = made_up(asked, [[-59, -60, -61], [-19, -20, -21], [2.5, 3, 3.5]])
    assert sentence(found, "delayed") == (
        "Beds held by people ready to leave, 2016/17: lower by 77.0 beds (73.3 to 80.7). "
        "Of that: 60.0 (57.5 to 62.5) from demand and 20.0 (17.5 to 22.5) from flow. "
        "The other way: 3.0 (1.8 to 4.2) from money."
    )


def test_a_sentence_does_not_tell_chance_for_news(asked):
    found = made_up(asked, [[-40, 10, 30], [-20, -21, -22], [0, 0, 0]])
    told = sentence(found, "delayed")
    assert told.startswith("Beds held by people ready to leave, 2016/17: no change that can be told from chance.")
    assert told.endswith("But flow: lower by 21.0 beds (18.5 to 23.5).")
    found = made_up(asked, [[-1, 1, 0], [-20, -21, -22], [0, 0, 0]])
    assert sentence(found, "delayed").endswith(
        "from flow. Nothing: money. Nothing that can be told from chance: demand."
    )


def test_money_is_told_in_millions_and_shares_in_points(asked):
    found = made_up(asked, [[2e6, 2e6, 2e6], [0, 0, 0], [1e6, 1e6, 1e6]], "gap")
    assert "higher by £3.0m (3.0 to 3.0). Of that: 2.0 (2.0 to 2.0) from demand and 1.0" in sentence(found, "gap")
    points = made_up(asked, [[-0.02] * 3, [0] * 3, [0] * 3], "occupancy:acute")
    assert "lower by 2.0 percentage points (2.0 to 2.0)" in sentence(points, "occupancy:acute")


def test_families_are_divided_told_and_saved(upstream, tmp_path):
    done = upstream("attribute", "prevention_shift", "social_care_first", *TINY, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in (
        "prevention_shift against do_nothing",
        "demand: Money moved to programmes that change who comes: from 0 to 1.02 % of the acute budget.",
        "Change in 2017/18, divided", "Beds held by people ready to leave, beds, by year", "on top of the others",
        "sum of parts", "Money gap of the place, 2017/18: ",
    ):  # fmt: skip
        assert expected in done.stdout
    assert set(pl.read_parquet(tmp_path / "shares.parquet")["plan"]) == {1, 2}
    told = json.loads(upstream("attribute", "prevention_shift", *TINY, "--json").stdout)
    again = json.loads(
        upstream("attribute", "prevention_shift", *TINY, "--json", "--set", "policy.evidence_stance=hopeful").stdout
    )
    assert again[0]["players"] == told[0]["players"]
    assert again[0]["measures"] != told[0]["measures"]
    assert [each["name"] for each in told[0]["players"]] == ["demand", "flow"]
    assert told == json.loads((tmp_path / "attribution.json").read_text())[:1]


def test_levers_are_told_by_name(upstream):
    done = upstream("attribute", "social_care_first", *TINY, "--by", "lever", "--about", "gap")
    assert done.exit_code == 0, done.output
    assert "Every one of the 32 coalitions of 5 levers was run." in done.stdout
    assert "Adult social care budget" in done.stdout
    assert "Beds held by people ready to leave, beds" not in done.stdout


def test_a_page_says_what_printed_it(upstream):
    page = upstream("attribute", "prevention_shift", *TINY, "--markdown").stdout
    command = "upstream attribute prevention_shift --against do_nothing --footprint devon --by family --years 2"
    assert page.startswith(f"# What plans change, divided\n\n*Printed by `{command} --replications 2 --seed 1")
    assert "## prevention_shift against do_nothing" in page
    assert "\n| demand | demand |" in page
    other = upstream("attribute", "prevention_shift", *TINY, "--about", "unmet", "--pairs", 4, "--markdown").stdout
    again = upstream(*other.split("`")[1].split()[1:])
    assert "--about unmet --pairs 4" in other
    assert again.stdout == other


def test_what_is_wrong_is_said_before_anything_runs(upstream):
    done = upstream("attribute", "prevention_shift", *TINY, "--by", "levers", "--about", "gaps")
    assert done.exit_code == 2
    assert 'Did you mean "lever"?' in done.output
    assert 'Did you mean "gap"?' in done.output
    same = upstream("attribute", "do_nothing", *TINY)
    assert same.exit_code == 2
    assert "nothing otherwise than the baseline" in same.output
