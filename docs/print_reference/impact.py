"""What the answer leans on: a page of its own, and a cell beside every number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.cli.impact_page import blocks, change_in_words, mark_of
from sim.cli.page import markdown
from sim.experiments.impact import Impact, Impacts, Stored, grade_of_baseline, grade_of_effect
from sim.inputs import Parameters

TITLE = "What the answer leans on"
SHORT = {"gap": "gap", "delayed": "delayed", "occupancy:acute": "beds in use", "emergency_bed_days": "bed days"}
IN_CELLS = {False: ("gap", "delayed", "occupancy:acute"), True: ("gap", "emergency_bed_days")}
"""Measures in a cell: of the baseline, and of the plan's effect."""

WHAT_CELLS_SAY = (
    "The column *impact* says what becomes of a do-nothing run in its fifth year when the number is moved alone from "
    "its low to its high end, and then what becomes of the effect of the plan `prevention_shift`: gap in pounds a "
    "head, delayed beds and emergency bed days for a million people, beds in use in points. *Large*, *medium* and "
    "*small* are defined on [what the answer leans on](impact.md), where it is said how this was measured; † marks "
    "ends at which places were moved along, since the base year does not close without; ‡ those at which it does not "
    "close at all, which count for nothing. *Not seen*: smaller than chance. *None*: nothing moves at all. *Held*: a "
    "choice, a target or a pattern, which is not moved."
)


def impact_page(stored: Stored | None, known: Parameters) -> str:
    """Everything that was measured, from the table as it is stored."""
    if stored is None:
        return f"# {TITLE}\n\nNothing is stored.\n"
    printed = (
        "Printed by `make docs` from `parameters/impact`, which was written by "
        f"`{stored.by} --out parameters/impact` on {stored.on}, version {stored.version}."
    )
    return markdown(TITLE, printed, blocks(stored.impacts, known))


def impact_cells(stored: Stored | None, known: Parameters) -> dict[str, str]:
    """What to say beside each number, by name."""
    if stored is None:
        return dict.fromkeys(known, "")
    moved = set(stored.impacts.numbers)
    return {name: _cell(stored.impacts, name) if name in moved else _not_moved(name) for name in known}


def _not_moved(name: str) -> str:
    return "not in the plan" if name.startswith("programme.") else "held"


def _cell(found: Impacts, name: str) -> str:
    ends = {each.end: each for each in found.of(name)}
    lines = [f"{grade_of_baseline(found, name)}{_ways(ends, effect=False)}"]
    lines.append(f"on the plan {grade_of_effect(found, name)}{_ways(ends, effect=True)}")
    return "<br>".join(lines)


def _ways(ends: Mapping[str, Impact], *, effect: bool) -> str:
    """The measures that can be seen to move, each from the low end to the high end."""
    said = "; ".join(_seen(ends, effect=effect))
    return f": {said}" if said else ""


def _seen(ends: Mapping[str, Impact], *, effect: bool) -> Iterator[str]:
    for series in IN_CELLS[effect]:
        shifts = [(each.effect if effect else each.baseline)[series] for each in ends.values() if each.counts]
        if any(shift.seen for shift in shifts):
            low, high = (
                f"{change_in_words(ends[end], series, effect=effect)}{mark_of(ends[end])}" for end in ("low", "high")
            )
            yield f"{SHORT[series]} {low} to {high}"
