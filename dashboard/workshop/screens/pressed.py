"""Buttons that the script of the workshops' screens presses for a facilitator."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from dash import html


def act_button(
    words: str, act: str, kind: str = "button", sure: str = "", label: str = "", **keys: object
) -> html.Button:
    """Does one thing.

    sure   what the button says before it is pressed a second time; empty for what needs no second thought
    label  what those hear who do not see beside what it stands; it begins with the words
    keys   of the act
    """
    asked = _said(sure, label)
    return html.Button(words, type="button", className=kind, **{"data-act": _json({"act": act, **keys})}, **asked)


def post_button(
    words: str,
    path: str,
    body: Mapping[str, object],
    kind: str = "button",
    sure: str = "",
    label: str = "",
    **more: str,
) -> html.Button:
    """Sends something to an address of the session.

    more   attributes besides, with underscores for hyphens
    """
    asked = _said(sure, label)
    rest = {name.replace("_", "-"): value for name, value in more.items()}
    sent = {"data-post": path, "data-body": _json(body)}
    return html.Button(words, type="button", className=kind, **sent, **asked, **rest)


def _json(plain: Mapping[str, object]) -> str:
    return orjson.dumps(plain).decode()


def _said(sure: str, label: str) -> dict[str, str]:
    return {name: words for name, words in (("data-sure", sure), ("aria-label", label)) if words}
