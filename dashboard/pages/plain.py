"""Pages without Dash: bar, strip of views and content as plain HTML, with scripts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import to_html
from dashboard.components.languages import languages, words_for_scripts
from dashboard.components.navigation import navigation
from dashboard.wording.language import _, tag

ASSETS = Path(__file__).parents[1] / "assets"
STYLES = ("ground.css", "page.css", "views.css", "help.css")
SAY = "say.js"
"""Runs before every other script, which speak through it."""

FRAME = """<!DOCTYPE html>
<html lang="{language}">
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
        words_first(),
        f'<script src="{asset("bar.js")}"></script>',
        f'<script src="{asset("help.js")}" defer></script>',
        *(f'<script src="{asset(name)}" defer></script>' for name in scripts),
    ]
    shown = to_html(body, whole_page=True)
    return FRAME.format(language=tag(), title=escape(title), head="".join(head), page=shown)


def plain_body(view: str, link: str, parts: Sequence[Component], skip: tuple[str, str]) -> html.Div:
    """Bar, strip of views, and what the page is about.

    view   its name in the strip
    link   the question to come back to
    skip   words and id of what a keyboard may go to at once
    """
    words, where = skip
    theme = html.Button(_("Dark"), id="theme-button", type="button", className="bar-button")
    helps = html.Button(_("Help"), id="help", type="button", className="bar-button")
    brand = html.H1("Upstream", className="brand")
    bar = html.Header([brand, html.Div(className="bar-space"), *languages(), helps, theme], className="bar")
    return html.Div(
        [
            html.A(words, href=f"#{where}", className="skip"),
            html.Div([bar, navigation(view, link)], className="head"),
            html.Main(list(parts), className="view"),
        ],
        className="page is-plain",
    )


def words_first() -> str:
    """What must stand before any other script: the words scripts need, and how they say them."""
    return f'{words_for_scripts()}<script src="{asset(SAY)}"></script>'


def asset(name: str) -> str:
    """The address of a file, which changes with what is in the file, so that browsers may keep it."""
    path = ASSETS / name
    return f"/assets/{name}?m={_fingerprint(path, path.stat().st_mtime_ns)}"


@lru_cache(maxsize=256)
def _fingerprint(path: Path, _changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]
