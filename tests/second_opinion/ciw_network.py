"""A care network as a network of Ciw, and what Ciw finds in it.

Ciw (https://ciw.readthedocs.io) is a library for networks of queues with blocking after service. A network can be
handed to it when both mean the same by it; any other is refused, with every reason. Both start empty here or are left
to forget how they started, so a network that starts in equilibrium wants a warm-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf, isinf

import ciw
import numpy as np

from sim.network.model import Arrivals, CareNetwork, Distribution, Group, Station
from sim.randomness.distributions import lognormal_parameters

MEASURES = ("occupied", "waiting", "wait", "blocked", "throughput", "lost")
"""What both can be asked, by the names of `sim.experiments.network_measures`."""
PROFILES = ("series", "by_hour", "by_weekday", "by_month", "by_year", "growth", "dispersion")


class CannotBeExpressedError(ValueError):
    """Ciw has no such thing, or means something else by it; the message says what, for all that was found."""


def refusals(network: CareNetwork) -> list[str]:
    """Why a network cannot be handed to Ciw; empty when it can."""
    found = ["starts with people inside"] if network.start == "census" else []
    for station in network.stations:
        found += [f"{station.name}: {why}" for why in _station_refusals(station, network)]
    for group in network.groups:
        found += [f"{group.name}: {why}" for why in _group_refusals(group)]
    return found


def _station_refusals(station: Station, network: CareNetwork) -> Iterator[str]:
    if len(station.places) > 1:
        yield "places change with time"
    if station.escalation is not None:
        yield "escalation places"
    if station.leaving_by_weekday is not None:
        yield "stays end by weekday"
    if station.pool is not None:
        yield "places are pooled"
    outside, inside = _from_outside(station, network), _from_inside(station, network)
    # one room for both in Ciw, and one line: here blocked people have their own, and may go first
    if outside and inside and (station.waiting_room, station.buffer, station.transfers_first) != (inf, inf, False):
        yield "people come both from outside and from other stations"
    # among people who are blocked Ciw lets in whoever was blocked first, whatever their priority
    if inside and not isinf(station.buffer) and len({group.priority for group in inside}) > 1:
        yield "people of different priority may be blocked for it"


def _group_refusals(group: Group) -> Iterator[str]:
    if group.patience or group.dies_waiting:
        yield "people leave the queue"
    if group.readmission is not None:
        yield "people are readmitted"
    if any(route.delay is not None for row in group.routes.values() for route in row):
        yield "delay that is not about capacity"
    if group.arrivals is not None and any(getattr(group.arrivals, name) for name in PROFILES):
        yield "arrivals change with time"
    for station, stay in group.stays.items():
        if stay.family not in FAMILIES:
            yield f"stays at {station} are {stay.family}"


def _from_outside(station: Station, network: CareNetwork) -> list[Group]:
    return [group for group in network.groups if group.arrivals is not None and group.arrivals.at == station.name]


def _from_inside(station: Station, network: CareNetwork) -> list[Group]:
    return [
        group
        for group in network.groups
        if any(route.target == station.name for row in group.routes.values() for route in row)
    ]


FAMILIES: Mapping[str, object] = {
    "exponential": lambda p, _: ciw.dists.Exponential(1 / p["mean"]),
    "deterministic": lambda p, _: ciw.dists.Deterministic(p["value"]),
    "gamma": lambda p, _: ciw.dists.Gamma(p["shape"], p["mean"] / p["shape"]),
    "lognormal": lambda _, stay: ciw.dists.Lognormal(*lognormal_parameters(stay)),
    "uniform": lambda p, _: ciw.dists.Uniform(p["low"], p["high"]),
}


def as_ciw(network: CareNetwork) -> ciw.network.Network:
    """The network as Ciw has it: a node for each station, a class for each group; raises CannotBeExpressedError."""
    if found := refusals(network):
        raise CannotBeExpressedError(f"{network.name}: " + "; ".join(found))
    ranks = sorted({group.priority for group in network.groups})
    stations, groups = network.stations, network.groups
    return ciw.create_network(
        arrival_distributions={group.name: [_arrivals(group, station) for station in stations] for group in groups},
        service_distributions={group.name: [_stay(group, station) for station in stations] for group in groups},
        routing={group.name: [_row(group, station, network) for station in stations] for group in groups},
        number_of_servers=[_whole(station.places[0][1]) for station in stations],
        queue_capacities=[_whole(_room(station, network)) for station in stations],
        priority_classes={group.name: ranks.index(group.priority) for group in groups},
    )


def _room(station: Station, network: CareNetwork) -> float:
    """Who comes from outside waits in the waiting room; who comes from another station, in the buffer."""
    return station.waiting_room if _from_outside(station, network) else station.buffer


def _whole(number: float) -> float:
    """Ciw wants whole numbers, or infinity."""
    return number if isinf(number) else int(number)


def _length(stay: Distribution) -> ciw.dists.Distribution:
    return FAMILIES[stay.family](stay.parameters, stay)


def _arrivals(group: Group, station: Station) -> ciw.dists.Distribution | None:
    arrivals: Arrivals | None = group.arrivals
    if arrivals is None or arrivals.at != station.name:
        return None
    if arrivals.gaps is not None:
        return _length(arrivals.gaps)
    return ciw.dists.Deterministic(arrivals.every) if arrivals.every else ciw.dists.Exponential(arrivals.rate)


def _stay(group: Group, station: Station) -> ciw.dists.Distribution:
    """Ciw wants a stay at every node, visited or not."""
    stay = group.stays.get(station.name)
    return _length(stay) if stay is not None else ciw.dists.Deterministic(0.0)


def _row(group: Group, station: Station, network: CareNetwork) -> list[float]:
    shares = {route.target: route.share for route in group.routes.get(station.name, ())}
    return [shares.get(other.name, 0.0) for other in network.stations]


def run_ciw(network: CareNetwork, seed: int, until: float) -> ciw.Simulation:
    """One replication, empty at 0, run to its end."""
    ciw.seed(seed)
    simulation = ciw.Simulation(as_ciw(network))
    simulation.simulate_until_max_time(until)
    return simulation


def measures(simulation: ciw.Simulation, begin: float, end: float, group: str | None = None) -> dict[str, np.ndarray]:
    """Each of MEASURES by station, (S,), between two times; of one group of people, or of all."""
    nodes = simulation.transitive_nodes
    tally = Tally(len(nodes), begin, end)
    for record in simulation.get_all_records():
        if group in (None, record.customer_class):
            tally.record(record)
    for node in nodes:
        for person in node.all_individuals:
            if group in (None, person.customer_class):
                tally.still_here(node.id_number - 1, person)
    return tally.measures()


class Tally:
    """Counts and person-time by station; whatever lasts is clipped to the time that counts."""

    def __init__(self, stations: int, begin: float, end: float) -> None:
        self.begin, self.end = begin, end
        self.occupied, self.waiting, self.blocked, self.waited = (np.zeros(stations) for _ in range(4))
        self.admitted, self.left, self.came, self.lost = (np.zeros(stations) for _ in range(4))

    def record(self, record: ciw.data_record.DataRecord) -> None:
        """A service that ended and was left, or somebody turned away."""
        at = record.node - 1
        self.came[at] += self._counts(record.arrival_date)
        if record.record_type == "rejection":
            self.lost[at] += self._counts(record.arrival_date)
            return
        self._stay(at, record.arrival_date, record.service_start_date, record.exit_date)
        self.blocked[at] += self._time(record.service_end_date, record.exit_date)
        self.left[at] += self._counts(record.exit_date)

    def still_here(self, at: int, person: ciw.Individual) -> None:
        """Somebody who is inside at the end."""
        self.came[at] += self._counts(person.arrival_date)
        if person.service_start_date is False:
            self.waiting[at] += self._time(person.arrival_date, self.end)
            return
        self._stay(at, person.arrival_date, person.service_start_date, self.end)
        if person.is_blocked:
            self.blocked[at] += self._time(person.service_end_date, self.end)

    def measures(self) -> dict[str, np.ndarray]:
        """Means over the time that counts; the wait is that of those admitted in it."""
        time = self.end - self.begin
        with np.errstate(invalid="ignore"):
            wait, lost = self.waited / self.admitted, self.lost / self.came
        found = (self.occupied / time, self.waiting / time, wait, self.blocked / time, self.left / time, lost)
        return dict(zip(MEASURES, found, strict=True))

    def _stay(self, at: int, came: float, admitted: float, left: float) -> None:
        self.waiting[at] += self._time(came, admitted)
        self.occupied[at] += self._time(admitted, left)
        if self._counts(admitted):
            self.admitted[at] += 1
            self.waited[at] += admitted - came

    def _counts(self, when: float) -> bool:
        return bool(self.begin <= when < self.end)

    def _time(self, since: float, until: float) -> float:
        return max(0.0, min(until, self.end) - max(since, self.begin))
