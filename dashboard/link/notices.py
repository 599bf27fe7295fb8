"""What a link asked for that could not be done as asked: one plain sentence each, a few at most.

Sentences hold text of the link as it came. They are text, never HTML: whoever shows them must escape them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.levers import Lever, as_number
from dashboard.link.looks import SHOWS
from dashboard.link.state import LARGEST_SEED, LONGEST_LINK, RESERVED, pairs, read
from dashboard.wording.choices import setting_in_words
from dashboard.wording.language import IN_LINKS, _, mark, several

MOST = 3
LONGEST_QUOTE = 40
LOOKED_AT = ("year", "show", IN_LINKS)
"""Names in an address that say what is looked at, not what is asked."""

WHOLE = {
    "years": mark("Years must be a whole number, {low} to {high}; the link had {had}, and {used} is used."),
    "seed": mark("Seed must be a whole number, {low} to {high}; the link had {had}, and {used} is used."),
}
NO_NUMBER = {
    "years": mark("Years must be a whole number; the link had {had}, and {used} is used."),
    "seed": mark("Seed must be a whole number; the link had {had}, and {used} is used."),
}


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
        *_looks(given, catalogue, read(link, catalogue).years),
        *_unknown(given, (*RESERVED, *LOOKED_AT, *catalogue.levers)),
    ]
    rest = len(found) - MOST
    more = several(
        "{count} other part of the link could not be taken as written either.",
        "{count} other parts of the link could not be taken as written either.",
        rest,
        count=rest,
    )
    return (*found[:MOST], more) if rest > 0 else tuple(found)


def _of_the_whole(link: str, given: Mapping[str, str]) -> Iterator[str]:
    if len(link) > LONGEST_LINK:
        yield _(
            "The link is longer than {count} characters; what comes after them was not read.",
            count=f"{LONGEST_LINK:,}",
        )
    if not given and link.count("&") >= 1 and "=" in link.strip("?&="):
        yield _("The link has more parts than we read; the page is shown as it opens.")


def _places(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked, shown = given.get("place"), catalogue.places[catalogue.default_place].name
    if asked is not None and asked not in catalogue.places:
        said = _(
            "The link asked for a place we do not know, {asked}; {shown} is shown.", asked=_quoted(asked), shown=shown
        )
        yield f"{said}{_nearest(asked, catalogue.places)}"


def _plans(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked, shown = given.get("plan"), catalogue.plans[catalogue.default_plan].title
    if asked is not None and asked in catalogue.refused:
        refused = catalogue.refused[asked]
        yield _(
            "The plan \u201c{plan}\u201d cannot be asked here: {why}; \u201c{shown}\u201d is shown.",
            plan=refused.title,
            why=refused.refused,
            shown=shown,
        )
    elif asked is not None and asked not in catalogue.plans:
        said = _(
            "The link asked for a plan we do not know, {asked}; \u201c{shown}\u201d is shown.",
            asked=_quoted(asked),
            shown=shown,
        )
        yield f"{said}{_nearest(asked, catalogue.plans)}"


def _replications(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    asked = given.get("replications")
    if asked is not None and asked not in catalogue.replications:
        yield _(
            "Replications can be {offered}; the link had {asked}, and {usual}, are run.",
            offered=", ".join(catalogue.replications),
            asked=_quoted(asked),
            usual=catalogue.replications[catalogue.default_replications].label,
        )


def _whole(name: str, given: Mapping[str, str], ends: tuple[int, int], otherwise: int) -> Iterator[str]:
    """Of a whole number between two ends."""
    if (asked := given.get(name)) is None:
        return
    number, (low, high) = as_number(asked), ends
    if number is None:
        yield _(NO_NUMBER[name], had=_quoted(asked), used=otherwise)
    elif not low <= number <= high or number != int(number):
        used = int(min(max(number, low), high))
        yield _(WHOLE[name], low=low, high=high, had=_quoted(asked.strip()), used=used)


def _levers(given: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    plan = given.get("plan", "")
    standing = catalogue.settings_of(plan if plan in catalogue.plans else catalogue.default_plan)
    for path, lever in catalogue.levers.items():
        if path not in given:
            continue
        asked, number = given[path], as_number(given[path])
        if lever.clamp(asked) is None:
            yield _no_setting(lever, asked, setting_in_words(lever, standing[path]))
        elif not lever.is_choice and number is not None and not lever.low <= number <= lever.high:
            yield _beyond(lever, asked, number)


def _no_setting(lever: Lever, asked: str, stays: str) -> str:
    had = _quoted(asked)
    if not lever.is_choice:
        number = mark("{lever} must be a number; the link had {had}, and it stays at {stays}.")
        return _(number, lever=lever.label, had=had, stays=stays)
    offered = ", ".join(dict(lever.choices))
    word = mark("{lever} must be one of {offered}; the link had {had}, and it stays at {stays}.")
    return _(word, lever=lever.label, offered=offered, had=had, stays=stays)


def _beyond(lever: Lever, asked: str, number: float) -> str:
    end = lever.high if number > lever.high else lever.low
    had = _quoted(asked.strip())
    if lever.scale != 1:
        had = _("{had}, which is {meant}", had=had, meant=lever.bare(number))
    most = mark("{end} is the most for \u201c{lever}\u201d; the link had {had}.")
    least = mark("{end} is the least for \u201c{lever}\u201d; the link had {had}.")
    return _(most if number > lever.high else least, end=lever.words(end), lever=lever.label, had=had)


def _looks(given: Mapping[str, str], catalogue: Catalogue, years: int) -> Iterator[str]:
    """What is looked at: a year of the run by the calendar year it begins in, and one of three ways to see it."""
    first, last = catalogue.begins, catalogue.begins + years - 1
    year, show = given.get("year"), given.get("show")
    if year is not None and year not in map(str, range(first, last + 1)):
        yield _(
            "Years that can be looked at begin in {first} to {last}; the link had {had}, and the last one is shown.",
            first=first,
            last=last,
            had=_quoted(year),
        )
    if show is not None and show not in SHOWS:
        yield _(
            "What is shown can be {offered}; the link had {had}, and the plan is shown.",
            offered=", ".join(SHOWS),
            had=_quoted(show),
        )


def _unknown(given: Mapping[str, str], known: Iterable[str]) -> Iterator[str]:
    names = tuple(known)
    for name in given:
        if name not in names:
            said = _("The link sets {name}, which we do not know; it is left out.", name=_quoted(name))
            yield f"{said}{_nearest(name, names)}"


def _nearest(asked: str, known: Iterable[str]) -> str:
    """The question whether something that looks like it was meant; nothing if nothing does."""
    near = get_close_matches(asked[:LONGEST_QUOTE].lower(), list(known), 1)
    return f" {_('Did you mean {name}?', name=_quoted(near[0]))}" if near else ""


def _quoted(text: str) -> str:
    """Text of a link in quotation marks, cut where it is long, without what cannot be printed."""
    plain = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return f"\u201c{plain[:LONGEST_QUOTE]}{chr(0x2026) if len(plain) > LONGEST_QUOTE else ''}\u201d"
