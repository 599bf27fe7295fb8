"""What a lesson can work out, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiments.lessons import chance, courses, flows, queues
from sim.experiments.lessons.found import Found

if TYPE_CHECKING:
    from sim.experiments.lessons.lesson import Bench


@dataclass(frozen=True, slots=True)
class Working:
    """A working: the values it reads besides the network, and the numbers and series it brings."""

    work: Callable[[Bench], Found]
    values: tuple[str, ...]
    numbers: tuple[str, ...]
    series: tuple[str, ...]


WORKINGS: Mapping[str, Working] = {
    "inside": Working(queues.inside, (), ("came", "stayed", "product", "inside", "theory"), ("inside", "theory")),
    "full": Working(
        queues.full,
        ("beds", "use", "least", "most"),
        ("wait", "wait_theory", "waited", "waited_theory", "free", "waiting"),
        ("theory", "simulated", "here", "queue"),
    ),
    "held_up": Working(
        flows.held_up,
        ("window",),
        ("needed", "held", "waiting", "waited_days", "lost", "lost_theory"),
        ("in_care", "held", "waiting", "beds"),
    ),
    "backlog": Working(
        flows.backlog,
        ("short", "long"),
        ("clears", "clears_theory", "gained", "long_people", "long_days", "load"),
        ("waiting", "theory", "people", "days"),
    ),
    "prevention": Working(
        courses.prevention,
        ("lag", "fade", "stops", "effect", "cost", "bed_day", "years"),
        ("peak", "peak_after", "bed_days", "bed_days_theory", "net", "spent", "worst"),
        ("in_force", "paid", "net"),
    ),
    "one_sum": Working(
        courses.one_sum,
        ("moved", "closed"),
        ("overspent", "overspent_counted", "hospital", "home_care", "packages", "held", "waiting"),
        ("before", "after"),
    ),
    "paired": Working(
        chance.paired,
        ("fewer", "runs", "most"),
        ("same", "same_half", "other", "other_half", "times", "theory"),
        ("same", "other", "intervals"),
    ),
    "evidence": Working(
        chance.evidence,
        ("grade", "reach"),
        ("programmes", "nothing", "accepted", "cautious", "central", "hopeful", "without"),
        ("accepted", "others", "beds"),
    ),
}
