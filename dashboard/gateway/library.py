"""Every number with its witness, the studies behind the programmes, and what stored answers lean on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import PurePath

from dashboard.answering.runs import Task
from dashboard.facts.library import Finding, Leaning, Library, Number, ProgrammeFound, Witness
from dashboard.gateway.amounts import keyed, money, number
from dashboard.gateway.evidence import evidence, range_in_words, sources, value_in_words
from dashboard.gateway.looked_up import believed, footprints, parameters_of
from sim import inputs
from sim.experiments.impact import Stored, grade_of_baseline, grade_of_effect, load_impacts

OWN: Mapping[str, Witness] = {
    "team_assumption": "guess",
    "team_recall": "recalled",
    "fitted_base_year": "fitted",
    "derived_from_rows": "made",
    "by_definition": "made",
}
"""Sources that are none outside the project."""

RESULTS = {"study_result": "result", "study_result_null": "null", "study_result_adverse": "adverse"}
EFFECTS = {
    "emergency_overnight": "overnight emergency stays",
    "emergency_same_day": "same-day emergency stays",
    "elective": "planned stays",
    "length_of_stay": "length of stay",
    "social_care_need": "need of social care",
}


def library(task: Task) -> Library:
    """Everything believed, with what the task changes marked."""
    plain, here = _plain(), parameters_of(task.plan, task.settings)
    moved = {each.evidence.name: _moved(each.evidence.name, here) for each in plain.numbers}
    numbers = tuple(_marked(each, moved[each.evidence.name]) for each in plain.numbers)
    return Library(numbers, plain.programmes, plain.leaning)


def _marked(plain: Number, moved: str) -> Number:
    if not moved:
        return plain
    return replace(plain, moved=moved)


def _moved(name: str, here: inputs.Parameters) -> str:
    """The value under the question, in words; of a number by key only the keys that differ; nothing if none does."""
    before, after = believed()[name], here[name]
    if before.value == after.value and before.by_year == after.by_year:
        return ""
    if isinstance(before.value, Mapping) and isinstance(after.value, Mapping):
        changed = {key: each for key, each in after.value.items() if each != before.value[key]}
        return keyed(changed, after) or value_in_words(after)
    return value_in_words(after)


@lru_cache(maxsize=1)
def _plain() -> Library:
    """Everything before any question."""
    stored = load_impacts()
    leans = _leans(stored) if stored else {}
    numbers = tuple(_number(each, leans) for each in believed().values() if each.measure.kind == "number")
    return Library(numbers, tuple(_programmes()), _leaning(stored, leans) if stored else None)


def _number(parameter: inputs.Parameter, leans: Mapping[str, tuple[str, str]]) -> Number:
    source = sources().get(parameter.source)
    witness: Witness = "fitted" if parameter.fitted else OWN.get(parameter.source, "source")
    return Number(
        evidence=replace(evidence(parameter.name, believed()), range=range_in_words(parameter)),
        group=PurePath(parameter.file).stem,
        witness=witness,
        link=source.link if source else "",
        fitted=parameter.fitted,
        leans=leans.get(parameter.name, ("", "")),
    )


def _leans(stored: Stored) -> dict[str, tuple[str, str]]:
    found = stored.impacts
    return {name: (grade_of_baseline(found, name), grade_of_effect(found, name)) for name in found.numbers}


def _leaning(stored: Stored, leans: Mapping[str, tuple[str, str]]) -> Leaning:
    made, on = stored.impacts.made, date.fromisoformat(stored.on[:10])
    place = footprints().get(made.footprint)
    return Leaning(
        place=place.name if place else made.footprint,
        years=made.years,
        plan=inputs.load_scenario(made.scenario).title or made.scenario,
        on=on.isoformat(),
        moved=len(leans),
        large=[name for name, grades in leans.items() if "large" in grades],
    )


def _programmes() -> list[ProgrammeFound]:
    found = inputs.load_studies()
    return [
        ProgrammeFound(
            id=each.id,
            label=each.label,
            family=each.family.replace("_", " "),
            grade=each.evidence_grade,
            effect="; ".join(_effects(each.id)),
            lag=number(each.lag_years),
            cost=money(each.unit_cost),
            studies=tuple(_finding(study) for study in found if study.programme == each.id),
        )
        for each in inputs.programmes(believed())
    ]


def _effects(programme: str) -> list[str]:
    """Effects as used, in words, those that are nothing throughout left out."""
    shown = []
    for name, words in EFFECTS.items():
        each = believed()[f"programme.{programme}.effect_{name}"]
        if any(map(any, _all(each))):
            spans = "" if each.keys else range_in_words(each)
            shown.append(f"{words}: {value_in_words(each)}" + (f" ({spans})" if spans else ""))
    return shown


def _all(parameter: inputs.Parameter) -> list[list[float]]:
    """Every number there is in a value and its range."""
    parts = (parameter.value, parameter.low, parameter.high)
    return [list(each.values()) if isinstance(each, Mapping) else [float(each)] for each in parts if each is not None]


def _finding(study: inputs.Study) -> Finding:
    source = sources().get(study.source)
    span = "" if study.low is None or study.high is None else f"{number(study.low)} to {number(study.high)}"
    return Finding(
        kind=RESULTS.get(study.kind, study.kind.replace("_", " ")),
        value="" if study.value is None else number(study.value),
        range=span,
        measures=study.measures,
        source=f"{source.title}, {source.publisher}, {source.year}" if source else study.source,
        link=source.link if source else "",
        where=study.where,
        confidence=study.confidence,
        note=study.note,
    )
