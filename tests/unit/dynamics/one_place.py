"""England's money and demand without an engine: beds stay as full as they are, people come as demand says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim.dynamics.demand import Demand
from sim.dynamics.ledger import Ledger, LedgerState, MonthActivity, MonthBooks, MonthPlan
from sim.dynamics.programmes import ProgrammeMonth, Programmes
from sim.inputs import STREAMS, Footprint, Parameters, find_footprint, load_parameters, load_population_index

DAYS = 365.25 / 12
FULL = 0.9
"""Share of places in use, an arbitrary round number."""

STILL = {
    "demand.admissions_growth": 0,
    "demand.community_growth": 0,
    "demand.stay_trend_emergency": 0,
    "demand.stay_trend_elective": 0,
    "finance.budget_growth": dict.fromkeys(("acute", "community", "social_care", "public_health", "other_nhs"), 0),
    "finance.cost_pressure": dict.fromkeys(("acute", "community", "social_care", "public_health", "other_nhs"), 0),
    "finance.volume_growth": dict.fromkeys(("community", "social_care", "public_health", "other_nhs"), 0),
    "policy.start_delay": 0,
    "policy.share_delivered": 1,
}
"""Changes after which nothing grows; with `nobody_ages` the place stands still."""

Alter = Callable[[int, MonthActivity], MonthActivity]


def nobody_ages(band: str, years: float) -> float:
    """A population that stays as it is."""
    return 1.0


@dataclass(frozen=True)
class Month:
    """What one month brought."""

    plan: MonthPlan
    programmes: ProgrammeMonth
    books: MonthBooks
    state: LedgerState


@dataclass(frozen=True)
class Place:
    """Everything prepared for one footprint."""

    people: float
    demand: Demand
    programmes: Programmes
    ledger: Ledger
    places: Mapping[str, float]

    def run(self, months: int, alter: Alter = lambda month, activity: activity) -> list[Month]:
        """Months in a row; `alter` may change what the flow did in a month (0 = the first)."""
        money, under_way, history = self.ledger.open(), self.programmes.open(), []
        for month in range(months):
            years = month / 12
            plan = self.ledger.plan(money, years)
            offered = np.array(list(plan.programme_budget.values()))
            under_way, effects = self.programmes.step(under_way, offered, years, plan.price["public_health"])
            activity = alter(month, self._activity(plan, effects, years))
            money, books = self.ledger.book(money, plan, activity)
            history.append(Month(plan, effects, books, money))
        return history

    def _activity(self, plan: MonthPlan, effects: ProgrammeMonth, years: float) -> MonthActivity:
        place_days = {kind: places * DAYS for kind, places in plan.places.items()}
        occupied = {kind: FULL * min(plan.places[kind], self.places[kind]) * DAYS for kind in plan.places}
        reductions = (
            effects.effects.same_day,
            effects.effects.overnight,
            effects.effects.elective,
            effects.effects.elective,
        )
        volumes = self.demand.volumes(years) * (1 - np.array(reductions))
        by_stream = dict(zip(STREAMS, volumes.sum(axis=1) / 12, strict=True))
        return MonthActivity(occupied, place_days, 0.0, by_stream, float(effects.spent.sum()))


@cache
def shipped() -> Parameters:
    """The parameters as shipped."""
    return load_parameters()


@cache
def england() -> Footprint:
    """All 44 footprints together."""
    return find_footprint("england")


@cache
def ageing() -> Callable[[str, float], float]:
    """The population index as shipped."""
    return load_population_index()


def base_places(parameters: Parameters, people: float) -> dict[str, float]:
    """Places in the base year by kind."""
    per_person = {"acute": parameters.value("capacity.acute_beds", unit="share")}
    names = ("p1", "p2", "p3", "home_care", "care_home")
    per_person |= {kind: parameters.value(f"capacity.{kind}", unit="share") for kind in names}
    return {kind: share * people for kind, share in per_person.items()}


def place(
    changes: Mapping[str, object] | None = None, population: Callable[[str, float], float] | None = None
) -> Place:
    """England with these changes to the shipped parameters."""
    parameters = shipped().with_changes(dict(changes or {}))
    grows = population or ageing()
    demand = Demand.prepare(parameters, england(), grows)
    places = base_places(parameters, england().total)
    volumes = dict(zip(STREAMS, demand.admissions.sum(axis=1) / 12, strict=True))
    occupied = {kind: FULL * each for kind, each in places.items()}
    return Place(
        people=england().total,
        demand=demand,
        programmes=Programmes.prepare(parameters, england(), grows),
        ledger=Ledger.prepare(parameters, england(), places, occupied, volumes),
        places=places,
    )


def still(changes: Mapping[str, object] | None = None) -> Place:
    """England where nothing grows and nobody ages, but for these changes."""
    return place(STILL | dict(changes or {}), nobody_ages)


def with_beds(share: float) -> Alter:
    """Only this share of the planned acute beds is open."""

    def alter(month: int, activity: MonthActivity) -> MonthActivity:
        beds = activity.place_days["acute"] * share
        return replace(activity, place_days={**activity.place_days, "acute": beds})

    return alter


def per_head(months: list[Month], people: float) -> float:
    """Gap of these months together, pounds a head."""
    return sum(month.books.gap for month in months) / people
