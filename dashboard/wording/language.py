"""Which language a page speaks, and every text in it.

English is written where it is used and is its own key; other languages are catalogues in `languages/`. Who is spoken
to is known for as long as a request lasts, so texts are made when they are shown and never kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, get_day_names, get_month_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

CATALOGUES = Path(__file__).parents[1] / "languages"
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "cy": "Cymraeg"}
"""Every language by its code, each called as its speakers call it."""

TAGS = {ENGLISH: "en-GB"}
"""What a language is called in HTML, where that is not its code."""

IN_LINKS = "language"
"""The name under which an address says its language; one that says none is English."""

PLURALS = ("zero", "one", "two", "few", "many", "other")
"""How the forms of a plural are called, in the order in which catalogues keep those that a language has."""

_SPOKEN: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def _(message: str, **parts: object) -> str:
    """A text in the language spoken, its `{parts}` filled in; what has no translation stays English."""
    said = _translations(_SPOKEN.get()).gettext(message) if message else ""
    return said.format(**parts) if parts else said


def several(one: str, many: str, number: float, **parts: object) -> str:
    """A text about one or several things, with the plural that the language has for `number`."""
    said = _translations(_SPOKEN.get()).ngettext(one, many, round(number))
    return said.format(**parts)


def mark(message: str) -> str:
    """Name a constant as a text: it stays as it is here, and goes through `_` where it is shown."""
    return message


def spoken() -> str:
    """The code of the language spoken."""
    return _SPOKEN.get()


def tag() -> str:
    """The language spoken as HTML calls it."""
    return TAGS.get(spoken(), spoken())


def along(link: str) -> str:
    """A link with the language spoken in it, so that whoever follows it reads the same words."""
    own = "" if spoken() == ENGLISH else f"{IN_LINKS}={spoken()}"
    return "&".join(part for part in (link, own) if part)


def language_of(name: object) -> str:
    """A language by its code; anything unknown is English."""
    return name if isinstance(name, str) and name in LANGUAGES else ENGLISH


def speak(language: str) -> None:
    """Speak a language from now on, in this request."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language for as long as the block lasts."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def plural_forms(language: str) -> tuple[str, ...]:
    """The forms of a plural that a language has, in the order of the catalogue."""
    rules = Locale.parse(language).plural_form.rules
    return tuple(form for form in PLURALS if form in rules or form == PLURALS[-1])


def short_months() -> list[str]:
    """January to December, as short as an axis wants them."""
    return _months("abbreviated", spoken())


def _months(width: Literal["wide", "abbreviated"], language: str) -> list[str]:
    return list(get_month_names(width, locale=language).values())


def day_in_words(day: date) -> str:
    """A day such as 21 November 2026."""
    return format_date(day, "d MMMM y", locale=spoken())


def for_charts() -> dict[str, Any]:
    """What the chart library must know of the language spoken; nothing for English, which it knows."""
    code = spoken()
    if code == ENGLISH:
        return {}
    weekdays = get_day_names("wide", locale=code), get_day_names("abbreviated", locale=code)
    days, short = ([names[(day + 6) % 7] for day in range(7)] for names in weekdays)
    words = {
        "months": _months("wide", code),
        "shortMonths": _months("abbreviated", code),
        "days": days,
        "shortDays": short,
    }
    return {"locale": code, "locales": {code: {"dictionary": {}, "format": words}}}


@cache
def for_scripts(language: str) -> dict[str, Any]:
    """What the scripts say in a language, by the English, and its forms of a plural in order."""
    found = catalogue(language)
    used = [each for each in found or () if any(str(file).endswith(".js") for file, _line in each.locations)]
    months = {"long": _months("wide", language), "short": _months("abbreviated", language)}
    return {"texts": dict(map(_keyed, used)), "plurals": plural_forms(language), "months": months}


def _keyed(message: Any) -> tuple[str, str | Sequence[str]]:
    """A message under its English, of several forms under the first."""
    return (message.id[0], list(message.string)) if message.pluralizable else (message.id, message.string)


@cache
def catalogue(language: str) -> Catalog | None:
    """The texts of a language as its file has them; None if it has no file."""
    file = CATALOGUES / f"{language}.po"
    return read_po(BytesIO(file.read_bytes()), locale=language) if file.is_file() else None


@cache
def _translations(language: str) -> NullTranslations:
    found = catalogue(language)
    if found is None:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    return GNUTranslations(compiled)
