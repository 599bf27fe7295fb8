"""Tables of changes: the plan beside doing nothing, and what can be told from chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isnan

from dash import html

from dashboard.facts.accounts import Amount
from dashboard.wording.language import _
from dashboard.wording.numbers import NO_DIFFERENCE, NOT_DETECTABLE

Words = Callable[[float], str]


def change_cell(amount: Amount, signed: Words) -> html.Td:
    """A change with its 95 % interval; or that there is none, or none to be told from chance."""
    if amount.change == 0 and amount.low == amount.high == 0:
        return html.Td(_(NO_DIFFERENCE))
    if isnan(amount.low):
        return html.Td([signed(amount.change), _small(_("range not known"))])
    span = _("{low} to {high}", low=signed(amount.low), high=signed(amount.high))
    if not amount.is_sure:
        return html.Td([_(NOT_DETECTABLE), _small(span)])
    return html.Td([html.Strong(signed(amount.change)), _small(span)])


def _small(words: str) -> html.Span:
    return html.Span(f" ({words})", className="cell-range")


def table(caption: str, headings: Sequence[str], rows: Sequence[html.Tr], kind: str = "") -> html.Div:
    """A table with its caption and headings, which scrolls sideways by itself where it must."""
    head = html.Thead(html.Tr([html.Th(heading, scope="col") for heading in headings]))
    return html.Div(
        html.Table([html.Caption(caption), head, html.Tbody(list(rows))], className=f"account {kind}".strip()),
        className="wide",
    )
