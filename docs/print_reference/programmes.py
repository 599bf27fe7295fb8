"""The page of programmes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docs.print_reference.impact import WHAT_CELLS_SAY
from docs.print_reference.parameters import PROGRAMME, notes, parameter_table, value_of
from docs.print_reference.words import PRINTED, number, page, source_link, span, table
from sim.inputs import FAMILIES, Parameter, Parameters, Programme, Study, programmes

FAMILY_TITLES = {
    "upstream": "Upstream of health care",
    "lifestyle": "Lifestyle",
    "primary_community": "Primary and community care",
    "flow": "Flow through and out of hospital",
}


def programmes_page(known: Parameters, studies: Sequence[Study], impacts: Mapping[str, str]) -> str:
    """Every programme: an overview, then each with its numbers and what studies found."""
    found = programmes(known)
    parts = [
        "# Programmes",
        PRINTED,
        f"The {len(found)} prevention and out-of-hospital programmes, their numbers, and what studies found about "
        "them, including those that found nothing or harm. How they work together is in [demand, programmes and "
        "money](../explanation/money-and-programmes.md). Grades: 1 strong, 2 mixed, 3 weak, 4 controlled evidence of "
        "no effect or of harm. An effect is a relative reduction among the people reached; below 0 means more.",
        WHAT_CELLS_SAY,
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
                parts += _programme(each, known, [study for study in studies if study.programme == each.id], impacts)
    return page(parts)


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
    around = span(min(low for low, _ in ranges), max(high for _, high in ranges))
    if isinstance(each.value, Mapping):
        return f"{span(min(each.value.values()), max(each.value.values()))} by age ({around})"
    return f"{value_of(each)} ({around})"


def _programme(each: Programme, known: Parameters, studies: Sequence[Study], impacts: Mapping[str, str]) -> list[str]:
    prefix = f"{PROGRAMME}{each.id}."
    words = (f"{prefix}label", f"{prefix}family")
    shown = [known[name] for name in known if name.startswith(prefix) and name not in words]
    parts = [f'<a id="{each.id}"></a>\n\n### {each.label}', parameter_table(shown, impacts), notes(shown)]
    if studies:
        rows = [
            (s.kind.replace("_", " "), _result(s), _measured(s), source_link(s.source), s.confidence, s.note)
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
