"""A kept scenario: what it is called, and the question it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category, normalize

from dashboard.facts.levers import Setting
from dashboard.shelf.trouble import RefusedError
from dashboard.wording.language import mark

LONGEST_NAME = 120
LONGEST_NOTE = 2_000
LONGEST_FOLDED = 1_000
"""Bytes of a name as names are compared: a few letters stand for whole words, and an index has room for so much."""

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of writing, with which a name could be made to look like another."""


UNREADABLE = {
    "name": mark("The name holds a sign that cannot be shown. Leave out control characters."),
    "note": mark("The note holds a sign that cannot be shown. Leave out control characters."),
    "search": mark("The search holds a sign that cannot be shown. Leave out control characters."),
}
TOO_LONG = {
    "name": mark("The name has {count} characters; it may have {most} at most."),
    "note": mark("The note has {count} characters; it may have {most} at most."),
    "search": mark("The search has {count} characters; it may have {most} at most."),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants kept.

    place     slug of the footprint
    link      the whole question, nothing left to defaults (see `state.full`)
    changes   levers that differ from the plan, by path, in stored units
    model     fingerprint of the code that ran it
    data      fingerprint of the numbers it ran with
    """

    name: str
    note: str
    place: str
    link: str
    changes: Mapping[str, Setting]
    model: str
    data: str


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A draft on the shelf.

    number     by which it is known for good; never given again
    revision   counts its changes, from 1: who changes it says which one was seen
    created, changed   in UTC
    """

    number: int
    revision: int
    draft: Draft
    created: datetime
    changed: datetime


def clean_name(name: object) -> str:
    """A name in its one form: composed letters, single blanks; raises RefusedError."""
    if not isinstance(name, str):
        raise RefusedError(mark("A scenario needs a name, as text."))
    plain = _readable(" ".join(name.split()), "name")
    if not plain:
        raise RefusedError(mark("A scenario needs a name."))
    if len(folded(plain).encode()) > LONGEST_FOLDED:
        raise RefusedError(mark("The name is too long."))
    return _not_longer(plain, LONGEST_NAME, "name")


def clean_note(note: object) -> str:
    """A note of any lines, or nothing; raises RefusedError."""
    if note is None:
        return ""
    if not isinstance(note, str):
        raise RefusedError(mark("A note must be text."))
    lines = note.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = "\n".join(_readable(line.replace("\t", " ").rstrip(), "note") for line in lines).strip()
    return _not_longer(plain, LONGEST_NOTE, "note")


def clean_words(words: str) -> str:
    """What is searched for, or nothing; raises RefusedError."""
    return _not_longer(_readable(" ".join(words.split()), "search"), LONGEST_NAME, "search")


def folded(text: str) -> str:
    """How two names are compared: letters that look or mean the same are the same."""
    return normalize("NFKC", normalize("NFKC", text).casefold())


def _readable(text: str, what: str) -> str:
    plain = normalize("NFC", text)
    if any(category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in TURNING for sign in plain):
        raise RefusedError(UNREADABLE[what])
    return plain


def _not_longer(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise RefusedError(TOO_LONG[what], count=f"{len(text):,}", most=f"{most:,}")
    return text
