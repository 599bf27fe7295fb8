"""A comparison as a link: up to six scenarios about one place, the same years, seed and people.

Place, years, seed and replications stand in the link once, as the question of the page does. Each scenario is a `with`:
the word "here" for that question itself, or a small link of its own with a name, a plan and levers. Whatever is not
understood is left out, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from unicodedata import category
from urllib.parse import parse_qsl, urlencode

from dashboard.facts.catalogue import Catalogue
from dashboard.link import state
from dashboard.link.notices import notices
from dashboard.link.state import State
from dashboard.wording.language import _

MOST = 6
"""Scenarios at most: more cannot be told apart in one chart."""

WITH, AGAINST, YEAR, NAME, HERE = "with", "against", "year", "name", "here"
LONGEST_NAME = 60
MOST_LOOKED_AT = 12
"""Scenarios of a link that are looked at, the seventh to be told that it is one too many."""

OFFERED = 3
"""Plans that are compared when nobody has chosen."""

SHARED = ("place", "years", "seed", "replications")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One of those compared: its question, and the name it was given, if any; `here` is the question of the page."""

    state: State
    name: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be compared.

    question    as the page asks it
    against     place of the scenario that the others are held against; None is doing nothing
    year        which financial year is looked at, counted from 0; None is the last
    notices     what was not taken as written, in sentences
    """

    question: State
    scenarios: tuple[Scenario, ...]
    against: int | None = None
    year: int | None = None
    notices: tuple[str, ...] = ()


def read(link: str, catalogue: Catalogue) -> Wanted:
    """The comparison a link stands for; whatever it holds, one that can be run."""
    given = _parts(link)
    plain = urlencode([(name, text) for name, text in given if name not in (WITH, AGAINST, YEAR)])
    question = state.read(plain, catalogue)
    told = list(_replications(question, catalogue))
    common = replace(question, replications=_fixed(question, catalogue))
    chosen = [text for name, text in given if name == WITH]
    scenarios = list(_offered(common, catalogue)) if not chosen else []
    for text in chosen[:MOST_LOOKED_AT]:
        _add(text, common, catalogue, scenarios, told)
    last = dict(given)
    against = _whole(last.get(AGAINST), 1, len(scenarios))
    year = _whole(last.get(YEAR), catalogue.begins, catalogue.begins + common.years - 1)
    return Wanted(
        question,
        tuple(scenarios),
        None if against is None else against - 1,
        None if year is None else year - catalogue.begins,
        tuple(dict.fromkeys(told)),
    )


def write(wanted: Wanted, catalogue: Catalogue) -> str:
    """The link of a comparison, without the question mark, with every scenario in it."""
    parts = [(WITH, small(each)) for each in wanted.scenarios] or [(WITH, "")]
    if wanted.against is not None:
        parts.append((AGAINST, str(wanted.against + 1)))
    if wanted.year is not None:
        parts.append((YEAR, str(catalogue.begins + wanted.year)))
    return "&".join(part for part in (state.write(wanted.question, catalogue), urlencode(parts)) if part)


def small(scenario: Scenario) -> str:
    """A scenario inside the link of a comparison: its name, plan and levers."""
    if scenario.here:
        return HERE
    name = {NAME: scenario.name} if scenario.name else {}
    whole = dict(parse_qsl(state.full(scenario.state)))
    return urlencode(name | {each: text for each, text in whole.items() if each not in SHARED})


def title(scenario: Scenario, catalogue: Catalogue) -> str:
    """What a scenario is called: as it was named, or as its plan is."""
    plan = catalogue.plans[scenario.state.plan].title
    if scenario.name:
        return scenario.name
    changed = _("{plan}, changed", plan=plan) if scenario.state.settings else plan
    return _("On the page: {plan}", plan=changed) if scenario.here else changed


def nothing(wanted: Wanted, catalogue: Catalogue) -> Scenario:
    """Doing nothing, in the place and years of a comparison."""
    common = replace(wanted.question, replications=_fixed(wanted.question, catalogue))
    return Scenario(replace(common, plan=catalogue.default_plan, settings={}))


def _offered(common: State, catalogue: Catalogue) -> Iterator[Scenario]:
    """What is compared when nobody has chosen: the question of the page, if it is one, and a few plans."""
    bare = replace(common, settings={})
    if common.settings or common.plan != catalogue.default_plan:
        yield Scenario(common, here=True)
    others = [name for name in catalogue.plans if name not in (catalogue.default_plan, common.plan)]
    yield from (Scenario(replace(bare, plan=name)) for name in others[:OFFERED])


def _add(text: str, common: State, catalogue: Catalogue, found: list[Scenario], told: list[str]) -> None:
    """Put one more scenario to those found, or say why not."""
    if not text.strip():
        return
    if text == HERE:
        scenario = Scenario(common, here=True)
    else:
        link = text.partition("?")[2].partition("#")[0] if "?" in text else text
        given = {name: each for name, each in state.pairs(link).items() if name not in (WITH, AGAINST, YEAR, "show")}
        name = cleaned(given.pop(NAME, ""))
        if (problem := _unreadable(text, given, catalogue)) is not None:
            told.append(problem)
            return
        told += _elsewhere(name, given, common, catalogue)
        mine = {each: words for each, words in given.items() if each not in SHARED}
        told += notices(urlencode(mine), catalogue)
        own = state.read(urlencode(mine), catalogue)
        scenario = Scenario(replace(common, plan=own.plan, settings=own.settings), name)
    twin = next((each for each in found if each.state == scenario.state), None)
    called = title(scenario, catalogue)
    if twin is not None:
        told.append(_("\u201c{name}\u201d is there already, as \u201c{twin}\u201d.", name=called,
                      twin=title(twin, catalogue)))  # fmt: skip
    elif len(found) == MOST:
        told.append(_("Six scenarios can be compared at most; \u201c{name}\u201d was left out.", name=called))
    else:
        found.append(scenario)


def _unreadable(text: str, given: Mapping[str, str], catalogue: Catalogue) -> str | None:
    """Why nothing can be made of a scenario; None if something can. It is never taken for doing nothing."""
    asked = given.get("plan")
    if asked is not None and asked in catalogue.refused:
        refused = catalogue.refused[asked]
        return _("The plan \u201c{name}\u201d was left out: it {why}.", name=refused.title, why=refused.refused)
    if asked is not None and asked not in catalogue.plans:
        return _("There is no plan called \u201c{name}\u201d; it was left out.", name=cleaned(asked))
    known = (*state.RESERVED, *catalogue.levers)
    if "?" not in text and "://" not in text and not any(name in known for name in given):
        return _("\u201c{text}\u201d is not a link of this page; it was left out.", text=cleaned(text))
    return None


def _elsewhere(name: str, given: Mapping[str, str], common: State, catalogue: Catalogue) -> Iterator[str]:
    """That a scenario was made for another place: all are compared in one."""
    place = given.get("place", common.place)
    if place in catalogue.places and place != common.place:
        yield _(
            "\u201c{name}\u201d was made for {place}; here it is worked out for {here}, as the others are.",
            name=name or catalogue.plans[given.get("plan", catalogue.default_plan)].title,
            place=catalogue.places[place].name,
            here=catalogue.places[common.place].name,
        )


def _replications(question: State, catalogue: Catalogue) -> Iterator[str]:
    fixed = _fixed(question, catalogue)
    if fixed != question.replications:
        yield _(
            "Scenarios are compared with {count} replications each: \u201cuntil ranges are narrow\u201d has no meaning "
            "for several at once.",
            count=catalogue.replications[fixed].most,
        )


def _fixed(question: State, catalogue: Catalogue) -> str:
    """How many replications, by name: as asked for where that is a number, else as usual."""
    asked = catalogue.replications[question.replications]
    return asked.name if asked.least == asked.most else catalogue.default_replications


def cleaned(text: str) -> str:
    """A name fit to be shown: single blanks, no signs that cannot be seen, not too long."""
    plain = "".join(each for each in " ".join(text.split()) if category(each)[0] != "C")
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:LONGEST_NAME]}\u2026"


def _parts(link: str) -> list[tuple[str, str]]:
    """Names and texts of a link in order; one that is too long, or has too many parts, says nothing at all."""
    if len(link) > state.LONGEST_LINK:
        return []
    try:
        return parse_qsl(link.lstrip("?"), keep_blank_values=True, max_num_fields=state.MOST_PAIRS)
    except ValueError:
        return []


def _whole(text: str | None, least: int, most: int) -> int | None:
    """A whole number between two ends; None if it is anything else."""
    number = int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < len("10000") else None
    return number if number is not None and least <= number <= most else None
