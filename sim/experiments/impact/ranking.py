"""Which numbers an answer leans on most, and the unit in which that is said."""

from __future__ import annotations

from sim.experiments.impact.measure import Impacts, Shift

UNITS = {
    "gap": ("£ a head", 1.0, 1),
    "occupancy:acute": ("points", 100.0, 1),
    "emergency_wait_over_4h": ("points", 100.0, 1),
    "emergency_bed_days": ("for a million people", 1.0, 0),
}
"""How a measure is shown: unit, scale and decimals; all else is counted for a million people."""

PER_MILLION = ("for a million people", 1.0, 1)


def shown_in(series: str) -> tuple[str, float, int]:
    """Unit in words, what an impact is multiplied by to be in it, and decimals."""
    return UNITS.get(series, PER_MILLION)


def ranked(found: Impacts, series: str, *, effect: bool) -> list[str]:
    """Numbers that can be seen to move a measure, the one that moves it most first.

    effect   the plan's change from the baseline, not the baseline itself
    """
    sizes = {
        name: max((abs(shift.mean) for shift in shifts(found, name, series, effect=effect) if shift.seen), default=0.0)
        for name in found.numbers
    }
    return [name for name in sorted(sizes, key=lambda name: -sizes[name]) if sizes[name] > 0]


def shifts(found: Impacts, name: str, series: str, *, effect: bool) -> list[Shift]:
    """How far a number moves a measure at each end of its range that counts."""
    return [(each.effect if effect else each.baseline)[series] for each in found.of(name) if each.counts]
