"""The pages of expected results, read back: every number as it stands there, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from docs.print_workshop.places import expected_file
from sim.results.measures import measure_of

LEVELS, CHANGES, BOOKS, WHOLE = "Levels", "Against doing nothing", "Books of the round", "All rounds so far"
START = "Where every team starts, doing nothing"
BEST = "Best, or not to be told from the best: "
OUTSIDE = ("community", "social_care", "public_health")
"""Whose spending is care outside hospital and programmes."""
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

    def moved(self, play: str) -> float:
        """Millions that left the hospital's budget in the round."""
        return -millions(self.book(play, "acute", "transfer"))

    def bought(self, play: str) -> float:
        """Millions spent on care outside and on programmes beyond what the first play, doing nothing, spends."""
        nothing = self.plays[0]
        return sum(
            millions(self.book(play, each, "spending")) - millions(self.book(nothing, each, "spending"))
            for each in OUTSIDE
        )

    @property
    def plays(self) -> tuple[str, ...]:
        return tuple(each for each in self.tables[LEVELS][0] if each not in ("Measure", "Unit"))


@cache
def expected(workshop: str) -> tuple[RoundPage, ...]:
    """The rounds of a workshop's page. KeyError where a page has not what it should."""
    return tuple(_round(part) for part in _parts(workshop)[1:])


def started(workshop: str, series: str) -> str:
    """A measure in the first year, if nobody does anything."""
    return _row(dict(_tables(_parts(workshop)[0]))[START], Measure=measure_of(series).label)["First year"]


def _parts(workshop: str) -> list[str]:
    text = expected_file(workshop).read_text(encoding="utf-8")
    return re.split(r"^## Round \d+: .*$", text, flags=re.MULTILINE)


def millions(text: str) -> float:
    """An amount such as -£1,234.5m."""
    return float(text.replace("£", "").replace(",", "").removesuffix("m"))


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
