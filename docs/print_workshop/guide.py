"""The facilitator's guide is written by hand; its tables of expected numbers are put in between two marks."""

from __future__ import annotations

import re

from docs.print_reference.words import table
from docs.print_workshop.expected import RoundPage, expected
from sim.results.measures import measure_of
from sim.results.spoken import unit

WHOLE_ROUND = {
    "moved": "*Whole round:* moved out of the hospital's budget, £m",
    "bought": "*Whole round:* newly spent on care outside and programmes, £m",
}
"""Rows that are sums over the years of the round, from its books."""
MARK = re.compile(r"(<!-- expected (\w+) round (\d+): ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def guide(text: str) -> str:
    """The guide with its tables as the pages of expected results have them now."""
    return MARK.sub(
        lambda found: f"{found[1]}\n{_table(expected(found[2])[int(found[3]) - 1], found[4])}\n\n{found[5]}", text
    )


def _table(found: RoundPage, asked: str) -> str:
    """`SERIES ... of PLAY ...`; without "of" every play has its column."""
    series, _, some = asked.partition(" of ")
    plays = some.split() or found.plays
    rows = ([_name(each), *(_cell(found, play, each) for play in plays)] for each in series.split())
    best = "; ".join(f"{win}: {teams.replace('_', ' ')}" for win, teams in found.best.items())
    head = ("Last year of the round", *(play.replace("_", " ") for play in plays))
    return f"{table(head, rows)}\n\nBest, or not to be told from the best: {best}."


def _name(series: str) -> str:
    if series in WHOLE_ROUND:
        return WHOLE_ROUND[series]
    measure = measure_of(series)
    return f"{measure.label}, {unit(measure)}"


def _cell(found: RoundPage, play: str, series: str) -> str:
    """The level, and against doing nothing where it differs; of money that moved, the sum."""
    if series in WHOLE_ROUND:
        return f"{found.moved(play) if series == 'moved' else found.bought(play):.1f}".replace("-0.0", "0.0")
    level, change = found.level(play, series), found.change(play, series)
    same = not re.search(r"[1-9]", change)
    return level if same else f"{level}<br>{change}"
