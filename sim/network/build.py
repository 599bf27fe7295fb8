"""From the checked shape of a network file to a CareNetwork: defaults filled in, rests worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import gamma

from sim.network.families import DistributionSpec
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
from sim.network.reach import reach_of
from sim.network.schema import (
    ArrivalsSpec,
    DefaultsSpec,
    EscalationSpec,
    GroupSpec,
    NetworkSpec,
    ReadmissionSpec,
    RouteSpec,
    StationSpec,
)

ROUNDING = 1e-9
"""How far a row of shares may miss 1 through rounding."""


def network_from(spec: NetworkSpec) -> CareNetwork:
    """The network a file describes. What only shows when parts are seen together is not checked here."""
    groups = [_group(name, group, spec) for name, group in spec.groups.items()]
    return CareNetwork(
        name=spec.name,
        says=" ".join(spec.says.split()),
        time_unit=spec.time_unit,
        exits=spec.exits,
        stations=tuple(_station(name, station) for name, station in spec.stations.items()),
        groups=tuple(_with_defaults(group, groups, spec.defaults) for group in groups),
        start=spec.start,
        begins=spec.begins,
        settings=Settings(**dict(spec.settings)),
        source=" ".join(spec.source.split()),
    )


def distribution(spec: DistributionSpec) -> Distribution:
    """A length of time as the model keeps it: a weibull always by its scale."""
    given = spec.given
    if spec.family == "weibull" and "mean" in given:
        given["scale"] = given.pop("mean") / gamma(1.0 + 1.0 / given["shape"])
    values, weights = given.pop("values", ()), given.pop("weights", ())
    return Distribution(spec.family, given, tuple(values), tuple(weights))


def label_of(name: str) -> str:
    """A name as a heading, for parts that were given no label."""
    return name[:1].upper() + name[1:].replace("_", " ")


def _station(name: str, spec: StationSpec) -> Station:
    return Station(
        name=name,
        label=spec.label or label_of(name),
        places=spec.places,
        waiting_room=spec.waiting_room,
        buffer=spec.buffer,
        transfers_first=spec.transfers_first,
        escalation=_escalation(spec.escalation, spec.places[0][1]) if spec.escalation else None,
        leaving_by_weekday=_mean_one(spec.leaving_by_weekday) if spec.leaving_by_weekday else None,
        organisation=spec.organisation,
        cost=Cost(**dict(spec.cost)),
        census=Census(**dict(spec.census)) if spec.census else None,
        pool=spec.pool,
        locality=spec.locality,
        kind=spec.kind or name,
    )


def _escalation(spec: EscalationSpec, places: float) -> Escalation:
    extra = spec.places if spec.places is not None else round((spec.share or 0) * places)
    return Escalation(places=extra, opens_at=spec.opens_at)


def _mean_one(factors: tuple[float, ...]) -> tuple[float, ...]:
    """Factors relative to their mean, so that published ones may be rounded."""
    return tuple(factor * len(factors) / sum(factors) for factor in factors)


def _group(name: str, spec: GroupSpec, network: NetworkSpec) -> Group:
    return Group(
        name=name,
        label=spec.label or label_of(name),
        kind=spec.kind or name,
        priority=spec.priority,
        arrivals=_arrivals(spec.arrivals) if spec.arrivals else None,
        stays=_distributions(spec.stays),
        routes=_all_routes(spec.routes),
        patience=_distributions(spec.patience),
        dies_waiting=_distributions(spec.dies_waiting),
        readmission=_readmission(spec.readmission, name, network) if spec.readmission else None,
        diverts_to=spec.diverts_to,
        locality=spec.locality,
    )


def _arrivals(spec: ArrivalsSpec) -> Arrivals:
    return Arrivals(
        at=spec.at,
        rate=spec.rate or 0.0,
        every=spec.every or 0.0,
        gaps=distribution(spec.gaps) if spec.gaps else None,
        series=spec.series or (),
        by_hour=spec.by_hour,
        by_weekday=spec.by_weekday,
        by_month=spec.by_month,
        by_year=spec.by_year,
        growth=spec.growth,
        dispersion=spec.dispersion,
    )


def _distributions(specs: Mapping[str, DistributionSpec]) -> dict[str, Distribution]:
    return {station: distribution(spec) for station, spec in specs.items()}


def _all_routes(specs: Mapping[str, Mapping[str, RouteSpec]]) -> dict[str, tuple[Route, ...]]:
    return {station: _routes(row) for station, row in specs.items()}


def _routes(row: Mapping[str, RouteSpec]) -> tuple[Route, ...]:
    """The ways out of a station; the share of `rest` is what the others leave, rounding errors aside."""
    rest = 1.0 - sum(spec.share for spec in row.values() if spec.share is not None)
    rest = 0.0 if abs(rest) < ROUNDING else rest
    return tuple(
        Route(
            target=target,
            share=rest if spec.share is None else spec.share,
            delay=distribution(spec.delay) if spec.delay else None,
        )
        for target, spec in row.items()
    )


def _readmission(spec: ReadmissionSpec, name: str, network: NetworkSpec) -> Readmission:
    """The readmission of a group; it leads to the same group, and to where that arrives, unless given."""
    group = spec.group or name
    arrivals = network.groups[group].arrivals if group in network.groups else None
    return Readmission(
        after_exits=spec.after_exits,
        probability=spec.probability,
        interval=distribution(spec.interval),
        group=group,
        at=spec.at or (arrivals.at if arrivals else ""),
        at_most=spec.at_most,
    )


def _with_defaults(group: Group, groups: list[Group], defaults: DefaultsSpec) -> Group:
    """The group with the defaults of every station that it reaches and says nothing of itself."""
    routes = _all_routes(defaults.routes) | dict(group.routes)
    stations = reach_of(replace(group, routes=routes), groups)

    def added(given: DefaultsSpec, own: Mapping[str, Distribution], field: str) -> dict[str, Distribution]:
        usual = {name: entry for name, entry in getattr(given, field).items() if name in stations}
        return _distributions(usual) | dict(own)

    return replace(
        group,
        stays=added(defaults, group.stays, "stays"),
        routes={name: row for name, row in routes.items() if name in stations or name in group.routes},
        patience=added(defaults, group.patience, "patience"),
        dies_waiting=added(defaults, group.dies_waiting, "dies_waiting"),
    )
