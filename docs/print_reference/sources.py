"""The pages of sources and of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docs.print_reference.words import PRINTED, listed, page, table
from sim.inputs import Parameters, Source, Study
from sim.results.measures import CATALOGUE, KEY_SERIES, PARTS, UNITS, measure_of

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
        "## The headline",
        "A summary on a screen shows these, in this order: "
        + listed([f"{measure_of(series).label} (`{series}`)" for series in KEY_SERIES])
        + ".",
    ])  # fmt: skip
