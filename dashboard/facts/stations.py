"""How full each kind of place is, since when, and which of them holds up the others, as plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

KINDS = ("acute", "p1", "p2", "p3", "home_care", "care_home")
"""Every kind of place, from hospital onwards, as the model's series call them."""

HOSPITAL = "acute"
Pressure = Literal["calm", "busy", "very busy", "full"]
PRESSURES: tuple[Pressure, ...] = ("calm", "busy", "very busy", "full")
"""From least to most."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the words mean; shares are of places in use, on average.

    busy, very_busy, full   from which on a kind of place is called so
    months                  how long it must be full before it is said from when on it is
    held_up                 share of hospital beds held for want of places from which it is said what holds them up
    """

    busy: float
    very_busy: float
    full: float
    months: int
    held_up: float

    def pressure(self, used: float) -> Pressure:
        """The word for a share of places in use."""
        steps = sum(used >= least for least in (self.busy, self.very_busy, self.full))
        return PRESSURES[steps]


@dataclass(frozen=True, slots=True)
class Saturation:
    """When a kind of place fills up, over replications, which each tell their own month.

    runs          replications looked at
    filled        in how many of them it fills up within the years run
    month         the middle of all, counting from the first month of the run; None unless at least half fill up
    first, last   earliest and latest of those that do; None if none does
    """

    runs: int
    filled: int = 0
    month: int | None = None
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """People who wait in a place of one kind until there is room in another, on an average day of a year."""

    here: str
    there: str
    people: float


@dataclass(frozen=True, slots=True)
class Hold:
    """What one kind of place holds up, followed to where the want of room begins, on an average day of a year.

    kind      the kind of place without room
    beds      people in hospital beds who wait for want of it, at once or by way of other places
    places    people in other places who wait for it
    outside   people waiting outside any place for want of it, at once or by way of other places
    """

    kind: str
    beds: float
    places: float
    outside: float


@dataclass(frozen=True, slots=True)
class Jam:
    """Who waits for whom in one year.

    held      by where they are and what they wait for
    holds     what each kind of place holds up, most beds first; the first `named` of them hold up enough to be named
    total     people in hospital beds who wait for a next place
    """

    held: Sequence[Held] = ()
    holds: Sequence[Hold] = ()
    named: int = 0
    total: float = 0.0

    @property
    def binding(self) -> tuple[Hold, ...]:
        """What holds up the others; empty when nothing does to speak of."""
        return tuple(self.holds[: self.named])


@dataclass(frozen=True, slots=True)
class Course:
    """One way of going on, with the plan or doing nothing.

    used      share of places in use by kind and month, mean over replications
    full      when each kind fills up
    jams      by year
    """

    used: Mapping[str, Sequence[float]] = field(default_factory=dict)
    full: Mapping[str, Saturation] = field(default_factory=dict)
    jams: Sequence[Jam] = ()


@dataclass(frozen=True, slots=True)
class Stations:
    """How full everything is with the plan, and doing nothing; `rules` is None where a model counts no places."""

    rules: Rules | None = None
    plan: Course = field(default_factory=Course)
    baseline: Course = field(default_factory=Course)

    def course(self, show: str) -> Course:
        """The way of going on that is looked at; of a difference, that of the plan."""
        return self.baseline if show == "baseline" else self.plan
