"""A batch file: which places, which plans, how often, read with every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.experiments.question import Question, Resolved, resolve, scenarios_of
from sim.inputs import Fault, Faults, Footprint, find_footprint, load_footprints, nearest
from sim.inputs.document import Document, Steps, read_yaml
from sim.inputs.faults import faults_from_validation, keys_of
from sim.inputs.folders import default_folder
from sim.inputs.footprints import ENGLAND
from sim.inputs.kinds import refuse_others
from sim.inputs.table import Table
from sim.results.measures import CATALOGUE, KEY_SERIES, measure_of

T = TypeVar("T")
Given = ParamSpec("Given")

FOLDER = "batches"
RUNS = Path("runs")
"""Where a batch lies unless another folder is named, in a folder of its name."""
ALL = "all"
"""Stands for all 44 footprints."""

MOST_DRAWS = 5000
STAND_INS: Mapping[str, object] = {"title": "-", "why": "-", "footprints": [ENGLAND], "plans": ["do_nothing"]}
"""Something harmless in place of a required key that is wrong, so that the rest of the file can be judged too."""


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What a batch file asks for.

    name         of the file, without its ending
    footprints   slugs
    plans        names of scenarios; a+b lays b over a
    against      the plan that others are set beside
    change       new values by parameter path, laid over every plan
    draws        of every doubtful number, besides what is believed (draw 0)
    every_draw   also draws in which the base year cannot close
    block        replications in one task, at most
    series       that are kept, by year
    document     the file's name, and the lines of its keys
    """

    name: str
    title: str
    why: str
    footprints: tuple[str, ...]
    plans: tuple[str, ...]
    against: str
    draws: int
    every_draw: bool
    replications: int
    block: int
    years: int
    seed: int
    people: float | str
    series: tuple[str, ...]
    document: Document = field(repr=False, compare=False)
    change: Mapping[str, float | str] = field(default_factory=Table)

    def fault(self, path: Steps, name: str, found: str, rule: str, close: str | None = None) -> Fault:
        """A fault at the line of the file where this path of keys stands, or of what is nearest around it."""
        return _at(self.document, path, name, found, rule, close)


class BatchSpec(BaseModel):
    """The keys of a batch file; what they mean is said in docs/reference/batch-file.md."""

    model_config = ConfigDict(extra="forbid", strict=True)
    title: str = Field(min_length=1)
    why: str = Field(min_length=1)
    footprints: list[Any] = Field(min_length=1)
    plans: list[str] = Field(min_length=1)
    against: str | None = None
    change: dict[str, Any] = {}
    draws: int = Field(default=0, ge=0, le=MOST_DRAWS)
    every_draw: bool = False
    replications: int = 10
    replications_in_a_task: int = Field(default=20, ge=1)
    years: int = 5
    seed: int = 1
    people: Any = "typical"
    series: list[str] = Field(default=list(KEY_SERIES), min_length=1)


def batch_files(folder: Path | None = None) -> dict[str, Path]:
    """The shipped batch files by name."""
    files = sorted(((folder or default_folder()) / FOLDER).glob("*.yaml"))
    return {file.stem: file for file in files}


def find_batch(text: str) -> Path:
    """The batch file meant: a path that is there or looks like one, else a shipped name. Raises Faults."""
    path, known = Path(text), batch_files()
    if path.is_file() or path.suffix in (".yaml", ".yml"):
        return path
    if text not in known:
        raise Faults([Fault("", 0, "batch", f'"{text}"', "is not a batch we know, nor a file", nearest(text, known))])
    return known[text]


def read_plan(path: Path) -> tuple[BatchPlan, tuple[Resolved, ...], tuple[Footprint, ...]]:
    """A batch file with everything it names looked up: its plans about the first footprint, and its footprints.

    Raises Faults: everything that is wrong with the file, at once.
    """
    document, faults = read_yaml(path), list[Fault]()
    refuse_others(document, "batch")
    entry = _entry(document, faults)
    places = list(_places(document, entry, faults))
    faults += [*_number_faults(document, entry), *_series_faults(document, entry), *_twice(document, entry)]
    if entry.against is not None and entry.against not in entry.plans:
        close = nearest(entry.against, entry.plans)
        faults.append(_at(document, ("against",), "against", f'"{entry.against}"', "is not one of the plans", close))
    resolved = () if faults else _plans(document, entry, places[0], faults)
    if faults:
        faults += _scenario_faults(document, entry)
        raise Faults(dict.fromkeys(faults))
    return _plan(path, document, entry, places), resolved, tuple(places)


def _entry(document: Document, faults: list[Fault]) -> BatchSpec:
    """The file as far as its shape is right, with stand-ins for the rest."""
    data = document.data
    if not isinstance(data, Mapping):
        raise Faults([Fault(document.name, 1, "", "the file", "must hold keys and values, such as title: ...")])
    try:
        return BatchSpec.model_validate(data)
    except ValidationError as error:
        faults += faults_from_validation(error, document, keys_of(BatchSpec))
        wrong = {str(each["loc"][0]) for each in error.errors(include_url=False) if each["loc"]}
    return BatchSpec.model_validate({**STAND_INS} | {key: value for key, value in data.items() if key not in wrong})


def _plan(path: Path, document: Document, entry: BatchSpec, places: list[Footprint]) -> BatchPlan:
    return BatchPlan(
        name=path.stem, title=entry.title, why=" ".join(entry.why.split()),
        footprints=tuple(place.slug for place in places), plans=tuple(entry.plans),
        against=entry.against or entry.plans[0], draws=entry.draws, every_draw=entry.every_draw,
        replications=entry.replications, block=min(entry.replications_in_a_task, entry.replications),
        years=entry.years, seed=entry.seed, people=entry.people, series=tuple(entry.series),
        document=Document(document.name, None, document.lines), change=Table(entry.change),
    )  # fmt: skip


def _places(document: Document, entry: BatchSpec, faults: list[Fault]) -> Iterator[Footprint]:
    known, seen = load_footprints(), set[str]()
    for place, given in enumerate(entry.footprints):
        path: Steps = ("footprints", place)
        if given == ALL:
            found = [each for slug, each in known.items() if slug != ENGLAND]
        else:
            one = _or_fault(document, path, faults, find_footprint, str(given), known)
            found = [one] if one is not None else []
        for each in found:
            if each.slug in seen:
                faults.append(_at(document, path, "footprints", f'"{each.slug}"', "is named twice"))
            else:
                seen.add(each.slug)
                yield each


def _plans(document: Document, entry: BatchSpec, place: Footprint, faults: list[Fault]) -> tuple[Resolved, ...]:
    """Every plan about one footprint."""
    found = []
    for number, name in enumerate(entry.plans):
        asked = _question(entry, place.slug, name)
        resolved = _or_fault(document, ("plans", number), faults, resolve, asked)
        found += [resolved] if resolved is not None else []
    return tuple(found)


def _scenario_faults(document: Document, entry: BatchSpec) -> list[Fault]:
    """Faults of plans and changes, where something else is wrong already."""
    faults: list[Fault] = []
    for number, name in enumerate(entry.plans):
        asked = Question(ENGLAND, scenarios_of(name), dict(entry.change))
        _or_fault(document, ("plans", number), faults, resolve, asked)
    return faults


def _question(entry: BatchSpec, footprint: str, plan: str) -> Question:
    scenarios, change = scenarios_of(plan), dict(entry.change)
    return Question(footprint, scenarios, change, entry.years, entry.replications, entry.seed, entry.people)


def _number_faults(document: Document, entry: BatchSpec) -> Iterator[Fault]:
    for fault in _question(entry, ENGLAND, entry.plans[0]).faults():
        yield _at(document, (fault.name,), fault.name, fault.found, fault.rule)


def _series_faults(document: Document, entry: BatchSpec) -> Iterator[Fault]:
    for place, series in enumerate(entry.series):
        try:
            measure_of(series)
        except KeyError:
            close = nearest(series, (*KEY_SERIES, *CATALOGUE))
            yield _at(document, ("series", place), "series", f'"{series}"', "is not a measure", close)


def _twice(document: Document, entry: BatchSpec) -> Iterator[Fault]:
    for key in ("plans", "series"):
        given = getattr(entry, key)
        for place, name in enumerate(given):
            if name in given[:place]:
                yield _at(document, (key, place), key, f'"{name}"', "is named twice")


def _or_fault(
    document: Document, path: Steps, faults: list[Fault],
    look_up: Callable[Given, T], *given: Given.args, **named: Given.kwargs,
) -> T | None:  # fmt: skip
    """What was looked up; or None, and its faults put at the line that named it, unless they are of another file."""
    try:
        return look_up(*given, **named)
    except Faults as error:
        for fault in error.faults:
            where = ("change", fault.name) if ("change", fault.name) in document.lines else path
            placed = _at(document, where, fault.name, fault.found, fault.rule, fault.suggestion)
            faults.append(fault if fault.file else placed)
        return None


def _at(document: Document, path: Steps, name: str, found: str, rule: str, close: str | None = None) -> Fault:
    return Fault(document.name, document.line(path), name, found, rule, close)
