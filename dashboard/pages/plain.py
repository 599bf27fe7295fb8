"""Pages without Dash: bar, strip of views and content as plain HTML, with scripts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import to_html
from dashboard.components.navigation import navigation

ASSETS = Path(__file__).parents[1] / "assets"
STYLES = ("page.css", "views.css")
FRAME = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{title} \u00b7 Upstream</title>
    <link rel="icon" href="/_favicon.ico">
    {head}
  </head>
  <body>{page}</body>
</html>
"""


def plain_page(title: str, body: Component, styles: Sequence[str] = (), scripts: Sequence[str] = ()) -> str:
    """A page as HTML.

    styles, scripts   files of `assets/` besides those of every page; scripts run when the page is read
    """
    head = [
        *(f'<link rel="stylesheet" href="{asset(name)}">' for name in (*STYLES, *styles)),
        f'<script src="{asset("bar.js")}"></script>',
        *(f'<script src="{asset(name)}" defer></script>' for name in scripts),
    ]
    return FRAME.format(title=escape(title), head="".join(head), page=to_html(body, whole_page=True))


def plain_body(view: str, link: str, parts: Sequence[Component], skip: tuple[str, str]) -> html.Div:
    """Bar, strip of views, and what the page is about.

    view   its name in the strip
    link   the question to come back to
    skip   words and id of what a keyboard may go to at once
    """
    words, where = skip
    theme = html.Button("Dark", id="theme-button", type="button", className="bar-button")
    bar = html.Header([html.H1("Upstream", className="brand"), html.Div(className="bar-space"), theme], className="bar")
    return html.Div(
        [
            html.A(words, href=f"#{where}", className="skip"),
            html.Div([bar, navigation(view, link)], className="head"),
            html.Main(list(parts), className="view"),
        ],
        className="page is-plain",
    )


def asset(name: str) -> str:
    """The address of a file, which changes with the file, so that browsers may keep it."""
    return f"/assets/{name}?m={(ASSETS / name).stat().st_mtime}"
