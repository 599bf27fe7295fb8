"""A plan in many futures, as a job: how often it stays inside its limits, and what breaks it; one typical locality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from dashboard import surroundings
from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.levers import Evidence
from dashboard.facts.stress import FUTURES, Futures, LimitTerm, ShockTerm, Stressed, Terms, Trial
from dashboard.gateway.amounts import number
from dashboard.gateway.doubting import typical_people
from dashboard.gateway.evidence import sources
from dashboard.gateway.looked_up import believed, footprints, resolved
from dashboard.gateway.refused import reasons
from dashboard.gateway.tried import PERCENT, scale, tried
from sim.experiments import stress as engine
from sim.experiments.identity import digest
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.stress.trial import DRAWS
from sim.inputs import UNITS, Faults
from sim.inputs.limits import Limit, load_limits
from sim.inputs.shocks import Shock, load_shocks
from sim.results.dates import financial_year

DRAWN: dict[Futures, int] = {"few": 50, "usual": 100, "many": 200}
TIMES, FEWEST_TIMES = 2, 1
"""Each future is lived through, and at least when there is much to run."""
SINGLY, FEWEST_SINGLY = 10, 4
"""Each shock by itself, likewise."""
YEARS_RUN = 5000
"""Years of a locality that are simulated, as long as the fewest allow: about a minute on two cores."""

UNIT = {"share": "%", "per_1000": "per 1,000 people", "gbp_per_head_per_year": "£ a head"}
DIGITS = {"share": 1, "per_1000": 3, "gbp_per_head_per_year": 0}
A_HEAD = {"share": 0.0, "per_1000": 1 / 1000, "gbp_per_head_per_year": 1.0}


@lru_cache(maxsize=1)
def terms() -> Terms:
    """The shipped limits and shocks."""
    limits, shocks = load_limits(), load_shocks(believed())
    return Terms(
        tuple(limit_term(each) for each in limits),
        tuple(shock_term(each) for each in shocks),
        {word: futures_of(word) for word in FUTURES},
    )


def limit_term(limit: Limit) -> LimitTerm:
    """A limit in the unit shown."""
    times, digits = scale(limit), DIGITS[limit.unit]
    value, low, high = (round(each * times, digits) for each in (limit.value, limit.low, limit.high))
    card = _card(limit, f"{value:.{digits}f}", f"{low:.{digits}f} to {high:.{digits}f}", UNIT[limit.unit])
    return LimitTerm(limit.name, limit.says, UNIT[limit.unit], value, low, high, digits, card, A_HEAD[limit.unit])


def shock_term(shock: Shock) -> ShockTerm:
    """A shock with its chance in percent."""
    unit = UNITS[shock.unit].says
    card = _card(shock, number(shock.value), f"{number(shock.low)} to {number(shock.high)}", unit)
    chance = round(shock.chance * PERCENT)
    return ShockTerm(shock.name, shock.says, unit, shock.value, shock.low, shock.high, chance, card)


def _card(entry: Limit | Shock, value: str, span: str, unit: str) -> Evidence:
    source = sources().get(entry.source)
    return Evidence(
        name=entry.name,
        says=entry.says,
        value=value,
        range=span,
        unit=unit,
        source=f"{source.title}, {source.publisher}, {source.year}" if source else entry.source,
        where=entry.where,
        confidence=entry.confidence,
        place="",
        note=entry.note,
    )


def futures_of(word: Futures) -> int:
    """How many futures a word stands for."""
    usual = surroundings.whole(surroundings.DRAWS) if word == "usual" else 0
    return min(max(usual, DRAWS[0]), DRAWS[1]) if usual else DRAWN[word]


def stress(threads: int, tasks: Sequence[Task], trial: Trial) -> Named:
    """Plans in the same futures, the first of them doing nothing."""
    people = max(typical_people(whole(each)) for each in tasks)
    plans = tuple(resolved(replace(each, people=people, replication=0)) for each in tasks)
    own = tuple(bool(each.settings) for each in tasks)
    name = digest({"plans": [each.facts for each in plans], "trial": repr(trial), "futures": futures_of(trial.futures)})
    names = tuple(each.plan for each in tasks)
    return Named(f"stress {name}", partial(_stress, threads, plans, tuple(zip(names, own, strict=True)), trial))


def whole(task: Task) -> Task:
    """A question about everybody: limits are those of whole hospitals, and one of a small sample is full by chance."""
    return replace(task, people=int(footprints()[task.place].total))


def _stress(
    threads: int, plans: tuple[Resolved, ...], named: tuple[tuple[str, bool], ...], trial: Trial, pace: Pace
) -> Stressed:
    futures = futures_of(trial.futures)
    times, singly = replications(plans, futures, len(trial.shocks))
    asked = [replace(each, question=replace(each.question, replications=times)) for each in plans]
    runs = len(plans) * (futures * times + (len(trial.shocks) + 1) * singly)

    def tell(done: int, wanted: int) -> None:
        """Futures are drawn first, and then run: one progress for both."""
        pace.tell(done if wanted == futures else futures + done, futures + runs)
        pace.step()

    try:
        found = engine.stress(asked, _trial(trial, futures, singly), Way(threads, tell, pace=pace.step), keep=False)
    except Faults as faults:
        raise ImpossibleError(reasons(faults)) from faults
    return stated(found, named, times)


def replications(plans: Sequence[Resolved], futures: int, shocks: int) -> tuple[int, int]:
    """How often each future, and each shock by itself, is lived through: as often as there is time for."""
    first = plans[0]
    large = max(first.people / believed().value("capacity.locality_people"), 1.0)
    lives = YEARS_RUN / (len(plans) * first.question.years * large)
    times = TIMES if futures * TIMES + (shocks + 1) * FEWEST_SINGLY <= lives else FEWEST_TIMES
    left = (lives - futures * times) / (shocks + 1)
    return times, int(min(max(left, FEWEST_SINGLY), SINGLY))


def _trial(asked: Trial, futures: int, singly: int) -> engine.Trial:
    known = {each.name: each for each in load_shocks(believed())}
    shocks = tuple(
        replace(known[name], value=size, chance=chance / PERCENT)
        for name, size, chance in asked.shocks
        if name in known
    )
    return engine.Trial(limits_asked(asked.limits), shocks, futures, asked.when, singly=singly)


def limits_asked(asked: Sequence[tuple[str, float]]) -> tuple[Limit, ...]:
    """Limits of the file by name, each at a value in the unit shown."""
    most = dict(asked)
    return tuple(replace(each, value=most[each.name] / scale(each)) for each in load_limits() if each.name in most)


def stated(found: engine.Stress, named: Sequence[tuple[str, bool]], times: int) -> Stressed:
    """A stress test in plain values, in the units shown."""
    first, evidence = found.plans[0], dict[str, Evidence]()
    plans = tuple(tried(found, at, name, evidence, own=own) for at, (name, own) in enumerate(named))
    return Stressed(
        place=footprints()[first.question.footprint].name,
        people=first.people,
        year=financial_year(first.question.years - 1, first.first_year),
        years=first.question.years,
        when=found.trial.when,
        plans=plans,
        limits=tuple(as_asked(each) for each in found.trial.limits),
        shocks=tuple(_at_size(each) for each in found.trial.shocks),
        futures=len(found.futures),
        impossible=sum(found.impossible.values()),
        numbers=len(found.futures.doubts),
        aside=found.futures.aside,
        times=times,
        singly=found.trial.singly,
        evidence=evidence,
    )


def as_asked(limit: Limit) -> LimitTerm:
    """A limit as a term, its value as asked."""
    known = next(each for each in terms().limits if each.name == limit.name)
    return replace(known, value=round(limit.value * scale(limit), known.digits))


def _at_size(shock: Shock) -> ShockTerm:
    known = next(each for each in terms().shocks if each.name == shock.name)
    return replace(known, value=shock.value, chance=round(shock.chance * PERCENT))
