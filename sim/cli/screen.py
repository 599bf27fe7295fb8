"""What the person at the terminal sees: tables, numbers, sentences and progress."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sim.experiments.replicate import Way
from sim.results.spoken import MILLION, amount, counted, millions, number, pounds, span, unit
from sim.results.store import json_bytes

__all__ = [
    "MILLION", "amount", "counted", "millions", "number", "pounds", "say", "say_json", "say_table", "span", "tell",
    "unit", "way_of_running",
]  # fmt: skip


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
