"""How far a dial must be turned until limits are kept: the least step, its bracket, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.experiments.question import Resolved
from sim.experiments.search.asking import Asker, Runs
from sim.experiments.search.dials import Dial
from sim.experiments.search.edge import Edge, Verdict, least_step
from sim.results.statistics import Interval

Judge = Callable[[Runs], Verdict]
Look = Callable[[Runs], dict[str, Interval]]


@dataclass(frozen=True, slots=True)
class Needed:
    """The least that suffices, None where even the most does not.

    least          on the mean over replications
    maybe, surely  the bracket: below `maybe` it is told not to suffice, from `surely` on it is told to
    one_way        whether what was tried never stopped sufficing as the dial was turned further
    seen           what was looked at, by step tried
    """

    dial: Dial
    least: float | None
    maybe: float | None
    surely: float | None
    one_way: bool
    seen: dict[float, dict[str, Interval]]

    @property
    def from_the_start(self) -> bool:
        """Whether the first step already suffices, on the mean."""
        return self.least == self.dial.steps[0]

    @property
    def beyond_evidence(self) -> bool:
        """Whether what suffices lies beyond the evidence, or nothing does."""
        return self.least is None or (self.dial.evidence is not None and self.least > self.dial.evidence[1])


def turn(plan: Resolved, dial: Dial, judge: Judge, look: Look, asker: Asker) -> Needed:
    """Turn a dial until runs are judged to suffice. Raises Faults when no place can be made of a step."""

    def runs(step: int) -> Runs:
        return asker.one(plan, dial.changes[step])

    edge = least_step(lambda step: judge(runs(step)), len(dial.steps))
    seen = {dial.steps[step]: look(runs(step)) for step in sorted(edge.tried)}
    return Needed(dial, *_values(dial, edge), edge.one_way, seen)


def _values(dial: Dial, edge: Edge) -> tuple[float | None, float | None, float | None]:
    least, maybe, surely = (
        None if step is None else dial.steps[step] for step in (edge.least, edge.maybe, edge.surely)
    )
    return least, maybe, surely
