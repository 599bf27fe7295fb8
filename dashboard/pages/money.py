"""Money: where the pounds of a year come from, where they are moved, what is lacking, and the ledger behind it."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.components.pounds import pounds_in_words, pounds_tables
from dashboard.components.stage import stage
from dashboard.facts.answers import Answer
from dashboard.figures.pounds import payments, pounds_figure
from dashboard.link.looks import MONEY, Look
from dashboard.theme import Theme
from dashboard.wording.language import mark

NOTE = mark(
    "Budgets are given from outside; what is spent follows places and patients. Where more is spent than there is, the "
    "rest is the money gap. The transition fund and capital for new beds stand outside the gap."
)


def money() -> html.Section:
    """The view, to be filled."""
    return stage(MONEY, mark("Pounds through the place"), mark("a year, in 2015/16 prices"), NOTE)


def texts(answer: Answer, look: Look) -> dict[str, Any]:
    """Everything of the view that is text, by the id of its part."""
    return {ids.words(MONEY): pounds_in_words(answer, look), ids.behind(MONEY): pounds_tables(answer, look)}


def figures(answer: Answer, look: Look, theme: Theme) -> dict[str, Any]:
    """The chart of the view, by its id."""
    return {ids.graph(MONEY): pounds_figure(payments(answer.accounts, look.year), look, theme)}
