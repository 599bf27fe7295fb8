"""What the base year comes to by the traffic equations, for each million people; cheap, and without chance.

Beds held because the next place is full come from a queue, which linear equations do not know. They are taken as an
approximation that rises with the load, times what a simulation showed them to be of it.
Source of the approximation: Sakasegawa (1977), An approximation formula Lq = a rho^b / (1 - rho), Annals of the
Institute of Statistical Mathematics 29, for a queue with many places.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.experiments.calibration.basis import MILLION, Basis, load_by_kind
from sim.inputs import AGE_BANDS, NEXT_STATIONS, STATIONS, Parameters
from sim.network.attribution import delay_owners
from sim.network.model import CareNetwork, Route
from sim.network.traffic import Traffic, expected_load, mean_length

FloatArray = NDArray[np.float64]
DAYS_A_YEAR = 365.25
THOUSANDS = MILLION / 1000
OLDER = AGE_BANDS.index("65-74")
AT_HOME = ("p1", "home_care")
"""Where care comes to people's own homes."""
Queue = Mapping[str, float]
"""By kind of station: beds held because it is full, simulated, over what the approximation makes of them."""
NEARLY_FULL = 1 - 1 / 32
"""Load over places above which the approximation goes on along its tangent: a queue that people leave has an end."""
NO_QUEUE: Queue = dict.fromkeys(NEXT_STATIONS, 0.0)


def by_equations(parameters: Parameters, basis: Basis, queue: Queue) -> dict[str, float]:
    """Every figure that the equations know, by name of the target it belongs to, in the target's unit."""
    network = basis.million(parameters)
    year = _Year(network, expected_load(network))
    load = {kind: year.load(kind) for kind in STATIONS}
    places = basis.places(parameters, load)
    beds = places["acute"] / THOUSANDS
    held = {kind: queue[kind] * each for kind, each in _approximated(parameters, load, places).items()}
    return {
        "acute_beds": beds,
        **_admissions(parameters, basis, year),
        **_stays(year, beds, held),
        **_delays(parameters, year, held),
        **{f"load.{kind}": year.load(kind) / THOUSANDS for kind in NEXT_STATIONS},
        **{f"starts.{kind}": year.starts(kind) for kind in NEXT_STATIONS},
    }


def approximated(parameters: Parameters, basis: Basis) -> dict[str, float]:
    """Beds per 1,000 people held because the station of each kind is full, by the approximation."""
    load = load_by_kind(basis.million(parameters))
    return _approximated(parameters, load, basis.places(parameters, load))


def _approximated(parameters: Parameters, load: Mapping[str, float], places: Mapping[str, float]) -> dict[str, float]:
    """The same, from load and places of a million people; each locality has places and a queue of its own."""
    localities = MILLION / parameters.value("capacity.locality_people")
    return {
        kind: _queue(load[kind] / places[kind], places[kind] / localities) * localities / THOUSANDS
        for kind in NEXT_STATIONS
    }


def _queue(busy: float, places: float) -> float:
    """People waiting for so many places, each busy for such a share of the time."""
    power = sqrt(2.0 * (places + 1.0))

    def formula(share: float) -> float:
        return share**power / (1.0 - share)

    if busy <= NEARLY_FULL:
        return formula(busy)
    slope = formula(NEARLY_FULL) * (power / NEARLY_FULL + 1.0 / (1.0 - NEARLY_FULL))
    return formula(NEARLY_FULL) + slope * (busy - NEARLY_FULL)


@dataclass(frozen=True)
class _Year:
    """The flows and loads of one locality of a million people, by kind of group and station; people a day, people."""

    network: CareNetwork
    traffic: Traffic

    def of_kind(self, kind: str) -> NDArray[np.bool_]:
        """Which groups are of a kind."""
        return np.array([group.kind == kind for group in self.network.groups])

    def station(self, kind: str) -> int:
        """The index of the station of a kind."""
        return [station.kind for station in self.network.stations].index(kind)

    def starts(self, kind: str) -> float:
        """People who begin a stay in a day."""
        return float(self.traffic.flow[:, self.station(kind)].sum())

    def load(self, kind: str) -> float:
        """People in places."""
        return float(self.traffic.load[:, self.station(kind)].sum())

    def overnight(self, kind: str) -> float:
        """Hospital stays of a kind of patient that begin in a day."""
        return float(self.traffic.flow[self.of_kind(kind), self.station("acute")].sum())

    def bed_days(self, kind: str) -> float:
        """Hospital beds in use by a kind of patient."""
        return float(self.traffic.load[self.of_kind(kind), self.station("acute")].sum())

    def leaving(self, target: str) -> FloatArray:
        """People leaving hospital in a day for a kind of station or an exit, by group."""
        return np.array([flow * sum(r.share for r in self._routes(g, target)) for g, flow in self._in_hospital()])

    def delay(self, target: str) -> FloatArray:
        """Beds held by delay that is not about capacity, of people going to a kind of station, by group."""
        return np.array(
            [
                flow * sum(r.share * mean_length(r.delay) for r in self._routes(g, target) if r.delay)
                for g, flow in self._in_hospital()
            ]
        )

    def _in_hospital(self) -> list[tuple[int, float]]:
        return list(enumerate(self.traffic.flow[:, self.station("acute")].tolist()))

    def _routes(self, group: int, target: str) -> list[Route]:
        acute = self.network.stations[self.station("acute")].name
        names = {station.name: station.kind for station in self.network.stations}
        routes = self.network.groups[group].routes.get(acute, ())
        return [route for route in routes if names.get(route.target, route.target) == target]


def _admissions(parameters: Parameters, basis: Basis, year: _Year) -> dict[str, float]:
    """Admissions a year per 1,000 people, and what becomes of them."""
    overnight, elective = (year.overnight(kind) * DAYS_A_YEAR / THOUSANDS for kind in ("emergency", "elective"))
    same_day = _per_1000(parameters, basis, "demand.emergency_rate", "demand.same_day_share")
    dying = year.leaving("died")[year.of_kind("emergency")].sum() * DAYS_A_YEAR / THOUSANDS
    home = year.traffic.exits[:, year.network.exits.index("home")].sum()
    return {
        "emergency_admissions": overnight + same_day,
        "emergency_same_day_share": same_day / (overnight + same_day),
        "elective_overnight": elective,
        "day_cases": _per_1000(parameters, basis, "demand.day_case_rate"),
        "death_in_hospital": float(dying) / (overnight + same_day),
        "readmission": float(year.traffic.readmitted.sum() / home),
    }


def _stays(year: _Year, beds: float, full: Mapping[str, float]) -> dict[str, float]:
    """Mean stays with all delay, how full the hospital is, and who lies in it."""
    blocked = {kind: _blocked(year, kind, full) for kind in ("emergency", "elective")}
    used = {kind: year.bed_days(kind) + blocked[kind] for kind in blocked}
    ages = np.array([AGE_BANDS.index(group.age_band) if group.age_band else 0 for group in year.network.groups])
    in_bed = year.traffic.load[:, year.station("acute")]
    return {
        "emergency_stay": used["emergency"] / year.overnight("emergency"),
        "elective_stay": used["elective"] / year.overnight("elective"),
        "acute_occupancy": sum(used.values()) / THOUSANDS / beds,
        "bed_days_65_and_over": float(in_bed[ages >= OLDER].sum() / in_bed.sum()),
    }


def _blocked(year: _Year, patients: str, full: Mapping[str, float]) -> float:
    """Beds held by a kind of patient for full places: shared as the people who go there are."""
    held, chosen = 0.0, year.of_kind(patients)
    for kind, beds in full.items():
        leaving = year.leaving(kind)
        held += beds * THOUSANDS * float(leaving[chosen].sum() / leaving.sum()) if leaving.sum() else 0.0
    return held


def _delays(parameters: Parameters, year: _Year, full: Mapping[str, float]) -> dict[str, float]:
    """Beds held by people ready to leave, and to whom that is laid."""
    held = {kind: float(year.delay(kind).sum()) / THOUSANDS + full[kind] for kind in NEXT_STATIONS}
    return {"delayed": sum(held.values()), **shares_laid(parameters, held)}


def shares_laid(parameters: Parameters, held: Mapping[str, float]) -> dict[str, float]:
    """Share of delay laid to each owner, and to social care for a package at home.

    held   beds by the kind of station that people wait for
    """
    total, owners = sum(held.values()), delay_owners(parameters)

    def laid(owner: str, kinds: Iterable[str]) -> float:
        return sum(held[kind] * owners[owner][kind] for kind in kinds) / total if total else 0.0

    split = {f"delayed_share.{owner}": laid(owner, NEXT_STATIONS) for owner in owners}
    return {**split, "delayed_home_package": laid("social_care", AT_HOME)}


def _per_1000(parameters: Parameters, basis: Basis, rate: str, share: str | None = None) -> float:
    """People a year per 1,000 of all ages: a rate by age band, times a share of it."""
    rates, shares = parameters.by(rate), parameters.by(share) if share else dict.fromkeys(AGE_BANDS, 1.0)
    people = sum(rates[band] * shares[band] * basis.people[band] for band in AGE_BANDS)
    return float(people / sum(basis.people.values()))
