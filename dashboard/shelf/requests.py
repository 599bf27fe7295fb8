"""What a page may send to the shelf: who may send it, of what size, and what it must hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import orjson
from flask import Request

from dashboard.shelf.trouble import RefusedError, ShelfError
from dashboard.wording.language import mark

LARGEST = 64 * 2**10
"""Bytes of a request at most."""

OURS = ("same-origin", "none")
"""What a browser says of a request that one of our own pages, or the reader's own hand, has made."""


class StrangerError(ShelfError):
    """The request comes from a page of somebody else's."""


def check_sender(request: Request) -> None:
    """Refuse what another site's page sends in the reader's name; raises StrangerError.

    Browsers say where a request comes from, and a page cannot make them say otherwise. Programs say nothing.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = site in OURS if site else origin is None or _host(origin) == request.host
    if not ours:
        raise StrangerError(mark("Scenarios are changed from this page only."))


def body_of(request: Request) -> Mapping[str, Any]:
    """What was sent, as names and values; raises RefusedError."""
    if not request.is_json:
        raise RefusedError(mark("Send JSON, as application/json."))
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise RefusedError(mark("What was sent is not JSON.")) from error
    if not isinstance(body, dict):
        raise RefusedError(mark("Send an object, with names and values."))
    return body


def whole_number(given: object, what: str, most: int, least: int = 0) -> int:
    """A whole number within bounds, from JSON or from an address; raises RefusedError."""
    number = int(given) if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 20 else given
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        words = mark("{what} must be a whole number from {least} to {most}.")
        raise RefusedError(words, what=what, least=least, most=most)
    return number


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
