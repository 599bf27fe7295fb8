"""Books that a seat may see: income, spending and balance of the last round, by organisation."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html

from dashboard.wording.language import _
from dashboard.wording.numbers import pounds, signed_pounds
from dashboard.wording.workshop import BOOKS, ORGANISATIONS, round_in_words, years_in_words
from dashboard.workshop.scene import Scene
from dashboard.workshop.screens.results_shown import own_results

Lines = Mapping[str, float]


def books_shown(scene: Scene) -> html.Section | None:
    """The own team's books of the newest round that may be seen; None before there are any, or where none are kept."""
    own = own_results(scene)
    books = {name: lines for name, lines in own.books.items() if any(lines.values())} if own else {}
    if not books:
        return None
    found = scene.rounds[-1]
    said = _(
        "{round}, {years} together, in prices of 2015/16.",
        round=round_in_words(found.number, len(scene.template.rounds)), years=years_in_words(found.own_years),
    )  # fmt: skip
    title = _("Your books") if len(books) == 1 else _("The books of your team")
    rows = [_organisation(name, lines, alone=len(books) == 1) for name, lines in books.items()]
    whole = [] if len(books) == 1 else [_whole(books)]
    return html.Section(
        [html.H2(title), html.P(said, className="room-soft"), *rows, *whole], className="room-books",
        **{"data-key": "books"},
    )  # fmt: skip


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
