"""A link that is passed on to another device: to scan, to copy, or to type."""

from __future__ import annotations

import segno
from dash import html

from dashboard.components.html_text import Ready
from dashboard.wording.language import _


def link_shown(link: str, says: str) -> html.Div:
    """A link with what it is good for."""
    square = segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")
    words = [
        html.P(says, className="console-small"),
        html.Code(link, className="console-link"),
        html.Button(_("Copy the link"), type="button", className="button", **{"data-copy": link}),
    ]
    return html.Div([html.Div(Ready(square), className="given-square"), html.Div(words)], className="given")
