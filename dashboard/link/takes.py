"""What it takes as a link: the question of the page, which search is asked, and its terms.

Only what differs from the usual terms stands in it. Limits are written as those of a stress test; which of them are to
be kept is `keep=occupancy,gap`. Whatever is not understood is left out, what is out of range is brought to its end, and
both are said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.facts.catalogue import Catalogue
from dashboard.facts.sought import AIMS, ASKS, KINDS, LOWS, MIXES, TURNED, USUALLY_KEPT, Ask, Low, Sought
from dashboard.facts.stress import WHENS, Terms
from dashboard.link import state
from dashboard.link.bounds import one_of, quoted
from dashboard.link.state import State
from dashboard.link.stress import LIMIT, MOST_NOTICES, OFFERED, WHEN, is_asked, limit_asked, plainly
from dashboard.wording.language import _

ASK, KEEP, AIM, TURN, KIND, STAFFED, UNPAID, LOW, MIXES_ARE = (
    "find", "keep", "aim", "turn", "kind", "staffed", "unpaid", "low", "mixes",
)  # fmt: skip
ON, OFF = "yes", "no"
SHIFT = (
    "policy.shift_share",
    "policy.shift_start",
    "policy.shift_ramp",
    "policy.mix_prevention",
    "policy.mix_community",
    "policy.mix_social_care",
)
"""Levers that a mix of the shift sets."""

REGIME, MEANS = "policy.regime", "means"
"""The lever that says what happens when money runs short, and the word for places that follow money."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked.

    question   as the page asks it
    limits     the most of every measure, kept or not, by name
    notices    what was not taken as written, in sentences
    """

    question: State
    sought: Sought
    limits: Mapping[str, float]
    notices: tuple[str, ...] = ()


def read(link: str, catalogue: Catalogue, terms: Terms) -> Wanted:
    """The search a link stands for; whatever it holds, one that can be run."""
    question, told = state.read(link, catalogue), list[str]()
    given = state.pairs(link)
    ask = one_of(given, ASK, ASKS, ASKS[0], told)
    limits = {each.name: limit_asked(given, each, told) for each in terms.limits}
    kept = tuple(_kept(given, ask, limits, told))
    plain = Sought()
    sought = Sought(
        ask=ask,
        limits=tuple((name, limits[name]) for name in kept),
        when=one_of(given, WHEN, WHENS, plain.when, told),
        aim=one_of(given, AIM, AIMS, plain.aim, told),
        turned=one_of(given, TURN, TURNED, plain.turned, told),
        kind=one_of(given, KIND, KINDS, plain.kind, told),
        staffed=one_of(given, STAFFED, (ON, OFF), OFF, told) == ON,
        unpaid=one_of(given, UNPAID, (ON, OFF), ON, told) == ON,
        lows=_lows(given, plain.lows, told),
        mixes=one_of(given, MIXES_ARE, MIXES, plain.mixes, told),
    )
    return Wanted(question, sought, limits, tuple(dict.fromkeys(told))[:MOST_NOTICES])


def write(wanted: Wanted, catalogue: Catalogue, terms: Terms) -> str:
    """The link of a search, without the question mark."""
    now, plain = wanted.sought, Sought()
    words = (
        (ASK, now.ask, plain.ask),
        (KEEP, ",".join(name for name, _most in now.limits), ",".join(usually_kept(now.ask, terms))),
        (WHEN, now.when, plain.when),
        (AIM, now.aim, plain.aim),
        (TURN, now.turned, plain.turned),
        (KIND, now.kind, plain.kind),
        (STAFFED, _yes(is_so=now.staffed), OFF),
        (UNPAID, _yes(is_so=now.unpaid), ON),
        (LOW, ",".join(now.lows), ",".join(plain.lows)),
        (MIXES_ARE, now.mixes, plain.mixes),
    )
    parts = [(name, word) for name, word, usual in words if word != usual]
    parts += [
        (f"{LIMIT}{e.name}", plainly(wanted.limits[e.name])) for e in terms.limits if _moved(wanted, e.name, e.value)
    ]
    return "&".join(part for part in (state.write(wanted.question, catalogue), urlencode(parts, safe=",")) if part)


def usually_kept(ask: Ask, terms: Terms) -> tuple[str, ...]:
    """Limits that are to be kept when nobody says which."""
    return tuple(each.name for each in terms.limits if each.name in USUALLY_KEPT[ask])


def other(wanted: Wanted, ask: Ask, terms: Terms) -> Wanted:
    """Another question under the same terms; limits that were the usual ones become those usual there."""
    now = wanted.sought
    names = tuple(name for name, _most in now.limits)
    chosen = usually_kept(ask, terms) if names == usually_kept(now.ask, terms) or not names else names
    return replace(wanted, sought=replace(now, ask=ask, limits=tuple((name, wanted.limits[name]) for name in chosen)))


def needs_a_plan(wanted: Wanted, catalogue: Catalogue) -> bool:
    """Whether the question is about a plan, and the page does nothing."""
    return wanted.sought.ask in ("truth", "fund") and not is_asked(wanted.question, catalogue)


def plans_to_take(catalogue: Catalogue) -> tuple[str, ...]:
    """Plans offered to a page that does nothing."""
    return tuple(name for name in OFFERED if name in catalogue.plans)


def mixed(question: State, settings: Mapping[str, float], catalogue: Catalogue) -> str:
    """The link of the page with a mix on its levers."""
    own = {path: each for path, each in question.settings.items() if path not in SHIFT} | dict(settings)
    written = state.write(replace(question, settings=own), catalogue)
    return state.write(state.read(written, catalogue), catalogue)


def _moved(wanted: Wanted, name: str, usual: float) -> bool:
    return wanted.limits[name] != usual


def _yes(*, is_so: bool) -> str:
    return ON if is_so else OFF


def _kept(given: dict[str, str], ask: Ask, limits: Mapping[str, float], told: list[str]) -> Iterator[str]:
    """Names of limits to be kept, in the order of the file; the usual ones where none of those named is known."""
    asked = given.get(KEEP, "").split(",") if KEEP in given else []
    told += [
        _("The link asked for a limit we do not know, {asked}; it is left out.", asked=quoted(name))
        for name in asked
        if name not in limits
    ]
    chosen = [name for name in limits if name in asked]
    yield from chosen or (name for name in limits if name in USUALLY_KEPT[ask])


def _lows(given: dict[str, str], usual: tuple[Low, Low], told: list[str]) -> tuple[Low, Low]:
    """Two measures, not the same."""
    if LOW not in given:
        return usual
    found = [each for name in dict.fromkeys(given[LOW].split(",")) for each in LOWS if each == name]
    if len(found) == len(usual) and given[LOW] == ",".join(found):
        return found[0], found[1]
    told.append(
        _("The link had {asked} for what is to be low; two measures are needed, each once.", asked=quoted(given[LOW]))
    )
    return usual
