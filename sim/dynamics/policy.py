"""The terms that money and capacity follow: functions of time only, read from the parameters once.

Terms may change in mid-run. Growth goes on from the level reached, and so do the shift and the capital; everything
else holds at once.

Wherever `years` since the start are given, they may have any shape, (T,) for as many months, and what comes back has
the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

import numpy as np

from sim.dynamics.arrays import FloatArray
from sim.dynamics.growth import Growth
from sim.dynamics.shift import Ramp, moved
from sim.inputs import BUDGET_HOLDERS, Parameters, as_of, first_month, phase_months

MONTHS_A_YEAR = 12
DAYS_A_MONTH = 365.25 / MONTHS_A_YEAR
SHIFTED_TO = {"public_health": "prevention", "community": "community", "social_care": "social_care"}
"""Who receives money moved out of the hospitals, and what their part of the mix is called."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Budgets, prices and the shift; money in pounds a year for the whole footprint, rates as shares a year.

    budget, opening   by organisation, base year; a deficit is an opening position below zero
    growth            of budgets, by organisation
    pressure          growth of real unit costs, by organisation
    efficiency        planned fall of unit costs a year; `delivered` of it happens, after `start_delay` years
    shift_share       of the acute budget, moved from `shift_start` (years) over `shift_ramp` (years)
    mix               parts of the shift by receiver, summing to 1
    fund              income of the transition fund, for `fund_years` from `shift_start`
    capital           a year, for opening beds
    home_care_share   of the shift money for social care that buys home care; the rest buys care-home places
    programme_mix     parts of the prevention money by programme; sums to 1, or all 0
    cuts              places follow money ("means") or are held whatever it says ("hold")
    pooled            the place balances as one ("place"), or each organisation for itself ("fortress")
    max_cut           of places, share a year
    later             terms that hold from so many years on, in order; growth alone knows of them by itself
    """

    budget: Mapping[str, float]
    opening: Mapping[str, float]
    growth: Mapping[str, Growth]
    pressure: Mapping[str, float]
    efficiency: float
    delivered: float
    start_delay: float
    shift_share: float
    shift_start: float
    shift_ramp: float
    mix: Mapping[str, float]
    fund: float
    fund_years: float
    capital: float
    home_care_share: float
    programme_mix: Mapping[str, float]
    cuts: bool
    pooled: bool
    max_cut: float
    later: tuple[tuple[float, Terms], ...] = ()

    @classmethod
    def prepare(cls, parameters: Parameters, people: float) -> Terms:
        """Terms of a footprint with so many people in the base year."""
        first = first_month(parameters)
        later = tuple(
            ((month - first) / MONTHS_A_YEAR, cls._prepare(as_of(parameters, month), people))
            for month in phase_months(parameters)
        )
        return replace(cls._prepare(parameters, people), later=later)

    @classmethod
    def _prepare(cls, parameters: Parameters, people: float) -> Terms:
        return cls(
            budget={name: people * value for name, value in parameters.by("finance.budget").items()},
            opening={name: people * value for name, value in parameters.by("finance.opening_position").items()},
            growth=Growth.by(parameters, "finance.budget_growth"),
            pressure=parameters.by("finance.cost_pressure", unit="share_per_year"),
            efficiency=parameters.rate("policy.efficiency_planned"),
            delivered=parameters.value("policy.share_delivered"),
            start_delay=parameters.value("policy.start_delay", unit="years"),
            shift_share=parameters.value("policy.shift_share"),
            shift_start=parameters.value("policy.shift_start", unit="years"),
            shift_ramp=parameters.value("policy.shift_ramp", unit="years"),
            mix=_mix(parameters),
            fund=people * parameters.value("policy.transition_fund"),
            fund_years=parameters.value("policy.transition_years", unit="years"),
            capital=people * parameters.value("policy.capital"),
            home_care_share=parameters.value("policy.social_care_home_care_share"),
            programme_mix=_relative(parameters.by("policy.programme_mix")),
            cuts=parameters.text("policy.regime") == "means",
            pooled=parameters.text("policy.behaviour") == "place",
            max_cut=parameters.rate("policy.max_cut"),
        )

    def income(self, years: FloatArray) -> dict[str, FloatArray]:
        """Pounds a year by organisation, before any transfer. Budgets are totals: they do not follow people."""
        return {name: self.budget[name] * self.growth[name].index(years) for name in BUDGET_HOLDERS}

    def base_spending(self, organisation: str) -> float:
        """Pounds a year in the base year: the budget and the opening deficit."""
        return self.budget[organisation] - self.opening[organisation]

    def cost_index(self, organisation: str, years: FloatArray) -> FloatArray:
        """Unit cost relative to the base year: pressure up, delivered efficiency down."""
        saving = self._saving.index(np.maximum(0.0, years - self.start_delay))
        return (1 + self.pressure[organisation]) ** years * saving

    def shifted(self, years: FloatArray) -> dict[str, FloatArray]:
        """Pounds a year moved out of the acute budget, by receiver."""
        ramps = [(begins, each._ramp) for begins, each in self.in_turn]
        pounds = moved(ramps, np.asarray(years)) * self.income(years)["acute"]
        return {receiver: pounds * part for receiver, part in self.held_by("mix", years).items()}

    def shifted_and_begun(self, years: FloatArray) -> dict[str, FloatArray]:
        """The same, as far as its start delay is over: what can have opened places by now."""
        now, then = self.shifted(years), self.shifted(years - self.start_delay)
        return {receiver: np.minimum(now[receiver], then[receiver]) for receiver in now}

    def fund_income(self, years: FloatArray) -> FloatArray:
        """Pounds a year paid into the transition fund: from the shift on, or from when there is one, for its years."""
        begins = next((max(since, each.shift_start) for since, each in self.in_turn if each.fund > 0), self.shift_start)
        runs = (begins <= years) & (years < begins + self.held("fund_years", years))
        return np.where(runs, self.held("fund", years), 0.0)

    def capital_by(self, years: FloatArray) -> FloatArray:
        """Pounds that there have been for opening beds so many years after the start, none of them before it."""
        found, rate = self.capital * years, self.capital
        for begins, each in self.later:
            found = found + (each.capital - rate) * np.maximum(0.0, years - begins)
            rate = each.capital
        return found

    @property
    def in_turn(self) -> tuple[tuple[float, Terms], ...]:
        """These terms and those that follow, each with the years from which on they hold."""
        return ((-inf, self), *self.later)

    def held(self, name: str, years: FloatArray) -> FloatArray:
        """A field, such as "delivered", as it is at these times; the shape of the years."""
        found = np.full(np.shape(years), getattr(self, name))
        for begins, each in self.later:
            found = np.where(years >= begins, getattr(each, name), found)
        return found

    def held_by(self, name: str, years: FloatArray) -> dict[str, FloatArray]:
        """The same of a field that is kept by key."""
        found = {key: np.full(np.shape(years), value) for key, value in getattr(self, name).items()}
        for begins, each in self.later:
            found = {key: np.where(years >= begins, getattr(each, name)[key], known) for key, known in found.items()}
        return found

    @property
    def _saving(self) -> Growth:
        """What delivered efficiency leaves of unit costs; time counts from the end of the start delay."""
        rates = [(begins, -each.efficiency * each.delivered) for begins, each in self.in_turn]
        changed = [after for before, after in pairwise(rates) if after[1] != before[1]]
        return Growth(rates[0][1], later=tuple(changed))

    @property
    def _ramp(self) -> Ramp:
        return Ramp(self.shift_share, self.shift_start, self.shift_ramp)


def _mix(parameters: Parameters) -> dict[str, float]:
    return _relative({receiver: parameters.value(f"policy.mix_{part}") for receiver, part in SHIFTED_TO.items()})


def _relative(weights: Mapping[str, float]) -> dict[str, float]:
    """Parts that sum to 1, or all 0."""
    whole = sum(weights.values())
    return {name: weight / whole if whole > 0 else 0.0 for name, weight in weights.items()}
