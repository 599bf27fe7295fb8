"""How much may be kept of sessions, each bound with the sentence for who comes to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dashboard.shelf.trouble import RefusedError
from dashboard.wording.language import mark

MOST_SESSIONS = 1_000
LONGEST_TEXT = 50_000
"""Characters of a workshop's file."""

LONGEST_NAME = 200
"""Characters of a code, of the names of workshops, seats and results, and of hashes."""

MOST_LINES = 50_000
SPARE_LINES = 1_000
"""Lines more for the facilitator, so that a log that somebody filled can still be brought to its end."""

LONGEST_LINE = 10_000
"""Bytes of an act as JSON."""

MOST_TOKENS = 2_000
MOST_RESULTS = 5_000
"""Of rounds, and of every team's change in each, divided."""

LARGEST_RESULTS = 4 * 2**20
"""Bytes."""

FULL = {
    "sessions": mark("There are {most} sessions already. Delete some that are over."),
    "lines": mark("This session has {most} acts already, and nothing more can be done in it. Make a new session."),
    "tokens": mark("This session has given {most} tokens to seats already. Make a new session."),
    "results": mark("This session has the results of {most} runs already. Make a new session."),
    "bytes": mark("These results are too large to be kept: they have more than {most} bytes."),
}
UNFIT = mark("This text holds a sign that cannot be kept. Leave out control characters.")


def check_room(count: int, most: int, what: str) -> None:
    """Whether there is room for one more of `what`; raises RefusedError."""
    if count >= most:
        raise RefusedError(FULL[what], most=f"{most:,}")


def most_lines(plain: Mapping[str, Any]) -> int:
    """How many lines a log may have before this act."""
    return MOST_LINES + (SPARE_LINES if plain.get("by") == "facilitator" else 0)


def check_new(text: str, *names: str) -> None:
    """Whether the text of a workshop, and names, can be kept; raises RefusedError."""
    for name in names:
        check_name(name)
    if len(text) > LONGEST_TEXT:
        words = mark("The workshop's file has {count} characters; it may have {most} at most.")
        raise RefusedError(words, count=f"{len(text):,}", most=f"{LONGEST_TEXT:,}")
    if not _readable(text):
        raise RefusedError(UNFIT)


def check_name(name: str) -> None:
    """Whether a name, a code or a hash can be kept; raises RefusedError."""
    if len(name) > LONGEST_NAME:
        words = mark("A name of {count} characters is too long; it may have {most} at most.")
        raise RefusedError(words, count=f"{len(name):,}", most=f"{LONGEST_NAME:,}")
    if not name or not _readable(name):
        raise RefusedError(UNFIT)


def can_be_kept(name: str) -> bool:
    """Whether there can be such a name in a database at all."""
    return 0 < len(name) <= LONGEST_NAME and _readable(name)


def as_text(plain: Mapping[str, Any]) -> str:
    """An act as JSON that every database holds: no sign beyond ASCII, no NaN; raises RefusedError."""
    try:
        text = json.dumps(dict(plain), allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        raise RefusedError(mark("This act holds a value that cannot be kept.")) from error
    if len(text) > LONGEST_LINE:
        raise RefusedError(mark("This act is too long to be kept. Write less."))
    return text


def _readable(text: str) -> bool:
    """Neither database holds half a sign, and Postgres no zero."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)
