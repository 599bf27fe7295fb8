"""A stress test as a link: the question of the page, the plans beside it, limits, shocks, and how many futures.

Only what differs from the usual terms stands in it. A limit is `limit.occupancy=90`, in the unit shown; shocks that may
happen are `shocks=severe_winter,demand_surge`, with `size.severe_winter` and `chance.severe_winter` where they are
others. Whatever is not understood is left out, what is out of range is brought to its end, and both are said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.stress import FUTURES, WHENS, LimitTerm, ShockTerm, Terms, Trial
from dashboard.link import state
from dashboard.link.bounds import one_of, quoted, within
from dashboard.link.state import LONGEST_LINK, MOST_PAIRS, State
from dashboard.wording.language import _
from dashboard.wording.stress import limit_name, shock_name

WITH, SHOCKS, FUTURES_ARE, WHEN = "with", "shocks", "futures", "when"
LIMIT, SIZE, CHANCE = "limit.", "size.", "chance."
MOST = 3
"""Plans beside doing nothing and that of the page, at most: each makes it take longer."""

OFFERED = ("prevention_shift", "community_first", "social_care_first")
"""Plans that are tried when nobody has chosen and the page does nothing."""

MOST_NOTICES = 4
NO_SHOCKS = "none"
"""Stands in a link for no shock at all."""

SIZE_DIGITS = 3
"""Decimals of a size at most; a chance is a whole percent."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be tried.

    question   as the page asks it
    beside     names of plans that are tried in the same futures
    notices    what was not taken as written, in sentences
    """

    question: State
    beside: tuple[str, ...]
    trial: Trial
    notices: tuple[str, ...] = ()


def usual(terms: Terms) -> Trial:
    """The terms when nobody asks for others: every limit and every shock as the files have them."""
    limits = tuple((each.name, each.value) for each in terms.limits)
    return Trial(limits, tuple((each.name, each.value, each.chance) for each in terms.shocks))


def read(link: str, catalogue: Catalogue, terms: Terms) -> Wanted:
    """The stress test a link stands for; whatever it holds, one that can be run."""
    question, told = state.read(link, catalogue), list[str]()
    given = state.pairs(link)
    trial = Trial(
        tuple((each.name, limit_asked(given, each, told)) for each in terms.limits),
        tuple(_shocks(given, terms, told)),
        one_of(given, FUTURES_ARE, FUTURES, "usual", told),
        one_of(given, WHEN, WHENS, "every", told),
    )
    beside = tuple(_beside(link, question, catalogue, told))
    return Wanted(question, beside, trial, tuple(dict.fromkeys(told))[:MOST_NOTICES])


def write(wanted: Wanted, catalogue: Catalogue, terms: Terms) -> str:
    """The link of a stress test, without the question mark."""
    trial, plain = wanted.trial, usual(terms)
    parts = [(WITH, name) for name in wanted.beside] or [(WITH, "")]
    if tuple(offered(wanted.question, catalogue)) == wanted.beside:
        parts = []
    usually = dict(plain.limits)
    parts += [(f"{LIMIT}{name}", plainly(value)) for name, value in trial.limits if value != usually[name]]
    names = [name for name, _size, _chance in trial.shocks]
    if names != [name for name, _size, _chance in plain.shocks]:
        parts.append((SHOCKS, ",".join(names) or NO_SHOCKS))
    known = {name: (size, chance) for name, size, chance in plain.shocks}
    for name, size, chance in trial.shocks:
        parts += [(f"{SIZE}{name}", plainly(size))] if size != known[name][0] else []
        parts += [(f"{CHANCE}{name}", plainly(chance))] if chance != known[name][1] else []
    parts += [(FUTURES_ARE, trial.futures)] if trial.futures != plain.futures else []
    parts += [(WHEN, trial.when)] if trial.when != plain.when else []
    return "&".join(part for part in (state.write(wanted.question, catalogue), urlencode(parts, safe=",")) if part)


def states(wanted: Wanted, catalogue: Catalogue) -> list[State]:
    """The questions of a stress test: doing nothing, the page's own if it is another, and the plans beside it."""
    nothing = replace(wanted.question, plan=catalogue.default_plan, settings={})
    others = [replace(nothing, plan=name) for name in wanted.beside]
    return [nothing, *([wanted.question] if is_asked(wanted.question, catalogue) else []), *others]


def is_asked(question: State, catalogue: Catalogue) -> bool:
    """Whether the page asks for anything but doing nothing."""
    return question.plan != catalogue.default_plan or bool(question.settings)


def is_bare(question: State) -> bool:
    """Whether the page asks for a plan as it is, no lever moved."""
    return not question.settings


def offered(question: State, catalogue: Catalogue) -> Iterator[str]:
    """Plans that are tried when nobody has chosen."""
    if not is_asked(question, catalogue):
        yield from (name for name in OFFERED if name in catalogue.plans)


def plainly(value: float) -> str:
    """A number as it stands in a link and in a number box."""
    return f"{value:.10g}"


def _beside(link: str, question: State, catalogue: Catalogue, told: list[str]) -> Iterator[str]:
    """Names of plans that are tried besides; the page's own, and doing nothing, are there in any case."""
    try:
        given = parse_qsl(link[:LONGEST_LINK].lstrip("?"), max_num_fields=MOST_PAIRS, keep_blank_values=True)
    except ValueError:
        given = []
    chosen = list(dict.fromkeys(text for name, text in given if name == WITH))
    if not chosen:
        yield from offered(question, catalogue)
    there = {catalogue.default_plan, question.plan if is_bare(question) else ""}
    known = [name for name in chosen if name in catalogue.plans and name not in there]
    told += [
        _("The link asked for a plan we do not know, {asked}; it is left out.", asked=quoted(name))
        for name in chosen
        if name and name not in catalogue.plans
    ]
    if len(known) > MOST:
        told.append(_("{count} plans beside yours are tried at most; the others are left out.", count=MOST))
    yield from known[:MOST]


def limit_asked(given: dict[str, str], limit: LimitTerm, told: list[str]) -> float:
    """The most that a measure may be, as a link has it."""
    about = (limit.low, limit.high, limit.value, limit.digits)
    return within(given.get(f"{LIMIT}{limit.name}"), about, limit_name(limit), told)


def _shocks(given: dict[str, str], terms: Terms, told: list[str]) -> Iterator[tuple[str, float, float]]:
    wanted = given.get(SHOCKS)
    names = [each.name for each in terms.shocks] if wanted is None else wanted.split(",")
    known = {each.name for each in terms.shocks}
    told += [
        _("The link asked for a shock we do not know, {asked}; it is left out.", asked=quoted(name))
        for name in names
        if name not in known and name != NO_SHOCKS
    ]
    for shock in terms.shocks:
        if shock.name in names:
            yield shock.name, *_size_and_chance(given, shock, told)


def _size_and_chance(given: dict[str, str], shock: ShockTerm, told: list[str]) -> tuple[float, float]:
    size, chance = given.get(f"{SIZE}{shock.name}"), given.get(f"{CHANCE}{shock.name}")
    named = shock_name(shock)
    about = _("{name}, its size", name=named), _("{name}, its chance", name=named)
    return (
        within(size, (shock.low, shock.high, shock.value, SIZE_DIGITS), about[0], told),
        within(chance, (0.0, 100.0, shock.chance, 0), about[1], told),
    )
