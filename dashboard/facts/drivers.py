"""What drives an answer: a plan's change divided among what the plan does, and numbers moved through their ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

By = Literal["family", "lever"]
BYS: tuple[By, ...] = ("family", "lever")
Side = Literal["baseline", "effect"]
SIDES: tuple[Side, ...] = ("baseline", "effect")


@dataclass(frozen=True, slots=True)
class Part:
    """A difference with its 95 % interval, in the unit shown."""

    mean: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether it can be told from chance."""
        return self.low > 0 or self.high < 0

    @property
    def is_none(self) -> bool:
        """Whether there is nothing at all, in any replication."""
        return self.mean == self.low == self.high == 0


@dataclass(frozen=True, slots=True)
class Driver:
    """What is switched as one: demand, flow or money, or one lever.

    families   it counts with; one for a family
    changes    what it changes, in the words of the model
    """

    name: str
    label: str
    families: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SplitYear:
    """One measure in one year, in the unit shown: the whole change, and what each driver brings of it.

    alone, last   what a driver does before all others and after them; empty where orders were sampled
    unsure        half of a 95 % interval for the orders that were not sampled; 0 where all were run
    """

    whole: Part
    parts: tuple[Part, ...]
    alone: tuple[float, ...]
    last: tuple[float, ...]
    unsure: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A plan's change divided; parts add up to the whole in every measure and year.

    labels     financial years, in words
    people     simulated in each replication
    pairs      of sampled orders; 0 where every coalition was run
    """

    by: By
    drivers: tuple[Driver, ...]
    measures: Mapping[str, tuple[SplitYear, ...]]
    labels: tuple[str, ...]
    people: float
    replications: int
    pairs: int


@dataclass(frozen=True, slots=True)
class End:
    """A number at one end of its range, and what it does to a measure there.

    part     None where no place can be made of it, or where the base year is not like the one there was
    because  why there is no part, or that places were moved along so that the base year stays as it was
    """

    part: Part | None
    because: Literal["", "impossible", "does not close", "with places"] = ""


@dataclass(frozen=True, slots=True)
class Leaned:
    """A number that was moved to either end of its range."""

    name: str
    says: str
    confidence: str
    low: End
    high: End

    @property
    def size(self) -> float:
        """The larger move of its ends that can be told from chance; 0 if none can."""
        return max((abs(end.part.mean) for end in (self.low, self.high) if end.part and end.part.is_sure), default=0.0)

    @property
    def is_still(self) -> bool:
        """Whether nothing moves at either end."""
        return all(end.part is not None and end.part.is_none for end in (self.low, self.high))


@dataclass(frozen=True, slots=True)
class Leanings:
    """Numbers by what they move, one side and one measure each; values in the unit shown.

    per_head   money a head and people for a million, as stored; else for the whole place
    place      its name
    plan       title of the plan whose change from doing nothing is the effect; empty if there is none
    believed   by side and measure: with every number as believed
    numbers    by side and measure, those that move it most first
    on         the day it was worked out; None for a job
    version    of the model then
    old        how many of the numbers have another range now
    chosen     whether only some numbers were moved, chosen for what they did elsewhere
    """

    per_head: bool
    place: str
    plan: str
    year: str
    people: float
    replications: int
    believed: Mapping[tuple[Side, str], Part]
    numbers: Mapping[tuple[Side, str], Sequence[Leaned]]
    on: date | None = None
    version: str = ""
    old: int = 0
    chosen: bool = False
