"""The page around a workshop's screens: light enough for a phone, with no Dash and no charts that need a script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboard.components.html_text import to_html
from dashboard.components.languages import languages
from dashboard.pages.plain import FRAME, asset, words_first
from dashboard.wording.language import _, tag
from dashboard.workshop.scene import Scene

STYLES = ("ground.css", "workshop.css")
SCRIPTS = ("workshop_parts.js", "workshop_fields.js", "workshop_acts.js", "workshop_drafts.js", "workshop.js")
LEADING = ("seat", "board", "console", "join")
"""Screens that look for what is new."""


def room_page(
    scene: Scene, screen: str, form: str, parts: Sequence[Component], styles: Sequence[str] = (), seen: int = 0
) -> str:
    """A screen of a session as HTML.

    screen   one of LEADING
    form     the form token
    styles   files of `assets/` besides those of every workshop page
    seen     the version of the session that is shown
    """
    data = {
        "data-code": scene.around.code,
        "data-screen": screen,
        "data-form": form,
        "data-seen": str(seen),
        "data-phase": scene.view.phase,
        "data-round": str(scene.view.round),
    }
    return workshop_page(scene.template.title, list(parts), data, styles, kind=f"is-{screen}")


def workshop_page(
    title: str, parts: Sequence[object], data: dict[str, str], styles: Sequence[str] = (), kind: str = ""
) -> str:
    """A page of workshops as HTML.

    data   attributes of its main part, which the script reads
    kind   a class of the page
    """
    head = [
        *(f'<link rel="stylesheet" href="{asset(name)}">' for name in (*STYLES, *styles)),
        words_first(),
        f'<script src="{asset("bar.js")}"></script>',
        *(f'<script src="{asset(name)}" defer></script>' for name in SCRIPTS),
    ]
    shown = to_html(_body(parts, data, kind), whole_page=True)
    return FRAME.format(language=tag(), title=escape(title), head="".join(head), page=shown)


def part(name: str, children: Sequence[object], kind: str = "", **properties: str) -> html.Div:
    """A part of a screen that the script keeps up to date."""
    return html.Div(list(children), id=name, className=f"room-part {kind}".strip(), **{"data-part": ""}, **properties)


def _body(parts: Sequence[object], data: dict[str, str], kind: str) -> html.Div:
    theme = html.Button(_("Dark"), id="theme-button", type="button", className="bar-button")
    brand = html.Span("Upstream", className="brand") if "data-code" in data else _home()
    bar = html.Header([brand, html.Div(className="bar-space"), *languages(), theme], className="bar room-bar")
    lost = html.P("", id="room-lost", className="room-lost", role="status", hidden=True)
    notice = html.P("", id="room-notice", className="room-notice", role="alert")
    status = html.P("", id="room-status", className="only-heard", role="status")
    main = html.Main([*parts, lost, notice, status], id="room", className="room", tabIndex=-1, **data)
    skip = html.A(_("Skip to the workshop"), href="#room", className="skip")
    return html.Div([skip, bar, main], className=f"room-page {kind}".strip())


def _home() -> html.A:
    """The way to the rest of the product, which would only lead people out of a session."""
    return html.A("Upstream", href="/", className="brand")
