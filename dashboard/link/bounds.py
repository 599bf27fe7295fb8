"""Numbers and words of a link brought within what is allowed, and what was not taken as written said in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboard.facts.levers import as_number, trimmed
from dashboard.wording.language import _
from dashboard.wording.stress import chosen_in_words

LONGEST_QUOTE = 40
Word = TypeVar("Word", bound=str)


def within(text: str | None, about: tuple[float, float, float, int], what: str, told: list[str]) -> float:
    """A number of a link brought into its range; the usual one where there is none, or nonsense.

    about   least, most, usual, and how many decimals
    told    is given a sentence where the number was not taken as written
    """
    low, high, otherwise, digits = about
    if text is None:
        return otherwise
    number = as_number(text)
    if number is None:
        told.append(chosen_in_words(what, quoted(text), trimmed(otherwise, digits)))
        return otherwise
    used = round(min(max(number, low), high), digits)
    if abs(used - number) > 10.0**-digits / 2 + 1e-9:
        told.append(
            chosen_in_words(what, quoted(text), trimmed(used, digits), (trimmed(low, digits), trimmed(high, digits)))
        )
    return used


def one_of(given: dict[str, str], name: str, words: Sequence[Word], otherwise: Word, told: list[str]) -> Word:
    """A word of a link that must be one of a few; the usual one where it is none of them."""
    asked = given.get(name)
    found = next((each for each in words if each == asked), None)
    if asked is not None and found is None:
        told.append(
            _("The link had {asked} for \u201c{name}\u201d, which we do not know.", asked=quoted(asked), name=name)
        )
    return found or otherwise


def quoted(text: str) -> str:
    """Text of a link in quotation marks, cut where it is long, without what cannot be printed."""
    plain = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return f"\u201c{plain[:LONGEST_QUOTE]}{chr(0x2026) if len(plain) > LONGEST_QUOTE else ''}\u201d"
