"""The base year and its growth by hand: sums over the tables of parameters, without the simulator.

Rates are per 1,000 people of England in mid-2017, the year the fit was made for; flows are per million and day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs import AGE_BANDS, STREAMS, Footprint, Parameters, PopulationIndex

Bands = NDArray[np.float64]
DAYS = 365.25


def by_age(parameters: Parameters, name: str) -> Bands:
    return np.array([parameters.by(name)[band] for band in AGE_BANDS])


def age_mix(england: Footprint) -> Bands:
    """Share of each age band in mid-2017."""
    people = np.array([england.counted[band] for band in AGE_BANDS])
    return people / people.sum()


@dataclass(frozen=True)
class BaseYear:
    """A year of stays per 1,000 people, by age band."""

    parameters: Parameters
    mix: Bands

    def rate(self, name: str) -> Bands:
        return by_age(self.parameters, name) * self.mix

    def share(self, name: str) -> Bands:
        return by_age(self.parameters, f"flow.{name}")

    @property
    def first_overnight(self) -> Bands:
        return self.rate("demand.emergency_rate") * (1 - by_age(self.parameters, "demand.same_day_share"))

    @property
    def same_day(self) -> Bands:
        return self.rate("demand.emergency_rate") - self.first_overnight

    @property
    def elective(self) -> Bands:
        return self.rate("demand.elective_overnight_rate")

    @property
    def emergency_home_share(self) -> Bands:
        """Share of emergency stays from which people leave straight for home."""
        left = ("death_in_hospital", "to_p1", "to_p2", "to_p3", "to_home_care", "to_care_home")
        return 1 - sum(self.share(name) for name in left)

    @property
    def going_home(self) -> Bands:
        """People who leave hospital straight for home, of first emergency stays and elective ones."""
        elective = 1 - sum(self.share(name) for name in ("death_elective", "elective_to_p1", "elective_to_p2"))
        return self.first_overnight * self.emergency_home_share + self.elective * elective

    @property
    def all_going_home(self) -> Bands:
        """The same, and those who go home after a readmission."""
        return self.going_home + self.readmissions * self.emergency_home_share

    @property
    def readmissions(self) -> Bands:
        return self.going_home * self.share("readmission")

    @property
    def overnight(self) -> Bands:
        return self.first_overnight + self.readmissions

    @property
    def bed_days(self) -> Bands:
        """Active bed days of emergencies."""
        return self.overnight * by_age(self.parameters, "stay.emergency")

    @property
    def elective_bed_days(self) -> Bands:
        return self.elective * by_age(self.parameters, "stay.elective")

    def leaving_for(self, station: str) -> float:
        """People a day per million who go there from hospital."""
        emergency = self.overnight @ self.share(f"to_{station}")
        from_elective = station in ("p1", "p2")
        elective = self.elective @ self.share(f"elective_to_{station}") if from_elective else 0.0
        return float(emergency + elective) * 1000 / DAYS

    def starts(self) -> dict[str, float]:
        """People a day per million who start at each kind of place, from wherever."""
        share = {name: self.parameters.value(f"flow.{name}") for name in ONWARD}
        p1, p2 = (self._referred(kind) + self.leaving_for(kind) for kind in ("p1", "p2"))
        p3 = self.leaving_for("p3")
        home_care = self._referred("home_care") + self.leaving_for("home_care")
        home_care += sum(each * share[f"{kind}_to_home_care"] for kind, each in (("p1", p1), ("p2", p2), ("p3", p3)))
        care_home = self._referred("care_home") + self.leaving_for("care_home")
        care_home += sum(each * share[f"{kind}_to_care_home"] for kind, each in (("p2", p2), ("p3", p3)))
        care_home += home_care * share["home_care_to_care_home"]
        return {"p1": p1, "p2": p2, "p3": p3, "home_care": home_care, "care_home": care_home}

    def loads(self) -> dict[str, float]:
        """People in places of each kind, per 1,000."""
        return {kind: each * self.parameters.value(f"stay.{kind}") / 1000 for kind, each in self.starts().items()}

    def _referred(self, kind: str) -> float:
        return float(self.rate(f"demand.community_{kind}_rate").sum()) * 1000 / DAYS


ONWARD = (
    "p1_to_home_care", "p2_to_home_care", "p3_to_home_care", "p2_to_care_home", "p3_to_care_home",
    "home_care_to_care_home",
)  # fmt: skip


@dataclass(frozen=True)
class Growth:
    """Admissions some years after the start, by the rule that the model states."""

    parameters: Parameters
    people: Bands
    index: PopulationIndex

    def streams(self, years: float) -> dict[str, Bands]:
        """First admissions a year by stream and age band, with no programmes."""
        p = self.parameters
        emergency, same_day = by_age(p, "demand.emergency_rate"), by_age(p, "demand.same_day_share")
        rates = (emergency * same_day, emergency * (1 - same_day))
        rates += (by_age(p, "demand.elective_overnight_rate"), by_age(p, "demand.day_case_rate"))
        grown = self.people * np.array([self.index(band, years) for band in AGE_BANDS])
        base, ageing = sum((self.people @ rate) for rate in rates), sum((grown @ rate) for rate in rates)
        excess = base * (1 + p.rate("demand.admissions_growth")) ** years - ageing
        share: Mapping[str, float] = p.by("demand.excess_share")
        return {
            stream: grown * rate * (1 + share[stream] * excess / (grown @ rate))
            for stream, rate in zip(STREAMS, rates, strict=True)
        }

    def bed_days(self, years: float, base: BaseYear) -> float:
        """Emergency bed days a year, readmissions included, stays following their trend."""
        streams, mix = self.streams(years), base.mix
        again = base.going_home * base.share("readmission")
        rise = (streams["emergency_overnight"] + streams["elective_overnight"]) / (
            self.streams(0)["emergency_overnight"] + self.streams(0)["elective_overnight"]
        )
        readmitted = again / mix / 1000 * self.people * rise
        stay = by_age(self.parameters, "stay.emergency")
        trend = (1 + self.parameters.rate("demand.stay_trend_emergency")) ** years
        return float((streams["emergency_overnight"] / 1000 + readmitted) @ stay) * trend


def a_year(later: float, earlier: float, years: float) -> float:
    """Growth in percent a year."""
    return ((later / earlier) ** (1 / years) - 1) * 100
