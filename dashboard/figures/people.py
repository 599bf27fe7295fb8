"""People on their way through care in one year: which streams there are, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.facts.accounts import Accounts, Amount, Show
from dashboard.figures.sankey import Change, Link, Node, sankey
from dashboard.link.looks import Look
from dashboard.theme import Theme
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import lowered, sentence, signed, whole

GAVE_UP = "gave_up"
HOSPITAL = "acute"
NODES = (
    Node("emergency", mark("Emergency and returns"), 0.0, "outside"),
    Node("elective", mark("Planned"), 0.0, "outside"),
    Node("community", mark("Referred from home"), 0.0, "outside"),
    Node("acute", mark("Hospital beds"), 0.2, "hospital"),
    Node("p1", mark("Care at home (P1)"), 0.4, "community"),
    Node("p2", mark("Community beds (P2)"), 0.4, "community"),
    Node("p3", mark("Assessment beds (P3)"), 0.4, "community"),
    Node("home_care", mark("Home care"), 5 / 8, "social"),
    Node("care_home", mark("Care home"), 5 / 6, "social"),
    Node("home", mark("Home, no more care"), 1.0, "home"),
    Node("ended", mark("Later care ended"), 1.0, "home"),
    Node("died", mark("Died"), 1.0, "died"),
    Node(GAVE_UP, mark("Gave up or died waiting"), 1.0, "lacking"),
)
"""From outside to the ends, in the order of every chart and table."""

LABELS = {node.id: node.label for node in NODES}
SAID = {
    "emergency": mark("emergencies"),
    "elective": mark("the planned list"),
    "community": mark("home, by referral,"),
    "home": mark("home without more care"),
    "ended": mark("the end of later care"),
    "died": mark("death"),
    GAVE_UP: mark("giving up or dying in the queue"),
}
"""The same inside a sentence, after from or to, where it is not the label itself."""

STATIONS = ("acute", "p1", "p2", "p3", "home_care", "care_home")
FEWEST = 1 / 2
"""People a year below which nothing is drawn: not one person."""


@dataclass(frozen=True, slots=True)
class Stream:
    """People a year from one node to another."""

    origin: str
    destination: str
    people: Amount

    @property
    def words(self) -> str:
        """From where to where, inside a sentence."""
        return _("from {origin} to {destination}", origin=_said(self.origin), destination=_said(self.destination))

    def change(self) -> Change:
        """Whether there are more or fewer with the plan, as far as that can be told from chance."""
        if not self.people.is_sure:
            return "same"
        return "more" if self.people.change > 0 else "less"


def _said(name: str) -> str:
    return _(SAID[name]) if name in SAID else lowered(_(LABELS[name]))


def streams(accounts: Accounts, year: int) -> list[Stream]:
    """Every stream of people in a year, in the order of the nodes.

    Who gives up is counted by where they waited: for a hospital bed that is people on the planned list, and for
    any other place people who were referred from home. Raises KeyError for a kind of place that has no node.
    """
    order = list(LABELS)
    ends = {name: name.split(">", 1) for name in accounts.named("moved")}
    moved = [(here, there, accounts.sum(f"moved:{name}", year)) for name, (here, there) in ends.items()]
    waited = [
        (("elective" if kind == HOSPITAL else "community"), GAVE_UP, accounts.sum(f"gave_up:{kind}", year))
        for kind in STATIONS
        if any(people.plan or people.baseline for people in accounts.sums.get(f"gave_up:{kind}", ()))
    ]
    both = [Stream(*each) for each in _together([*moved, *waited])] if moved else []
    return sorted(both, key=lambda each: (order.index(each.origin), order.index(each.destination)))


def _together(found: Sequence[tuple[str, str, Amount]]) -> list[tuple[str, str, Amount]]:
    """Streams between the same two nodes as one; the interval of a sum is the sum of the intervals, or narrower."""
    added: dict[tuple[str, str], Amount] = {}
    for origin, destination, people in found:
        one = added.get((origin, destination))
        added[origin, destination] = people if one is None else _plus(one, people)
    return [(*ends, people) for ends, people in added.items()]


def _plus(one: Amount, other: Amount) -> Amount:
    return Amount(one.plan + other.plan, one.baseline + other.baseline, one.low + other.low, one.high + other.high)


def people_figure(found: Sequence[Stream], look: Look, theme: Theme) -> dict[str, Any]:
    """The streams of a year: the plan, doing nothing, or what the plan adds and takes away."""
    drawn = [each for each in found if abs(each.people.of(look.show)) >= FEWEST]
    links, labels = [_link(each, look.show) for each in drawn], _labels(drawn, look.show)
    return sankey(NODES, links, labels, theme, tall=look.tall)


def _link(stream: Stream, show: Show) -> Link:
    people = stream.people.of(show)
    if show == "difference":
        return Link(stream.origin, stream.destination, abs(people), sentence(_more(stream)), stream.change())
    words = _("{count} people a year {way}", count=whole(people), way=stream.words)
    return Link(stream.origin, stream.destination, people, words)


def _more(stream: Stream) -> str:
    more = mark("{count} more a year {way}") if stream.people.change > 0 else mark("{count} fewer a year {way}")
    words = _(more, count=whole(abs(stream.people.change)), way=stream.words)
    return words if stream.people.is_sure else _("{change}, no more than chance may bring", change=words)


def _labels(drawn: Sequence[Stream], show: Show) -> dict[str, str]:
    """Beside every node: its name and how many people it is about."""
    words = signed if show == "difference" else whole
    return {node.id: f"{_(node.label)} <b>{words(_through(node.id, drawn, show))}</b>" for node in NODES}


def _through(name: str, drawn: Sequence[Stream], show: Show) -> float:
    """People who come to a node, or who come from it where nobody comes to it."""
    into = [each.people.of(show) for each in drawn if each.destination == name]
    return sum(into) if into else sum(each.people.of(show) for each in drawn if each.origin == name)
