"""The least step of a scale at which something holds, where more of it never hurts: bisection, three times.

What is judged comes with chance, so it is judged three ways: whether it holds on the mean, whether it surely holds (the
whole interval does), and whether it may hold (some of the interval does). The three least steps are the answer and its
bracket. All runs have the same people, so that a step further differs from the one before by what it does, not by who
comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something holds at one step: on the mean, surely, or possibly."""

    holds: bool
    surely: bool
    maybe: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Where on a scale of `count` steps (0 = the first) something begins to hold; None where it never does.

    least   on the mean; the bracket reaches from `maybe`, the least step at which it may hold, to `surely`
    tried   every step that was tried
    """

    count: int
    least: int | None
    surely: int | None
    maybe: int | None
    tried: Mapping[int, Verdict]

    @property
    def one_way(self) -> bool:
        """Whether it held at every step tried beyond one where it did: otherwise bisection may miss the least."""
        held = [self.tried[step].holds for step in sorted(self.tried)]
        return held == sorted(held)


def least_step(judge: Callable[[int], Verdict], count: int) -> Edge:
    """Search steps 0 to count - 1; each is judged at most once.

    Raises ValueError when there is no step.
    """
    if count < 1:
        raise ValueError("A scale needs a step.")
    tried: dict[int, Verdict] = {}

    def judged(step: int) -> Verdict:
        if step not in tried:
            tried[step] = judge(step)
        return tried[step]

    least = _bisect(lambda step: judged(step).holds, count)
    surely = _bisect(lambda step: judged(step).surely, count)
    maybe = _bisect(lambda step: judged(step).maybe, count)
    return Edge(count, least, surely, maybe, tried)


def _bisect(holds: Callable[[int], bool], count: int) -> int | None:
    """The least step that holds, if every later one does too."""
    if not holds(count - 1):
        return None
    low, high = -1, count - 1  # `low` does not hold, or is before the first; `high` does
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def most_judged(count: int) -> int:
    """The most steps that a search of so many can need."""
    return min(count, 3 * (count.bit_length() + 1))
