"""Replications gathered into tables: year by year with intervals and bands, and month by month with bands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.results.dates import BEGINS, financial_year, month_start
from sim.results.history import History
from sim.results.measures import Measure, measure_of
from sim.results.statistics import BANDS, bands, interval, mean_of_known, yearly

FloatArray = NDArray[np.float64]

BAND_NAMES = tuple(f"p{percentile}" for percentile in BANDS)
"""Columns of the bands: p5, p25, p50, p75, p95."""


def monthly_values(histories: Sequence[History], series: str) -> FloatArray:
    """One series of every replication, shape (replications, months), in the measure's unit."""
    return np.stack([np.asarray(history[series], dtype=np.float64) for history in histories])


def yearly_values(histories: Sequence[History], series: str) -> FloatArray:
    """One series of every replication by year, shape (replications, years), gathered as its measure says."""
    return yearly(monthly_values(histories, series), measure_of(series).yearly)


def yearly_table(histories: Sequence[History], series: Sequence[str] = (), first: int = BEGINS.year) -> pl.DataFrame:
    """Every series (or those named) by financial year: mean over replications, its 95 % interval, and bands.

    Columns: series, measure, part, label, unit, year (0 = the first), financial_year, mean, low, high, n,
    p5, p25, p50, p75, p95. One replication has no interval: low and high are then nan.
    first   year in which the run begins
    """
    return pl.concat([_yearly_frame(histories, name, first) for name in series or histories[0].series])


def monthly_table(histories: Sequence[History], series: Sequence[str] = (), first: int = BEGINS.year) -> pl.DataFrame:
    """Every series (or those named) by month: mean over replications and bands.

    Columns: series, measure, part, label, unit, month (0 = the first), date, mean, p5, p25, p50, p75, p95.
    first   year in which the run begins
    """
    return pl.concat([_monthly_frame(histories, name, first) for name in series or histories[0].series])


def replications_table(histories: Sequence[History]) -> pl.DataFrame:
    """Every number of every replication: replication, month, measure, part, value."""
    parts = pl.col("series").str.splitn(":", 2).struct.rename_fields(["measure", "part"])
    long = pl.concat(list(_numbered(histories))).unpivot(
        index=["replication", "month"], variable_name="series", value_name="value"
    )
    return long.with_columns(parts.alias("names")).select(
        "replication",
        "month",
        pl.col("names").struct.field("measure"),
        pl.col("names").struct.field("part").fill_null(""),
        "value",
    )


def _numbered(histories: Sequence[History]) -> Iterator[pl.DataFrame]:
    for replication, history in enumerate(histories):
        yield history.wide().select(
            pl.lit(replication, dtype=pl.Int32).alias("replication"),
            pl.int_range(pl.len(), dtype=pl.Int32).alias("month"),
            pl.all(),
        )


def _yearly_frame(histories: Sequence[History], series: str, first: int) -> pl.DataFrame:
    values = yearly_values(histories, series)
    intervals = [interval(column) for column in values.T]
    years = np.arange(values.shape[1], dtype=np.int32)
    return pl.DataFrame(
        _names(series, measure_of(series))
        | {
            "year": years,
            "financial_year": [financial_year(int(year), first) for year in years],
            "mean": [year.mean for year in intervals],
            "low": [year.low for year in intervals],
            "high": [year.high for year in intervals],
            "n": np.array([year.n for year in intervals], dtype=np.int32),
        }
        | dict(zip(BAND_NAMES, bands(values), strict=True))
    )


def _monthly_frame(histories: Sequence[History], series: str, first: int) -> pl.DataFrame:
    values = monthly_values(histories, series)
    months = np.arange(values.shape[1], dtype=np.int32)
    return pl.DataFrame(
        _names(series, measure_of(series))
        | {
            "month": months,
            "date": [month_start(int(month), first) for month in months],
            "mean": mean_of_known(values, axis=0),
        }
        | dict(zip(BAND_NAMES, bands(values), strict=True))
    )


def _names(series: str, measure: Measure) -> dict[str, object]:
    name, _, part = series.partition(":")
    return {"series": series, "measure": name, "part": part, "label": measure.label, "unit": measure.unit}
