"""The page before its scripts: headline, cards and sentence as plain HTML, so that numbers come first."""

from __future__ import annotations

import re
from typing import Any

from dash import Dash, html
from dash.development.base_component import Component
from flask import has_request_context, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.cards import cards, waiting_cards
from dashboard.components.doubts import doubts_button
from dashboard.components.html_text import to_html
from dashboard.components.levers import panel_html
from dashboard.components.navigation import navigation
from dashboard.facts.answers import Answer
from dashboard.link.looks import OVERVIEW, view_of
from dashboard.pages.overview import KEY, headline
from dashboard.pages.plain import asset, words_first
from dashboard.wording.language import _, tag
from dashboard.wording.story import sample, status, story

LANGUAGE = "{%language%}"
ASSET = re.compile(r"/assets/([\w./-]+)\?m=[\d.]+")
NO_LEVERS = '<div class="levers"></div>'
"""Where the panel comes, which keeps the ids of its parts: the scripts take it from here to the page proper."""

ENTRY = '<div id="react-entry-point">{content}</div>'


class FirstPaint(Dash):
    """Dash, with the answer already in the first HTML."""

    gateway: Gateway

    def interpolate_index(self, **parts: Any) -> str:
        """The page's HTML, its entry point filled with the answer to the link asked for."""
        link = request.query_string.decode("utf-8", "replace") if has_request_context() else ""
        view = view_of(request.path.strip("/")) if has_request_context() else OVERVIEW
        answer = self.gateway.answer(self.gateway.name(link))
        panel = panel_html(self.gateway.catalogue, self.gateway.state(link))
        content = to_html(preview(answer, view)).replace(NO_LEVERS, f'<div class="levers">{panel}</div>', 1)
        parts["app_entry"] = ENTRY.format(content=content)
        parts["scripts"] = f"{words_first()}{by_content(parts['scripts'])}"
        parts["css"] = by_content(parts["css"])
        return super().interpolate_index(**parts).replace(LANGUAGE, tag(), 1)


def by_content(tags: str) -> str:
    """Addresses of our own files, named by their content; Dash names them by when they were last written."""
    return ASSET.sub(lambda found: asset(found[1]), tags)


def preview(answer: Answer | None, view: str = OVERVIEW) -> html.Div:
    """What can be read before any script has run; of views besides the first one, what all share."""
    bar = html.Div(html.P("Upstream", className="brand"), className="bar")
    texts = [
        html.Div(
            [
                html.H2(headline(answer) if answer else "Upstream", className="headline"),
                html.P(sample(answer) if answer else "", className="sample"),
                html.P(status(answer) if answer else "", className="status"),
            ],
            className="headline-row",
        ),
        html.Div(cards(answer) if answer else waiting_cards(), className="cards"),
        *(_charts(answer) if view == OVERVIEW else ()),
    ]
    body = html.Div(
        [
            html.Div(className="levers"),
            html.Div([navigation(view), html.Div(texts, className="results")], className="side"),
        ],
        className="body",
    )
    return html.Div([bar, body], className="page")


def _charts(answer: Answer | None) -> list[Component]:
    return [
        html.P(story(answer) if answer else "", className="story"),
        html.Div([html.P(_(KEY), className="key"), doubts_button()], className="key-row"),
        html.Div([html.Div(className="chart-card is-empty") for _ in range(4)], className="charts"),
    ]
