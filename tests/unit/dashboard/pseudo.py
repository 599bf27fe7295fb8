"""A language in which every text stands in brackets: whatever is read without them was never put up for translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from shutil import copy

from dashboard.facts.catalogue import Catalogue
from dashboard.wording import language
from dashboard.wording.choices import label_of_choice
from docs.words.catalogues import fresh, write
from docs.words.sources import Message, texts
from tests.unit.dashboard.fake_model import fake_catalogue
from tests.unit.dashboard.fake_studies import fake_past

CODE = "eo"
OPEN, SHUT = "\u27e6", "\u27e7"
READ = ("aria-label", "title", "placeholder", "alt", "label", "data-says")
SILENT = ("script", "style", "code", "pre", "head")
EMPTY = ("meta", "link", "input", "br", "img", "hr", "col", "source", "wbr")
WORD = re.compile(r"[^\W\d_]{2,}")


def speak_pseudo(monkeypatch, folder) -> None:
    """Make the language, and make it known as long as the test lasts."""
    made = fresh(CODE)
    for file, message in (*texts(), *(("tests", each) for each in _of_fakes(fake_catalogue()))):
        made.add(message, _bracketed(message), locations=[(file, 1)])
    write(made, folder / f"{CODE}.po")
    for file in language.CATALOGUES.glob("*.po"):
        copy(file, folder)
    monkeypatch.setattr(language, "CATALOGUES", folder)
    monkeypatch.setitem(language.LANGUAGES, CODE, f"{OPEN}Pseudo{SHUT}")
    forget()


def forget() -> None:
    """Read language files anew."""
    for kept in (language.catalogue, language._translations, language.for_scripts):
        kept.cache_clear()


def _bracketed(message: Message) -> Message:
    return f"{OPEN}{message}{SHUT}" if isinstance(message, str) else tuple(map(_bracketed, message))


def _of_fakes(catalogue: Catalogue) -> Iterator[str]:
    for lever in catalogue.levers.values():
        yield from filter(None, (lever.label, lever.unit, lever.help, lever.folder))
        for word, says in lever.choices:
            yield from (label_of_choice(word), says)
    for plan in (*catalogue.plans.values(), *catalogue.refused.values()):
        yield from filter(None, (plan.title, plan.why))
    yield from (each.label for each in catalogue.replications.values())
    yield from (each.label for each in fake_past().series)


def unwrapped(said: Iterable[str], known: Iterable[str] = ()) -> list[str]:
    """Texts with words that stand outside every bracket; `known` are names that stay as they are."""
    return [text for text in said if WORD.search(_outside(text, known))]


def _outside(text: str, known: Iterable[str]) -> str:
    depth, kept = 0, []
    for sign in text:
        depth += sign == OPEN
        if depth == 0:
            kept.append(sign)
        depth = max(0, depth - (sign == SHUT))
    left = "".join(kept)
    for name in sorted(known, key=len, reverse=True):
        left = left.replace(name, "")
    return left


def read_aloud(page: str) -> list[str]:
    """Everything of a page that a reader sees or hears, but for what is marked as quoted in English."""
    reader = _Reader()
    reader.feed(page)
    return [text for text in reader.found if text.strip()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        quiet = self._quiet() or tag in SILENT or str(given.get("lang", "")).startswith("en")
        if not quiet:
            self.found += [given[name] or "" for name in READ if name in given]
        if tag not in EMPTY:
            self._open.append((tag, quiet))

    def handle_endtag(self, tag):
        while self._open and tag not in EMPTY and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self._quiet():
            self.found.append(data)

    def _quiet(self) -> bool:
        return bool(self._open) and self._open[-1][1]
