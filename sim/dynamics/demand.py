"""Demand: how many people come, by stream and age band, before programmes and with them.

The headline growth is the growth of all admissions together. Demography gives each age band its own part of it;
the rest, the excess, is divided between the streams by given shares, and within a stream between age bands in
proportion to admissions. Length of stay has its own trend, so bed days grow differently from admissions.

Wherever `years` since the start are given, they may have any shape, (T,) for as many months, and what comes back
has that shape before its own axes. None of it depends on the patient flow; the feedback of unmet need does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray, IntArray, by_age, ratio
from sim.dynamics.effects import Effects, no_effects
from sim.dynamics.growth import Growth
from sim.inputs import (
    AGE_BANDS,
    MONTHS,
    STREAMS,
    Footprint,
    Parameters,
    as_of,
    first_month,
    first_year,
    load_population_index,
)

PopulationAt = Callable[[str, FloatArray], FloatArray]
"""People of an age band relative to the start, so many years after it; the shape of the years."""
Group = tuple[str, str | None]
"""A kind of group of the care network and its age band, or None where it is not by age."""
COMMUNITY = ("community_p1", "community_p2", "community_home_care", "community_care_home")
SOCIAL_CARE = ("community_home_care", "community_care_home")
EMERGENCY = ("emergency_same_day", "emergency_overnight")


@dataclass(frozen=True, slots=True)
class Demand:
    """Demand of a footprint, prepared. K streams (STREAMS), A age bands, C kinds of referral (COMMUNITY).

    admissions     base year, people a year, K by A
    referrals      base year, people a year, C by A
    growth         of all admissions together
    excess_share   part of the growth beyond demography that each stream has, (K,), sums to 1
    community_growth   of referrals beyond demography
    stay_trend     of stays, by "emergency" and "elective"
    month_factor   by stream, twelve factors from January
    later_months   of emergencies, relative to those, each from so many years after the start on
    elasticity     relative increase of emergency admissions when all need for care is unmet
    """

    admissions: FloatArray
    referrals: FloatArray
    growth: Growth
    excess_share: FloatArray
    community_growth: Growth
    stay_trend: Mapping[str, Growth]
    month_factor: Mapping[str, FloatArray]
    later_months: tuple[tuple[float, FloatArray], ...]
    elasticity: float
    population: PopulationAt

    @classmethod
    def prepare(cls, parameters: Parameters, footprint: Footprint, population: PopulationAt) -> Demand:
        """Demand of a footprint under these parameters; ValueError if no stream has a part of the growth."""
        people = np.array([footprint.people[band] for band in AGE_BANDS])
        return cls(
            admissions=_admissions(parameters, people),
            referrals=np.array([_per_year(parameters, f"demand.{kind}_rate") * people for kind in COMMUNITY]),
            growth=Growth.of(parameters, "demand.admissions_growth"),
            excess_share=_excess_share(parameters),
            community_growth=Growth.of(parameters, "demand.community_growth"),
            stay_trend={kind: Growth.of(parameters, f"demand.stay_trend_{kind}") for kind in ("emergency", "elective")},
            month_factor=_month_factors(parameters),
            later_months=_later_months(parameters),
            elasticity=parameters.value("demand.unmet_elasticity"),
            population=population,
        )

    def volumes(self, years: FloatArray) -> FloatArray:
        """Admissions a year before programmes, (..., K, A); never negative."""
        by_demography = self.by_ageing(years)
        total = self.admissions.sum() * self.growth.index(years)
        beyond = total - by_demography.sum(axis=(-2, -1))
        excess = self.excess_share * np.asarray(beyond)[..., np.newaxis]
        stream = by_demography.sum(axis=-1)
        return by_demography * np.maximum(0.0, 1 + ratio(excess, stream))[..., np.newaxis]

    def by_ageing(self, years: FloatArray) -> FloatArray:
        """Admissions a year if only the number and ages of people changed, (..., K, A)."""
        admissions: FloatArray = self.admissions * self._index(years)[..., np.newaxis, :]
        return admissions

    def arrivals(self, years: FloatArray, effects: Effects | None = None) -> dict[Group, FloatArray]:
        """Multipliers of the base-year rate of every group of the care network, (...).

        Keys are ("emergency" or "elective", age band) and (kind of COMMUNITY, None).
        effects    what programmes take away; None for demand before programmes
        """
        effects = effects or no_effects(len(AGE_BANDS))
        growth = self._multipliers(years)
        emergency = growth["emergency_overnight"] * (1 - effects.overnight)
        elective = growth["elective_overnight"] * (1 - effects.elective)
        return _named("emergency", emergency) | _named("elective", elective) | self._referral_growth(years, effects)

    def diverted(self, years: FloatArray, effects: Effects) -> dict[Group, FloatArray]:
        """Community work that averted emergencies become, as a share of the group's base-year rate, (...)."""
        return _named("emergency", self._multipliers(years)["emergency_overnight"] * effects.displaced)

    def counted(self, years: FloatArray, month_of_year: IntArray, effects: Effects) -> dict[str, FloatArray]:
        """Same-day emergencies and day cases of the month, people, (...).

        month_of_year   1 for January to 12, (...)
        """
        volumes = self.monthly(years, month_of_year)
        return {
            stream: (volumes[stream] * (1 - getattr(effects, effect))).sum(axis=-1)
            for stream, effect in (("emergency_same_day", "same_day"), ("day_case", "elective"))
        }

    def monthly(self, years: FloatArray, month_of_year: IntArray) -> dict[str, FloatArray]:
        """Admissions of the month by stream, each (..., A), before programmes; months are of equal length.

        month_of_year   1 for January to 12, (...)
        """
        volumes = self.volumes(years) / len(MONTHS)
        usual = {stream: self.month_factor[stream][month_of_year - 1, np.newaxis] for stream in STREAMS}
        unusual = self.unusual(years, month_of_year)[..., np.newaxis]
        factor = {stream: each * unusual if stream in EMERGENCY else each for stream, each in usual.items()}
        return {stream: volumes[..., place, :] * factor[stream] for place, stream in enumerate(STREAMS)}

    def unusual(self, years: FloatArray, month_of_year: IntArray) -> FloatArray:
        """Emergencies of a month relative to what its place in the year usually brings, (...); as in a hard winter.

        month_of_year   1 for January to 12, (...)
        """
        found = np.ones(np.shape(month_of_year))
        for begins, factors in self.later_months:
            found = np.where(years >= begins, factors[month_of_year - 1], found)
        return found

    def stays(self, years: FloatArray) -> dict[str, FloatArray]:
        """Factors on the length of emergency and elective stays, (...)."""
        return {kind: trend.index(years) for kind, trend in self.stay_trend.items()}

    def feedback(self, unmet: float, in_need: float) -> float:
        """Relative increase of emergency admissions when care falls short.

        unmet     people who have waited past the threshold for community or social care
        in_need   people who have a place there, and those
        """
        return self.elasticity * unmet / in_need if in_need > 0 else 0.0

    def _index(self, years: FloatArray) -> FloatArray:
        return np.stack([self.population(band, years) for band in AGE_BANDS], axis=-1)

    def _multipliers(self, years: FloatArray) -> dict[str, FloatArray]:
        growth = ratio(self.volumes(years), self.admissions, 1.0)
        return {stream: growth[..., place, :] for place, stream in enumerate(STREAMS)}

    def _referral_growth(self, years: FloatArray, effects: Effects) -> dict[Group, FloatArray]:
        index = self._index(years)
        beyond = self.community_growth.index(years)
        growth: dict[Group, FloatArray] = {}
        for kind, base in zip(COMMUNITY, self.referrals, strict=True):
            left = index * (1 - effects.social_care) if kind in SOCIAL_CARE else index
            growth[kind, None] = beyond * (left @ base / base.sum() if base.sum() > 0 else 1.0)
        return growth


def _named(kind: str, multipliers: FloatArray) -> dict[Group, FloatArray]:
    return {(kind, band): multipliers[..., place] for place, band in enumerate(AGE_BANDS)}


def growth_by_ageing(parameters: Parameters, footprint: Footprint, years: float) -> float:
    """Growth of admissions from the number and ages of people alone, percent a year over so many years.

    footprint   with the people of the day on which runs begin
    """
    population = load_population_index().starting(first_year(parameters))
    demand = Demand.prepare(parameters, footprint, population)
    grown = demand.by_ageing(np.array(years)).sum() / demand.admissions.sum()
    return float(100 * (grown ** (1 / years) - 1))


def _admissions(parameters: Parameters, people: FloatArray) -> FloatArray:
    emergency = _per_year(parameters, "demand.emergency_rate") * people
    same_day = by_age(parameters.by("demand.same_day_share"))
    elective = _per_year(parameters, "demand.elective_overnight_rate") * people
    day_case = _per_year(parameters, "demand.day_case_rate") * people
    return np.array([emergency * same_day, emergency * (1 - same_day), elective, day_case])


def _excess_share(parameters: Parameters) -> FloatArray:
    share = np.array([parameters.by("demand.excess_share")[stream] for stream in STREAMS])
    if share.sum() <= 0:
        raise ValueError("demand.excess_share adds up to 0; growth beyond ageing needs a stream to go to.")
    return share / share.sum()


def _month_factors(parameters: Parameters) -> dict[str, FloatArray]:
    kinds = {"emergency": EMERGENCY, "elective": ("elective_overnight", "day_case")}
    factors = {kind: parameters.by(f"demand.month_factor_{kind}") for kind in kinds}
    return {
        stream: np.array([factors[kind][month] for month in MONTHS])
        for kind, streams in kinds.items()
        for stream in streams
    }


def _later_months(parameters: Parameters) -> tuple[tuple[float, FloatArray], ...]:
    """Factors by month of later phases, relative to those that the network's arrivals have."""
    name, first = "demand.month_factor_emergency", first_month(parameters)
    changed = {year for key in MONTHS for year, _ in parameters.later(f"{name}.{key}")}
    usual = np.array([parameters.by(name)[month] for month in MONTHS])
    known = ((year, as_of(parameters, first + round(year * len(MONTHS))).by(name)) for year in sorted(changed))
    return tuple((year, ratio([factors[month] for month in MONTHS], usual, 1.0)) for year, factors in known)


def _per_year(parameters: Parameters, name: str) -> FloatArray:
    """People a year for each person of the band."""
    return by_age(parameters.by(name, unit="share_per_year"))
