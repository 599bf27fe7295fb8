"""What became of a case: each figure and property beside what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from math import floor, isfinite, log10
from typing import Literal

import polars as pl

State = Literal["pass", "known difference", "fail"]


@dataclass(frozen=True, slots=True)
class FigureResult:
    """One row of the table.

    figure      what it is
    expected    in words or digits; `value` as a number, None for bounds and properties
    found       mean and half of the 95 % interval, or how a property turned out; `mean` and `half_width` as numbers
    tolerance   the rule; `allowed` as a number
    status      published, exact, re-run or derived: what the expected figure is
    because     why it differs; empty unless it does
    """

    figure: str
    expected: str
    found: str
    tolerance: str
    state: State
    status: str
    source: str
    because: str = ""
    value: float | None = None
    mean: float | None = None
    half_width: float | None = None
    allowed: float | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and its rows; `replications` are those of all its networks together."""

    id: str
    title: str
    says: str
    source: str
    seed: int
    replications: int
    figures: tuple[FigureResult, ...]

    @property
    def failed(self) -> tuple[FigureResult, ...]:
        """The rows that neither pass nor differ for a known reason."""
        return tuple(row for row in self.figures if row.state == "fail")


def tally(results: Iterable[CaseResult]) -> Counter[State]:
    """How many rows are in each state."""
    return Counter(row.state for result in results for row in result.figures)


def figures_table(results: Iterable[CaseResult]) -> pl.DataFrame:
    """Every row of every case as one table; the first column is the case."""
    rows = [{"case": result.id} | asdict(row) for result in results for row in result.figures]
    numbers = ("value", "mean", "half_width", "allowed")
    columns = ("case", *(field.name for field in fields(FigureResult)))
    return pl.DataFrame(rows, schema={name: pl.Float64 if name in numbers else pl.String for name in columns})


def plus_minus(mean: float, half: float) -> str:
    """A mean with half of its interval, to two digits of the latter; a dash when there is no number."""
    if not isfinite(mean):
        return "-"
    if not (isfinite(half) and half > 0):
        return f"{mean:.6g}"
    digits = max(0, 1 - floor(log10(half)))
    return f"{mean:,.{digits}f} ± {half:,.{digits}f}"
