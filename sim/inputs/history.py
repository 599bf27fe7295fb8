"""What is known of past years: inputs that a back-test is given, and observations that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.inputs.faults import Fault, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.keys import MONTHS
from sim.inputs.rows import Row, read_rows
from sim.inputs.sources import load_sources
from sim.inputs.table import Table
from sim.inputs.years import financial_year_of

FOLDER = "history"
INPUTS: Mapping[str, str] = {
    "general_acute_beds": "beds",
    "nhs_money_growth": "percent",
    "social_care_money_growth": "percent",
    "emergency_admissions": "admissions",
    "all_admissions": "admissions",
}
"""Unit of each series of inputs.csv."""
OBSERVED: Mapping[str, str] = {
    "delayed_acute": "days",
    "delayed_nonacute": "days",
    "nhs_share": "share",
    "social_care_share": "share",
    "occupancy": "share",
    "emergency_bed_days": "days",
}
"""Unit of each series of observed.csv."""
CONFIDENCE = ("high", "medium", "low")
COLUMNS = ("series", "year", "value", "unit", "source", "where", "confidence", "note")
WINDOW = ("from", "to")
YEAR = tuple(MONTHS[3:] + MONTHS[:3])
"""Months of a financial year, April first."""


@dataclass(frozen=True, slots=True)
class Known:
    """One number of one financial year.

    year         in which the financial year begins
    first, last  months that it is about, 0 for April to 11 for March
    """

    series: str
    year: int
    value: float
    source: str
    confidence: str
    note: str
    first: int = 0
    last: int = len(YEAR) - 1

    @property
    def whole(self) -> bool:
        """Whether it is about the whole year."""
        return (self.first, self.last) == (0, len(YEAR) - 1)


def load_inputs(folder: Path | None = None) -> Mapping[str, Mapping[int, float]]:
    """Values by series and year. Raises Faults: everything that is wrong with inputs.csv, at once."""
    found = _load("inputs.csv", COLUMNS, INPUTS, folder)
    return Table({series: {each.year: each.value for each in found if each.series == series} for series in INPUTS})


def load_observed(folder: Path | None = None) -> tuple[Known, ...]:
    """Observations, as they stand in the file. Raises Faults: everything that is wrong with observed.csv, at once."""
    return _load("observed.csv", (*COLUMNS, *WINDOW), OBSERVED, folder)


def history_sources(folder: Path | None = None) -> frozenset[str]:
    """Every source that either file names. Raises Faults."""
    inputs = _load("inputs.csv", COLUMNS, INPUTS, folder)
    return frozenset(each.source for each in (*inputs, *load_observed(folder)))


def _load(name: str, columns: tuple[str, ...], units: Mapping[str, str], folder: Path | None) -> tuple[Known, ...]:
    home, faults = folder or default_folder(), list[Fault]()
    rows, sources = read_rows(home / FOLDER / name, columns), load_sources(home)
    found = [known for row in rows if (known := _known(row, units, sources, faults))]
    first: dict[tuple[str, int], int] = {}
    for row, each in zip(rows, found, strict=False) if not faults else ():
        line = first.setdefault((each.series, each.year), row.line)
        if line != row.line:
            faults.append(row.fault(each.series, f'year "{row["year"]}"', f"is already on line {line}"))
    raise_any(faults)
    return tuple(found)


def _known(row: Row, units: Mapping[str, str], sources: Mapping[str, object], faults: list[Fault]) -> Known | None:
    before, series = len(faults), row["series"]
    year, value = financial_year_of(row["year"]), row.number("value", series, faults)
    for column, words in (("series", tuple(units)), ("source", tuple(sources)), ("confidence", CONFIDENCE)):
        if row[column] not in words:
            close = nearest(row[column], words)
            faults.append(row.fault(series, f'{column} "{row[column]}"', "is not one we know", close))
    if year is None:
        faults.append(row.fault(series, f'year "{row["year"]}"', "must be a financial year, such as 2016/17"))
    if series in units and row["unit"] != units[series]:
        faults.append(row.fault(series, f'unit "{row["unit"]}"', "is not that of the series", units[series]))
    if not row["value"]:
        faults.append(row.fault(series, '"value"', "is missing"))
    first, last = _window(row, faults)
    if len(faults) > before or year is None or value is None:
        return None
    return Known(series, year, value, row["source"], row["confidence"], row["note"], first, last)


def _window(row: Row, faults: list[Fault]) -> tuple[int, int]:
    """First and last month of the row; the whole year where the table has no such columns."""
    if WINDOW[0] not in row.cells:
        return 0, len(YEAR) - 1
    before = len(faults)
    for column in WINDOW:
        if row[column] not in YEAR:
            close = nearest(row[column], YEAR)
            faults.append(row.fault(row["series"], f'{column} "{row[column]}"', "is no month", close))
    if len(faults) > before:
        return 0, 0
    first, last = (YEAR.index(row[column]) for column in WINDOW)
    if first > last:
        faults.append(row.fault(row["series"], f"{row['from']} to {row['to']}", "must follow one another in the year"))
    return first, last
