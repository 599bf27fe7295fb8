"""What stands in the files of parameters, looked up once, and questions made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard.answering.runs import Task
from dashboard.facts.levers import Setting
from sim import inputs
from sim.experiments.identity import data_digest
from sim.experiments.question import Question, Resolved


@lru_cache(maxsize=64)
def resolved(task: Task) -> Resolved:
    """A question of one replication, with everything it names looked up."""
    parameters = parameters_of(task.plan, task.settings)
    place = inputs.find_footprint(task.place, footprints())
    people = place.total if task.people >= int(place.total) else float(task.people)
    question = Question(task.place, years=task.years, replications=1, seed=task.seed, people=people)
    return Resolved(question, believed(), parameters, place, people, _data_digest())


@lru_cache(maxsize=1)
def _data_digest() -> str:
    return data_digest()


@lru_cache(maxsize=1)
def believed() -> inputs.Parameters:
    """Parameters before any plan."""
    return inputs.load_parameters()


@lru_cache(maxsize=1)
def footprints() -> Mapping[str, inputs.Footprint]:
    """Every place by its slug, with the people of the day on which runs begin."""
    first, index = inputs.first_year(believed()), inputs.load_population_index()
    return {slug: place.starting(first, index) for slug, place in inputs.load_footprints().items()}


@lru_cache(maxsize=1)
def moves() -> Mapping[str, inputs.Lever]:
    """Every lever by its path; programmes each by itself."""
    return {each.path: each for lever in inputs.load_levers() for each in _each(lever)}


def _each(lever: inputs.Lever) -> Sequence[inputs.Lever]:
    if lever.kind != "weights":
        return (lever,)
    return inputs.one_each(lever, {each.id: each.label for each in inputs.programmes(believed())})


@lru_cache(maxsize=512)
def parameters_of(plan: str, settings: tuple[tuple[str, Setting], ...]) -> inputs.Parameters:
    """Parameters under a plan with levers on top; a lever may move several paths."""
    return inputs.resolve_scenarios(believed(), [plan], changes_of(dict(settings)))


def changes_of(settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """What levers change, by path; one that follows another has the last word on its own."""
    ranked = sorted(settings, key=lambda lever: (bool(moves()[lever].follows), lever))
    return {path: value for lever in ranked for path, value in moves()[lever].changes(settings[lever]).items()}
