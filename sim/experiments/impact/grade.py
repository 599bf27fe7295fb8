"""How much an answer leans on a number: large, medium, small, not seen, or not at all.

An end at which no place can be made, or at which the base year is not what is known of it, says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sim.experiments.impact.measure import Impact, Impacts, Shift

Grade = Literal["large", "medium", "small", "not seen", "none", "does not close"]

LARGE_PART = {"gap": 1 / 10, "delayed": 1 / 10}
"""What is large, as a part of the baseline as believed."""

LARGE_POINTS = {"occupancy:acute": 1 / 50}
"""What is large as it stands: two points of the beds."""

EFFECTS = ("gap", "emergency_bed_days")
LARGE_PART_OF_EFFECT = 1 / 2
"""What is large, as a part of the plan's effect as believed; an effect that cannot be seen judges nothing."""

MEDIUM = 1 / 5
"""What is medium, as a part of what is large."""


def grade_of_baseline(found: Impacts, number: str) -> Grade:
    """How much the baseline leans on a number: its larger end, and the measure that it moves most."""
    return _grade(yardsticks(found), found.of(number), effect=False)


def grade_of_effect(found: Impacts, number: str) -> Grade:
    """How much the plan's effect leans on a number."""
    return _grade(effect_yardsticks(found), found.of(number), effect=True)


def yardsticks(found: Impacts) -> dict[str, float]:
    """What counts as large, by series, in the units of the impacts."""
    parts = {series: part * abs(found.baseline[series].mean) for series, part in LARGE_PART.items()}
    return parts | LARGE_POINTS


def effect_yardsticks(found: Impacts) -> dict[str, float]:
    """What counts as large of the plan's effect, by those series on which it has one that can be seen."""
    seen = {name: found.effect[name] for name in EFFECTS}
    return {name: LARGE_PART_OF_EFFECT * abs(each.mean) for name, each in seen.items() if each.low > 0 or each.high < 0}


def _grade(large: Mapping[str, float], moves: tuple[Impact, ...], *, effect: bool) -> Grade:
    counting = [each for each in moves if each.counts]
    if not counting:
        return "does not close"
    found = [
        (shift, yardstick)
        for each in counting
        for series, yardstick in large.items()
        if not (shift := (each.effect if effect else each.baseline)[series]).none
    ]
    return _word(found)


def _word(found: list[tuple[Shift, float]]) -> Grade:
    if not found:
        return "none"
    sizes = [abs(shift.mean) / yardstick for shift, yardstick in found if shift.seen]
    if not sizes:
        return "not seen"
    return "large" if max(sizes) >= 1 else "medium" if max(sizes) >= MEDIUM else "small"
