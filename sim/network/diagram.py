"""A care network as boxes and arrows with words, for whatever draws it; nothing here knows how it is drawn.

What is on it comes from the network alone: who comes in, where they stay, which way they go and in what share, what
happens where there is no room. Localities of a footprint are taken together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf, isfinite

from sim.network.describe import EACH, Edge, Sort, Way, describe, node_of
from sim.network.model import CareNetwork, Group, Station

LEAST_SHARE = 1 / 1000
"""A share below which a way is said to be hardly taken."""


@dataclass(frozen=True, slots=True)
class Box:
    """A door, a station or an exit, with what is to be said in it.

    owner   the organisation whose station it is, in words; empty where none is given
    """

    id: str
    label: str
    sort: Sort
    words: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from box to box, with what is to be said on it.

    holds   whether somebody who finds the target full keeps the place they are in (blocking after service)
    """

    source: str
    target: str
    sort: Way
    words: tuple[str, ...] = ()
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A network to be drawn, and how to read it."""

    name: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[str, ...]


def diagram(network: CareNetwork) -> Diagram:
    """Boxes and arrows of a network."""
    told = describe(network)
    stations: dict[str, list[Station]] = defaultdict(list)
    for station in network.stations:
        stations[node_of(station)].append(station)
    boxes = tuple(
        _station(network, node.id, node.label, stations[node.id])
        if node.sort == "station"
        else Box(node.id, node.label, node.sort)
        for node in told.nodes
    )
    holding = {name for name, those in stations.items() if any(_holds_back(each) for each in those)}
    arrows = tuple(_arrow(network, edge, stations, holding) for edge in told.edges)
    return Diagram(network.name, boxes, arrows, tuple(_legend(network, arrows)))


def _station(network: CareNetwork, name: str, label: str, stations: list[Station]) -> Box:
    owner = stations[0].organisation.replace("_", " ")
    return Box(name, label, "station", tuple(_room(network, stations)), owner)


def _room(network: CareNetwork, stations: list[Station]) -> Iterator[str]:
    """Places of a station, its queue, and who leaves it untreated."""
    yield _places(stations)
    waiting, buffer = sum(each.waiting_room for each in stations), sum(each.buffer for each in stations)
    if waiting == 0:
        yield "nobody waits: who finds it full is lost"
    elif isfinite(waiting):
        yield f"{waiting:,.0f} may wait, others are lost"
    if buffer:
        yield "others wait outside" if buffer == inf else f"{buffer:,.0f} from other stations wait outside"
    names = {each.name for each in stations}
    for field, what in (("patience", "may give up waiting"), ("dies_waiting", "may die waiting")):
        kinds = dict.fromkeys(
            group.kind for group in network.groups if _comes_to(group, names) and names & set(getattr(group, field))
        )
        if kinds:
            yield f"{_listed([kind.replace('_', ' ') for kind in kinds])} {what}"


def _comes_to(group: Group, names: set[str]) -> bool:
    """Whether people of a group come to one of these stations from outside; only they can leave its queue."""
    again = group.readmission.at if group.readmission else ""
    return bool(names & {again, group.arrivals.at if group.arrivals else ""})


def _places(stations: list[Station]) -> str:
    count = sum(each.places[0][1] for each in stations)
    if not isfinite(count):
        return "places without limit"
    extra = sum(each.escalation.places for each in stations if each.escalation)
    changes = ", changing" if any(len(each.places) > 1 for each in stations) else ""
    more = f" and {extra} extra" if extra else ""
    return f"{count:,.0f} {'place' if count == 1 and not extra else 'places'}{more}{changes}"


def _holds_back(station: Station) -> bool:
    """Whether people who come from another station may have to stay there."""
    return isfinite(station.buffer) and any(isfinite(count) for _, count in station.places)


def _arrow(network: CareNetwork, edge: Edge, stations: dict[str, list[Station]], holding: set[str]) -> Arrow:
    if edge.sort == "route":
        words = tuple(_route(network, edge, {each.name for each in stations[edge.source]}))
        return Arrow(edge.source, edge.target, edge.sort, words, edge.target in holding)
    if edge.sort == "arrival":
        return Arrow(edge.source, edge.target, edge.sort, (f"{_number(edge.flow)} {EACH[network.time_unit]}",))
    chances = [group.readmission.probability for group in network.groups if group.readmission]
    return Arrow(edge.source, edge.target, edge.sort, (f"{_shares(chances)} come back",))


def _route(network: CareNetwork, edge: Edge, sources: set[str]) -> Iterator[str]:
    """Share of those who leave, lowest to highest over groups, and whether something else holds them first."""
    found = [
        [route for route in routes if _is_target(network, route.target, edge.target)]
        for group in network.groups
        for station, routes in group.routes.items()
        if station in sources
    ]
    ways = [route for routes in found for route in routes]
    yield _shares([sum(route.share for route in routes) for routes in found])
    if any(route.delay for route in ways):
        yield "after a delay"


def _is_target(network: CareNetwork, target: str, node: str) -> bool:
    at = {station.name: node_of(station) for station in network.stations}
    return at.get(target, target) == node


def _shares(shares: Iterable[float]) -> str:
    known = list(shares)
    if max(known) < LEAST_SHARE:
        return "hardly anybody"
    first, last = (f"{100 * each:.1f}".removesuffix(".0") for each in (min(known), max(known)))
    return f"{first} %" if first == last else f"{first} to {last} %"


def _legend(network: CareNetwork, arrows: tuple[Arrow, ...]) -> Iterator[str]:
    localities = {station.locality for station in network.stations if station.locality}
    if len(localities) > 1:
        yield f"{len(localities)} localities alike are drawn as one."
    if any(arrow.holds for arrow in arrows):
        yield "Thick arrows: whoever finds the next station full keeps the place they are in until there is room."
    if any("after a delay" in arrow.words for arrow in arrows):
        yield "After a delay: the place is held for a time that has nothing to do with room elsewhere."
    if any(" to " in word for arrow in arrows for word in arrow.words if arrow.sort == "route"):
        yield "A share from one number to another differs by group of people, such as age."
    if any(arrow.sort == "readmission" for arrow in arrows):
        yield "Dotted: people who left and come back later."


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
