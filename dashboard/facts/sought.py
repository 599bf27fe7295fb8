"""The terms of a search, as plain frozen values: which question, and under what limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.facts.stress import When

Ask = Literal["truth", "fund", "delay", "mix"]
"""What must be true, the transition fund, the right amount of delay, or the best mix of the shift."""
ASKS: tuple[Ask, ...] = get_args(Ask)

Aim = Literal["break_even", "limits"]
AIMS: tuple[Aim, ...] = get_args(Aim)
Turned = Literal["effects", "delivered"]
TURNED: tuple[Turned, ...] = get_args(Turned)

Kind = Literal["p1", "p2", "p3", "home_care", "care_home"]
"""Places that people wait for in hospital; with p1 the other two go."""
KINDS: tuple[Kind, ...] = get_args(Kind)

Low = Literal["gap", "emergency_bed_days", "delayed", "unmet", "elective_waiting"]
"""What a mix may be searched for to have low, by series."""
LOWS: tuple[Low, ...] = get_args(Low)

Mixes = Literal["few", "usual"]
"""How many mixes are tried, in a word."""
MIXES: tuple[Mixes, ...] = get_args(Mixes)

USUALLY_KEPT: dict[Ask, tuple[str, ...]] = {
    "truth": ("occupancy", "delayed", "waits", "gap"),
    "fund": ("occupancy",),
    "delay": (),
    "mix": ("occupancy", "gap"),
}
"""Limits that are to be kept when nobody says which."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms of all four questions, of which one is asked.

    limits    the most that may be, by name, in the unit shown; those to be kept alone
    when      whether a limit must be kept in every year, or in the last
    aim       of what must be true: to have saved what it costs, or to keep the limits
    turned    to that end: effects of programmes, or the share delivered
    kind      of places, of the right amount of delay
    staffed   as if staff and capital held none of them back
    unpaid    whether days outside hospital in which people wait cost what the place would
    lows      what the best mix has low
    """

    ask: Ask = "truth"
    limits: tuple[tuple[str, float], ...] = ()
    when: When = "every"
    aim: Aim = "break_even"
    turned: Turned = "effects"
    kind: Kind = "p2"
    staffed: bool = False
    unpaid: bool = True
    lows: tuple[Low, Low] = ("gap", "emergency_bed_days")
    mixes: Mixes = "usual"

    @property
    def matters(self) -> tuple[object, ...]:
        """The terms on which the answer to the question asked depends."""
        kept = (self.limits, self.when)
        own: dict[Ask, tuple[object, ...]] = {
            "truth": (self.aim, self.turned, *kept),
            "fund": kept,
            "delay": (self.kind, self.staffed, self.unpaid),
            "mix": (self.lows, self.mixes, *kept),
        }
        return (self.ask, *own[self.ask])
