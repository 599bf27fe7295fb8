"""The pages of expected results, read back: every number as it stands there, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from docs.print_workshop.places import expected_file
from sim.results.measures import measure_of

LEVELS, CHANGES, BOOKS, WHOLE = "Levels", "Against doing nothing", "Books of the round", "All rounds so far"
BEST = "Best, or not to be told from the best: "
Rows = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round of a page: its tables by title, and who did best by what is won."""

    tables: Mapping[str, Rows]
    best: Mapping[str, str]

    def level(self, play: str, series: str) -> str:
        return _row(self.tables[LEVELS], Measure=measure_of(series).label)[play]

    def change(self, play: str, series: str) -> str:
        """Against doing nothing, with its interval."""
        return _row(self.tables[CHANGES], Measure=measure_of(series).label)[play]

    def book(self, play: str, organisation: str, line: str) -> str:
        return _row(self.tables[BOOKS], Team=play, Line=line)[organisation]

    def whole(self, play: str, column: str) -> str:
        """Over all rounds so far: `Gap` or `Promises kept`."""
        return _row(self.tables[WHOLE], Team=play)[column]

    @property
    def plays(self) -> tuple[str, ...]:
        return tuple(each for each in self.tables[LEVELS][0] if each not in ("Measure", "Unit"))


@cache
def expected(workshop: str) -> tuple[RoundPage, ...]:
    """The rounds of a workshop's page. KeyError where a page has not what it should."""
    text = expected_file(workshop).read_text(encoding="utf-8")
    return tuple(_round(part) for part in re.split(r"^## Round \d+: .*$", text, flags=re.MULTILINE)[1:])


def told_apart(change: str) -> bool:
    """Whether the interval of a change leaves out zero."""
    low, high = (float(each.replace(",", "")) for each in change.partition("(")[2].rstrip(")").split(" to "))
    return low > 0 or high < 0


def _round(text: str) -> RoundPage:
    best = next(line for line in text.splitlines() if line.startswith(BEST)).removeprefix(BEST).rstrip(".")
    won = dict(each.split(": ") for each in best.split("; "))
    return RoundPage(dict(_tables(text)), won)


def _tables(text: str) -> Iterator[tuple[str, Rows]]:
    for title, body in re.findall(r"^([A-Z][^\n|]*):\n\n((?:\|.*\n)+)", text, flags=re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("| \n").split(" | ")] for line in body.splitlines())
        yield title, [dict(zip(head, row, strict=True)) for row in rows]


def _row(rows: Rows, **wanted: str) -> dict[str, str]:
    for row in rows:
        if all(row[key] == value for key, value in wanted.items()):
            return row
    raise KeyError(f"No row with {wanted}.")
