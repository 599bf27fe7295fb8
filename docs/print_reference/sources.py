"""The pages of sources and of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docs.print_reference.words import PRINTED, listed, page, table
from sim.inputs import Parameters, Source, Study
from sim.results.measures import CATALOGUE, FROM_OUTSIDE, KEY_SERIES, MOVE, PARTS, UNITS, measure_of

YEARLY = {"mean": "mean of the months", "sum": "sum of the months", "last": "last month"}

BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither way"}


def sources_page(known: Parameters, sources: Mapping[str, Source], studies: Sequence[Study]) -> str:
    """Every source once, with how many numbers lean on it."""
    leaning = [each.source for each in (*known.values(), *studies)]
    rows = (
        (
            f'<a id="{each.id}"></a>`{each.id}`',
            f"{each.title}. {each.publisher}, {each.year}",
            f"<{each.link}>" if each.link else "",
            each.licence,
            str(leaning.count(each.id)),
            each.note,
        )
        for each in sources.values()
    )
    return page([
        "# Sources",
        PRINTED,
        f"The {len(sources)} sources behind the numbers. The licence is that of the source; facts were carried "
        "over, not text. The last count is of parameters and study results that name the source; footprints "
        "and populations name theirs in their own tables.",
        table(("Short name", "Source", "Read at", "Licence", "Numbers", "Note"), rows),
    ])  # fmt: skip


def measures_page() -> str:
    """Every measure that a run reports."""
    rows = (
        (f"`{each.id}`", each.label, each.unit, BETTER[each.better], YEARLY[each.yearly]) for each in CATALOGUE.values()
    )
    return page([
        "# Measures",
        PRINTED,
        "What a run reports for every month, and how twelve months become a year. A series is named `measure` or "
        "`measure:part`, such as `delayed:nhs` or `balance:acute`; the programmes of [their page](programmes.md) are "
        f"parts too, such as `averted:reablement`. Units are {listed(UNITS)}; `gbp` is pounds of 2015/16.",
        table(("Measure", "What it is", "Unit", "Better", "A year is the"), rows),
        "## Parts",
        table(("Part", "In words"), ((f"`{name}`", words) for name, words in PARTS.items())),
        "## Moves",
        f"A part of `moved` has two names, `origin{MOVE}destination`, such as `moved:acute{MOVE}p2`: people who moved "
        "from one kind of station to another, or left by an exit (`home`, `ended`, `died`), in all localities "
        "together. Who waits for a place, in a bed or outside, counts when they get it: what goes into a "
        "kind of station in a month is who was admitted there, "
        "what goes out is who left it, and the difference is the change of people in its "
        "places. There is a series for each move that the care network allows, at a share of 0 too. Who was admitted "
        "from outside, readmissions among them, comes from the kind of group:",
        table(("Origin", "In words"), ((f"`{name}`", words) for name, words in FROM_OUTSIDE.items())),
        "Who stopped waiting, or died waiting, moved nowhere and is counted in `gave_up`. An emergency admission that "
        f"a programme averted and that became work elsewhere counts in `emergency{MOVE}p1` when care at home begins.",
        "## The headline",
        "A summary on a screen shows these, in this order: "
        + listed([f"{measure_of(series).label} (`{series}`)" for series in KEY_SERIES])
        + ".",
    ])  # fmt: skip
