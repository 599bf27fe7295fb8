"""Several localities of one kind side by side: "acute" becomes "acute@1", "acute@2" and so on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from sim.network.model import CareNetwork, Group, Station

Entry = TypeVar("Entry")


def in_localities(network: CareNetwork, number: int) -> CareNetwork:
    """The network so many times over; the localities share nothing but their exits and their pools.

    Stations of one kind form a pool where there is more than one locality, so that an engine which is asked to
    may send a share of people to a place elsewhere.
    """
    localities = [str(position + 1) for position in range(number)]
    return replace(
        network,
        stations=tuple(
            _station(station, locality, number > 1) for locality in localities for station in network.stations
        ),
        groups=tuple(_group(group, locality, network.exits) for locality in localities for group in network.groups),
    )


def _station(station: Station, locality: str, pooled: bool) -> Station:
    return replace(
        station,
        name=f"{station.name}@{locality}",
        label=f"{station.label}, locality {locality}" if pooled else station.label,
        pool=station.kind if pooled else station.pool,
        locality=locality,
    )


def _group(group: Group, locality: str, exits: Collection[str]) -> Group:
    def here(name: str) -> str:
        return name if name in exits else f"{name}@{locality}"

    def by_station(entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {here(name): entry for name, entry in entries.items()}

    again = group.readmission
    return replace(
        group,
        name=here(group.name),
        arrivals=replace(group.arrivals, at=here(group.arrivals.at)) if group.arrivals else None,
        stays=by_station(group.stays),
        routes={
            here(name): tuple(replace(route, target=here(route.target)) for route in row)
            for name, row in group.routes.items()
        },
        patience=by_station(group.patience),
        dies_waiting=by_station(group.dies_waiting),
        readmission=replace(again, group=here(again.group), at=here(again.at)) if again else None,
        diverts_to=here(group.diverts_to) if group.diverts_to else None,
        locality=locality,
    )
