"""What a lesson can work out, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.experiments.lessons.chance import evidence, paired
from sim.experiments.lessons.courses import one_sum, prevention
from sim.experiments.lessons.flows import backlog, held_up
from sim.experiments.lessons.found import Found
from sim.experiments.lessons.queues import full, inside

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
    "inside": Working(inside, (), ("came", "stayed", "product", "inside", "theory"), ("inside", "theory")),
    "full": Working(
        full,
        ("beds", "use", "least", "most"),
        ("wait", "wait_theory", "waited", "waited_theory", "free", "waiting"),
        ("theory", "simulated", "here", "queue"),
    ),
    "held_up": Working(
        held_up,
        ("window",),
        ("needed", "held", "waiting", "waited_days", "lost", "lost_theory"),
        ("in_care", "held", "waiting", "beds"),
    ),
    "backlog": Working(
        backlog,
        ("short", "long"),
        ("clears", "clears_theory", "gained", "long_people", "long_days", "load"),
        ("waiting", "theory", "people", "days"),
    ),
    "prevention": Working(
        prevention,
        ("lag", "fade", "stops", "effect", "cost", "bed_day", "years"),
        ("peak", "peak_after", "bed_days", "bed_days_theory", "net", "spent", "worst"),
        ("in_force", "paid", "net"),
    ),
    "one_sum": Working(
        one_sum,
        ("moved", "closed"),
        ("overspent", "overspent_counted", "hospital", "home_care", "packages", "held", "waiting"),
        ("before", "after"),
    ),
    "paired": Working(
        paired,
        ("fewer", "runs", "most"),
        ("same", "same_half", "other", "other_half", "times", "theory"),
        ("same", "other", "intervals"),
    ),
    "evidence": Working(
        evidence,
        ("grade", "reach"),
        ("programmes", "nothing", "accepted", "cautious", "central", "hopeful", "without"),
        ("accepted", "others", "beds"),
    ),
}
