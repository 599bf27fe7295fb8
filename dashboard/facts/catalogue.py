"""Everything there is to choose from: places, levers, plans, and how many replications.

The gateway fills these from the model; everything else in the dashboard reads only these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dashboard.facts.levers import Lever, Setting


@dataclass(frozen=True, slots=True)
class Place:
    """A footprint one may choose.

    people   in the base year
    gap      the published one, in millions of pounds
    ageing   growth of admissions from the number and ages of people alone, percent a year over the usual years
    """

    slug: str
    name: str
    region: str
    people: float
    gap: float | None = None
    gap_source: str = ""
    ageing: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A named scenario: the levers it moves; `also` says what else it changes, which no lever shows.

    begins    the financial year it begins with, where that is not the one of the page: then it cannot be asked here
    refused   why it cannot, as the rest of a sentence, in the language spoken
    """

    name: str
    title: str
    why: str
    settings: Mapping[str, Setting] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    begins: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Replications:
    """How many replications are asked for: `most` of them, or from `least` on as many as narrow ranges need."""

    name: str
    label: str
    least: int
    most: int


@dataclass(frozen=True)
class Catalogue:
    """Everything the page offers to choose from; the first plan is to do nothing.

    replications   how many of them one may ask for; the first is what the page opens with
    most_people    how many people are simulated of a place that has more; any other is simulated whole
    begins         calendar year in which every run begins, on 1 April
    refused        plans there are files for that cannot be asked here
    """

    places: Mapping[str, Place]
    levers: Mapping[str, Lever]
    plans: Mapping[str, Plan]
    replications: Mapping[str, Replications]
    default_place: str
    begins: int
    most_people: int
    default_years: int = 5
    default_seed: int = 1
    most_years: int = 20
    refused: Mapping[str, Plan] = field(default_factory=dict)

    @cached_property
    def default_plan(self) -> str:
        """Name of the plan that changes nothing."""
        return next(iter(self.plans))

    @cached_property
    def default_replications(self) -> str:
        """Name of the number of replications asked for when nobody says."""
        return next(iter(self.replications))

    def simulated(self, place: Place) -> int:
        """How many people of a place are simulated: all, or a sample."""
        return min(int(place.people), self.most_people)

    def settings_of(self, plan: str, own: Mapping[str, Setting] | None = None) -> dict[str, Setting]:
        """Every lever's setting under a plan, with the user's own on top.

        A lever that follows another goes with it where the user moved that one and not this one.
        """
        own = own or {}
        standing = {path: lever.baseline for path, lever in self.levers.items()} | dict(self.plans[plan].settings)
        led = {path: own[lever.follows] for path, lever in self.levers.items() if lever.follows in own}
        return standing | led | dict(own)
