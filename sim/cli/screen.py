"""What the person at the terminal sees: tables, numbers, sentences and progress."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isnan

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sim.experiments.replicate import Way
from sim.results.measures import Measure
from sim.results.statistics import Interval, Paired
from sim.results.store import json_bytes

MILLION = 1_000_000
SHOWN_UNITS = {"share": "%", "gbp": "£m", "gbp a head": "£ a head"}
"""How a unit is written in tables; other units are written as they are."""

SCALES = {"share": 100.0, "gbp": 1 / MILLION}
"""What a number is multiplied by to be in the unit shown."""


def say(text: str = "") -> None:
    """A line of the answer itself, on standard output."""
    typer.echo(text)


def tell(text: str) -> None:
    """A line about the run rather than of the answer, on standard error."""
    typer.echo(text, err=True)


def say_json(document: object) -> None:
    """A document as JSON on standard output, keys sorted."""
    typer.echo(json_bytes(document).decode(), nl=False)


def say_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> None:
    """A table: drawn on a terminal, aligned plain text elsewhere.

    words   so many first columns are words, set to the left; the others are numbers
    """
    if sys.stdout.isatty():
        _draw(title, columns, rows, words)
        return
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    say(title)
    for row in (columns, *rows):
        cells = (
            cell.ljust(width) if index < words else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        say("  ".join(cells).rstrip())
    say()


def number(value: float, digits: int) -> str:
    """A number with so many decimals and commas; a dash when there is none."""
    if isnan(value):
        return "-"
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def pounds(value: float) -> str:
    """An amount of money in pounds, the sign first."""
    text = number(value, 0)
    return f"-£{text[1:]}" if text.startswith("-") else f"£{text}"


def millions(value: float) -> str:
    """An amount of money in millions of pounds, the sign first."""
    text = number(value / MILLION, 1)
    return f"-£{text[1:]}m" if text.startswith("-") else f"£{text}m"


def counted(count: int, thing: str) -> str:
    """So many of a thing: "1 year", "2 years"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def unit(measure: Measure) -> str:
    """The unit as written in tables."""
    return SHOWN_UNITS.get(measure.unit, measure.unit)


def amount(value: float, measure: Measure) -> str:
    """A number of a measure, in the unit shown."""
    return number(value * SCALES.get(measure.unit, 1), measure.digits)


def span(interval: Interval | Paired, measure: Measure) -> str:
    """An interval of a measure, in the unit shown; a dash where one replication gives none."""
    if isnan(interval.low):
        return "-"
    return f"{amount(interval.low, measure)} to {amount(interval.high, measure)}"


@contextmanager
def way_of_running(workers: int, quiet: bool, what: str) -> Iterator[Way]:
    """How to run replications, with a bar on standard error when that is a terminal and nobody wants quiet."""
    if quiet or not sys.stderr.isatty():
        yield Way(workers, tell=tell)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(what, total=None)
        yield Way(workers, lambda done, wanted: progress.update(bar, completed=done, total=wanted), tell)


def _draw(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], words: int) -> None:
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index < words else "right")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
