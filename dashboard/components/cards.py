"""Headline cards: the value in the last year, the change against doing nothing, and how sure that is."""

from __future__ import annotations

from math import inf, isnan

from dash import html

from dashboard.components.terms import explained
from dashboard.facts.answers import Answer, Year
from dashboard.wording.language import _
from dashboard.wording.numbers import BY_ID, CARDED, NO_DIFFERENCE, NOT_DETECTABLE, Measure, is_tiny, size_of

UP, DOWN, SAME = "\u25b2", "\u25bc", "\u25cf"


def cards(answer: Answer) -> list[html.Div]:
    """Five cards, in the order of the measures."""
    return [card(measure, answer) for measure in map(BY_ID.__getitem__, CARDED)]


def card(measure: Measure, answer: Answer) -> html.Div:
    """One card; its colour never says anything that its words do not."""
    years = answer.years[measure.id]
    lines = _since_the_start(measure, years) if answer.is_baseline else _against_nothing(measure, years[-1])
    return html.Div(
        [
            html.H3(explained(measure.label, measure.says), className="card-label"),
            html.P(measure.words(years[-1].plan), className="card-value"),
            *lines,
        ],
        className=f"card {_mood(answer, years[-1])}",
    )


def waiting_cards() -> list[html.Div]:
    """Cards before there is an answer."""
    return [
        html.Div(
            [html.H3(measure.label, className="card-label"), html.P("\u2026", className="card-value")],
            className="card plain",
        )
        for measure in map(BY_ID.__getitem__, CARDED)
    ]


def _mood(answer: Answer, year: Year) -> str:
    return year.verdict if not answer.is_baseline and year.verdict in ("better", "worse") else "plain"


def _since_the_start(measure: Measure, years: tuple[Year, ...]) -> list[html.P]:
    first, last = years[0], years[-1]
    if first is last:
        return [html.P(_("in {year}", year=first.label), className="card-change")]
    change = last.plan - first.plan
    words = _("from {value} in {year}", value=measure.words(first.plan), year=first.label)
    return [_change(_arrow(change), words), html.P(_luck(measure, last), className="card-range")]


def _luck(measure: Measure, year: Year) -> str:
    if isnan(year.luck):
        return _("range not known")
    low, high = luck(measure, year)
    return _("by chance {low} to {high}", low=measure.words(low), high=measure.words(high))


def luck(measure: Measure, year: Year) -> tuple[float, float]:
    """Where nine single futures in ten lie, by chance alone; never where the measure cannot be."""
    least = -inf if measure.a_year else 0.0
    return max(year.plan - year.luck, least), min(year.plan + year.luck, measure.most)


def _against_nothing(measure: Measure, year: Year) -> list[html.P]:
    if year.verdict == NO_DIFFERENCE:
        return [_change(SAME, _(NO_DIFFERENCE))]
    if year.verdict == NOT_DETECTABLE:
        return [_change(SAME, _(NOT_DETECTABLE)), _sure(measure, year, "")]
    words = f"{size_of(measure, year.change)} {measure.direction(year.change)}"
    word = _(year.verdict) if year.verdict in ("better", "worse") else ""
    return [_change(_arrow(year.change), words), _sure(measure, year, word)]


def _change(arrow: str, words: str) -> html.P:
    return html.P(
        [html.Span(arrow, className="card-arrow", **{"aria-hidden": "true"}), f" {words}"], className="card-change"
    )


def _sure(measure: Measure, year: Year, word: str) -> html.P:
    """Whether that is better or worse, and the 95 % interval of the change."""
    badge = [html.Span(word, className="card-word"), " "] if word else []
    return html.P([*badge, html.Span(interval_in_words(measure, year))], className="card-range")


def interval_in_words(measure: Measure, year: Year) -> str:
    """The 95 % interval of a change; where it holds zero, both ends say their direction."""
    if isnan(year.low):
        return _("range not known")
    if is_tiny(measure, year.low) and is_tiny(measure, year.high) and year.low < 0 < year.high:
        return _("{size} either way", size=size_of(measure, year.high))
    words = span_in_words(measure, year.low, year.high)
    return words if year.low < 0 < year.high else words.removesuffix(f" {measure.direction(year.change)}")


def span_in_words(measure: Measure, low: float, high: float) -> str:
    """From one change to another, such as "2 to 3 points lower" or "20 fewer to 30 more"."""
    spaced = measure.change_unit if measure.change_unit.startswith(" ") else ""
    least, most = (measure.change(bound).removesuffix(spaced) for bound in (low, high))
    if low < 0 < high:
        ends = {"low": f"{least} {measure.less}", "high": f"{most} {measure.more}"}
        return _("{low} to {high}", **ends)
    near, far = (least, most) if abs(low) < abs(high) else (most, least)
    return f"{_('{low} to {high}', low=near, high=far)}{spaced} {measure.direction(low + high)}"


def _arrow(change: float) -> str:
    return UP if change > 0 else DOWN
