"""Replications as tables: the numbers are those of the replications, and nothing gets lost."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from sim.results.history import History
from sim.results.statistics import interval
from sim.results.summarise import monthly_table, replications_table, yearly_table, yearly_values

pytestmark = pytest.mark.unit


@pytest.fixture
def histories():
    """Three replications r of two years: spending r + 1 a month, occupancy r/10, coverage r times the month."""
    return [
        History(
            24,
            {
                "spending:acute": np.full(24, float(replication + 1)),
                "occupancy:acute": np.full(24, replication / 10),
                "coverage:falls": np.arange(24.0) * replication,
            },
        )
        for replication in range(3)
    ]


def test_years_are_gathered_as_each_measure_says(histories):
    np.testing.assert_array_equal(yearly_values(histories, "spending:acute"), [[12, 12], [24, 24], [36, 36]])
    np.testing.assert_allclose(yearly_values(histories, "occupancy:acute")[:, 0], [0, 0.1, 0.2])
    np.testing.assert_array_equal(yearly_values(histories, "coverage:falls")[:, 0], [0, 11, 22])


def test_the_yearly_table_holds_mean_interval_and_bands(histories):
    table = yearly_table(histories)
    assert table.height == 3 * 2
    row = table.filter(pl.col("series") == "spending:acute", pl.col("year") == 1).row(0, named=True)
    expected = interval([12, 24, 36])
    assert (row["mean"], row["low"], row["high"], row["n"]) == (24, expected.low, expected.high, 3)
    assert (row["p5"], row["p25"], row["p50"], row["p95"]) == pytest.approx((13.2, 18, 24, 34.8))
    assert (row["financial_year"], row["part"], row["unit"]) == ("2017/18", "acute", "gbp")


def test_a_table_of_some_series_only(histories):
    assert yearly_table(histories, ["coverage:falls"])["series"].unique().to_list() == ["coverage:falls"]
    assert monthly_table(histories, ["coverage:falls"]).height == 24


def test_the_monthly_table_has_dates_and_bands(histories):
    row = monthly_table(histories, ["coverage:falls"]).row(13, named=True)
    assert row["date"].isoformat() == "2017-05-01"
    assert (row["mean"], row["p50"]) == (13, 13)


def test_every_number_of_every_replication_is_in_the_long_table(histories):
    table = replications_table(histories)
    assert table.height == 3 * 3 * 24
    picked = table.filter(pl.col("replication") == 2, pl.col("measure") == "coverage", pl.col("month") == 5)
    assert picked["value"].to_list() == [10]
    assert picked["part"].to_list() == ["falls"]


def test_a_history_survives_its_wide_table_number_for_number():
    """Also where a month has no number, and to the last bit."""
    values = np.array([0.1 + 0.2, np.nan, -0.0, 1e-300])
    again = History.from_wide(History(4, {"delayed": values}).wide())
    assert again.months == 4
    assert again["delayed"].tobytes() == values.tobytes()
