"""England's money and demand without an engine: beds stay as full as they are, people come as demand says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from sim.dynamics.costs import MonthActivity
from sim.dynamics.demand import Demand
from sim.dynamics.ledger import Ledger
from sim.dynamics.plans import MonthPlan
from sim.dynamics.programmes import Course, Programmes
from sim.dynamics.statements import LedgerState, MonthBooks
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


def nobody_ages(band: str, years: np.ndarray) -> np.ndarray:
    """A population that stays as it is."""
    return np.ones(np.shape(years))


@dataclass(frozen=True)
class Month:
    """What one month brought; `places` are open by kind."""

    plan: MonthPlan
    places: Mapping[str, float]
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
        course, money, history = self.course(months), self.ledger.open(), []
        volumes = self._volumes(course)
        for month, plan in enumerate(self.ledger.plans(months_from_now(months), course.spent.sum(axis=1))):
            places = self.ledger.places(money, plan)
            activity = alter(month, self._activity(places, volumes[month]))
            money, books = self.ledger.book(money, plan, activity)
            history.append(Month(plan, places, books, money))
        return history

    def course(self, months: int) -> Course:
        """Programmes under the money that the ledger offers them."""
        years = months_from_now(months)
        offered = self.ledger.offered(years)
        money = np.stack([offered[name] for name in self.programmes.ids], axis=-1)
        return self.programmes.course(money, years, self.ledger.terms.cost_index("public_health", years))

    def _volumes(self, course: Course) -> np.ndarray:
        """Admissions by month and stream."""
        effects, years = course.effects, months_from_now(len(course.coverage))
        averted = np.stack((effects.same_day, effects.overnight, effects.elective, effects.elective), axis=1)
        return (self.demand.volumes(years) * (1 - averted)).sum(axis=-1) / 12

    def _activity(self, places: Mapping[str, float], volumes: np.ndarray) -> MonthActivity:
        place_days = {kind: each * DAYS for kind, each in places.items()}
        occupied = {kind: FULL * min(places[kind], self.places[kind]) * DAYS for kind in places}
        return MonthActivity(occupied, place_days, 0.0, dict(zip(STREAMS, volumes.tolist(), strict=True)))


def months_from_now(months: int) -> np.ndarray:
    """Years since the start at the beginning of so many months."""
    return np.arange(months) / 12


@cache
def shipped() -> Parameters:
    """The parameters as shipped."""
    return load_parameters()


@cache
def england() -> Footprint:
    """All 44 footprints together."""
    return find_footprint("england")


@cache
def ageing() -> Callable[[str, np.ndarray], np.ndarray]:
    """The population index as shipped."""
    return load_population_index()


def base_places(parameters: Parameters, people: float) -> dict[str, float]:
    """Places in the base year by kind."""
    per_person = {"acute": parameters.value("capacity.acute_beds", unit="share")}
    names = ("p1", "p2", "p3", "home_care", "care_home")
    per_person |= {kind: parameters.value(f"capacity.{kind}", unit="share") for kind in names}
    return {kind: share * people for kind, share in per_person.items()}


def place(
    changes: Mapping[str, object] | None = None, population: Callable[[str, np.ndarray], np.ndarray] | None = None
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


def full_reach_cost(here: Place) -> np.ndarray:
    """The most that programmes can spend at base-year prices and people, pounds a year, (P,)."""
    return here.programmes.max_reach * here.programmes.eligible(np.zeros(())) * here.programmes.unit_cost


def with_beds(share: float) -> Alter:
    """Only this share of the planned acute beds is open."""

    def alter(month: int, activity: MonthActivity) -> MonthActivity:
        beds = activity.place_days["acute"] * share
        return replace(activity, place_days={**activity.place_days, "acute": beds})

    return alter


def per_head(months: list[Month], people: float) -> float:
    """Gap of these months together, pounds a head."""
    return sum(month.books.gap for month in months) / people
