"""The words and the table behind a chart, for those who read rather than look."""

from __future__ import annotations

from dash import html

from dashboard.facts.answers import Answer, Year
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import BEHIND, BY_ID
from dashboard.wording.story import change_in_words, summary

YEAR, NOTHING = mark("Year"), mark("Do nothing")


def behind(answer: Answer, measure: str) -> list[html.P | html.Table]:
    """A summary and a table by financial year."""
    shown = BEHIND.get(measure, (measure,))
    words = html.P(" ".join(summary(answer, each) for each in shown), className="behind-summary")
    return [words, *(_table(answer, each) for each in shown)]


def _table(answer: Answer, measure: str) -> html.Table:
    shown = BY_ID[measure]
    headings = (YEAR, NOTHING) if answer.is_baseline else (YEAR, mark("This plan"), NOTHING, mark("Change"))
    caption = _("{measure} by financial year.", measure=shown.label)
    return html.Table(
        [
            html.Caption(f"{caption} {shown.says}"),
            html.Thead(html.Tr([html.Th(_(heading), scope="col") for heading in headings])),
            html.Tbody([_row(answer, measure, year) for year in answer.years[measure]]),
        ]
    )


def _row(answer: Answer, measure: str, year: Year) -> html.Tr:
    shown = BY_ID[measure]
    label = html.Th(year.label, scope="row")
    if answer.is_baseline:
        return html.Tr([label, html.Td(shown.words(year.plan))])
    values = (shown.words(year.plan), shown.words(year.baseline), change_in_words(measure, year))
    return html.Tr([label, *(html.Td(value) for value in values)])
