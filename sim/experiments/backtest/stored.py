"""The back-test as it is stored: the fit, and the rows as tables that anybody can read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version as version_of
from io import StringIO
from pathlib import Path
from typing import Any

from sim.experiments.backtest.drawing import Draw
from sim.experiments.backtest.fitting import Aims, Found
from sim.experiments.backtest.results import SHARES, Row
from sim.experiments.identity import version
from sim.inputs import Fault, raise_any
from sim.inputs.backtest_fit import BacktestFit, MadeBacktest, StoredDraw
from sim.inputs.folders import default_folder
from sim.inputs.history import FOLDER, YEAR
from sim.inputs.rows import Row as Line
from sim.inputs.rows import read_rows
from sim.inputs.years import financial_year_name, financial_year_of

COMMAND = "upstream backtest"
RESULTS, FORECAST = "backtest.csv", "forecast_2016_2019.csv"
NUMBERS = ("observed", "mean", "low", "high", "carried", "trend")
COLUMNS = ("series", "year", "from", "to", "unit", *NUMBERS)
MADE = ("made_by", "version", "seed", "made_on")
DIGITS = 6


def as_stored(found: Found, draws: Sequence[Draw], aside: int, on: str) -> BacktestFit:
    """A fit as it is stored.

    on   the day, such as 2016-04-01
    """
    plan, aims = found.setting.plan, Aims(found.setting)
    versions = {"upstream": version(), "scipy": version_of("scipy"), "numpy": version_of("numpy")}
    made = MadeBacktest(
        by=f"{COMMAND} --fit", on=on, fitted_until=plan.fitted_until, seed=plan.method.seed, runs=found.runs,
        parameters=found.setting.digest, versions=versions,
    )  # fmt: skip
    names = [f"{each.series} {financial_year_name(each.year)}" for each in aims.towards] + ["capacity_share"]
    residuals = dict(zip(names, (_kept(each) for each in found.residuals.tolist()), strict=True))
    return BacktestFit(
        made=made, score=_kept(found.score), values=dict(found.values), counted=dict(found.counted),
        residuals=residuals, aside=aside,
        draws=[StoredDraw(number=each.number, values=dict(each.values), counted=dict(each.counted),
                          misfit=each.misfit) for each in draws],
    )  # fmt: skip


def differing(stored: BacktestFit, found: BacktestFit) -> tuple[str, ...]:
    """What differs between two fits of the same numbers; empty where they are the same."""
    return tuple(
        part
        for part in ("score", "values", "counted", "residuals", "aside", "draws")
        if getattr(stored, part) != getattr(found, part)
    )


def as_kept(row: Row) -> Row:
    """A row with its numbers as the table keeps them, so that a page printed now is the page of the stored table."""
    cells = dict(zip(COLUMNS, _cells(row), strict=True))
    kept: dict[str, Any] = {name: float(cells[name]) if cells[name] else None for name in NUMBERS}
    return replace(row, **kept)


def results_text(rows: Iterable[Row]) -> str:
    """Every row as a table."""
    return _text([COLUMNS, *([*_cells(row)] for row in rows)])


def forecast_text(rows: Iterable[Row], after: int, made: Sequence[str]) -> str:
    """Rows after a year, without observations, and how they were made.

    made   the command, the version, the seed and the day
    """
    chosen = [name for name in COLUMNS if name not in ("observed", "carried", "trend")]
    lines = [dict(zip(COLUMNS, _cells(row), strict=True)) for row in rows if row.year > after]
    return _text([[*chosen, *MADE], *([*(line[name] for name in chosen), *made] for line in lines)])


def load_results(folder: Path | None = None) -> tuple[Row, ...]:
    """The rows that are stored. Raises Faults."""
    lines = read_rows((folder or default_folder()) / FOLDER / RESULTS, COLUMNS)
    faults: list[Fault] = []
    found = [_row(line, faults) for line in lines]
    raise_any(faults)
    return tuple(found)


def _row(line: Line, faults: list[Fault]) -> Row:
    numbers = {name: line.number(name, line["series"], faults) for name in NUMBERS}
    first, last = YEAR.index(line["from"]), YEAR.index(line["to"])
    sure = {name: numbers[name] or 0.0 for name in ("mean", "low", "high")}
    year = financial_year_of(line["year"])
    if year is None:
        faults.append(line.fault(line["series"], f'year "{line["year"]}"', "must be a financial year, such as 2016/17"))
    observed, carried, trend = (numbers[name] for name in ("observed", "carried", "trend"))
    return Row(line["series"], year or 0, first, last, observed, **sure, carried=carried, trend=trend)


def _cells(row: Row) -> list[str]:
    unit = "share" if row.series in SHARES else "days"
    numbers = (getattr(row, name) for name in NUMBERS)
    return [
        row.series, financial_year_name(row.year), YEAR[row.first], YEAR[row.last], unit,
        *("" if each is None else f"{each:.{DIGITS}g}" if unit == "share" else f"{each:.0f}" for each in numbers),
    ]  # fmt: skip


def _text(lines: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _kept(value: float) -> float:
    return float(f"{value:.10g}")
