"""A network in words, and as nodes and edges for a diagram; localities of a footprint are taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf, isfinite
from typing import Literal

from sim.network.model import CareNetwork, Group, Station
from sim.network.traffic import Traffic, expected_load

Sort = Literal["door", "station", "exit"]
Way = Literal["arrival", "route", "readmission"]
EACH = {"minutes": "a minute", "hours": "an hour", "days": "a day"}


@dataclass(frozen=True, slots=True)
class Node:
    """A door people come in by (one for each kind of group), a station, or an exit.

    places   at time 0; inf without limit or where it does not apply
    load     expected number of people in places, if nobody had to wait
    """

    id: str
    label: str
    sort: Sort
    places: float = inf
    load: float = 0.0

    @property
    def utilisation(self) -> float:
        """Load over places; 0 where places are unlimited."""
        return self.load / self.places if self.places else inf


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from node to node, and how many people take it in a time unit.

    sort   arrival (door to station), route (station onwards), readmission (exit back to a station)
    """

    source: str
    target: str
    flow: float
    sort: Way


@dataclass(frozen=True, slots=True)
class Description:
    """What a network is, for a reader and for a diagram."""

    name: str
    text: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def describe(network: CareNetwork) -> Description:
    """A network in plain language, with its stations, groups, expected loads and ways."""
    traffic = expected_load(network)
    nodes = (*_doors(network), *_stations(network, traffic), *_exits(network))
    edges = _edges(network, traffic)
    text = "\n".join(_sentences(network, nodes, edges))
    return Description(network.name, text, nodes, edges)


def node_of(station: Station) -> str:
    """The node that stands for a station: its kind where there are localities, else itself."""
    return station.kind if station.locality else station.name


def _door(group: Group) -> str:
    return f"door:{group.kind}"


def _doors(network: CareNetwork) -> Iterator[Node]:
    kinds = dict.fromkeys(group.kind for group in network.groups if group.arrivals)
    for kind in kinds:
        yield Node(f"door:{kind}", kind[:1].upper() + kind[1:].replace("_", " "), "door")


def _stations(network: CareNetwork, traffic: Traffic) -> list[Node]:
    places: dict[str, float] = defaultdict(float)
    load: dict[str, float] = defaultdict(float)
    labels: dict[str, str] = {}
    for index, station in enumerate(network.stations):
        node = node_of(station)
        places[node] += station.places[0][1]
        load[node] += float(traffic.load[:, index].sum())
        labels.setdefault(node, station.label.removesuffix(f", locality {station.locality}"))
    return [Node(node, labels[node], "station", places[node], load[node]) for node in places]


def _exits(network: CareNetwork) -> list[Node]:
    return [Node(name, name[:1].upper() + name[1:].replace("_", " "), "exit") for name in network.exits]


def _edges(network: CareNetwork, traffic: Traffic) -> tuple[Edge, ...]:
    node = {station.name: node_of(station) for station in network.stations}
    index = {station.name: position for position, station in enumerate(network.stations)}
    flows: dict[tuple[str, str, Way], float] = defaultdict(float)
    for row, group in enumerate(network.groups):
        if group.arrivals:
            flows[_door(group), node[group.arrivals.at], "arrival"] += traffic.arrivals[row]
        for station, routes in group.routes.items():
            for route in routes:
                target = node.get(route.target, route.target)
                flows[node[station], target, "route"] += traffic.flow[row, index[station]] * route.share
        again = group.readmission
        if again:
            # which of several exits somebody comes back from is not kept apart; the first stands for them
            flows[again.after_exits[0], node[again.at], "readmission"] += traffic.returning[row]
    return tuple(Edge(source, target, float(flow), sort) for (source, target, sort), flow in flows.items())


def _sentences(network: CareNetwork, nodes: tuple[Node, ...], edges: tuple[Edge, ...]) -> Iterator[str]:
    yield f"{network.name}. {network.says}"
    yield ""
    localities = {station.locality for station in network.stations if station.locality}
    if len(localities) > 1:
        yield f"{len(localities)} localities alike, taken together below."
    label = {node.id: node.label for node in nodes}
    each = EACH[network.time_unit]
    yield "Who comes, if nobody is turned away:"
    for edge in edges:
        if edge.sort == "arrival":
            yield f"  {label[edge.source]}: {_number(edge.flow)} {each} to {label[edge.target]}"
    again = sum(edge.flow for edge in edges if edge.sort == "readmission")
    if again:
        yield f"  Readmissions: {_number(again)} {each}"
    yield "Where they stay, if nobody has to wait:"
    for node in nodes:
        if node.sort == "station":
            yield f"  {node.label}: {_load(node)}"
    yield f"How they leave: {', '.join(node.label.lower() for node in nodes if node.sort == 'exit')}."
    yield f"Source: {network.source}"


def _load(node: Node) -> str:
    people = f"{_number(node.load)} people"
    if not isfinite(node.places):
        return f"{people}; places without limit"
    noun = "place" if node.places == 1 else "places"
    share = f" ({node.utilisation:.0%})" if node.places else ""
    more = "; there are fewer places than people" if node.utilisation > 1 else ""
    return f"{people} in {node.places:,.0f} {noun}{share}{more}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
