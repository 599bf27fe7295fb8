"""Numbers moved one at a time through their ranges: as stored for England, and as a job for the place and plan of the
page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.drivers import SIDES, End, Leaned, Leanings, Part, Side
from dashboard.gateway.catalogue import DO_NOTHING
from dashboard.gateway.doubting import nothing_of, typical_people
from dashboard.gateway.looked_up import believed, footprints, resolved
from dashboard.gateway.refused import reasons
from sim import inputs
from sim.experiments.doubts import doubts
from sim.experiments.identity import digest
from sim.experiments.impact import ENDS, Impact, Impacts, Shift, load_impacts, measure_impacts
from sim.experiments.impact import End as Ended
from sim.experiments.impact.measure import HEADS
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.inputs import Faults, Parameters
from sim.results.dates import financial_year
from sim.results.statistics import LEVEL, Interval

SERIES = {
    "gap": "gap",
    "delayed": "delayed",
    "occupancy": "occupancy:acute",
    "waiting": "emergency_wait_over_4h",
}
"""Measures that are looked at, and the series of the model."""

PERCENT = 100.0
MILLION = 10**6
PICKED = 3
"""Numbers of each measure and side that a job moves: those that moved it most where that was stored."""

REPLICATIONS = 6


@lru_cache(maxsize=1)
def stored_leanings() -> Leanings | None:
    """What was stored for England; None when nothing is."""
    stored = load_impacts()
    if stored is None:
        return None
    made, first = stored.impacts.made, inputs.first_year(believed())
    plans = [inputs.resolve_scenarios(believed(), [name]) for name in (made.against, made.scenario)]
    return Leanings(
        per_head=True,
        place=footprints()[made.footprint].name,
        plan=inputs.load_scenario(made.scenario).title,
        year=financial_year(made.years - 1, first),
        people=made.people,
        replications=made.replications,
        believed=_believed(stored.impacts, _scales(None)),
        numbers=_numbers(stored.impacts, stored.impacts.numbers, believed(), _scales(None)),
        on=date.fromisoformat(stored.on),
        version=stored.version,
        old=len(stored.out_of_date(doubts(plans, believed()))),
    )


def lean(threads: int, task: Task) -> Named:
    """The numbers that moved England most, moved in this place and under this plan."""
    people = typical_people(task)
    plan = resolved(replace(task, people=people, replication=0))
    nothing = resolved(replace(nothing_of(task), people=people, replication=0))
    name = digest({"plans": [nothing.facts, plan.facts], "moved": list(picked())})
    return Named(f"lean {name}", partial(_lean, threads, nothing, plan, task.plan))


def picked() -> tuple[str, ...]:
    """Numbers that move some measure most where that was stored."""
    stored = stored_leanings()
    rows = stored.numbers.values() if stored else ()
    return tuple(dict.fromkeys(each.name for row in rows for each in row[:PICKED] if each.size))


def _lean(threads: int, nothing: Resolved, plan: Resolved, name: str, pace: Pace) -> Leanings:
    both = tuple(replace(each, question=replace(each.question, replications=REPLICATIONS)) for each in (nothing, plan))
    left = {each.name for each in doubts([each.parameters for each in both], nothing.base)}
    numbers = [name for name in picked() if name in left]
    if not numbers:
        raise ImpossibleError("No number that moved the answer elsewhere is left in doubt by this plan.")
    way = Way(threads, pace.tell, pace=pace.step)
    try:
        found = measure_impacts(both[0], both[1], numbers, way, keep=False, level=LEVEL)
    except Faults as faults:
        raise ImpossibleError(reasons(faults)) from faults
    heads = nothing.footprint.total
    is_plan = plan.parameters.digest() != nothing.parameters.digest()
    return Leanings(
        per_head=False,
        place=nothing.footprint.name,
        plan=inputs.load_scenario(name).title if is_plan and name != DO_NOTHING else "",
        year=financial_year(nothing.question.years - 1, nothing.first_year),
        people=nothing.people,
        replications=REPLICATIONS,
        believed=_believed(found, _scales(heads)),
        numbers={
            key: rows
            for key, rows in _numbers(found, numbers, nothing.base, _scales(heads)).items()
            if is_plan or key[0] == "baseline"
        },
        chosen=True,
    )


def _scales(heads: float | None) -> dict[str, float]:
    """From the units of impacts to those shown, for a place of so many people; None keeps them a head or a million."""
    scales = {"gap": 1.0, "delayed": 1.0} if heads is None else {"gap": heads / MILLION, "delayed": heads / HEADS}
    return scales | {"occupancy": PERCENT, "waiting": PERCENT}


def _believed(found: Impacts, scales: Mapping[str, float]) -> dict[tuple[Side, str], Part]:
    sides: dict[Side, Mapping[str, Interval]] = {"baseline": found.baseline, "effect": found.effect}
    return {
        (side, name): _part(sides[side][series], scales[name])
        for side in SIDES
        for name, series in SERIES.items()
        if series in sides[side]
    }


def _numbers(
    found: Impacts, names: Iterable[str], known: Parameters, scales: Mapping[str, float]
) -> dict[tuple[Side, str], tuple[Leaned, ...]]:
    """By side and measure, those that move it most first."""
    ends = {name: {each.end: each for each in found.of(name)} for name in names}
    rows = {}
    for side in SIDES:
        for measure in SERIES:
            every = [_leaned(name, both, side, measure, known, scales[measure]) for name, both in ends.items()]
            rows[side, measure] = tuple(sorted(every, key=lambda each: -each.size))
    return rows


def _leaned(
    name: str, ends: Mapping[Ended, Impact], side: Side, measure: str, known: Parameters, scale: float
) -> Leaned:
    low, high = (_end(ends[each], side, measure, scale) for each in ENDS)
    return Leaned(name, " ".join(known[name].says.split()), known[name].confidence, low, high)


def _end(found: Impact, side: Side, measure: str, scale: float) -> End:
    if found.impossible:
        return End(None, "impossible")
    if not found.counts:
        return End(None, "does not close")
    shift = (found.baseline if side == "baseline" else found.effect)[SERIES[measure]]
    return End(_part(shift, scale), "with places" if found.places else "")


def _part(found: Shift | Interval, scale: float) -> Part:
    return Part(found.mean * scale, found.low * scale, found.high * scale)
