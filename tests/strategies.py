"""Hypothesis strategies shared by tests: small valid care networks of every shape a file can describe.

A network drawn here is acyclic (routes only lead to later stations), every group can leave, and every
station is reached. It is small enough that an engine runs some weeks of it in a few milliseconds.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf

from hypothesis import strategies as st

from sim.network.model import (
    Arrivals,
    CareNetwork,
    Census,
    Cost,
    Distribution,
    Escalation,
    Group,
    Readmission,
    Route,
    Settings,
    Station,
)

EXITS = ("home", "died")
SHARES = (0.0, 0.125, 0.25, 0.375, 0.5)
"""Eighths are exact in floating point, so shares drawn from them sum to one without rounding."""


def lengths(low: float = 0.25, high: float = 6.0) -> st.SearchStrategy[float]:
    """Lengths of time in quarters of a time unit, so that ties between events happen now and then."""
    return st.integers(int(low * 4), int(high * 4)).map(lambda quarters: quarters / 4)


def _family(family: str, **parameters: st.SearchStrategy[float]) -> st.SearchStrategy[Distribution]:
    return st.fixed_dictionaries(parameters).map(lambda p: Distribution(family, p))


@st.composite
def _lengths_in_order(draw: st.DrawFn, family: str, *names: str) -> Distribution:
    """A family whose parameters must ascend strictly, such as low < mode < high."""
    values = draw(st.lists(lengths(), min_size=len(names), max_size=len(names), unique=True))
    return Distribution(family, dict(zip(names, sorted(values), strict=True)))


@st.composite
def _empirical(draw: st.DrawFn) -> Distribution:
    values = draw(st.lists(lengths(), min_size=1, max_size=4, unique=True))
    weights = draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    return Distribution("empirical", {}, tuple(values), tuple(float(weight) for weight in weights))


def distributions() -> st.SearchStrategy[Distribution]:
    """Any family that a network file knows, with a mean of a few time units."""
    return st.one_of(
        _family("deterministic", value=lengths()),
        _family("exponential", mean=lengths()),
        _family("gamma", mean=lengths(), shape=lengths(0.5, 3)),
        _family("erlang", mean=lengths(), phases=st.integers(1, 4).map(float)),
        _family("weibull", scale=lengths(), shape=lengths(0.75, 3)),
        _family("lognormal", mean=lengths(), sd=lengths(0.5, 4)),
        _family("lognormal", mean=lengths(), sigma=lengths(0.25, 1.25)),
        _family("lognormal", mu=lengths(0, 1.5), sigma=lengths(0.25, 1)),
        _lengths_in_order("uniform", "low", "high"),
        _lengths_in_order("triangular", "low", "mode", "high"),
        _empirical(),
    )


@st.composite
def _places(draw: st.DrawFn) -> tuple[tuple[float, float], ...]:
    """Usually a constant number of places; sometimes steps up or down; sometimes without limit."""
    first = draw(st.one_of(st.integers(1, 6).map(float), st.just(inf)))
    if first == inf:
        return ((0.0, inf),)
    times = draw(st.lists(lengths(1, 20), max_size=2, unique=True))
    later = [(time, float(draw(st.integers(1, 6)))) for time in sorted(times)]
    return ((0.0, first), *later)


@st.composite
def _stations(draw: st.DrawFn, name: str) -> Station:
    weekly = st.lists(lengths(0.5, 1.5), min_size=7, max_size=7).map(
        lambda factors: tuple(factor * 7 / sum(factors) for factor in factors)
    )
    places = draw(_places())
    extra = st.builds(Escalation, st.integers(1, 2), st.sampled_from((0.75, 1.0)))
    return Station(
        name=name,
        label=name.title(),
        places=places,
        waiting_room=draw(st.one_of(st.just(inf), st.integers(0, 4).map(float))),
        buffer=draw(st.one_of(st.just(0.0), st.integers(1, 3).map(float), st.just(inf))),
        transfers_first=draw(st.booleans()),
        escalation=draw(st.one_of(st.none(), extra)) if places[0][1] < inf else None,
        leaving_by_weekday=draw(st.one_of(st.none(), weekly)),
        organisation="hospital",
        cost=draw(st.sampled_from((Cost(), Cost(place=2.0, waiting=1.0), Cost(occupied=3.0, admission=5.0)))),
        kind=name,
    )


@st.composite
def _arrivals(draw: st.DrawFn, at: str) -> Arrivals:
    """By rate (with profiles now and then), by a fixed interval, by random gaps, or a given series."""
    rate = draw(st.sampled_from((0.5, 1.0, 2.0)))
    weekly = st.lists(lengths(0.25, 2), min_size=7, max_size=7).map(tuple)
    monthly = st.lists(lengths(0.5, 1.5), min_size=12, max_size=12).map(tuple)
    by_rate = st.builds(
        Arrivals,
        at=st.just(at),
        rate=st.just(rate),
        by_weekday=st.one_of(st.just(()), weekly),
        by_month=st.one_of(st.just(()), monthly),
        growth=st.sampled_from((0.0, 0.05)),
        dispersion=st.sampled_from((0.0, 0.2)),
    )
    by_interval = st.builds(Arrivals, at=st.just(at), every=lengths(0.5, 2))
    by_gaps = st.builds(Arrivals, at=st.just(at), gaps=distributions())
    series = st.lists(st.integers(0, 3).map(float), min_size=1, max_size=20).filter(any).map(tuple)
    by_series = st.builds(Arrivals, at=st.just(at), series=series)
    return draw(st.one_of(by_rate, by_rate, by_interval, by_gaps, by_series))


@st.composite
def _routes(draw: st.DrawFn, onward: tuple[str, ...]) -> tuple[Route, ...]:
    """Ways out of a station: some shares onwards, what is left over goes home; a few routes with a delay."""
    delays = st.one_of(st.none(), st.none(), distributions())
    left, routes = 1.0, []
    for target in (*onward, "died"):
        share = min(draw(st.sampled_from(SHARES)), left)
        if share:
            routes.append(Route(target, share, draw(delays)))
            left -= share
    if left:
        routes.append(Route("home", left, draw(delays)))
    return tuple(routes)


@st.composite
def _groups(draw: st.DrawFn, name: str, stations: tuple[str, ...], at: str) -> Group:
    some = st.dictionaries(st.sampled_from(stations), distributions(), max_size=len(stations))
    order = {station: position for position, station in enumerate(stations)}
    kind = draw(st.sampled_from(("emergency", "elective")))
    return Group(
        name=name,
        label=name.title(),
        kind=kind,
        priority=draw(st.integers(0, 2)),
        arrivals=draw(_arrivals(at)),
        stays={station: draw(distributions()) for station in stations},
        routes={station: draw(_routes(stations[order[station] + 1 :])) for station in stations},
        patience=draw(some),
        dies_waiting=draw(some),
        diverts_to=draw(st.one_of(st.none(), st.sampled_from(stations))),
    )


@st.composite
def _readmissions(draw: st.DrawFn, groups: tuple[str, ...], stations: tuple[str, ...]) -> Readmission:
    return Readmission(
        after_exits=("home",),
        probability=draw(st.sampled_from((0.125, 0.5))),
        interval=draw(distributions()),
        group=draw(st.sampled_from(groups)),
        at=draw(st.sampled_from(stations)),
        at_most=draw(st.integers(1, 3)),
    )


def _with_census(station: Station, onward: tuple[str, ...]) -> Station:
    """Somebody in half of the places, one of them blocked for the next station, and one person waiting."""
    occupied = 3 if station.places[0][1] == inf else int(station.places[0][1] + 1) // 2
    blocked = {onward[0]: 1} if onward else {}
    waiting = int(min(station.waiting_room, 1))
    return replace(station, census=Census(occupied=occupied, waiting=waiting, blocked=blocked))


@st.composite
def networks(draw: st.DrawFn, max_stations: int = 4, max_groups: int = 3) -> CareNetwork:
    """A small valid acyclic network with varied stays, priorities, rooms, steps, delays and readmissions."""
    names = tuple(f"station {letter}" for letter in "abcdef"[: draw(st.integers(1, max_stations))])
    titles = tuple(f"group {number}" for number in range(1, 1 + draw(st.integers(1, max_groups))))
    stations = tuple(draw(_stations(name)) for name in names)
    # somebody starts at the first station, and later stations are reached by a group of their own if need be
    groups = [draw(_groups(titles[0], names, names[0]))]
    groups += [draw(_groups(title, names, draw(st.sampled_from(names)))) for title in titles[1:]]
    groups = [replace(group, readmission=draw(st.one_of(st.none(), _readmissions(titles, names)))) for group in groups]
    start = draw(st.sampled_from(("empty", "equilibrium", "census")))
    if start == "census":
        stations = tuple(_with_census(station, names[position + 1 :]) for position, station in enumerate(stations))
    network = CareNetwork(
        name="A small place",
        says="Drawn at random for a test",
        time_unit=draw(st.sampled_from(("days", "days", "hours"))),
        exits=EXITS,
        stations=stations,
        groups=tuple(groups),
        start=start,
        settings=Settings(warm_up=0.0, run=30.0, replications=1),
        source="drawn at random",
    )
    return _trimmed(network)


def _trimmed(network: CareNetwork) -> CareNetwork:
    """The same network without what nobody can reach, as a file's checks demand."""
    reached = {group.name: _reached(group, network) for group in network.groups}
    everywhere = set().union(*reached.values())
    groups = tuple(_only_at(group, reached[group.name]) for group in network.groups)
    ways = {(station, route.target) for group in groups for station in group.routes for route in group.routes[station]}
    stations = tuple(_blocked_on_a_way(station, ways) for station in network.stations if station.name in everywhere)
    return replace(network, stations=stations, groups=groups)


def _reached(group: Group, network: CareNetwork) -> set[str]:
    """Stations that people of a group can come to, from outside, readmitted, diverted or by a route."""
    doors = {group.arrivals.at} if group.arrivals else set()
    doors |= {group.diverts_to} if group.diverts_to else set()
    doors |= {
        other.readmission.at for other in network.groups if other.readmission and other.readmission.group == group.name
    }
    reached: set[str] = set()
    while doors:
        station = doors.pop()
        reached.add(station)
        onward = {route.target for route in group.routes[station]} - set(network.exits)
        doors |= onward - reached
    return reached


def _only_at(group: Group, reached: set[str]) -> Group:
    def kept(by_station: dict) -> dict:
        return {station: value for station, value in by_station.items() if station in reached}

    return replace(
        group,
        stays=kept(group.stays),
        routes=kept(group.routes),
        patience=kept(group.patience),
        dies_waiting=kept(group.dies_waiting),
    )


def _blocked_on_a_way(station: Station, ways: set[tuple[str, str]]) -> Station:
    """The station, with nobody blocked in it for a place that nobody goes to from there."""
    if station.census is None:
        return station
    blocked = {to: number for to, number in station.census.blocked.items() if (station.name, to) in ways}
    return replace(station, census=replace(station.census, blocked=blocked))
