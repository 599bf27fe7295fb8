"""Plain components as HTML text.

Every component that Dash itself keeps costs time whenever anything on the page changes. What nobody operates is
therefore sent as text and put in its place by the scripts.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Element, tostring

from dash.development.base_component import Component

NAMES = {"className": "class", "tabIndex": "tabindex", "htmlFor": "for", "children": "", "id": ""}
"""How properties are called in HTML; nothing here keeps its id, since the page proper has the same ones."""

EMPTY = ("br", "hr", "img", "input")
"""What holds nothing, and has no end."""


class Ready(str):
    """HTML that `to_html` made before; it is put in as it is."""

    __slots__ = ()


def to_html(part: object, *, whole_page: bool = False) -> str:
    """A tree of plain HTML components, and of drawings, as text; everything escaped.

    whole_page   whether there is no page proper to follow, so that ids are kept
    """
    if part is None:
        return ""
    if isinstance(part, (list, tuple)):
        return "".join(to_html(each, whole_page=whole_page) for each in part)
    if isinstance(part, Ready):
        return str(part)
    if isinstance(part, Element):
        return tostring(part, encoding="unicode")
    if not isinstance(part, Component):
        return escape(str(part))
    tag = type(part).__name__.lower()
    begin = f"<{tag}{''.join(_attributes(part, whole_page))}>"
    if tag in EMPTY:
        return begin
    return f"{begin}{to_html(getattr(part, 'children', None), whole_page=whole_page)}</{tag}>"


def _attributes(part: Component, whole_page: bool) -> Iterable[str]:
    properties = part.to_plotly_json()["props"]
    for name, value in properties.items():
        written = "id" if whole_page and name == "id" else NAMES.get(name, name)
        if written and value is True:
            yield f" {written}"
        elif written and isinstance(value, (str, int)) and not isinstance(value, bool):
            yield f' {written}="{escape(str(value))}"'
