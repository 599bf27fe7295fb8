"""Print the reference pages from the data: `make docs`, or `python docs/print_reference.py`.

Nothing on these pages is written by hand, so a page and the number that the model uses cannot differ. A test says
so. The same data print the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sim.inputs import (
    FAMILIES,
    Parameter,
    Parameters,
    Programme,
    Source,
    Study,
    load_fit,
    load_parameters,
    load_plan,
    load_sources,
    load_studies,
    load_written,
    programmes,
)
from sim.inputs.fit import FittedValue, Reached
from sim.inputs.folders import default_folder
from sim.results.measures import CATALOGUE, KEY_SERIES, PARTS, UNITS, measure_of

FOLDER = Path(__file__).parent / "reference"
PRINTED = "*Printed by `make docs` from the data of the model. Do not edit: change the data and print it anew.*"
PROGRAMME = "programme."

OWN = {
    "fitted_base_year": "Fitted, so that the base year of England closes",
    "team_assumption": "Guessed, until somebody knows better",
    "team_recall": "Recalled, and not seen again in the source",
}
"""Sources that are no witness from outside."""

FAMILY_TITLES = {
    "upstream": "Upstream of health care",
    "lifestyle": "Lifestyle",
    "primary_community": "Primary and community care",
    "flow": "Flow through and out of hospital",
}
YEARLY = {"mean": "mean of the months", "sum": "sum of the months", "last": "last month"}
BETTER = {"lower": "lower is better", "higher": "higher is better", "neither": "neither way"}


def pages() -> dict[str, str]:
    """Every printed page by file name."""
    known, sources, studies = load_parameters(), load_sources(), load_studies()
    return {
        "parameters.md": parameters_page(known),
        "programmes.md": programmes_page(known, studies),
        "sources.md": sources_page(known, sources, studies),
        "measures.md": measures_page(),
        "assumptions.md": assumptions_page(known),
        "calibration.md": calibration_page(),
    }


def parameters_page(known: Parameters) -> str:
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
    ]
    for room in rooms:
        of_room = [each for each in shown if each.name.partition(".")[0] == room]
        files = dict.fromkeys(f"`parameters/{Path(each.file).name}`" for each in of_room)
        parts += [f"## {room}", f"Written in {_listed([*files])}.", parameter_table(of_room), notes(of_room)]
    return _page(parts)


def parameter_table(shown: Sequence[Parameter]) -> str:
    """Value, range, unit and witness of each."""
    head = ("Name and meaning", "Value", "Range", "Unit", "Place", "Source", "Confidence")
    return table(head, (_parameter_row(each) for each in shown))


def _parameter_row(each: Parameter) -> tuple[str, ...]:
    return (
        f"`{each.name}`<br>{each.says}",
        value_of(each),
        range_of(each),
        unit_of(each),
        each.place,
        _witness(each),
        each.confidence,
    )


def _witness(each: Parameter) -> str:
    """Where a number comes from; of a fitted one also how far it was moved, by what, and when."""
    source = f"{_source(each.source)}: {each.where}"
    return f"{source}<br>[Fitted](calibration.md#{_anchor(each.name)}): {each.fitted}" if each.fitted else source


def _anchor(name: str) -> str:
    return name.replace(".", "-").replace("_", "-")


def notes(shown: Sequence[Parameter]) -> str:
    """What is to be known about some of them."""
    return "\n".join(f"* `{each.name}`: {_line(each.note)}" for each in shown if each.note)


def programmes_page(known: Parameters, studies: Sequence[Study]) -> str:
    """Every programme: an overview, then each with its numbers and what studies found."""
    found = programmes(known)
    parts = [
        "# Programmes",
        PRINTED,
        f"The {len(found)} prevention and out-of-hospital programmes, their numbers, and what studies found about "
        "them, including those that found nothing or harm. How they work together is in [demand, programmes and "
        "money](../explanation/money-and-programmes.md). Grades: 1 strong, 2 mixed, 3 weak, 4 controlled evidence of "
        "no effect or of harm. An effect is a relative reduction among the people reached; below 0 means more.",
        table(
            ("Programme", "Family", "Grade", "£ a person a year", "Lag, years", "Averts, of overnight emergencies",
             "Weight in the usual mix"),
            (_overview(each, known) for each in found),
        ),
    ]  # fmt: skip
    for family in FAMILIES:
        parts.append(f"## {FAMILY_TITLES[family]}")
        for each in found:
            if each.family == family:
                parts += _programme(each, known, [study for study in studies if study.programme == each.id])
    return _page(parts)


def _overview(each: Programme, known: Parameters) -> tuple[str, ...]:
    return (
        f"[{each.label}](#{each.id})",
        FAMILY_TITLES[each.family],
        str(each.evidence_grade),
        number(each.unit_cost),
        number(each.lag_years),
        _effect(known[f"{PROGRAMME}{each.id}.effect_emergency_overnight"]),
        number(known.value(f"policy.programme_mix.{each.id}")),
    )


def _effect(each: Parameter) -> str:
    """Central effect and range; over all ages where it is kept by age."""
    ranges = [each.range(key or None) for key in each.keys or ("",)]
    around = _span(min(low for low, _ in ranges), max(high for _, high in ranges))
    if isinstance(each.value, Mapping):
        return f"{_span(min(each.value.values()), max(each.value.values()))} by age ({around})"
    return f"{value_of(each)} ({around})"


def _programme(each: Programme, known: Parameters, studies: Sequence[Study]) -> list[str]:
    prefix = f"{PROGRAMME}{each.id}."
    words = (f"{prefix}label", f"{prefix}family")
    shown = [known[name] for name in known if name.startswith(prefix) and name not in words]
    parts = [f'<a id="{each.id}"></a>\n\n### {each.label}', parameter_table(shown), notes(shown)]
    if studies:
        rows = [
            (s.kind.replace("_", " "), _result(s), _measured(s), _source(s.source), s.confidence, s.note)
            for s in studies
        ]
        head = ("Kind", "Found", "What was measured", "Source", "Confidence", "Note")
        parts += ["Found by studies, and not used by the model as it stands:", table(head, rows)]
    return parts


def _result(study: Study) -> str:
    value = "" if study.value is None else number(study.value)
    limits = [number(each) for each in (study.low, study.high) if each is not None]
    return f"{value} ({' to '.join(limits)})" if limits else value


def _measured(study: Study) -> str:
    return f"{study.measures} (prices of {study.prices})" if study.prices else study.measures


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
    return _page([
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
    return _page([
        "# Measures",
        PRINTED,
        "What a run reports for every month, and how twelve months become a year. A series is named `measure` or "
        "`measure:part`, such as `delayed:nhs` or `balance:acute`; the programmes of [their page](programmes.md) are "
        f"parts too, such as `averted:reablement`. Units are {_listed(UNITS)}; `gbp` is pounds of 2015/16.",
        table(("Measure", "What it is", "Unit", "Better", "A year is the"), rows),
        "## Parts",
        table(("Part", "In words"), ((f"`{name}`", words) for name, words in PARTS.items())),
        "## The headline",
        "A summary on a screen shows these, in this order: "
        + _listed([f"{measure_of(series).label} (`{series}`)" for series in KEY_SERIES])
        + ".",
    ])  # fmt: skip


def assumptions_page(known: Parameters) -> str:
    """The assumptions log: every number that no outside source stands behind."""
    groups = {source: [each for each in known.values() if each.source == source] for source in OWN}
    parts = [
        "# Assumptions log",
        PRINTED,
        f"Of {len(known)} parameters, {sum(map(len, groups.values()))} have no witness outside the project: they were "
        "fitted, guessed or recalled. They are the first to replace with local knowledge. A number kept by age or "
        "place of care counts once.",
        table(("Kind", "Parameters"), ((title, str(len(groups[source]))) for source, title in OWN.items())),
    ]
    for source, title in OWN.items():
        rows = (
            (f"`{each.name}`<br>{each.says}", value_of(each), range_of(each), unit_of(each), _why(each))
            for each in groups[source]
        )
        parts += [f"## {title}", table(("Name and meaning", "Value", "Range", "Unit", "Why this"), rows)]
    return _page(parts)


def _why(each: Parameter) -> str:
    fitted = f"fitted: {each.fitted}" if each.fitted else ""
    return "<br>".join(part for part in (each.where, fitted, each.note) if part)


def calibration_page() -> str:
    """The stored fit of England: every target with its residual, every quantity free or held."""
    written, fit = load_written(), load_fit(default_folder())
    plan = load_plan(written)
    if fit is None:
        return _page(["# The stored fit", PRINTED, "No fit is stored."])
    libraries = ", ".join(f"{name} {version}" for name, version in fit.made.versions.items())
    free = {each.parameter: each for each in plan.free}
    return _page([
        "# The stored fit",
        PRINTED,
        f"Made by `{fit.made.by}` on {fit.made.on} with seed {fit.made.seed} ({libraries}): {fit.made.method}. What it "
        "means is in [calibration](../explanation/calibration.md).",
        f"**Fit score {number(fit.score)}**: the root mean square of the residuals below, in tolerances. A residual "
        "within ±1 is within tolerance. The last column is a simulation of the fitted place, with chance in it; what "
        "only a simulation measures is not fitted.",
        "## Targets",
        table(
            ("Target", "Wanted", "Range", "By the equations", "Residual", "Simulated"),
            (_target_row(name, each) for name, each in fit.targets.items()),
        ),
        "Beds held because a place is full, simulated, over the approximation of them in the equations: "
        + _listed([f"{kind} {number(beds)}" for kind, beds in fit.queue.items()])
        + ".",
        "## Free quantities",
        table(
            ("Parameter", "Factor", "Bounds", "Written", "Fitted", "Moves most", "Why it is free"),
            (
                (f'<a id="{_anchor(name)}"></a>`{name}`', f"{value.factor:.4f}",
                 _span(free[name].low, free[name].high), *_before_and_after(value), _listed(value.serves),
                 free[name].why)
                for name, value in fit.values.items()
            ),
        ),
        "## Held",
        "No source gives these either, and nothing in the base year tells what they are.",
        table(("Parameter", "Why it is held"), ((f"`{each.parameter}`", each.why) for each in plan.held)),
    ])  # fmt: skip


def _target_row(name: str, each: Reached) -> tuple[str, ...]:
    missed = "not fitted" if each.residual is None else f"{round(each.residual, 2) + 0.0:+.2f}"
    flow, simulated = ("" if value is None else f"{value:,.4g}" for value in (each.flow, each.simulated))
    return (f"`{name}`", number(each.target), _span(each.low, each.high), flow, missed, simulated)


def _before_and_after(value: FittedValue) -> tuple[str, str]:
    if isinstance(value.written, dict) and isinstance(value.fitted, dict):
        return tuple(
            "<br>".join(f"{key}: {each:,.4g}" for key, each in given.items()) for given in (value.written, value.fitted)
        )
    return f"{value.written:,.4g}", f"{value.fitted:,.4g}"


def value_of(each: Parameter) -> str:
    """A value in a cell; one line for each key."""
    if isinstance(each.value, Mapping):
        return "<br>".join(f"{key}: {number(value)}" for key, value in each.value.items())
    return each.value if isinstance(each.value, str) else number(each.value)


def range_of(each: Parameter) -> str:
    """A range in a cell; one line for each key unless all are alike; the words of a choice."""
    if each.low is None:
        return _listed(each.choices)
    found = {key: _span(*each.range(key or None)) for key in each.keys or ("",)}
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    return "<br>".join(f"{key}: {span}" for key, span in found.items())


def _span(low: float, high: float) -> str:
    return f"{number(low)} to {number(high)}"


def unit_of(each: Parameter) -> str:
    """The unit, with the price year that was turned into pounds of 2015/16."""
    return f"{each.measure.says} (published in {each.prices} prices)" if each.prices else each.measure.says


def _source(name: str) -> str:
    return f"[{name}](sources.md#{name})"


def number(value: float) -> str:
    """A number to six significant figures."""
    return f"{value:,.6g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_line(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def _line(text: str) -> str:
    return " ".join(text.split())


def _listed(words: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def main() -> None:
    """Write every page."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
