"""Numbers and words of the lessons."""

from __future__ import annotations

from math import isfinite

from dashboard.facts.learning import Marked
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import MINUS

RIGHT = mark("Right.")
NOT_RIGHT = mark("Not quite.")
NO_NUMBER = mark("Type a number, such as 12 or 3.5.")
NO_CHOICE = mark("Choose one of the answers first.")


def in_words(value: float, unit: str, digits: int) -> str:
    """A number with its unit, such as 42 beds, 3.5%, £600 or −£12."""
    if not isfinite(value):
        return _("not known")
    sign = MINUS if round(value, digits) < 0 else ""
    number = f"{abs(value):,.{digits}f}"
    return f"{sign}£{number}" if unit == "£" else f"{sign}{number}{_(unit)}"


def verdict(marked: Marked, *, by_choice: bool) -> str:
    """The first words about an answer."""
    if marked.is_right is None:
        return _(NO_CHOICE if by_choice else NO_NUMBER)
    return _(RIGHT if marked.is_right else NOT_RIGHT)


def explained(marked: Marked) -> str:
    """Why, with the numbers filled in; nothing for what was no answer."""
    answer, found = (in_words(each, marked.unit, marked.digits) for each in (marked.answer, marked.found))
    return _(marked.says, answer=answer, found=found) if marked.says else ""


def number_typed(text: str) -> float | None:
    """A number as people type it, with £, % or commas; None when it is none."""
    plain = text.strip().replace(",", "").replace("\u00a3", "").replace("%", "").replace(MINUS, "-")
    first = plain.split()[0] if plain.split() else ""
    try:
        found = float(first) if len(first) <= LONGEST else float("nan")
    except ValueError:
        return None
    return found if isfinite(found) else None


LONGEST = 24
"""Signs of a typed number."""
