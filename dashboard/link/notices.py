"""What a link asked for that could not be done as asked: one plain sentence each, a few at most.

Sentences hold text of the link as it came. They are text, never HTML: whoever shows them must escape them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever, as_number
from dashboard.link.state import LARGEST_SEED, LONGEST_LINK, RESERVED, pairs

MOST = 3
LONGEST_QUOTE = 40
LOOKED_AT = ("year", "show")
"""Names in an address that say what is looked at, not what is asked."""


def notices(link: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Everything that was put right in a link, the first few in full and the rest counted."""
    given = pairs(link)
    found = [
        *_of_the_whole(link, given),
        *_places(given, catalogue),
        *_plans(given, catalogue),
        *_whole("years", given, (1, catalogue.most_years), catalogue.default_years),
        *_whole("seed", given, (0, LARGEST_SEED), catalogue.default_seed),
        *_replications(given, catalogue),
        *_levers(given, catalogue),
        *_unknown(given, (*RESERVED, *LOOKED_AT, *catalogue.levers)),
    ]
    rest = len(found) - MOST
    more = f"{rest} other part{'s' if rest > 1 else ''} of the link could not be taken as written either."
    return (*found[:MOST], more) if rest > 0 else tuple(found)


def _of_the_whole(link: str, given: Mapping[str, str]) -> Iterator[str]:
    if len(link) > LONGEST_LINK:
        yield f"The link is longer than {LONGEST_LINK:,} characters; what comes after them was not read."
    if not given and link.count("&") >= 1 and "=" in link.strip("?&="):
        yield "The link has more parts than we read; the page is shown as it opens."


def _places(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked, shown = given.get("place"), catalogue.places[catalogue.default_place].name
    if asked is not None and asked not in catalogue.places:
        nearest = _nearest(asked, catalogue.places)
        yield f"The link asked for a place we do not know, {_quoted(asked)}; {shown} is shown.{nearest}"


def _plans(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked, shown = given.get("plan"), catalogue.plans[catalogue.default_plan].title
    if asked is not None and asked in catalogue.refused:
        refused = catalogue.refused[asked]
        why = f"cannot be asked here: {refused.refused}"
        yield f"The plan \u201c{refused.title}\u201d {why}; \u201c{shown}\u201d is shown."
    elif asked is not None and asked not in catalogue.plans:
        nearest = _nearest(asked, catalogue.plans)
        yield f"The link asked for a plan we do not know, {_quoted(asked)}; \u201c{shown}\u201d is shown.{nearest}"


def _replications(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked = given.get("replications")
    if asked is not None and asked not in catalogue.replications:
        usual = catalogue.replications[catalogue.default_replications].label
        offered = ", ".join(catalogue.replications)
        yield f"Replications can be {offered}; the link had {_quoted(asked)}, and {usual}, are run."


def _whole(name: str, given: Mapping[str, str], ends: tuple[int, int], otherwise: int) -> Iterator[str]:
    """Of a whole number between two ends."""
    if (asked := given.get(name)) is None:
        return
    number, (low, high) = as_number(asked), ends
    if number is None:
        yield f"{name.capitalize()} must be a whole number; the link had {_quoted(asked)}, and {otherwise} is used."
    elif not low <= number <= high or number != int(number):
        used = int(min(max(number, low), high))
        rule = f"{name.capitalize()} must be a whole number, {low} to {high}"
        yield f"{rule}; the link had {_quoted(asked.strip())}, and {used} is used."


def _levers(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    plan = given.get("plan", "")
    standing = catalogue.settings_of(plan if plan in catalogue.plans else catalogue.default_plan)
    for path, lever in catalogue.levers.items():
        if path not in given:
            continue
        asked, number = given[path], as_number(given[path])
        if lever.clamp(asked) is None:
            kind = f"one of {', '.join(dict(lever.choices))}" if lever.is_choice else "a number"
            stays = lever.words(standing[path])
            yield f"{lever.label} must be {kind}; the link had {_quoted(asked)}, and it stays at {stays}."
        elif not lever.is_choice and number is not None and not lever.low <= number <= lever.high:
            yield _beyond(lever, asked, number)


def _beyond(lever: Lever, asked: str, number: float) -> str:
    end, word = (lever.high, "most") if number > lever.high else (lever.low, "least")
    meant = f", which is {lever.bare(number)}" if lever.scale != 1 else ""
    had = f"{_quoted(asked.strip())}{meant}"
    return f"{lever.words(end)} is the {word} for \u201c{lever.label}\u201d; the link had {had}."


def _unknown(given: Mapping[str, str], known: Iterable[str]) -> Iterator[str]:
    names = tuple(known)
    for name in given:
        if name not in names:
            yield f"The link sets {_quoted(name)}, which we do not know; it is left out.{_nearest(name, names)}"


def _nearest(asked: str, known: Iterable[str]) -> str:
    """The question whether something that looks like it was meant; nothing if nothing does."""
    near = get_close_matches(asked[:LONGEST_QUOTE].lower(), list(known), 1)
    return f" Did you mean {_quoted(near[0])}?" if near else ""


def _quoted(text: str) -> str:
    """Text of a link in quotation marks, cut where it is long, without what cannot be printed."""
    plain = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return f"\u201c{plain[:LONGEST_QUOTE]}{chr(0x2026) if len(plain) > LONGEST_QUOTE else ''}\u201d"
