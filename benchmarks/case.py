"""The reference case, from its figures: what every engine is given, ours and its peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from math import ceil, sqrt
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from sim.network.build import network_from
from sim.network.model import CareNetwork
from sim.network.schema import NetworkSpec
from sim.network.traffic import expected_load

FIGURES = Path(__file__).parent / "networks" / "r1.yaml"
FIRST = "acute"
Steps = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A length of stay: lognormal by mean and coefficient of variation, or gamma by mean and shape; days."""

    family: str
    mean: float
    cv: float = 0.0
    shape: float = 0.0

    @property
    def sd(self) -> float:
        """Standard deviation, days."""
        return self.mean * (self.cv or 1 / sqrt(self.shape))


@dataclass(frozen=True, slots=True)
class Patients:
    """People of one kind and age band.

    rate         people a day at the beginning
    ways         shares of the ways out of the acute bed: later places, died, home (all)
    readmission  share of those gone home who come back, as `returns_as`
    """

    name: str
    kind: str
    priority: int
    rate: float
    by_month: tuple[float, ...]
    by_weekday: tuple[float, ...]
    stay: Stay
    ways: Mapping[str, float]
    readmission: float
    returns_as: str


@dataclass(frozen=True, slots=True)
class Case:
    """One size of the reference case; times in days since `begins`.

    places   by station: (from day, number) steps
    later    stays at the stations after the acute one
    """

    people: float
    years: float
    days: float
    warm_up: float
    begins: date
    growth: float
    patients: tuple[Patients, ...]
    later: Mapping[str, Stay]
    places: Mapping[str, Steps]
    interval: float
    at_most: int

    @property
    def stations(self) -> tuple[str, ...]:
        """Acute beds first."""
        return tuple(self.places)

    def factor(self, patients: Patients, day: int) -> float:
        """The rate on a whole day, relative to that of the beginning; growth apart."""
        when = self.begins + timedelta(days=day)
        month = patients.by_month[when.month - 1] if patients.by_month else 1.0
        return month * (patients.by_weekday[when.weekday()] if patients.by_weekday else 1.0)


@cache
def figures() -> Mapping[str, Any]:
    """The figures of the reference case as they stand in its file."""
    return YAML(typ="safe").load(FIGURES.read_text(encoding="utf-8"))


def reference_case(people: float, years: float | None = None) -> Case:
    """R1 for so many people.

    years   the warm-up year counted in, unless it is a single year; None means as in the file
    """
    f = figures()
    years = f["years"] if years is None else years
    patients = tuple(_patients(kind, band, people) for kind in f["kinds"] for band in range(len(f["ages"])))
    return Case(
        people=people,
        years=years,
        days=years * f["days_a_year"],
        warm_up=f["days_a_year"] if years > 1 else 0,
        begins=f["begins"],
        growth=f["growth"],
        patients=patients,
        later={name: Stay(**each["stay"]) for name, each in f["later"].items()},
        places={name: _steps(name, people, ceil(years) + 1) for name in f["places"]},
        interval=f["readmission"]["interval"],
        at_most=f["readmission"]["at_most"],
    )


def constant_case(people: float, years: float | None = None) -> Case:
    """The case without growth, seasons and changes of places, for engines that cannot vary places."""
    f, case = figures(), reference_case(people, years)
    alike = tuple(
        replace(each, rate=each.rate * (1 + f["growth"]) ** f["mid_horizon"], by_month=(), by_weekday=())
        for each in case.patients
    )
    case = replace(case, growth=0.0, patients=alike)
    load = expected_load(network_of(case)).load.sum(axis=0).tolist()
    places = {
        name: ((0.0, ceil(each + f["constant_slack"] * sqrt(each))),)
        for name, each in zip(case.stations, load, strict=True)
    }
    return replace(case, places=places)


def network_of(case: Case) -> CareNetwork:
    """The case as a care network, in the words of a network file."""
    return network_from(NetworkSpec.model_validate(network_data(case)))


def network_data(case: Case) -> dict[str, Any]:
    """What a network file of the case would hold."""
    f = figures()
    return {
        "name": f"R1, {case.people:,.0f} people",
        "says": f["says"],
        "source": f["source"],
        "time_unit": "days",
        "begins": case.begins,
        "exits": ["home", "ended", "died"],
        "settings": {"warm_up": case.warm_up, "run": case.days - case.warm_up},
        "stations": {name: {"places": dict(steps)} for name, steps in case.places.items()},
        "defaults": {
            "stays": {name: _stay_data(stay) for name, stay in case.later.items()},
            "routes": {name: {"ended": 1} for name in case.later},
        },
        "groups": {patients.name: _group_data(case, patients) for patients in case.patients},
    }


def _group_data(case: Case, patients: Patients) -> dict[str, Any]:
    profiles = {"by_month": list(patients.by_month), "by_weekday": list(patients.by_weekday)}
    return {
        "kind": patients.kind,
        "priority": patients.priority,
        "arrivals": {"at": FIRST, "rate": patients.rate, "growth": case.growth}
        | {name: factors for name, factors in profiles.items() if factors},
        "stays": {FIRST: _stay_data(patients.stay)},
        "routes": {FIRST: {**patients.ways, "home": "rest"}},
        "readmission": {
            "after_exits": ["home"],
            "probability": patients.readmission,
            "interval": {"family": "exponential", "mean": case.interval},
            "group": patients.returns_as,
            "at_most": case.at_most,
        },
    }


def _stay_data(stay: Stay) -> dict[str, Any]:
    given = {"sd": stay.sd} if stay.family == "lognormal" else {"shape": stay.shape}
    return {"family": stay.family, "mean": stay.mean, **given}


def _patients(kind: str, band: int, people: float) -> Patients:
    f, of_kind, ages = figures(), figures()["kinds"][kind], list(figures()["ages"])
    a_year = of_kind["rate"][band] / 1000 * people * f["ages"][ages[band]]
    stay, died = of_kind["stay"], of_kind["died"][band]
    ways = {name: (1 - died) * later["goes_there"][band] for name, later in f["later"].items()} | {"died": died}
    return Patients(
        name=f"{kind}_{ages[band]}",
        kind=kind,
        priority=of_kind["priority"],
        rate=a_year / f["days_a_year"] / (1 + f["growth"]) ** f["mid_horizon"],
        by_month=tuple(of_kind["by_month"]),
        by_weekday=tuple(of_kind["by_weekday"]),
        stay=Stay(**stay | {"mean": stay["mean"][band]}),
        ways=ways | {"home": 1 - sum(ways.values())},
        readmission=of_kind["readmission"][band],
        returns_as=f"emergency_{ages[band]}",
    )


def _steps(name: str, people: float, years: int) -> Steps:
    """Places of a station on every day on which they change."""
    f = figures()
    begins, season = f["begins"], f["seasons"].get(name)
    days = {begins.replace(year=begins.year + year) for year in range(years)}
    if season:
        days |= {day for year in range(-1, years) for day in _turns(season, begins.year + year) if day >= begins}
    found: list[tuple[float, int]] = []
    for day in sorted(days):
        places = _places(name, people, day)
        if not found or places != found[-1][1]:
            found.append((float((day - begins).days), places))
    return tuple(found)


def _turns(season: Mapping[str, Any], year: int) -> Iterator[date]:
    """The first day of a season that begins in this year, and the first day after it."""
    first, last = (date.fromisoformat(f"{year}-{season[end]}") for end in ("from", "to"))
    yield first
    yield (last if last > first else last.replace(year=year + 1)) + timedelta(days=1)


def _places(name: str, people: float, day: date) -> int:
    f = figures()
    own, season, share = f["places"][name], f["seasons"].get(name), people / f["people"]
    years = day.year - f["begins"].year - (day < f["begins"].replace(year=day.year))
    here = own["at_start"] * (1 + own["growth"]) ** years
    if season and any(first <= day < after for first, after in _seasons_near(season, day.year)):
        here *= 1 + season["change"]
    return round(here * share + f["slack"] * sqrt(here) * max(0.0, sqrt(share) - share))


def _seasons_near(season: Mapping[str, Any], year: int) -> Iterator[tuple[date, date]]:
    for each in (year - 1, year):
        first, after = _turns(season, each)
        yield first, after
