"""The terms that money and capacity follow: functions of time only, read from the parameters once.

Wherever `years` since the start are given, they may have any shape, (T,) for as many months, and what comes back
has the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.dynamics.arrays import FloatArray
from sim.dynamics.growth import Growth
from sim.inputs import BUDGET_HOLDERS, Parameters

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

    @classmethod
    def prepare(cls, parameters: Parameters, people: float) -> Terms:
        """Terms of a footprint with so many people in the base year."""
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
        )

    def income(self, years: FloatArray) -> dict[str, FloatArray]:
        """Pounds a year by organisation, before any transfer. Budgets are totals: they do not follow people."""
        return {name: self.budget[name] * self.growth[name].index(years) for name in BUDGET_HOLDERS}

    def base_spending(self, organisation: str) -> float:
        """Pounds a year in the base year: the budget and the opening deficit."""
        return self.budget[organisation] - self.opening[organisation]

    def cost_index(self, organisation: str, years: FloatArray) -> FloatArray:
        """Unit cost relative to the base year: pressure up, delivered efficiency down."""
        saving = (1 - self.efficiency * self.delivered) ** np.maximum(0.0, years - self.start_delay)
        return (1 + self.pressure[organisation]) ** years * saving

    def shifted(self, years: FloatArray) -> dict[str, FloatArray]:
        """Pounds a year moved out of the acute budget, by receiver."""
        moved = self.shift_share * self._ramp(years) * self.income(years)["acute"]
        return {receiver: moved * part for receiver, part in self.mix.items()}

    def shifted_and_begun(self, years: FloatArray) -> dict[str, FloatArray]:
        """The same, as far as its start delay is over: what can have opened places by now."""
        now, then = self.shifted(years), self.shifted(years - self.start_delay)
        return {receiver: np.minimum(now[receiver], then[receiver]) for receiver in now}

    def fund_income(self, years: FloatArray) -> FloatArray:
        """Pounds a year paid into the transition fund."""
        runs = (self.shift_start <= years) & (years < self.shift_start + self.fund_years)
        return np.where(runs, self.fund, 0.0)

    def _ramp(self, years: FloatArray) -> FloatArray:
        since = years - self.shift_start
        if self.shift_ramp <= 0:
            return np.where(since < 0, 0.0, 1.0)
        return np.clip(since, 0.0, self.shift_ramp) / self.shift_ramp


def _mix(parameters: Parameters) -> dict[str, float]:
    weights = {receiver: parameters.value(f"policy.mix_{part}") for receiver, part in SHIFTED_TO.items()}
    whole = sum(weights.values())
    return {receiver: weight / whole if whole > 0 else 0.0 for receiver, weight in weights.items()}
