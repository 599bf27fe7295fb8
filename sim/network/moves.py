"""Who can move from where to where, by kind: what a count of moves is told apart by."""

from __future__ import annotations

from collections.abc import Iterator

from sim.network.model import CareNetwork
from sim.network.reach import doors, reach_of

Move = tuple[str, str]
"""From a kind of group (people from outside) or a kind of station, to a kind of station or an exit."""


def possible_moves(network: CareNetwork) -> tuple[Move, ...]:
    """Every move there can be, once: from outside first, then by kind of station, each in the network's order.

    A route with a share of 0 counts as a way, so that a share may change and the moves remain the same.
    """
    kinds = tuple(dict.fromkeys(station.kind for station in network.stations))
    origins, destinations = (*network.kinds, *kinds), (*kinds, *network.exits)
    found = set(_moves(network))
    return tuple((here, there) for here in origins for there in destinations if (here, there) in found)


def _moves(network: CareNetwork) -> Iterator[Move]:
    kind = {station.name: station.kind for station in network.stations}
    for group in network.groups:
        for door in doors(group, network.groups):
            yield group.kind, kind[door]
        for station in reach_of(group, network.groups) & kind.keys():
            for route in group.routes.get(station, ()):
                yield kind[station], kind.get(route.target, route.target)
