"""The glossary as a page, and its words for the cards that open in the interface."""

from __future__ import annotations

import orjson
from dash import html
from flask import Flask, Response, request

from dashboard.answering.enquiries import Gateway
from dashboard.components.terms import quoted
from dashboard.pages.plain import plain_body, plain_page
from dashboard.wording.glossary import Word, glossary
from dashboard.wording.language import _

ADDRESS = "/glossary"
WORDS = f"{ADDRESS}/words"
STYLES = ("evidence.css",)
SCRIPTS = ("glossary.js",)
"""Of this page alone."""


def register(server: Flask, gateway: Gateway) -> None:
    """Let the server show the page, and hand out its words."""

    @server.get(ADDRESS)
    def show_glossary() -> str:
        return page(gateway.name(request.query_string.decode("utf-8", "replace")))

    @server.get(WORDS)
    def words() -> Response:
        found = {name: _card(each) for name, each in glossary().items()}
        return Response(orjson.dumps(found), mimetype="application/json")


def _card(word: Word) -> list[str]:
    """Word, meaning and, where these are English on a page of another language, that they are."""
    return [word.term, word.says, *quoted(word.says, word.meaning).values()]


def _entry(name: str, word: Word) -> html.Div:
    term = html.Dt(word.term, **quoted(word.term, word.title))
    return html.Div([term, html.Dd(word.says, **quoted(word.says, word.meaning))], id=name, className="word")


def page(link: str) -> str:
    """The page as HTML: every word with its meaning, in order."""
    ordered = sorted(glossary().items(), key=lambda item: item[1].term.casefold())
    entries = [_entry(name, each) for name, each in ordered]
    parts = [
        html.H2(_("Glossary"), className="view-title"),
        html.P(_("The words of the field, and those of this project, as they are used here."), className="view-says"),
        html.Label([_("Search"), html.Div("", id="search-here")], className="filter is-wide"),
        html.P("", id="shown", className="job-words", role="status"),
        html.Dl(entries, id="words-list", className="words", tabIndex=-1),
    ]
    body = plain_body("glossary", link, parts, skip=(_("Skip to the words"), "words-list"))
    return plain_page(_("Glossary"), body, styles=STYLES, scripts=SCRIPTS)
