"""An address that nothing stands at: said so, with the ways that there are."""

from __future__ import annotations

from dash import html
from flask import Flask, request

from dashboard.link.looks import OVERVIEW, VIEWS
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.language import _

CATCH_ALL = "/<path:path>"
"""The rule by which Dash answers every address that nobody else does."""

KNOWN = {f"/{view}" for view in VIEWS if view != OVERVIEW}


def register(server: Flask) -> None:
    """Answer unknown addresses with a page of their own, not with the overview."""

    @server.before_request
    def nobody_home() -> tuple[str, int] | None:
        rule = request.url_rule
        if rule is None or rule.rule != CATCH_ALL or request.path in KNOWN:
            return None
        return page(), 404


def page() -> str:
    """The page as HTML."""
    home = html.A(_("To the overview"), href="/")
    parts = [
        html.H2(_("There is no such page"), className="view-title"),
        html.P(_("Nothing stands at this address. The views above are all there are."), className="view-says"),
        html.P(home, id="home", tabIndex=-1),
    ]
    return plain_page(_("No such page"), plain_body("", "", parts, skip=(_("Skip to the way home"), "home")))
