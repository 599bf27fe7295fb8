"""Scenarios side by side: what each is, the table of headline measures, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

from dash import html

from dashboard.components.cards import interval_in_words
from dashboard.facts.answers import Year
from dashboard.facts.comparison import Column, Comparison, Standing
from dashboard.wording.changes import change_of_lever
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import BY_ID, CARDED, NO_DIFFERENCE, Measure, is_tiny, listed, lowered, people_in_words
from dashboard.wording.story import change_in_words

ROWS = (*CARDED, "elective")
"""Measures of the table, by row."""

STANDINGS: dict[Standing, str] = {"best": mark("best"), "level": mark("level with the best")}


def table(found: Comparison, year: int) -> html.Div:
    """Measures by row, scenarios by column; a change of each from the reference, and a word for the best.

    year   counts from 0
    """
    heads = [
        html.Th(_("In {year}", year=found.labels[year]), scope="col", className="compare-measure"),
        *(_head(each, is_reference=at == found.reference) for at, each in enumerate(found.columns)),
    ]
    body = [_row(found, BY_ID[name], year) for name in ROWS]
    frame = {"role": "region", "aria-label": _("Scenarios side by side"), "tabIndex": 0}
    caption = html.Caption(caption_of(found))
    return html.Div(
        html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(body)], className="compare-table"),
        className="wide compare-wide",
        **frame,
    )


def caption_of(found: Comparison) -> str:
    """What is compared with what, and how sure it is."""
    against = found.columns[found.reference]
    return _(
        "{place}, the same {people} in every scenario. Below each value: its difference from {letter} “{name}”, "
        "replication by replication, with the 95% interval of {count} replications.",
        place=found.place.name,
        people=people_in_words(found.people),
        letter=against.letter,
        name=against.name,
        count=found.done,
    )


def summary(found: Comparison, year: int) -> str:
    """Which scenario does best in what, in a few sentences."""
    if len(found.columns) < 2:
        return _("One scenario alone has nothing to be compared with. Add another.")
    told = [_best_in_words(found, BY_ID[name], year) for name in ROWS]
    winners = [each for each in told if each]
    level = [lowered(BY_ID[name].label) for name in ROWS if _is_level(found, name, year)]
    parts = [_("Best in {year}: {best}.", year=found.labels[year], best="; ".join(winners))] if winners else []
    if level:
        parts.append(_("No detectable difference between them in: {measures}.", measures=listed(level)))
    return " ".join(parts)


def _best_in_words(found: Comparison, measure: Measure, year: int) -> str:
    words = [each[year] for each in found.standings[measure.id]]
    best, level = (
        [found.columns[at].letter for at, word in enumerate(words) if word == kind] for kind in ("best", "level")
    )
    if not best:
        return ""
    said = _("{measure} {best}", measure=lowered(measure.label), best=listed(best))
    return _("{best} (level with it: {others})", best=said, others=listed(level)) if level else said


def _is_level(found: Comparison, name: str, year: int) -> bool:
    return BY_ID[name].better != "neither" and not any(each[year] for each in found.standings[name])


def _head(column: Column, *, is_reference: bool) -> html.Th:
    note = [html.Span(_("held against"), className="compare-role")] if is_reference else []
    return html.Th([html.Span(column.letter, className="compare-letter"), f" {column.name} ", *note], scope="col")


def _row(found: Comparison, measure: Measure, year: int) -> html.Tr:
    years = [own[year] for own in found.years[measure.id]]
    words = [own[year] for own in found.standings[measure.id]]
    cells = [
        _cell(measure, own, word, is_reference=at == found.reference)
        for at, (own, word) in enumerate(zip(years, words, strict=True))
    ]
    label = html.Th([measure.label, html.Span(measure.says, className="compare-says")], scope="row")
    return html.Tr([label, *cells])


def _cell(measure: Measure, year: Year, word: Standing, *, is_reference: bool) -> html.Td:
    kind = f"is-{word}" if word else ""
    badge = [html.Span(_(STANDINGS[word]), className="compare-word")] if word else []
    value = html.Span(measure.words(year.plan), className="compare-value")
    if is_reference:
        return html.Td([value, *badge], className=kind)
    spans = [html.Span(change_in_words(measure.id, year), className="compare-change")]
    if year.verdict != NO_DIFFERENCE and not is_tiny(measure, year.change):
        span = _("range not known") if isnan(year.low) else interval_in_words(measure, year)
        spans.append(html.Span(f"({span})", className="compare-range"))
    return html.Td([value, *badge, *spans], className=kind)


def chosen(columns: Sequence[Column], places: Sequence[int | None]) -> html.Ol:
    """What each scenario is, with a way to open it and one to leave it out.

    places   of each column among those chosen, from 0; None for doing nothing, which is there as the reference
    """
    return html.Ol([_item(*each) for each in zip(columns, places, strict=True)], className="compare-chosen")


def _item(column: Column, place: int | None) -> html.Li:
    count = len(column.moved) + len(column.also)
    letter = html.Span(column.letter, className="compare-letter")
    name = html.Span([letter, f" {column.name}"], className="compare-name")
    ways: list[Any] = [
        html.A(
            _("Open"), href=f"/?{column.link}", className="text-link",
            **{"aria-label": _("Open {name} with its levers", name=column.name)},
        )
    ]  # fmt: skip
    if place is not None:
        says = {"data-leave": str(place), "aria-label": _("Leave out {name}", name=column.name)}
        ways.append(html.Button(_("Leave out"), type="button", className="text-button", **says))
    else:
        ways.append(html.Span(_("always here to be held against"), className="compare-role"))
    changes = [html.Li(each) for each in (*map(change_of_lever, column.moved), *column.also)]
    told = several("{count} change from doing nothing", "{count} changes from doing nothing", count, count=count)
    details = html.Details([html.Summary(told), html.Ul(changes)]) if changes else html.P(_("Changes nothing"))
    return html.Li([html.Div([name, *ways], className="compare-row"), details])
