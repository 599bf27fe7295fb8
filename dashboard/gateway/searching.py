"""Searches as jobs: what must be true, the fund, the right amount of delay, the best mix; in one typical locality."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from dashboard import surroundings
from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.runs import Task
from dashboard.answering.studies import Named
from dashboard.facts.searched import Searched
from dashboard.facts.sought import Ask, Mixes, Sought
from dashboard.gateway.doubting import nothing_of, typical_people
from dashboard.gateway.found import delay_found, fund_found, mix_found, truth_found
from dashboard.gateway.looked_up import believed, resolved
from dashboard.gateway.refused import reasons
from dashboard.gateway.stressing import limits_asked, whole
from dashboard.wording.language import mark
from sim.experiments import search as engine
from sim.experiments.identity import digest
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way
from sim.experiments.search.delay import USUAL_POINTS
from sim.experiments.search.dials import paid_effects
from sim.experiments.search.edge import most_judged
from sim.experiments.search.fund import SHARE, START
from sim.experiments.search.mix import TRIALS, USUAL_POPULATION
from sim.inputs import Faults

TRIED: dict[Mixes, int] = {"few": 60, "usual": 200}
TIMES, FEWEST_TIMES = 10, 4
"""Each setting is lived through, and at least when there is much to run."""
TIMES_OF_A_MIX = 3
"""Each mix while searching; those on the front are run anew as often as other settings."""

YEARS_RUN = 5000
"""Years of a locality that are simulated, as long as the fewest allow: about a minute on two cores."""

LATE = mark("The shift of this plan begins after the run has ended: there is no dip to pay for. Choose more years.")
UNMOVED = mark("This plan moves no money between organisations, so there is no double running to pay for.")
UNPAID = mark(
    "This plan pays for no programme with a benefit, so no effect could make it true. Turn the share delivered."
)


def search(threads: int, task: Task, sought: Sought) -> Named:
    """A question about a plan, or about a place under it."""
    people = typical_people(whole(task))
    plan, nothing = (resolved(replace(each, people=people, replication=0)) for each in (task, nothing_of(task)))
    tried = mixes_of(sought.mixes)
    name = digest({"plan": plan.facts, "nothing": nothing.facts, "sought": repr(sought.matters), "tried": tried})
    return Named(f"takes {name}", partial(_search, threads, plan, nothing, sought))


def mixes_of(word: Mixes) -> int:
    """How many mixes a word stands for."""
    usual = surroundings.whole(surroundings.DRAWS) if word == "usual" else 0
    return min(max(usual, TRIALS[0]), TRIALS[1]) if usual else TRIED[word]


def _search(threads: int, plan: Resolved, nothing: Resolved, sought: Sought, pace: Pace) -> Searched:
    times = replications(plan, sought)
    plan, nothing = (replace(each, question=replace(each.question, replications=times)) for each in (plan, nothing))

    def tell(done: int, wanted: int) -> None:
        pace.tell(done, wanted)
        pace.step()

    way = Way(threads, tell, pace=pace.step)
    try:
        return _ASKED[sought.ask](plan, nothing, sought, way)
    except Faults as faults:
        raise ImpossibleError(reasons(faults)) from faults


def replications(plan: Resolved, sought: Sought) -> int:
    """How often each setting is lived through: as often as there is time for."""
    large = max(plan.people / believed().value("capacity.locality_people"), 1.0)
    lives = YEARS_RUN / (plan.question.years * large * settings(plan, sought))
    most = min(TIMES, surroundings.whole(surroundings.REPLICATIONS) or TIMES)
    return int(min(max(lives, FEWEST_TIMES), most))


def settings(plan: Resolved, sought: Sought) -> int:
    """About how many settings a search runs; a mix counts as it is run less often."""
    counted: dict[Ask, int] = {
        "truth": most_judged(engine.truth.MOST_TIMES * TIMES),
        "fund": plan.question.years * TIMES,
        "delay": 2 * USUAL_POINTS,
        "mix": mixes_of(sought.mixes) * TIMES_OF_A_MIX // TIMES + USUAL_POPULATION,
    }
    return counted[sought.ask]


def _limits(plan: Resolved, sought: Sought) -> engine.Limits:
    return engine.Limits(limits_asked(sought.limits), sought.when, plan.footprint.total)


def _truth(plan: Resolved, nothing: Resolved, sought: Sought, way: Way) -> Searched:
    if sought.turned == "effects" and not paid_effects(plan.parameters):
        raise ImpossibleError(UNPAID)
    terms = engine.truth.Terms(sought.aim, sought.turned, _limits(plan, sought))
    return truth_found(engine.must_be_true(plan, nothing, terms, way, keep=False))


def _fund(plan: Resolved, _nothing: Resolved, sought: Sought, way: Way) -> Searched:
    if plan.parameters.value(SHARE) <= 0:
        raise ImpossibleError(UNMOVED)
    if plan.parameters.value(START) >= plan.question.years:
        raise ImpossibleError(LATE)
    return fund_found(engine.transition_fund(plan, _limits(plan, sought), way, keep=False))


def _delay(plan: Resolved, _nothing: Resolved, sought: Sought, way: Way) -> Searched:
    prices = engine.Prices(waiting=None if sought.unpaid else 0.0)
    found = engine.right_delay(plan, sought.kind, prices, way, staffed=sought.staffed, keep=False)
    return delay_found(found)


def _mix(plan: Resolved, _nothing: Resolved, sought: Sought, way: Way) -> Searched:
    times, tried = plan.question.replications, mixes_of(sought.mixes)
    axes = engine.usual_axes(plan.question.years)
    hunt = engine.Hunt(sought.lows, _limits(plan, sought), axes, tried, min(USUAL_POPULATION, tried), times)
    once = replace(plan, question=replace(plan.question, replications=min(TIMES_OF_A_MIX, times)))
    return mix_found(engine.best_mixes(once, hunt, way, keep=False))


_ASKED: dict[Ask, Callable[[Resolved, Resolved, Sought, Way], Searched]] = {
    "truth": _truth,
    "fund": _fund,
    "delay": _delay,
    "mix": _mix,
}
