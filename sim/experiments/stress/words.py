"""How often plans stay workable, in plain words."""

from __future__ import annotations

from math import isnan

from sim.experiments.stress.answers import Stress
from sim.experiments.told import plan_name
from sim.results.shares import Share

SHOWN = {"share": (100, 1, "%"), "per_1000": (1, 3, "per 1,000 people"), "gbp_per_head_per_year": (1, 0, "£ a head")}
"""What a limit's measure is multiplied by, its decimals, and its unit in words."""


def stress_sentence(found: Stress) -> str:
    """How often each plan is workable."""
    return " ".join(sentence(found, place, plan_name(each)) for place, each in enumerate(found.plans))


def sentence(found: Stress, plan: int, name: str) -> str:
    """How often a plan is workable, and the limit that it breaks most often."""
    together = found.workable(plan)
    told = f"{name}: workable in {together.count} of {together.n} futures, {percent(together)} ({bounds(together)})."
    if together.count == together.n:
        return told
    hardest = min(found.trial.limits, key=lambda limit: found.workable(plan, limit).share)
    kept = found.workable(plan, hardest)
    return f"{told} The limit most often broken is {hardest.name}, kept in {percent(kept)} ({bounds(kept)})."


def percent(found: Share) -> str:
    """A share in percent; a dash where there was no trial."""
    return "-" if isnan(found.share) else f"{100 * found.share:.0f} %"


def bounds(found: Share) -> str:
    """The interval of a share in percent."""
    return "-" if isnan(found.low) else f"{100 * found.low:.0f} to {100 * found.high:.0f} %"
