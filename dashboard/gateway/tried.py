"""What a stress test found of one plan, in plain values and in the units shown."""

from __future__ import annotations

from dashboard.facts.drivers import Part
from dashboard.facts.levers import Evidence
from dashboard.facts.stress import Alone, Breaks, Kept, Regretted, Thing, Tried
from dashboard.gateway.evidence import evidence
from dashboard.gateway.looked_up import believed
from sim.experiments.stress import Break, Stress
from sim.inputs.limits import Limit
from sim.results.shares import Share

PERCENT = 100.0
MOST_THINGS = 5
"""Named of each limit."""


def scale(limit: Limit) -> float:
    """From the unit of a limit to the one shown."""
    return PERCENT if limit.unit == "share" else 1.0


def tried(found: Stress, at: int, name: str, witnesses: dict[str, Evidence], *, own: bool) -> Tried:
    """One plan; evidence of what it names is added to `witnesses`."""
    limits, beside = found.trial.limits, found.against(at, 0)
    return Tried(
        plan=name,
        own=own,
        limits=tuple(_kept(found.workable(at, each)) for each in limits),
        together=_kept(found.workable(at)),
        lenient=_kept(found.at("high").workable(at)),
        strict=_kept(found.at("low").workable(at)),
        gained=beside.only,
        lost=beside.other_only,
        told=beside.is_told(),
        missed=_kept(found.missed(at)),
        believed=tuple(found.believed(at, each) * scale(each) for each in limits),
        breaks=tuple(_breaks(found, at, each, witnesses) for each in (None, *limits)),
        regrets=tuple(_regret(found, at, each) for each in limits),
        alone=tuple(_alone(found, at, shock) for shock in range(len(found.trial.shocks))),
    )


def _kept(share: Share) -> Kept:
    return Kept(share.count, share.n, share.share, share.low, share.high)


def _breaks(found: Stress, at: int, limit: Limit | None, witnesses: dict[str, Evidence]) -> Breaks:
    ranked = found.breaks(at, limit)
    shown = [each for each in ranked if each.apart.shown][:MOST_THINGS]
    for each in (*shown, *ranked[:1]):
        if not each.is_shock:
            witnesses[each.name] = evidence(each.name, believed())
    nearest = _thing(ranked[0]) if ranked and not shown else None
    return Breaks(limit.name if limit else "", tuple(_thing(each) for each in shown), nearest)


def _thing(each: Break) -> Thing:
    apart = each.apart
    says = " ".join(each.says.split())
    return Thing(each.name, says, each.is_shock, apart.difference > 0, apart.distance, apart.inside, apart.outside)


def _regret(found: Stress, at: int, limit: Limit) -> Regretted:
    regret, times = found.regret(at, limit), scale(limit)
    mean = Part(regret.mean.mean * times, regret.mean.low * times, regret.mean.high * times)
    return Regretted(mean, regret.most * times, _kept(regret.best))


def _alone(found: Stress, at: int, shock: int) -> Alone:
    singles = [found.single(shock, at, limit) for limit in found.trial.limits]
    changes = tuple(
        Part(each.change.mean * times, each.change.low * times, each.change.high * times)
        for each, times in zip(singles, map(scale, found.trial.limits), strict=True)
    )
    happens, absent = found.with_and_without(at, shock)
    return Alone(changes, tuple(each.keeps for each in singles), _kept(happens), _kept(absent))
