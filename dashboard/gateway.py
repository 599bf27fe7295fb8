"""The only door to the model: what may be chosen, how to run a task, how to read what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from threading import Event, Lock

import numpy as np
from numpy.typing import NDArray

from dashboard import surroundings
from dashboard.answering import READ, Reader, Series
from dashboard.answers import Catalogue, Evidence, Lever, Place, Plan, Replications, Setting
from dashboard.enquiries import Gateway
from dashboard.recent import Recent
from dashboard.runs import Model, Task
from dashboard.surroundings import memory_budget, thread_count, whole
from sim import inputs
from sim.experiments.headline import break_even
from sim.experiments.identity import data_digest
from sim.experiments.precision import enough
from sim.experiments.question import Question, Resolved
from sim.experiments.run import PlaceTask, task_of
from sim.experiments.warm_up import warm_up
from sim.results.dates import financial_year, month_start
from sim.results.history import History
from sim.results.summarise import yearly_values
from sim.system import Memory

Faults = inputs.Faults
"""What is raised when the parameters cannot be used; its text says what is wrong and where."""

FloatArray = NDArray[np.float64]

USUAL = 10
CHOICES = (
    Replications("30", "30, for narrower ranges", 30, 30),
    Replications("narrow", "Until ranges are narrow, 100 at most", 10, 100),
)
DO_NOTHING = "do_nothing"
PREFERRED_PLACE = "west-yorkshire-and-harrogate"
PLACES_READY = 16


def open_gateway(tell: Callable[[str], None]) -> Gateway:
    """The gateway to the shipped model, the opening question answered.

    tell   is called with what the person who starts it should know
    """
    warm_up(tell)
    gateway = Gateway(shipped_model())
    gateway.warm()
    return gateway


def shipped_model() -> Model:
    """The model with the shipped parameters, run in threads of this process."""
    threads = thread_count()
    return Model(
        catalogue=load_catalogue(),
        reader=Reader(yearly=yearly, break_even=year_paid_back, enough=enough, month=month, year=financial_year),
        run=Simulator(Memory(memory_budget())).run,
        key=key,
        pool=partial(ThreadPoolExecutor, threads, thread_name_prefix="simulation"),
        slots=threads,
    )


class Simulator:
    """Works out replications in the caller's thread, and remembers what they went through."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._ready: Recent[PlaceTask] = Recent(PLACES_READY)
        self._lock = Lock()

    def run(self, task: Task, cancelled: Event) -> Series:
        """One replication, by series.

        A month in which nobody came has no mean wait; it counts as no wait.
        """
        history = self._prepared(task)(task.replication, cancelled)
        return {name: np.nan_to_num(history.series[name]) for name in history.series if _is_read(name)}

    def _prepared(self, task: Task) -> PlaceTask:
        """What replications of a question share. It is made once, by whichever thread comes first."""
        name = key(replace(task, replication=0))
        with self._lock:
            known = self._ready.get(name)
            if known is None:
                known = task_of(_resolved(_question(task)), self._memory)
                _ = known.place
                self._ready.put(name, known)
            return known


def key(task: Task) -> str:
    """A hash of everything the run's numbers depend on: parameters, place, seed, and the code itself."""
    return f"{_question_key(_question(task))}-{task.replication}"


def year_paid_back(before: Sequence[Series], after: Sequence[Series]) -> int | None:
    """The year from whose end the plan has cost no more than it saved; None unless every run agrees.

    A plan that never costs more than doing nothing has nothing to pay back.
    """
    found = break_even(_histories(before), _histories(after))
    return found.year if found.costs and found.share == 1 else None


def yearly(runs: Sequence[Series], name: str) -> FloatArray:
    """One series by financial year, shape (runs, years), gathered as its measure says."""
    return yearly_values(_histories(runs), name)


def month(number: int) -> str:
    """First day of a month of the run, as an ISO date."""
    return month_start(number).isoformat()


def load_catalogue() -> Catalogue:
    """Every place, lever and plan there is to choose from."""
    parameters = _believed()
    levers = {lever.path: _lever(lever, parameters) for lever in inputs.load_levers(parameters=parameters)}
    places = {place.slug: _place(place) for place in _footprints().values()}
    return Catalogue(
        places=places,
        levers=levers,
        plans={name: _plan(name, levers) for name in _plan_names()},
        replications={each.name: each for each in _replications()},
        most_people=whole(surroundings.SAMPLE) or int(parameters.value("run.most_people")),
        default_place=PREFERRED_PLACE if PREFERRED_PLACE in places else next(iter(places)),
        begins=month_start(0).year,
    )


def _histories(runs: Sequence[Series]) -> list[History]:
    return [History(len(next(iter(each.values()))), each) for each in runs]


def _is_read(series: str) -> bool:
    """Whether an answer needs it: what is shown, and spending, from which the year of break-even is found."""
    return series in READ or series == "capital" or series.startswith("spending:")


def _question(task: Task) -> Task:
    return replace(task, replication=0)


@lru_cache(maxsize=512)
def _question_key(task: Task) -> str:
    return _resolved(task).id


@lru_cache(maxsize=64)
def _resolved(task: Task) -> Resolved:
    parameters = _parameters(task.plan, task.settings)
    place = inputs.find_footprint(task.place, _footprints())
    people = place.total if task.people >= int(place.total) else float(task.people)
    question = Question(task.place, years=task.years, replications=1, seed=task.seed, people=people)
    return Resolved(question, _believed(), parameters, place, people, _data_digest())


@lru_cache(maxsize=1)
def _data_digest() -> str:
    return data_digest()


@lru_cache(maxsize=1)
def _believed() -> inputs.Parameters:
    return inputs.load_parameters()


@lru_cache(maxsize=1)
def _footprints() -> Mapping[str, inputs.Footprint]:
    return inputs.load_footprints()


@lru_cache(maxsize=1)
def _moves() -> Mapping[str, inputs.Lever]:
    return {lever.path: lever for lever in inputs.load_levers()}


@lru_cache(maxsize=512)
def _parameters(plan: str, settings: tuple[tuple[str, Setting], ...]) -> inputs.Parameters:
    """Parameters under a plan with levers on top; a lever may move several paths."""
    changes = {path: value for lever, setting in settings for path, value in _moves()[lever].changes(setting).items()}
    return inputs.resolve_scenarios(_believed(), [plan], changes)


def _replications() -> list[Replications]:
    usual = whole(surroundings.REPLICATIONS) or USUAL
    return [Replications(str(usual), f"{usual}, as usual", usual, usual), *CHOICES]


def _place(place: inputs.Footprint) -> Place:
    return Place(place.slug, place.name, place.region, place.total, place.gap, place.gap_source)


def _plan_names() -> list[str]:
    return [DO_NOTHING, *(name for name in inputs.scenario_names() if name != DO_NOTHING)]


def _plan(name: str, levers: Mapping[str, Lever]) -> Plan:
    """A scenario as the levers it moves; whatever no lever shows is told in words."""
    scenario, before, after = inputs.load_scenario(name), _believed(), _parameters(name, ())
    changed = inputs.differences(before, after)
    moves = {path: changed[path] for path in levers if path in changed}
    shown = {each for path in moves for each in _moves()[path].changes(0)}
    hidden = before.with_changes({path: value for path, value in changed.items() if path not in shown})
    return Plan(name, scenario.title, scenario.why, moves, inputs.describe_differences(before, hidden))


def _lever(lever: inputs.Lever, parameters: inputs.Parameters) -> Lever:
    names = dict.fromkeys((lever.path, *lever.evidence))
    is_choice = lever.kind == "choice"
    step, baseline = (lever.step or 0) * lever.scale, 0 if is_choice else parameters.value(lever.path) * lever.scale
    return Lever(
        path=lever.path,
        label=lever.label,
        unit=lever.unit,
        group=lever.group,
        baseline=parameters.text(lever.path) if is_choice else parameters.value(lever.path),
        low=lever.low or 0,
        high=lever.high or 0,
        step=lever.step or 0,
        scale=lever.scale,
        digits=max(decimals(step), decimals(baseline)),
        help=lever.help,
        choices=tuple(lever.choices.items()) if is_choice else (),
        evidence=tuple(_evidence(name, parameters) for name in names),
        headline=lever.headline,
    )


def decimals(step: float) -> int:
    """Decimals needed to write a number, two at most."""
    text = f"{step:.2f}".rstrip("0")
    return len(text.partition(".")[2])


def _evidence(path: str, parameters: inputs.Parameters) -> Evidence:
    parameter, key = parameters.locate(path)
    source = _sources().get(parameter.source)
    return Evidence(
        name=path,
        says=f"{parameter.says} ({key})" if key else parameter.says,
        value=_value(parameter, key),
        range=_range(parameter, key),
        unit=parameter.measure.says if parameter.measure.kind == "number" else "",
        source=f"{source.title}, {source.publisher}, {source.year}" if source else parameter.source,
        where=parameter.where,
        confidence=parameter.confidence,
        place=parameter.place,
        note=parameter.note,
    )


@lru_cache(maxsize=1)
def _sources() -> Mapping[str, inputs.Source]:
    return inputs.load_sources()


def _value(parameter: inputs.Parameter, key: str | None) -> str:
    value = parameter.value
    if isinstance(value, Mapping):
        return number(value[key]) if key else ", ".join(f"{name} {number(each)}" for name, each in value.items())
    return value if isinstance(value, str) else number(value)


def _range(parameter: inputs.Parameter, key: str | None) -> str:
    if parameter.low is None or (isinstance(parameter.low, Mapping) and key is None):
        return ""
    low, high = parameter.range(key)
    return f"{number(low)} to {number(high)}"


def number(value: float) -> str:
    """A number of the evidence to at most four significant figures."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
