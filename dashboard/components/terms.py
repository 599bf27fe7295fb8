"""Words with a card that explains them: it opens on hovering, on focus and on pressing, and Escape closes it."""

from __future__ import annotations

from dash import html

from dashboard.wording.language import ENGLISH, TAGS, spoken


def term(words: str, name: str) -> html.Span:
    """A word that the glossary explains.

    name   of the entry, as `dashboard.wording.glossary.name_of` makes it
    """
    return _opens(words, "data-term", name)


def explained(words: str, says: str) -> html.Span:
    """Words with an explanation of their own, ready in the language spoken."""
    return _opens(words, "data-says", says) if says else html.Span(words)


def quoted(said: str, english: str) -> dict[str, str]:
    """What marks words as English on a page of another language, where nobody has translated them."""
    return {"lang": TAGS[ENGLISH]} if said == english and spoken() != ENGLISH else {}


def _opens(words: str, how: str, what: str) -> html.Span:
    return html.Span(words, className="term", tabIndex=0, role="button", **{how: what})
