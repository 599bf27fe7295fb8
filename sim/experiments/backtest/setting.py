"""The place as it was on 1 April of the first year, and what the years bring it: inputs turned into parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sim.experiments.calibration.basis import load_by_kind
from sim.inputs import (
    AGE_BANDS,
    Footprint,
    Parameters,
    find_footprint,
    load_footprints,
    load_parameters,
)
from sim.inputs.backtest_plan import BacktestPlan, Moved, load_backtest_plan
from sim.inputs.fit import times
from sim.inputs.history import Known, load_inputs, load_observed
from sim.inputs.years import FIRST_YEAR, financial_year_name
from sim.network.footprint import build_footprint

DIGITS = 12
PERCENT = 100.0
NHS = ("acute", "community", "other_nhs")
MOVES_NOBODY = ("finance", "programme", "programme_overlap", "target")
"""Rooms that no patient of these years feels: money, programmes that nobody pays for, and what others are judged by."""
DELAY_LAID = "flow.delay_laid_to_{}"


@dataclass(frozen=True)
class Setting:
    """A back-test as it is asked for.

    shipped    parameters as they are for any other run
    inputs     by series and year
    observed   everything there is to compare with
    """

    plan: BacktestPlan
    shipped: Parameters
    inputs: Mapping[str, Mapping[int, float]]
    observed: tuple[Known, ...]

    @classmethod
    def load(cls, folder: Path | None = None) -> Setting:
        """From a folder of parameters; None means the one shipped. Raises Faults."""
        shipped = load_parameters(folder)
        plan = load_backtest_plan(shipped, folder)
        return cls(plan, shipped, load_inputs(folder), load_observed(folder))

    @cached_property
    def footprint(self) -> Footprint:
        """The place with its people of the first 1 April."""
        return find_footprint(self.plan.footprint, load_footprints()).starting(self.plan.first_year)

    @cached_property
    def base(self) -> Parameters:
        """Parameters of the first 1 April, before anything is fitted or given by year."""
        known = self.shipped.with_changes({**self.plan.base, FIRST_YEAR: self.plan.first_year})
        known = known.with_changes({**self._rates(known), **self._beds(), **self._budgets()})
        return self.as_used(known)

    @property
    def digest(self) -> str:
        """A hash of all numbers that the fit may depend on: those of the first 1 April, money and programmes apart."""
        read = (each for each in self.base.values() if each.name.partition(".")[0] not in MOVES_NOBODY)
        return Parameters(read).digest()

    def parameters(self, values: Mapping[str, float], known: Parameters | None = None) -> Parameters:
        """Parameters under values of the free quantities, with everything that the years bring.

        known   other numbers than the base's, such as drawn ones
        """
        known = known or self.base
        changes: dict[str, object] = {}
        drift = dict.fromkeys(self.plan.follows, 0.0)
        for free in self.plan.free:
            if free.how == "drift":
                drift |= dict.fromkeys(free.keys or drift, values[free.name])
            elif free.how == "level":
                places = {kind: f"capacity.{kind}" for kind in free.keys or drift}
                changes |= {name: known.value(name) * values[free.name] for name in places.values()}
            else:
                changes[free.name] = _moved(known, free, values[free.name])
        return known.with_changes(changes).with_years(self._by_year(drift))

    def as_used(self, known: Parameters) -> Parameters:
        """Parameters with as many places as make the use that the plan says on the first day."""
        return known.with_changes(self._places(known))

    def laid(self, parameters: Parameters, social_care: float, both: float) -> Parameters:
        """Parameters with other accounts of who is behind a delay; nobody is moved."""
        taken = parameters.by(DELAY_LAID.format("social_care"))
        shared = parameters.by(DELAY_LAID.format("both"))
        return parameters.with_changes(
            {
                DELAY_LAID.format("social_care"): {
                    kind: min(1.0, value * (social_care if kind in ("p1", "p3") else 1.0))
                    for kind, value in taken.items()
                },
                DELAY_LAID.format("both"): {kind: min(1.0, value * both) for kind, value in shared.items()},
            }
        )

    def _rates(self, known: Parameters) -> dict[str, object]:
        """Emergency admissions of the first year, and growth of all admissions over the years that are fitted."""
        rates = known.by("demand.emergency_rate", unit="share_per_year")
        coming = sum(rates[band] * self.footprint.people[band] for band in AGE_BANDS)
        factor = self.inputs["emergency_admissions"][self.plan.first_year] / coming
        every = {year: value for year, value in self.inputs["all_admissions"].items() if year <= self.plan.fitted_until}
        first, last = min(every), max(every)
        growth = (every[last] / every[first]) ** (1 / (last - first)) - 1
        return {
            "demand.emergency_rate": times(dict(known.by("demand.emergency_rate")), factor, DIGITS),
            "demand.admissions_growth": growth * PERCENT,
        }

    def _beds(self) -> dict[str, object]:
        beds = self.inputs["general_acute_beds"][self.plan.first_year]
        return {"capacity.acute_beds": beds / self.footprint.total * 1000}

    def _budgets(self) -> dict[str, object]:
        """Budgets a head of the first year: those of 2015/16 taken back by the growth of the years between."""
        last = self.shipped.value(FIRST_YEAR)
        heads = find_footprint(self.plan.footprint, load_footprints()).total / self.footprint.total
        back = {
            series: _product(self.inputs[series], self.plan.first_year, last) for series in set(self._paid_by.values())
        }
        known = self.shipped.by("finance.budget")
        return {"finance.budget": {name: known[name] * heads / back[series] for name, series in self._paid_by.items()}}

    @property
    def _paid_by(self) -> Mapping[str, str]:
        return dict.fromkeys(NHS, "nhs_money_growth") | {"social_care": "social_care_money_growth"}

    def _places(self, known: Parameters) -> dict[str, object]:
        """Places that make the use asked for on the first day."""
        load = load_by_kind(build_footprint(known, dict(self.footprint.people), 1, self.footprint.name))
        return {
            f"capacity.{kind}": load[kind] / used.share / self.footprint.total * 1000
            for kind, used in self.plan.used.items()
        }

    def _by_year(self, drift: Mapping[str, float]) -> dict[str, dict[str, float]]:
        """Growth by path and financial year, percent; nothing grows in the first year, whose numbers are the base's."""
        beds = self.inputs["general_acute_beds"]
        years = range(self.plan.first_year + 1, self.plan.forecast_until + 1)
        given = {"capacity.growth.acute": {year: (beds[year] / beds[year - 1] - 1) * PERCENT for year in years}}
        for kind, series in self.plan.follows.items():
            given[f"capacity.growth.{kind}"] = {year: self.inputs[series][year] + drift[kind] for year in years}
        for name, series in self._paid_by.items():
            given[f"finance.budget_growth.{name}"] = {year: self.inputs[series][year] for year in years}
        first = {financial_year_name(self.plan.first_year): 0.0}
        return {
            path: first | {financial_year_name(year): rate for year, rate in rates.items()}
            for path, rates in given.items()
        }


def _moved(known: Parameters, free: Moved, value: float) -> object:
    """The parameter, or the keys of it that are meant, times a factor, or at a value."""
    if not known[free.name].keys:
        return value if free.how == "set" else known.value(free.name) * value
    keys = free.keys or known[free.name].keys
    numbers = known.by(free.name)
    return {key: value if free.how == "set" else numbers[key] * value for key in keys}


def _product(growth: Mapping[int, float], after: int, before: float) -> float:
    """Level of the last year before one, relative to another."""
    level = 1.0
    for year, rate in growth.items():
        if after < year < before:
            level *= 1 + rate / PERCENT
    return level
