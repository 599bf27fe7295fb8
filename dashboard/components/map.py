"""The map in boxes, arrows and cards: what every kind of place says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from dashboard.facts.accounts import Amount, Show
from dashboard.facts.answers import Answer
from dashboard.facts.stations import HOSPITAL, KINDS, Jam, Rules
from dashboard.figures.map import Box, Way, map_drawing
from dashboard.figures.sankey import Change
from dashboard.link.looks import Look
from dashboard.wording.language import _, mark, several
from dashboard.wording.numbers import MINUS, signed, whole
from dashboard.wording.places import (
    LABELS,
    PERCENT,
    Standing,
    filled_in_words,
    percent,
    pressure,
    pressure_in_words,
    standing,
)

MILLION = 10**6
DOORS = {"emergency": mark("Emergencies"), "elective": mark("Planned list"), "community": mark("Referrals")}
ENDS = {"home": mark("Home"), "died": mark("Died")}
NAMES = {**DOORS, **LABELS, **ENDS}
INTO = {"ended": "home"}
"""Ends of the model that are drawn as one with another: later care that ended, and home without more care."""

SAYS = mark(
    "Map of the place, from left to right: who comes in, hospital beds, care after hospital, home care and care homes, "
    "and how people leave. Each kind of place can be chosen for more about it; all numbers are in the tables below."
)
Moves = Mapping[tuple[str, str], Amount]


def map_svg(rules: Rules, answer: Answer, look: Look) -> Element:
    """The drawing for a year."""
    now = moves(answer, look.year)
    boxes, ways = _boxes(rules, answer, look, now), _ways(now, look.show)
    return map_drawing(list(boxes), list(ways), widest(answer, look), _(SAYS))


def widest(answer: Answer, look: Look) -> float:
    """People of the widest arrow: of all years, so that years can be compared; of a difference, that of the year."""
    if look.show == "difference":
        return max((abs(each.change) for each in moves(answer, look.year).values()), default=0.0)
    every = [each for year in range(len(answer.accounts.years)) for each in moves(answer, year).values()]
    return max((max(each.plan, each.baseline) for each in every), default=0.0)


def moves(answer: Answer, year: int) -> Moves:
    """People of a year by where they came from and where they went, as the map draws them."""
    found: dict[tuple[str, str], Amount] = {}
    for name in answer.accounts.named("moved"):
        origin, _arrow, target = name.partition(">")
        ends = origin, INTO.get(target, target)
        if origin in NAMES and ends[1] in NAMES:
            people, so_far = answer.accounts.sum(f"moved:{name}", year), found.get(ends)
            found[ends] = people if so_far is None else _plus(so_far, people)
    return found


def _plus(one: Amount, other: Amount) -> Amount:
    return Amount(one.plan + other.plan, one.baseline + other.baseline, one.low + other.low, one.high + other.high)


def _ways(found: Moves, show: Show) -> Iterator[Way]:
    for (origin, target), people in found.items():
        number, ends = people.of(show), {"origin": _(NAMES[origin]), "target": _(NAMES[target])}
        if abs(number) * 2 < 1:
            continue
        if show != "difference":
            yield Way(origin, target, number, _("{origin} to {target}: {people} a year", people=whole(number), **ends))
            continue
        said = _("{origin} to {target}: {people} a year", people=signed(number), **ends)
        yield Way(origin, target, number, said, _change(people))


def _change(amount: Amount) -> Change:
    if not amount.is_sure:
        return "same"
    return "more" if amount.change > 0 else "less"


# ---- boxes ------------------------------------------------------------------------------------------------------


def _boxes(rules: Rules, answer: Answer, look: Look, found: Moves) -> Iterator[Box]:
    shown = brief if look.show != "difference" else signed
    for name in DOORS:
        number = sum(people.of(look.show) for (origin, _to), people in found.items() if origin == name)
        yield Box(name, _(NAMES[name]), shown(number), _("a year"), marks=("is-end",))
    for name in ENDS:
        number = sum(people.of(look.show) for (_from, target), people in found.items() if target == name)
        yield Box(name, _(NAMES[name]), shown(number), _("a year"), marks=("is-end",))
    for kind in KINDS:
        yield _changed(answer, look, kind) if look.show == "difference" else _place(rules, answer, look, kind)


def _place(rules: Rules, answer: Answer, look: Look, kind: str) -> Box:
    """One kind of place with the plan, or doing nothing."""
    course = answer.stations.course(look.show)
    jam, stand = course.jams[look.year], standing(answer.accounts, kind, look.year, look.show)
    filled, word = filled_in_words(course.full[kind], answer.months), pressure_in_words(rules, stand.used)
    lines = [*_queue(stand), *([filled] if course.full[kind].month is not None or kind == HOSPITAL else [])]
    short = any(hold.kind == kind for hold in jam.binding)
    marks = [f"is-{pressure(rules, stand.used).replace(' ', '-')}", *(["is-short"] if short else [])]
    says = f"{_(LABELS[kind])}: {percent(stand.used)}, {word}. {'. '.join(lines)}."
    return Box(
        kind,
        _(LABELS[kind]),
        percent(stand.used),
        word,
        lines,
        marks,
        (stand.used, stand.stuck / stand.places if stand.places else 0.0),
        _flag(kind, jam) if short else "",
        says,
    )


def _flag(kind: str, jam: Jam) -> str:
    return _("short by itself") if kind == HOSPITAL else _("holds up the rest")


def _queue(stand: Standing) -> Iterator[str]:
    """Who waits, in a few words to a line."""
    if stand.kind != HOSPITAL and round(stand.queue) == 0:
        yield _("nobody waits for room")
    elif stand.kind != HOSPITAL:
        yield several("{count} waits for room", "{count} wait for room", stand.queue, count=whole(stand.queue))
    if stand.kind != HOSPITAL:
        return
    yield several("{count} waits to come in", "{count} wait to come in", stand.outside, count=whole(stand.outside))
    yield several("{count} waits to go on", "{count} wait to go on", stand.stuck, count=whole(stand.stuck))


def _changed(answer: Answer, look: Look, kind: str) -> Box:
    """What the plan changes at one kind of place."""
    both = [standing(answer.accounts, kind, look.year, course) for course in ("plan", "baseline")]
    used, queue = both[0].used - both[1].used, both[0].queue - both[1].queue
    name, points = _(LABELS[kind]), signed_points(used)
    occupied = answer.accounts.mean(f"occupied:{kind}", look.year)
    change = _change(occupied) if points != "0" else "same"
    lines = [
        _("in use: {plan}, was {nothing}", plan=percent(both[0].used), nothing=percent(both[1].used)),
        _("waiting: {change}", change=signed(queue)),
    ]
    says = _("{name}: {points} points. {lines}.", name=name, points=points, lines=". ".join(lines))
    return Box(kind, name, points, _("points"), lines, [f"is-{change}"], None, "", says)


def signed_points(share: float) -> str:
    """A change of a share in percentage points, such as +1.2 or \u22123."""
    words = f"{abs(PERCENT * share):.1f}".removesuffix(".0")
    return "0" if words == "0" else f"{MINUS if share < 0 else '+'}{words}"


def brief(people: float) -> str:
    """A count for a small box: millions to one decimal, else three figures."""
    return _("{millions}m", millions=f"{people / MILLION:.1f}") if people >= MILLION else whole(people)
