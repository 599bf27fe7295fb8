"""Flow: where people go in a year, from outside to hospital and on, and who is in each kind of place."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.components.people import people_in_words, people_tables
from dashboard.components.stage import stage
from dashboard.facts.answers import Answer
from dashboard.figures.people import people_figure, streams
from dashboard.link.looks import FLOW, Look
from dashboard.theme import Theme
from dashboard.wording.language import mark

NOTE = mark(
    "Everybody is counted as they move: into a place, on to the next, and out; who comes back to hospital counts "
    "again, as an emergency. Admissions without a night and day cases hold no bed overnight, and are not drawn."
)


def flow() -> html.Section:
    """The view, to be filled."""
    return stage(FLOW, mark("People through care"), mark("people a year"), NOTE)


def texts(answer: Answer, look: Look) -> dict[str, Any]:
    """Everything of the view that is text, by the id of its part."""
    found = streams(answer.accounts, look.year)
    return {
        ids.words(FLOW): people_in_words(answer, look, found),
        ids.behind(FLOW): people_tables(answer, look, found),
    }


def spoken(answer: Answer, look: Look) -> str:
    """What a screen reader says when a result has settled."""
    return people_in_words(answer, look, streams(answer.accounts, look.year))


def figures(answer: Answer, look: Look, theme: Theme) -> dict[str, Any]:
    """The chart of the view, by its id."""
    return {ids.graph(FLOW): people_figure(streams(answer.accounts, look.year), look, theme)}
