"""Drivers: what a plan's change comes from, and which numbers the answer leans on. Levers stand beside it."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.components.drivers import LEANED, MEASURES, frame, split_table
from dashboard.components.html_text import to_html
from dashboard.components.leaning import lean_rows, lean_table, lean_words
from dashboard.facts.answers import Answer
from dashboard.facts.drivers import SIDES, Leanings, Side, Split
from dashboard.figures.drivers import split_bars, tornado
from dashboard.figures.graph import CONFIG
from dashboard.link.looks import DRIVERS, Look
from dashboard.theme import theme_of
from dashboard.wording.drivers import split_in_words
from dashboard.wording.language import _
from dashboard.wording.numbers import BY_ID, lowered
from dashboard.wording.story import change_in_words

ADDRESS = "/drivers"


def drivers() -> html.Section:
    """The view, hidden until it is looked at; its script fetches what it is made of."""
    return html.Section(
        [html.P("", id=ids.words(DRIVERS), className="story"), html.Div("", id=f"frame-{DRIVERS}")],
        id=ids.view(DRIVERS),
        className="stage",
        **{"aria-label": _("Drivers")},
    )


def frame_in_html() -> str:
    """What the view is made of."""
    return to_html(frame(), whole_page=True)


def texts(answer: Answer, look: Look) -> dict[str, Any]:
    """The sentence above everything: what there is to be divided."""
    return {ids.words(DRIVERS): spoken(answer, look)}


def spoken(answer: Answer, look: Look) -> str:
    """What the plan changes, measure by measure."""
    year = answer.accounts.years[look.year]
    if answer.is_baseline:
        return _("Nothing is changed yet, so there is nothing to divide. Choose a plan, or move a lever.")
    changes = "; ".join(
        f"{lowered(BY_ID[name].label)}: {change_in_words(name, answer.years[name][look.year])}" for name in MEASURES
    )
    return _("What the plan changes in {year}: {changes}.", year=year, changes=changes)


def split_shown(found: Split, measure: object, year: object, theme: object) -> dict[str, Any]:
    """A division for the page: words, chart and table of one measure in one year.

    year   the calendar year in which it begins; anything else is the last
    """
    name = measure if isinstance(measure, str) and measure in found.measures else "delayed"
    shown, place = BY_ID[name], year_of(found, year)
    return {
        "says": split_in_words(found, shown, place),
        "figure": split_bars(found, shown, place, theme_of(theme)),
        "config": CONFIG,
        "html": to_html(split_table(found, shown, place)),
    }


def year_of(found: Split, year: object) -> int:
    """A year of a division, counted from 0."""
    begins = [label.partition("/")[0] for label in found.labels]
    return begins.index(str(year)) if str(year) in begins else len(begins) - 1


def lean_shown(found: Leanings, measure: object, side: object, theme: object) -> dict[str, Any]:
    """Numbers moved through their ranges, for the page: words, chart and table of one measure."""
    name = measure if isinstance(measure, str) and measure in LEANED else LEANED[0]
    which: Side = next((each for each in SIDES if each == side), SIDES[0])
    rows = lean_rows(found, which, name)
    figure = tornado(rows, name, theme_of(theme), per_head=found.per_head) if rows else None
    table = to_html(lean_table(found, which, name)) if (which, name) in found.numbers else ""
    return {"says": lean_words(found, which, name), "figure": figure, "config": CONFIG, "html": table}
