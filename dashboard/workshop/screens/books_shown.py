"""Books that a seat may see: income, spending and balance of the last round, by organisation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dash import html

from dashboard.components.html_text import Ready, to_html
from dashboard.wording.language import _, spoken
from dashboard.wording.numbers import pounds, signed_pounds
from dashboard.wording.workshop import BOOKS, ORGANISATIONS, round_in_words, years_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.facts import facts_of
from dashboard.workshop.screens.results_shown import own_results

Lines = Mapping[str, float]
MOST_BOOKS = 512
"""Organisations of teams whose books are kept at hand as they are shown."""


def books_shown(scene: Scene) -> html.Section | None:
    """The own team's books of the newest round that may be seen; None before there are any, or where none are kept."""
    own = own_results(scene)
    books = {name: lines for name, lines in own.books.items() if any(lines.values())} if own else {}
    if not books:
        return None if scene.rounds else _to_start(scene)
    found = scene.rounds[-1]
    said = _(
        "{round}, {years} together, in prices of 2015/16.",
        round=round_in_words(found.number, len(scene.template.rounds)), years=years_in_words(found.own_years),
    )  # fmt: skip
    alone = len(books) == 1
    title = _("Your books") if alone else _("The books of your team")
    rows = [_once(name, tuple(lines.items()), alone, spoken()) for name, lines in books.items()]
    whole = [] if alone else [_whole(books)]
    return html.Section(
        [html.H2(title), html.P(said, className="room-soft"), *rows, *whole], className="room-books",
        **{"data-key": "books"},
    )  # fmt: skip


def _to_start(scene: Scene) -> html.Section | None:
    """What the organisations whose books may be seen have to spend, before anything was played."""
    seen = scene.view.books.get(scene.seat.team, ()) if scene.seat else ()
    budgets = {name: each for name, each in facts_of(scene.template).budgets.items() if name in seen}
    if not budgets or scene.view.phase != "decide":
        return None
    said = _("A year as the first round begins, in prices of 2015/16. What comes of your plan is seen after the round.")
    rows = [
        html.Div([html.Dt(_(ORGANISATIONS.get(name, name))), html.Dd(_("about {money}", money=pounds(each)))])
        for name, each in budgets.items()
    ]
    title = _("Your budget") if len(budgets) == 1 else _("The budgets of your team")
    inside = [html.H2(title), html.P(said, className="room-soft"), html.Dl(rows, className="book")]
    return html.Section(inside, className="room-books", **{"data-key": "books"})


@lru_cache(maxsize=MOST_BOOKS)
def _once(name: str, lines: tuple[tuple[str, float], ...], alone: bool, _language: str) -> Ready:
    """One organisation as HTML: from one reveal to the next its books stay."""
    return Ready(to_html(_organisation(name, dict(lines), alone=alone), whole_page=True))


def _organisation(name: str, lines: Lines, *, alone: bool) -> html.Details:
    """One organisation: what is left at first sight, everything when opened."""
    opened = {"open": True} if alone else {}
    balance = html.Span(_left(lines["balance"]), className=_mood(lines["balance"]))
    rows = [_line(line, lines) for line in BOOKS if line in lines and (line != "stranded" or lines[line])]
    title = html.Summary([html.Span(_(ORGANISATIONS.get(name, name)), className="book-name"), balance])
    return html.Details([title, html.Dl(rows)], className="book", **opened, **{"data-key": name})


def _line(line: str, lines: Lines) -> html.Div:
    name, says = BOOKS[line]
    return html.Div([html.Dt([_(name), html.Span(_(says), className="book-what")]), html.Dd(_money(line, lines))])


def _whole(books: Mapping[str, Lines]) -> html.P:
    total = sum(lines["balance"] for lines in books.values())
    parts = [html.Strong(_("All together")), html.Span(_left(total), className=_mood(total))]
    return html.P(parts, className="book-whole")


def _left(balance: float) -> str:
    words = pounds(abs(balance))
    if words == pounds(0.0):
        return _("balanced")
    return _("{money} left", money=words) if balance > 0 else _("{money} short", money=words)


def _mood(balance: float) -> str:
    return "book-short" if balance < 0 and pounds(balance) != pounds(0.0) else "book-left"


def _money(line: str, lines: Lines) -> str:
    return signed_pounds(lines[line]) if line in ("transfer", "balance") else pounds(lines[line])
