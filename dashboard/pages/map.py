"""Map: the place as a network, how full each kind of place is, and which of them holds up the rest."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from dashboard.components.map import map_svg, widest
from dashboard.components.stations import cards, definitions, tables
from dashboard.facts.answers import Answer
from dashboard.link.looks import MAP, Look
from dashboard.theme import Theme
from dashboard.wording.jams import map_in_words
from dashboard.wording.language import _
from dashboard.wording.numbers import whole


def map_view() -> html.Div:
    """The view, to be filled: all of it comes from the server, for Dash looks at every component again and again."""
    return html.Div("", id=ids.view(MAP), className="stage map-stage")


def texts(answer: Answer, look: Look) -> dict[str, Any]:
    """The whole view, by its id."""
    return {ids.view(MAP): shown(answer, look)}


def shown(answer: Answer, look: Look) -> list[Any]:
    """The sentence, the map with its cards, what the words mean, and the tables."""
    says = html.P(spoken(answer, look), className="story map-says")
    rules = answer.stations.rules
    if rules is None:
        return [says]
    title = [_("People in the place"), html.Span(f", {_('on an average day of the year')}", className="chart-unit")]
    drawn = html.Div(map_svg(rules, answer, look), className="map-scroll")
    frame = html.Div([drawn, *cards(rules, answer, look)], className="map-frame")
    card = html.Div([html.H3(title), _scale(answer, look), frame], className="chart-card")
    note = html.P(definitions(rules), className="view-note")
    return [says, card, note, html.Div(tables(rules, answer, look), className="accounts")]


def _scale(answer: Answer, look: Look) -> html.P:
    """What the colours mean, each with its word; and how wide arrows are."""
    words = {"is-calm": _("calm"), "is-busy": _("busy"), "is-very-busy": _("very busy"), "is-full": _("full")}
    steps = [html.Span(word, className=f"map-step {kind}") for kind, word in words.items()]
    arrows = _(
        "Choose a kind of place for more. Arrows are as wide as the people who move: the widest are {people} a year.",
        people=whole(widest(answer, look)),
    )
    return html.P([*(steps if look.show != "difference" else ()), arrows], className="key map-key")


def spoken(answer: Answer, look: Look) -> str:
    """What a screen reader says when a result has settled."""
    return map_in_words(answer, look.year, look.show)


def figures(_answer: Answer, _look: Look, _theme: Theme) -> dict[str, Any]:
    """No charts besides the drawing, which is text."""
    return {}
