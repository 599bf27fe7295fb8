"""The pages of parameters and of what no outside source stands behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from docs.print_reference.impact import WHAT_CELLS_SAY
from docs.print_reference.words import PRINTED, listed, number, one_line, page, source_link, span, table
from sim.inputs import Parameter, Parameters

PROGRAMME = "programme."

OWN = {
    "fitted_base_year": "Fitted, so that the base year of England closes",
    "team_assumption": "Guessed, until somebody knows better",
    "team_recall": "Recalled, and not seen again in the source",
}
"""Sources that are no witness from outside."""


def parameters_page(known: Parameters, impacts: Mapping[str, str]) -> str:
    """Every parameter that does not belong to one programme, by room."""
    shown = [each for each in known.values() if not each.name.startswith(PROGRAMME)]
    rooms = dict.fromkeys(each.name.partition(".")[0] for each in shown)
    parts = [
        "# Parameters",
        PRINTED,
        f"The {len(shown)} numbers and choices of the model that do not belong to one programme; the "
        f"{len(known) - len(shown)} that do are on the page of [programmes](programmes.md). Each may be changed by its "
        "name, in a scenario or with `--set`; see [change a number](../how-to/change-a-number.md). Money is in pounds "
        "of 2015/16. A range is what the evidence allows, not a limit on what may be tried.",
        WHAT_CELLS_SAY,
    ]
    for room in rooms:
        of_room = [each for each in shown if each.name.partition(".")[0] == room]
        files = dict.fromkeys(f"`parameters/{Path(each.file).name}`" for each in of_room)
        parts += [f"## {room}", f"Written in {listed([*files])}.", parameter_table(of_room, impacts), notes(of_room)]
    return page(parts)


def parameter_table(shown: Sequence[Parameter], impacts: Mapping[str, str]) -> str:
    """Value, range, unit and witness of each, and how much leans on it."""
    head = ("Name and meaning", "Value", "Range", "Unit", "Place", "Source", "Confidence", "Impact")
    return table(head, (_parameter_row(each, impacts[each.name]) for each in shown))


def _parameter_row(each: Parameter, impact: str) -> tuple[str, ...]:
    return (
        f"`{each.name}`<br>{each.says}",
        value_of(each),
        range_of(each),
        unit_of(each),
        each.place,
        _witness(each),
        each.confidence,
        impact,
    )


def _witness(each: Parameter) -> str:
    """Where a number comes from; of a fitted one also how far it was moved, by what, and when."""
    source = f"{source_link(each.source)}: {each.where}"
    return f"{source}<br>[Fitted](calibration.md#{anchor(each.name)}): {each.fitted}" if each.fitted else source


def anchor(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")


def notes(shown: Sequence[Parameter]) -> str:
    """What is to be known about some of them."""
    return "\n".join(f"* `{each.name}`: {one_line(each.note)}" for each in shown if each.note)


def assumptions_page(known: Parameters, impacts: Mapping[str, str]) -> str:
    """The assumptions log: every number that no outside source stands behind."""
    groups = {source: [each for each in known.values() if each.source == source] for source in OWN}
    parts = [
        "# Assumptions log",
        PRINTED,
        f"Of {len(known)} parameters, {sum(map(len, groups.values()))} have no witness outside the project: they were "
        "fitted, guessed or recalled. They are the first to replace with local knowledge. A number kept by age or "
        "place of care counts once. Which of them are worth finding out is on [what the answer leans "
        "on](impact.md#what-is-worth-finding-out).",
        WHAT_CELLS_SAY,
        table(("Kind", "Parameters"), ((title, str(len(groups[source]))) for source, title in OWN.items())),
    ]
    head = ("Name and meaning", "Value", "Range", "Unit", "Confidence", "Impact", "Why this")
    for source, title in OWN.items():
        rows = (
            (
                f"`{each.name}`<br>{each.says}",
                value_of(each),
                range_of(each),
                unit_of(each),
                each.confidence,
                impacts[each.name],
                _why(each),
            )
            for each in groups[source]
        )
        parts += [f"## {title}", table(head, rows)]
    return page(parts)


def _why(each: Parameter) -> str:
    fitted = f"fitted: {each.fitted}" if each.fitted else ""
    return "<br>".join(part for part in (each.where, fitted, each.note) if part)


def value_of(each: Parameter) -> str:
    """A value in a cell; one line for each key."""
    if isinstance(each.value, Mapping):
        return "<br>".join(f"{key}: {number(value)}" for key, value in each.value.items())
    return each.value if isinstance(each.value, str) else number(each.value)


def range_of(each: Parameter) -> str:
    """A range in a cell; one line for each key unless all are alike; the words of a choice."""
    if each.low is None:
        return listed(each.choices)
    found = {key: span(*each.range(key or None)) for key in each.keys or ("",)}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return "<br>".join(f"{key}: {span}" for key, span in found.items())


def unit_of(each: Parameter) -> str:
    """The unit, with the price year that was turned into pounds of 2015/16."""
    return f"{each.measure.says} (published in {each.prices} prices)" if each.prices else each.measure.says
