"""Scenarios against a baseline, pair by pair, on made-up replications."""

from __future__ import annotations

import polars as pl
import pytest

from sim.experiments.compare import change_in_year, changes_table

pytestmark = pytest.mark.unit


def test_a_change_is_the_mean_of_paired_differences(replications):
    """Beds delayed in year 2: 20, 30, 40 against 22, 33, 41: differences 2, 3, 1, mean 2."""
    before = replications({"delayed": [[5, 20], [5, 30], [5, 40]]})
    after = replications({"delayed": [[5, 22], [5, 33], [5, 41]]})
    found = change_in_year(before, after, "delayed")
    assert found.year == "2017/18"
    assert (found.before.mean, found.after.mean, found.difference.mean) == (30, 32, 2)
    assert change_in_year(before, after, "delayed", 0).difference.verdict == "no difference"


def test_a_table_has_a_row_for_each_series_and_year(replications):
    before = replications({"delayed": [[5, 20], [5, 30]], "gap": [[1, 2], [1, 2]], "coverage:x": [[0, 0], [0, 0]]})
    after = replications({"delayed": [[5, 19], [5, 29]], "gap": [[2, 2], [2, 2]], "unspent": [[0, 0], [0, 0]]})
    table = changes_table(before, after)
    assert table.select("series", "financial_year").rows() == [
        ("delayed", "2016/17"),
        ("delayed", "2017/18"),
        ("gap", "2016/17"),
        ("gap", "2017/18"),
    ]
    worse = table.filter(pl.col("series") == "gap", pl.col("financial_year") == "2016/17").row(0, named=True)
    assert (worse["difference"], worse["low"], worse["high"], worse["verdict"]) == (12, 12, 12, "worse")
    assert table["verdict"].to_list() == ["no difference", "better", "worse", "no difference"]
