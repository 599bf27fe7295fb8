"""A care network as arrays, and the arrays in which a replication keeps its state.

Indices follow the network's tuples: S stations, G groups, K kinds of group, E exits. A destination is a station's
index, or S and an exit's index; -1 stands for none. What depends on the network alone is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engines.arrivals import Calendar
from sim.engines.contract import FloatArray, IntArray
from sim.engines.start import people_present
from sim.engines.week import DAYS, Week
from sim.network.model import CareNetwork, Distribution, Group
from sim.randomness.distributions import HALF, QuantileTable, quantile_table, residual_table
from sim.randomness.streams import Streams

SmallArray = NDArray[np.int32]
FlagArray = NDArray[np.bool_]


class Rules(NamedTuple):
    """What never changes during a run.

    kind, order      G: index of the kind; place of the group's priority among all priorities
    orders, kinds    number of priorities, and of kinds
    stay, residual, patience, death   G by S: index of the quantile table, or -1
    first_route, beyond_route   G by S: its routes are from first to beyond
    share, target, delay   by route: share, destination, index of the quantile table or -1
    back             G by 4: group and station of a readmission, table of its interval, at most how many
    back_share       G: probability of readmission; back_after, G by E: after which exits
    room, buffer     S: waiting room and buffer; transfers: do transfers go first?
    extra, opens_at  S: escalation places (-1 = none), and the share at which they count as open
    sister_from, sisters   sisters of station s are from sister_from[s] to sister_from[s + 1]
    weekly, rates, reached_by, day   S: has the station a week? its rates, its clock at each midnight; units a day
    of_week, of_clock_week   weeks in a unit; S: weeks in a unit of the station's clock
    nodes, separate, reached, values   quantile tables (see sim.engines.draws.length)
    downstream       stations in the order in which capacity changes
    starts           people inside at the start: stream, block, index, group, station, waits, wants
    waiting_at, delay_at, blocked_at, escalation_at, place_at, levels   where these levels begin; occupied at 0
    """

    kind: SmallArray
    order: SmallArray
    orders: int
    kinds: int
    stay: SmallArray
    residual: SmallArray
    patience: SmallArray
    death: SmallArray
    first_route: SmallArray
    beyond_route: SmallArray
    share: FloatArray
    target: SmallArray
    delay: SmallArray
    back: SmallArray
    back_share: FloatArray
    back_after: FlagArray
    room: FloatArray
    buffer: FloatArray
    transfers: FlagArray
    extra: IntArray
    opens_at: FloatArray
    sister_from: SmallArray
    sisters: SmallArray
    weekly: FlagArray
    rates: FloatArray
    reached_by: FloatArray
    day: float
    of_week: float
    of_clock_week: FloatArray
    nodes: FloatArray
    separate: IntArray
    reached: FloatArray
    values: FloatArray
    downstream: SmallArray
    starts: SmallArray
    waiting_at: int
    delay_at: int
    blocked_at: int
    escalation_at: int
    place_at: int
    levels: int


class _Tables:
    """Quantile tables by the distribution they are of, each once."""

    def __init__(self) -> None:
        self.tables: list[QuantileTable] = []
        self.known: dict[int, int] = {}

    def add(self, table: QuantileTable) -> int:
        """The index of a table."""
        index = self.known.setdefault(id(table), len(self.tables))
        if index == len(self.tables):
            self.tables.append(table)
        return index

    def by_station(self, groups: tuple[Group, ...], names: tuple[str, ...], field: str, residual: bool) -> SmallArray:
        """Indices for one of the groups' mappings from station to distribution, G by S."""
        found = np.full((len(groups), len(names)), -1, dtype=np.int32)
        build = residual_table if residual else quantile_table
        for g, group in enumerate(groups):
            lengths: Mapping[str, Distribution] = getattr(group, field)
            for s, name in enumerate(names):
                if name in lengths:
                    found[g, s] = self.add(build(lengths[name]))
        return found

    def arrays(self) -> dict[str, Any]:
        """All tables in one array, and the separate values of those that have them."""
        nodes = np.empty((max(len(self.tables), 1), 2 * (HALF + 1)))
        for index, table in enumerate(self.tables):
            nodes[index] = table.nodes.ravel()
        return {
            "nodes": nodes,
            "separate": np.cumsum([0, *(len(table.reached) for table in self.tables)]),
            "reached": np.concatenate([np.empty(0), *(table.reached for table in self.tables)]),
            "values": np.concatenate([np.empty(0), *(table.values for table in self.tables)]),
        }


def rules_of(network: CareNetwork, downstream: list[int]) -> Rules:
    """The network as arrays. Raises ValueError for a route that leads nowhere."""
    stations, groups, names, tables = network.stations, network.groups, network.station_names, _Tables()
    orders = sorted({group.priority for group in groups})
    places, kinds, exits = len(stations), len(network.kinds), len(network.exits)
    pools = [[w for w, other in enumerate(stations) if s.pool and s.pool == other.pool] for s in stations]
    sisters = [pool[pool.index(s) + 1 :] + pool[: pool.index(s)] if pool else [] for s, pool in enumerate(pools)]
    waiting_at, delay_at = places * kinds, 2 * places * kinds
    blocked_at = delay_at + places * (places + exits)
    return Rules(
        kind=_small([network.kinds.index(group.kind) for group in groups]),
        order=_small([orders.index(group.priority) for group in groups]),
        orders=len(orders),
        kinds=kinds,
        stay=tables.by_station(groups, names, "stays", residual=False),
        residual=tables.by_station(groups, names, "stays", residual=True),
        patience=tables.by_station(groups, names, "patience", residual=False),
        death=tables.by_station(groups, names, "dies_waiting", residual=False),
        **_routes(network, tables),
        **_readmissions(network, tables),
        room=np.array([station.waiting_room for station in stations], dtype=np.float64),
        buffer=np.array([station.buffer for station in stations], dtype=np.float64),
        transfers=np.array([station.transfers_first for station in stations]),
        extra=np.array([station.escalation.places if station.escalation else -1 for station in stations]),
        opens_at=np.array([station.escalation.opens_at if station.escalation else 0.0 for station in stations]),
        sister_from=_small(np.cumsum([0, *map(len, sisters)])),
        sisters=_small([sister for row in sisters for sister in row]),
        **_weeks(network),
        downstream=_small(downstream),
        starts=_starts(network),
        waiting_at=waiting_at,
        delay_at=delay_at,
        blocked_at=blocked_at,
        escalation_at=blocked_at + places * places,
        place_at=blocked_at + places * places + places,
        levels=blocked_at + places * places + 2 * places,
        **tables.arrays(),
    )


def _small(numbers: object) -> SmallArray:
    return np.asarray(numbers, dtype=np.int32)


def _routes(network: CareNetwork, tables: _Tables) -> dict[str, Any]:
    destination = {name: index for index, name in enumerate((*network.station_names, *network.exits))}
    first = np.full((len(network.groups), len(network.stations)), 0, dtype=np.int32)
    beyond = first.copy()
    share, target, delay = list[float](), list[int](), list[int]()
    for g, group in enumerate(network.groups):
        for name, routes in group.routes.items():
            at = (g, destination[name])
            first[at], beyond[at] = len(share), len(share) + len(routes)
            for route in routes:
                if route.target not in destination:
                    raise ValueError(f"{group.name}: a route leads to {route.target!r}, neither station nor exit.")
                share.append(route.share)
                target.append(destination[route.target])
                delay.append(-1 if route.delay is None else tables.add(quantile_table(route.delay)))
    return {
        "first_route": first,
        "beyond_route": beyond,
        "share": np.array(share, dtype=np.float64),
        "target": _small(target),
        "delay": _small(delay),
    }


def _readmissions(network: CareNetwork, tables: _Tables) -> dict[str, Any]:
    groups, stations = network.group_names, network.station_names
    back = np.zeros((len(groups), 4), dtype=np.int32)
    share, after = np.zeros(len(groups)), np.zeros((len(groups), len(network.exits)), dtype=np.bool_)
    for g, group in enumerate(network.groups):
        again = group.readmission
        if again is not None:
            table = tables.add(quantile_table(again.interval))
            back[g] = groups.index(again.group), stations.index(again.at), table, again.at_most
            share[g], after[g] = again.probability, [name in again.after_exits for name in network.exits]
    return {"back": back, "back_share": share, "back_after": after}


def _weeks(network: CareNetwork) -> dict[str, Any]:
    calendar = Calendar(network)
    rates, reached = np.ones((len(network.stations), DAYS)), np.zeros((len(network.stations), DAYS + 1))
    for s, station in enumerate(network.stations):
        if station.leaving_by_weekday:
            week = Week(station.leaving_by_weekday, calendar.first_weekday, calendar.per_day)
            rates[s], reached[s] = week._rates, week._reached
    weekly = np.array([bool(station.leaving_by_weekday) for station in network.stations])
    return {
        "weekly": weekly,
        "rates": rates,
        "reached_by": reached,
        "day": calendar.per_day,
        "of_week": 1.0 / (DAYS * calendar.per_day),
        "of_clock_week": np.where(weekly, 1.0 / np.where(weekly, reached[:, DAYS], 1.0), 0.0),
    }


def _starts(network: CareNetwork) -> SmallArray:
    """Everyone inside at the start; who they are depends on neither seed nor replication."""
    rows = [
        (who.stream, who.block, who.index, who.group, one.station, one.waits, -1 if one.wants is None else one.wants)
        for one in people_present(network, Streams(0, 0))
        for who in (one.person,)
    ]
    return _small(rows).reshape(-1, 7)
