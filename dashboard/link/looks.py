"""What a page looks at besides its question: which view, which year, and the plan, doing nothing or the difference.

None of it changes what is simulated, so none of it belongs to the name of an answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from dashboard.facts.accounts import Show

OVERVIEW, FLOW, MONEY, MAP, DRIVERS = "overview", "flow", "money", "map", "drivers"
VIEWS = (OVERVIEW, FLOW, MONEY, MAP, DRIVERS)
"""Views that share the levers and the cards."""

SHOWS: tuple[Show, ...] = get_args(Show)


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: `year` counts from 0; `tall` is a window with room for a taller chart."""

    view: str
    year: int
    show: Show
    tall: bool = False


def read(given: Mapping[str, Any], years: Sequence[str], *, is_baseline: bool) -> Look:
    """What a page asks to look at; whatever has no meaning is the overview, the last year, and the plan.

    years         of the answer, in words; a year is asked for by the calendar year it begins in
    is_baseline   whether there is no plan to be told from doing nothing
    """
    begins = str(given.get("year"))
    year = next((at for at, label in enumerate(years) if label.partition("/")[0] == begins), len(years) - 1)
    show = next((each for each in SHOWS if each == given.get("show")), SHOWS[0])
    return Look(view_of(given.get("view")), year, "baseline" if is_baseline else show, given.get("tall") is True)


def view_of(name: object) -> str:
    """A view by its name; anything unknown is the overview."""
    return name if isinstance(name, str) and name in VIEWS else OVERVIEW
