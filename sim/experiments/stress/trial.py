"""What a stress test asks: which limits, which shocks, how many futures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sim.experiments.question import Resolved
from sim.experiments.refusals import not_alike, series_faults, too_few
from sim.inputs import Fault, Parameters, nearest
from sim.inputs.limits import Limit, load_limits
from sim.inputs.shocks import Shock, load_shocks

When = Literal["every", "final"]
"""Whether a limit must be kept in every year of the run, or in the final year alone."""
WHENS: tuple[When, ...] = get_args(When)

DRAWS = (10, 5000)
USUAL_DRAWS = 100
SINGLY = 10
"""Replications of what is believed, and of each shock by itself."""


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
        yield from too_few(self.singly, "singly")
        yield from limit_faults(self.limits, self.when)
        if plans:
            yield from not_alike(plans[0], plans[1:], "the first plan")
        else:
            yield Fault("", 0, "plans", "none", "is given")


def limit_faults(limits: Sequence[Limit], when: str) -> Iterator[Fault]:
    """What is wrong with limits, and with when they must be kept."""
    if not limits:
        yield Fault("", 0, "limits", "none", "is given, so nothing could be unworkable")
    if when not in WHENS:
        yield Fault("", 0, "when", f'"{when}"', f"is not one of {', '.join(WHENS)}", nearest(when, WHENS))
    for limit in limits:
        yield from series_faults(f"limit {limit.name}", limit.series)
