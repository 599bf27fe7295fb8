"""What a stress test asks: which limits, which shocks, how many futures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sim.experiments.question import Resolved
from sim.inputs import Fault, Parameters, nearest
from sim.inputs.limits import Limit, load_limits
from sim.inputs.shocks import Shock, load_shocks
from sim.results.measures import CATALOGUE, measure_of

When = Literal["every", "final"]
"""Whether a limit must be kept in every year of the run, or in the final year alone."""
WHENS: tuple[When, ...] = get_args(When)

DRAWS = (10, 5000)
USUAL_DRAWS = 100
SINGLY = 10
"""Replications of what is believed, and of each shock by itself."""
LEAST_SINGLY = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """The terms of a stress test.

    draws     futures
    when      a future is workable if the limits are kept in every year, or in the final one
    closing   only futures whose base year closes
    singly    replications of each shock by itself, all else as believed
    """

    limits: tuple[Limit, ...]
    shocks: tuple[Shock, ...]
    draws: int = USUAL_DRAWS
    when: When = "every"
    closing: bool = True
    singly: int = SINGLY

    @classmethod
    def usual(cls, base: Parameters, draws: int = USUAL_DRAWS) -> Trial:
        """The shipped limits and shocks. Raises Faults when their files are wrong."""
        return cls(load_limits(), load_shocks(base), draws)

    def faults(self, plans: Sequence[Resolved]) -> Iterator[Fault]:
        """What is wrong with asking these plans so."""
        least, most = DRAWS
        if not least <= self.draws <= most:
            yield Fault("", 0, "draws", str(self.draws), f"must be a whole number from {least} to {most}")
        if not self.limits:
            yield Fault("", 0, "limits", "none", "is given, so nothing could be unworkable")
        if self.singly < LEAST_SINGLY:
            yield Fault("", 0, "singly", str(self.singly), "must be two or more, or chance cannot be told")
        if self.when not in WHENS:
            yield Fault("", 0, "when", f'"{self.when}"', f"is not one of {', '.join(WHENS)}", nearest(self.when, WHENS))
        yield from (fault for limit in self.limits for fault in _series_faults(limit))
        yield from _not_alike(plans)


def _series_faults(limit: Limit) -> Iterator[Fault]:
    try:
        better = measure_of(limit.series).better
    except KeyError:
        close = nearest(limit.series, CATALOGUE)
        yield Fault("", 0, f"limit {limit.name}", f'series "{limit.series}"', "is not a measure", close)
        return
    if better == "higher":
        yield Fault(
            "", 0, f"limit {limit.name}", f'series "{limit.series}"', "is better when higher: no most to keep to"
        )


def _not_alike(plans: Sequence[Resolved]) -> Iterator[Fault]:
    """Plans that cannot be compared future by future: about other people, years or chances."""
    if not plans:
        yield Fault("", 0, "plans", "none", "is given")
        return
    first = plans[0]
    for plan in plans[1:]:
        for name in ("years", "replications", "seed"):
            was, now = getattr(first.question, name), getattr(plan.question, name)
            if was != now:
                yield Fault("", 0, name, str(now), f"is {was} in the first plan")
        if plan.footprint != first.footprint or plan.people != first.people:
            yield Fault("", 0, "plan", "the people simulated", "are others than the first plan's")
