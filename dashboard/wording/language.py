"""Which language a page speaks, and every text in it.

English is written where it is used and is its own key; other languages are catalogues in `languages/`. Who is spoken
to is known for as long as a request lasts, so texts are made when they are shown and never kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parents[1] / "languages"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "cy": "Cymraeg"}
"""Every language by its code, each called as its speakers call it."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def _(message: str, **parts: object) -> str:
    """A text in the language spoken, its `{parts}` filled in; what has no translation stays English."""
    said = _catalogue(_SPOKEN.get()).gettext(message)
    return said.format(**parts) if parts else said


def several(one: str, many: str, number: float, **parts: object) -> str:
    """A text about one or several things, with the plural that the language has for `number`."""
    said = _catalogue(_SPOKEN.get()).ngettext(one, many, round(number))
    return said.format(**parts)


def mark(message: str) -> str:
    """Name a constant as a text: it stays as it is here, and goes through `_` where it is shown."""
    return message


def spoken() -> str:
    """The code of the language spoken."""
    return _SPOKEN.get()


def language_of(name: object) -> str:
    """A language by its code; anything unknown is English."""
    return name if isinstance(name, str) and name in LANGUAGES else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for as long as the block lasts."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@cache
def _catalogue(language: str) -> NullTranslations:
    file = CATALOGUES / f"{language}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
