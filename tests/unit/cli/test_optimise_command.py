"""upstream optimise as a person meets it, on places far too small to mean anything."""

from __future__ import annotations

import json
from math import isnan

import polars as pl
import pytest

pytestmark = pytest.mark.unit

SMALL = ("--people", 20_000, "--workers", 1, "--replications", 2, "--years", 1)
TINY = ("-f", "devon", *SMALL)
NOW = ("--set", "policy.shift_start=0")
FILES = {"optimise.json", "tried.parquet"}


def saved(folder):
    """The document and the table of a folder; the manifest names both."""
    assert set(json.loads((folder / "manifest.json").read_text())["files"]) == FILES
    return json.loads((folder / "optimise.json").read_text()), pl.read_parquet(folder / "tried.parquet")


def test_mixes_are_told_and_saved(upstream, tmp_path):
    words = ("mix", "devon", *SMALL, "--trials", 10, "--population", 5, "--confirmed", 2, "--limit", "gap=600")
    done = upstream("optimise", *words, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    for expected in ("tried, of which", "Mixes, and what they change", "tied with", "no shift", "on the front still"):
        assert expected in done.stdout
    told, tried = saved(tmp_path)
    assert len(tried) == told["tried"]
    assert {"policy.shift_share", "gap", "emergency_bed_days", "above.gap", "on_the_front"} <= set(tried.columns)
    assert tried["on_the_front"].sum() == len(told["mixes"])
    assert json.loads(upstream("optimise", *words, "--json").stdout) == told
    assert all(
        each["change"]["gap"]["low"] <= each["change"]["gap"]["mean"] <= each["change"]["gap"]["high"]
        for each in told["mixes"]
    )


def test_a_fund_that_moves_nobody_is_said_to(upstream, tmp_path):
    words = ("fund", "prevention_shift", *TINY, *NOW)
    done = upstream("optimise", *words, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert "places are held whatever the books say" in done.stdout
    told, tried = saved(tmp_path)
    assert (told["moves"], told["spells"]) == (False, [])
    assert set(tried["fund"]) == {"no fund", "no shift", "largest fund"}
    assert all(isnan(each) for each in tried["at"])


def test_a_fund_where_places_follow_money_is_searched(upstream, tmp_path):
    """Two years, so that a look at the first can close beds in the second."""
    words = ["fund", "prevention_shift+live_within_means", *TINY, *NOW, "--limit", "occupancy=0.2", "--most", 4]
    words[words.index("--years") + 1] = 2
    changed = ("finance.opening_position.acute=0", "finance.budget_growth.acute=3", "policy.shift_share=0.1")
    settings = [word for each in changed for word in ("--set", each)]
    done = upstream("optimise", *words, *settings, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert "no fund tried suffices" in done.stdout
    told, tried = saved(tmp_path)
    assert [each["years"] for each in told["spells"]] == [1, 2]
    assert told["best_years"] is None
    assert {"tried", "no fund"} <= set(tried["fund"])


@pytest.mark.parametrize("of", ["effects", "delivered"])
def test_what_must_be_true_is_told_with_the_ends_of_the_evidence(upstream, tmp_path, of):
    done = upstream("optimise", "truth", "prevention_shift", *TINY, *NOW, "--of", of, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert "does not break even within the run" in done.stdout
    assert "not within the evidence's range" in done.stdout
    assert "every programme hopeful" in done.stdout
    told, tried = saved(tmp_path)
    assert (told["needed"]["least"], told["within_evidence"]) == (None, False)
    assert set(told["ends"]) == {"cautious", "central", "hopeful"}
    assert "net" in set(tried["what"])


def test_the_least_capacity_of_a_footprint_and_of_a_network(upstream, tmp_path):
    done = upstream("optimise", "capacity", "home_care", *TINY, "--service", "waiting:home_care=1e9", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert (
        "The least growth of places (home care) that suffices is -5 % a year (bracket -5 % a year to -5 % a year)"
        in done.stdout
    )
    told, _ = saved(tmp_path)
    assert told["needed"]["least"] == -5
    words = ("capacity", "nurses", "--network", "clinic_queue", "--level", 0.2, "--replications", 2, "--run", 5_000)
    done = upstream("optimise", *words, "--out", tmp_path / "network")
    assert done.exit_code == 0, done.output
    assert "The least is 5 places" in done.stdout
    told, tried = saved(tmp_path / "network")
    assert told["least"] == 5
    assert set(tried["what"]) == {"waited"}


def test_the_frontier_of_a_footprint_and_of_a_network(upstream, tmp_path):
    done = upstream("optimise", "delay", "p2", *TINY, "--points", 3, "--staffed", "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert "above the place's least" in done.stdout
    told, costs = saved(tmp_path)
    assert told["points"] == [-5, 2.5, 10]
    assert costs.group_by("who", "searched").len()["len"].to_list() == [6] * 6
    words = ("delay", "community", "--network", "ready_to_leave", "--from", 88, "--to", 92, "--replications", 2)
    done = upstream("optimise", *words, "--run", 200, "--json")
    assert json.loads(done.stdout)["least"]["community"] == 88


@pytest.mark.parametrize(
    "words",
    [
        ("fund", "prevention_shift", *TINY, *NOW),
        ("truth", "prevention_shift", *TINY, *NOW, "--of", "delivered"),
        ("capacity", "p2", *TINY, "--limit", "occupancy=9"),
        ("delay", "p2", *TINY, "--points", 3, "--staffed"),
        ("capacity", "nurses", "--network", "clinic_queue", "--level", 0.2, "--replications", 2, "--run", 5_000),
    ],
    ids=lambda words: words[0],
)
def test_a_page_says_what_printed_it_and_that_prints_it(upstream, words):
    page = upstream("optimise", *words, "--markdown").stdout
    command = page.split("`")[1]
    assert command.startswith(f"upstream optimise {words[0]} {words[1]} ")
    again = upstream(*command.split()[1:])
    assert again.stdout == page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("mix", "devn"), 'Did you mean "devon"?'),
        (("mix", "devon", "--aim", "gap", "--aim", "delayd"), 'Did you mean "delayed"?'),
        (("fund", "prevention_shift", "--limit", "ocupancy=1"), 'Did you mean "occupancy"?'),
        (("fund", "do_nothing"), "moves no money"),
        (("fund", "prevention_shift", "--most", "0"), "must be above 0"),
        (("truth", "prevention_shift", "--aim", "break_evn"), 'Did you mean "break_even"?'),
        (("capacity", "home_car"), 'Did you mean "home_care"?'),
        (("capacity", "p1", "--service", "waiting:p1=few"), "must end in a number"),
        (("capacity", "nurses", "--network", "clinic_queue"), "is given for the network's station"),
        (("capacity", "nurses", "--network", "clinic_queu", "--level", "1"), 'Did you mean "clinic_queue"'),
        (("delay", "acute"), "are what delay is counted in"),
        (("delay", "ward", "--network", "ward_of_beds", "--from", "9", "--to", "10"), "two or more above"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_is_wrong_is_said_before_anything_runs(upstream, words, told):
    done = upstream("optimise", *words)
    assert done.exit_code == 2
    assert told in done.output
