"""Why a plan does what it does: what it changes underneath, which way that works, and what remains short of room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dashboard.facts.answers import Answer
from dashboard.facts.stations import Jam
from dashboard.wording.jams import names_of
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import BY_ID, NOTHING_TO_SEE, listed, whole

Way = Literal["better", "worse", "both", "neither"]
"""Which way the flow goes: beds, delays, waits and the list together."""

DEMAND = "demand"
PLACES = (
    (("acute",), mark("{count} more hospital beds are open"), mark("{count} fewer hospital beds are open")),
    (
        ("p1", "p2", "p3"),
        mark("{count} more community places are open"),
        mark("{count} fewer community places are open"),
    ),
    (
        ("home_care", "care_home"),
        mark("{count} more home care and care home places are open"),
        mark("{count} fewer home care and care home places are open"),
    ),
)
"""Kinds of station, and the words for more and for fewer of their places in the sentence."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that differs underneath, in words; `eases` says whether by itself it makes room."""

    words: str
    eases: bool


def why(answer: Answer, way: Way) -> str:
    """What the difference comes from, and what works against it; where both happen, what differs, without a "why"."""
    causes = list(_causes(answer))
    if way in ("both", "neither"):
        return _("Underneath: {causes}.", causes=_listed(causes)) if causes else ""
    found = [each for each in causes if each.eases == (way == "better")]
    against = [each for each in causes if each not in found]
    said = [
        _("Why: {causes}.", causes=_listed(found)) if found else "",
        _("Against that: {causes}.", causes=_listed(against)) if against else "",
    ]
    return " ".join(filter(None, said))


def stays_full(answer: Answer) -> str:
    """That beds stay full although there is more room, because people waited for it; empty where that is not so."""
    beds, waiting, rules = answer.years["occupancy"][-1], answer.years["elective"][-1], answer.stations.rules
    full = rules is not None and min(beds.plan, beds.baseline) >= BY_ID["occupancy"].scale * rules.full
    if not full or beds.verdict not in NOTHING_TO_SEE or waiting.verdict != "better":
        return ""
    return _("Beds stay full: whatever is freed is taken by people who waited.")


def bottleneck(answer: Answer) -> str:
    """What holds up the rest in the last year; empty where nothing does to speak of."""
    courses = (answer.stations.plan, answer.stations.baseline)
    plan, nothing = (course.jams[-1] if course.jams else Jam() for course in courses)
    names = names_of(plan)
    if not names:
        return _("No kind of place is a bottleneck any more.") if names_of(nothing) else ""
    count = len(plan.binding)
    if answer.is_baseline:
        return several("The bottleneck is {names}.", "The bottlenecks are {names}.", count, names=names)
    if names == names_of(nothing):
        return several("The bottleneck is still {names}.", "The bottlenecks are still {names}.", count, names=names)
    return several("The bottleneck is now {names}.", "The bottlenecks are now {names}.", count, names=names)


def _listed(causes: list[Cause]) -> str:
    return listed([each.words for each in causes])


def _causes(answer: Answer) -> Iterator[Cause]:
    """Admissions averted or brought, people who come, work that moved, places that opened or closed."""
    yield from _averted(*(_difference(answer, name) for name in ("averted", "displaced")))
    yield from _coming(answer)
    for kinds, more, fewer in PLACES:
        opened = sum(_difference(answer, f"places:{kind}") for kind in kinds)
        if abs(opened) >= 1:
            yield Cause(_(more if opened > 0 else fewer, count=whole(abs(opened))), opened > 0)


def _averted(averted: float, displaced: float) -> Iterator[Cause]:
    if whole(abs(averted)) == "0":
        return
    if averted < 0:
        yield Cause(_("programmes bring {count} more admissions a year", count=whole(-averted)), eases=False)
        return
    avoided = _("{count} admissions a year, with or without a night, are avoided", count=whole(averted))
    if displaced >= 1:
        became = _("of which {count} become work for community and social care", count=whole(displaced))
        avoided = f"{avoided}, {became}"
    yield Cause(avoided, eases=True)


def _coming(answer: Answer) -> Iterator[Cause]:
    """People who come as an emergency and stay, where levers of demand were moved: else only who gets in changes."""
    year = answer.years["emergency"][-1]
    change = year.change + max(0.0, _difference(answer, "averted"))
    if not any(each.lever.group == DEMAND for each in answer.moved) or year.verdict in NOTHING_TO_SEE:
        return
    if change * year.change <= 0 or whole(abs(change)) == "0":
        return
    more = mark("{count} more emergency patients a year come and stay")
    fewer = mark("{count} fewer emergency patients a year come and stay")
    yield Cause(_(more if change > 0 else fewer, count=whole(abs(change))), change < 0)


def _difference(answer: Answer, name: str) -> float:
    now, nothing = answer.facts.get(name, (0.0, 0.0))
    return now - nothing
