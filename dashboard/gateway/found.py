"""What searches found, in plain values and in the units shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from dashboard.facts.drivers import Part
from dashboard.facts.searched import (
    Asked,
    Bearer,
    DelayFound,
    FundFound,
    Kept,
    Mix,
    MixFound,
    Needed,
    Seen,
    Spell,
    Stance,
    TruthFound,
)
from dashboard.facts.sought import Kind, Low
from dashboard.gateway.stressing import as_asked
from dashboard.gateway.tried import scale
from sim.experiments import search as engine
from sim.experiments.question import Resolved
from sim.experiments.search import needed as needs
from sim.experiments.search.dials import paid_effects
from sim.experiments.search.edge import Verdict
from sim.experiments.search.frontier import PLACE
from sim.experiments.search.pareto import Worth
from sim.experiments.search.truth import NET
from sim.results.dates import financial_year
from sim.results.statistics import Interval, Paired

BELIEVED = 1.0
"""The multiple at which effects are believed to be."""


def truth_found(found: engine.Truth) -> TruthFound:
    """What must be true."""
    plan, terms, limits = found.plan, found.terms, found.terms.limits
    effects, turns = paid_effects(plan.parameters).values(), terms.turned == "effects"

    def seen(each: Mapping[str, Interval], *, holds: bool) -> Seen:
        return Seen(_part(each[NET]), _levels(limits, each), holds)

    def enough(each: Mapping[str, Interval]) -> bool:
        return limits.kept(each) if terms.aim == "limits" else round(each[NET].mean * 100) >= 0

    return TruthFound(
        asked=_asked(plan),
        kept=_kept(limits),
        aim=terms.aim,
        turned=terms.turned,
        needed=_needed(found.needed),
        within=found.within_evidence,
        believed=seen(found.believed, holds=found.holds),
        believed_at=BELIEVED if turns else plan.parameters.value("policy.share_delivered"),
        ends=tuple(
            (cast("Stance", name), seen(each, holds=verdict.holds)) for name, (each, verdict) in found.ends.items()
        ),
        allowed=None if turns else found.needed.dial.evidence,
        hopeful=tuple(sorted(high / central for central, high in effects)) if turns else (),
        outside=found.outside,
        tried=tuple((step, seen(each, holds=enough(each))) for step, each in found.needed.seen.items()),
    )


def fund_found(found: engine.FundAnswer) -> FundFound:
    """The transition fund needed."""
    best = found.best
    course = best.course if best else found.most
    return FundFound(
        asked=_asked(found.plan),
        kept=_kept(found.limits),
        spells=tuple(Spell(e.years, _needed(e.needed), e.course.total, e.course.taken) for e in found.spells),
        best=found.spells.index(best) if best else None,
        unmoved=_levels(found.limits, found.unmoved.levels),
        without=_levels(found.limits, found.without.levels),
        largest=_levels(found.limits, found.most.levels),
        course=tuple((_part(paid), _part(drawn)) for paid, drawn in zip(course.paid_in, course.drawn, strict=True)),
        most=max(each.mean for each in found.most.paid_in) / found.plan.footprint.total,
        suffices=found.limits.kept(found.without.levels),
        idle=found.idle,
        moves=found.moves,
        held=found.plan.parameters.text("policy.regime") == "hold",
    )


def delay_found(found: engine.DelayAnswer) -> DelayFound:
    """The right amount of delay."""
    frontier = found.frontier
    places = range(len(frontier.points))
    return DelayFound(
        asked=_asked(found.plan),
        kind=cast("Kind", found.kind),
        staffed=found.staffed,
        points=frontier.points,
        capacity=tuple(map(_part, frontier.capacity)),
        delay=tuple(map(_part, frontier.delay)),
        held_back=tuple(map(_part, found.held_back)),
        bearers=tuple(_bearer(frontier, each) for each in frontier.bearers),
        above=tuple(_part(frontier.above(PLACE, point)) for point in places),
        bed_day=found.prices.bed_day or 0.0,
        waiting=found.prices.waiting or 0.0,
    )


def _bearer(frontier: engine.Frontier, who: str) -> Bearer:
    costs = tuple(_part(frontier.cost(who, point)) for point in range(len(frontier.points)))
    return Bearer(who, costs, frontier.best(who), frontier.ties(who), frontier.at_end(who))


def mix_found(found: engine.MixAnswer) -> MixFound:
    """The best mixes of a shift."""
    hunt = found.hunt
    one, other = (cast("Low", each) for each in hunt.aims)
    return MixFound(
        asked=_asked(found.plan),
        kept=_kept(hunt.limits),
        lows=(one, other),
        dots=_dots(tuple(found.tried.values())),
        feasible=found.feasible,
        mixes=tuple(_mix(found, place) for place in range(len(found.mixes))),
        unmoved=_levels(hunt.limits, hunt.limits.levels(found.unmoved.runs)),
        unmoved_kept=_how_kept(found.unmoved.verdict),
        worthless=found.none_better,
        confirmed=hunt.confirmed,
    )


def _dots(tried: Sequence[Worth | None]) -> tuple[tuple[float, float, bool], ...]:
    """Every mix beside the first tried, which is no shift."""
    nothing = tried[0]
    if nothing is None:
        return ()
    known = ((each, each.aims[0] - nothing.aims[0], each.aims[1] - nothing.aims[1]) for each in tried if each)
    return tuple((x, y, each.feasible) for each, x, y in known)


def _mix(found: engine.MixAnswer, place: int) -> Mix:
    mix = found.mixes[place]
    return Mix(
        settings=tuple(mix.values.items()),
        changes=tuple(_part(found.change(place, aim)) for aim in found.hunt.aims),
        levels=_levels(found.hunt.limits, found.hunt.limits.levels(mix.runs)),
        kept=_how_kept(mix.verdict),
        still=found.still[place],
        tied=found.tied(place),
    )


def _how_kept(verdict: Verdict) -> Literal["surely", "mean", "no"]:
    return "surely" if verdict.surely else "mean" if verdict.holds else "no"


def _asked(plan: Resolved) -> Asked:
    years = plan.question.years
    labels = tuple(financial_year(year, plan.first_year) for year in range(years))
    return Asked(plan.footprint.name, plan.people, labels, plan.question.replications)


def _kept(limits: engine.Limits) -> Kept:
    return Kept(tuple(map(as_asked, limits.limits)), limits.when)


def _needed(found: needs.Needed) -> Needed:
    return Needed(found.least, found.maybe, found.surely, found.dial.steps[-1], found.from_the_start, found.one_way)


def _levels(limits: engine.Limits, seen: Mapping[str, Interval]) -> tuple[Part, ...]:
    return tuple(_part(seen[each.name], scale(each)) for each in limits.limits)


def _part(found: Interval | Paired, times: float = 1.0) -> Part:
    return Part(found.mean * times, found.low * times, found.high * times)
