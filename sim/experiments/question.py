"""A question to the model: a place, what differs from the base, how long, how often, with which seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from sim.experiments.identity import ENGINE, code_digest, data_digest, digest, libraries, version
from sim.inputs import (
    Fault,
    Faults,
    Footprint,
    Parameters,
    find_footprint,
    first_year,
    load_footprints,
    load_parameters,
    load_scenario,
    resolve_scenarios,
)

T = TypeVar("T")
People = float | str
"""How many people are simulated: a number, "usual", "typical" or "all"."""
Scenarios = str | Sequence[str]
"""Scenarios of a plan: names or paths of files, laid on in order; one name, or "a+b", in a single text."""
LAID_OVER = "+"
PEOPLE_WORDS = ("usual", "typical", "all")

YEARS = (1, 20)
REPLICATIONS = (1, 1000)
SEEDS = (0, 2**32 - 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `resolve` checks it, together with everything it names.

    footprint      slug, name or number of one of the 44, or "england"
    scenarios      names of scenarios, or paths of scenario files, applied in this order
    changes        new values by parameter path, applied after the scenarios
    years          1 to 20, from 1 April 2016
    replications   1 to 1000
    seed           0 to 2**32 - 1; the same seed gives the same people in every scenario
    people         how many are simulated: "usual" (everybody, up to `run.most_people`), "typical" (one typical
                   locality), "all", or a number; results are always for the whole footprint
    """

    footprint: str
    scenarios: tuple[str, ...] = ()
    changes: Mapping[str, float | str] = field(default_factory=dict)
    years: int = 5
    replications: int = 10
    seed: int = 1
    people: People = "usual"

    def varied(self, *scenarios: str, changes: Mapping[str, float | str] | None = None) -> Question:
        """The same question with other scenarios and changes, so that the two can be paired."""
        return replace(self, scenarios=scenarios, changes=changes or {})

    def faults(self) -> Iterator[Fault]:
        """What is wrong with the numbers asked for."""
        for name, (least, most) in (("years", YEARS), ("replications", REPLICATIONS), ("seed", SEEDS)):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                yield Fault("", 0, name, repr(value), f"must be a whole number from {least} to {most}")
        if not _is_people(self.people):
            yield Fault("", 0, "people", repr(self.people), 'must be a number above 0, "usual", "typical" or "all"')


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with everything it names looked up.

    base        parameters before scenarios and changes
    parameters  parameters after them
    people      how many people are simulated
    data        hash of the tables and networks beside the parameters
    """

    question: Question
    base: Parameters
    parameters: Parameters
    footprint: Footprint
    people: float
    data: str

    @property
    def first_year(self) -> int:
        """The year in which the first financial year of the run begins."""
        return first_year(self.parameters)

    @property
    def facts(self) -> dict[str, object]:
        """Everything the numbers of one replication depend on, its own number aside."""
        return {
            "engine": ENGINE,
            "version": version(),
            "code_sha256": code_digest(),
            "libraries": libraries(),
            "data_sha256": self.data,
            "parameters_sha256": self.parameters.digest(),
            "footprint": {"slug": self.footprint.slug, "people": dict(self.footprint.people)},
            "people_simulated": self.people,
            "years": self.question.years,
            "seed": self.question.seed,
        }

    @property
    def id(self) -> str:
        """The content hash of the whole run: same hash, same numbers."""
        return digest(self.facts | {"replications": self.question.replications})

    def replication_keys(self) -> tuple[str, ...]:
        """The content hash of each replication; it does not depend on how many there are."""
        facts = self.facts
        return tuple(digest(facts | {"replication": number}) for number in range(self.question.replications))


def resolve(question: Question, base: Parameters | None = None) -> Resolved:
    """Look up everything a question names; raises Faults with everything that is wrong with it.

    base   the parameters as they stand in their files, where they are at hand; None: they are read
    """
    faults = list(question.faults())
    base = load_parameters() if base is None else base
    place = _or_fault(lambda: find_footprint(question.footprint, load_footprints()), faults)
    parameters = _after_changes(base, question, faults)
    if faults or place is None or parameters is None:
        raise Faults(faults)
    place = place.starting(first_year(parameters))
    people = _people(question.people, place, parameters)
    return Resolved(question, base, parameters, place, people, data_digest())


def scenarios_of(plan: Scenarios) -> tuple[str, ...]:
    """Names of scenarios, in the order in which they are laid on."""
    return tuple(filter(None, plan.split(LAID_OVER))) if isinstance(plan, str) else tuple(plan)


def about(resolved: Resolved, footprint: Footprint) -> Resolved:
    """The same question about another footprint."""
    place = footprint.starting(resolved.first_year)
    question = replace(resolved.question, footprint=footprint.slug)
    people = _people(question.people, place, resolved.parameters)
    return replace(resolved, question=question, footprint=place, people=people)


def _after_changes(base: Parameters, asked: Question, faults: list[Fault]) -> Parameters | None:
    """Parameters after scenarios and changes; when either is wrong, None and the faults of both."""
    try:
        return resolve_scenarios(base, asked.scenarios, asked.changes)
    except Faults as error:
        found = list(error.faults)
    for name in asked.scenarios:
        _or_fault(partial(load_scenario, name), found)
    _or_fault(partial(base.with_changes, asked.changes), found)
    faults += dict.fromkeys(found)
    return None


def _or_fault(look_up: Callable[[], T], faults: list[Fault]) -> T | None:
    """What was looked up, or None and the faults added to the list."""
    try:
        return look_up()
    except Faults as error:
        faults += error.faults
        return None


def _is_people(people: Any) -> bool:
    if isinstance(people, str):
        return people in PEOPLE_WORDS
    return isinstance(people, int | float) and not isinstance(people, bool) and 0 < people < float("inf")


def _people(people: People, place: Footprint, parameters: Parameters) -> float:
    """How many are simulated; never more than live there."""
    if people == "all":
        return place.total
    path = {"usual": "run.most_people", "typical": "capacity.locality_people"}.get(str(people))
    wanted = parameters.value(path) if path else float(people)
    return min(wanted, place.total)
