"""The facilitator's guide is written by hand; its tables of expected numbers are put in between two marks."""

from __future__ import annotations

import re

from docs.print_reference.words import table
from docs.print_workshop.expected import expected
from sim.results.measures import measure_of
from sim.results.spoken import unit

MARK = re.compile(r"(<!-- expected (\w+) round (\d+): ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def guide(text: str) -> str:
    """The guide with its tables as the pages of expected results have them now."""
    return MARK.sub(
        lambda found: f"{found[1]}\n{_table(found[2], int(found[3]), found[4].split())}\n\n{found[5]}", text
    )


def _table(workshop: str, number: int, series: list[str]) -> str:
    found = expected(workshop)[number - 1]
    rows = ([_name(each), *(_cell(workshop, number, play, each) for play in found.plays)] for each in series)
    best = "; ".join(f"{win}: {teams.replace('_', ' ')}" for win, teams in found.best.items())
    head = ("Last year of the round", *(play.replace("_", " ") for play in found.plays))
    return f"{table(head, rows)}\n\nBest, or not to be told from the best: {best}."


def _name(series: str) -> str:
    measure = measure_of(series)
    return f"{measure.label}, {unit(measure)}"


def _cell(workshop: str, number: int, play: str, series: str) -> str:
    """The level, and against doing nothing where it differs."""
    found = expected(workshop)[number - 1]
    level, change = found.level(play, series), found.change(play, series)
    same = not re.search(r"[1-9]", change)
    return level if same else f"{level}<br>{change}"
