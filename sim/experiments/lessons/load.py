"""Read lesson files: every fault at once, with file, line and the nearest right answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from sim.experiments.lessons import schema
from sim.experiments.lessons.lesson import Bench, Lesson
from sim.experiments.lessons.schema import LessonSpec, QuestionSpec, SliderSpec
from sim.experiments.lessons.workings import WORKINGS, Working
from sim.inputs.document import Document, Steps, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.kinds import refuse_others
from sim.network.load import load_network

FOLDER = "lessons"
PARTS: tuple[type[BaseModel], ...] = (
    LessonSpec, schema.SliderSpec, schema.NumberSpec, schema.ChartSpec, schema.SeriesSpec, schema.QuestionSpec,
    schema.ChoiceSpec, schema.CheckSpec,
)  # fmt: skip
HALF_A_STEP = 1e-6


def lesson_files(folder: Path | None = None) -> dict[str, Path]:
    """Lesson files by id, in the order of the numbers with which their names begin."""
    files = sorted(((folder or default_folder()) / FOLDER).glob("*.yaml"), key=lambda file: _split(file)[0])
    return {_split(file)[1]: file for file in files}


def load_lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Every lesson of a folder of parameters. Raises Faults, those of all files at once."""
    found: list[Lesson] = []
    faults: list[Fault] = []
    for path in lesson_files(folder).values():
        try:
            found.append(load_lesson(path))
        except Faults as error:
            faults += error.faults
    raise_any(faults)
    return tuple(found)


def load_lesson(path: Path) -> Lesson:
    """One lesson with its network. Raises Faults."""
    document = read_yaml(path)
    refuse_others(document, "lesson")
    try:
        spec = LessonSpec.model_validate(document.data)
    except ValidationError as error:
        raise Faults(faults_from_validation(error, document, keys_of(*PARTS))) from error
    network, faults = _network(document, spec, path.parent)
    faults += [*_names(document, spec), *_sliders(document, spec), *_question(document, spec)]
    raise_any(faults)
    assert network is not None  # or there was a fault
    number, name = _split(path)
    lesson = Lesson(name, number, spec, network)
    raise_any(list(_ends(document, lesson)))
    return lesson


def _split(path: Path) -> tuple[int, str]:
    """Number and id of a file such as 1_littles_law.yaml; one without a number comes last."""
    number, _, name = path.stem.partition("_")
    known = number.isdecimal() and bool(name)
    return (int(number) if known else 10**6), (name if known else path.stem).replace("_", "-")


def _fault(document: Document, path: Steps, found: str, rule: str, close: str | None = None) -> Fault:
    name = ".".join(map(str, document.known_part(path)))
    return Fault(document.name, document.line(path), name, found, rule, close)


def _network(document: Document, spec: LessonSpec, folder: Path) -> tuple[Document | None, list[Fault]]:
    path = folder / "networks" / f"{spec.network}.yaml"
    known = [each.stem for each in sorted(path.parent.glob("*.yaml"))]
    if spec.network not in known:
        rule = "is not a network of a lesson"
        return None, [_fault(document, ("network",), f'"{spec.network}"', rule, nearest(spec.network, known))]
    try:
        load_network(path)
    except Faults as error:
        return None, [*error.faults]
    return read_yaml(path), []


def _names(document: Document, spec: LessonSpec) -> Iterator[Fault]:
    """The working, its numbers and its series."""
    if spec.working not in WORKINGS:
        rule, close = "is not a working we have", nearest(spec.working, WORKINGS)
        yield _fault(document, ("working",), f'"{spec.working}"', rule, close)
        return
    working = WORKINGS[spec.working]
    for place, number in enumerate(spec.numbers):
        yield from _unknown(document, ("numbers", place, "number"), number.number, working.numbers, "a number")
    for at, chart in enumerate(spec.charts):
        for place, each in enumerate(chart.series):
            path: Steps = ("charts", at, "series", place, "series")
            yield from _unknown(document, path, each.series, working.series, "a series")
    yield from _unknown(document, ("question", "number"), spec.question.number, working.numbers, "a number")
    if spec.question.check:
        path = ("question", "check", "number")
        yield from _unknown(document, path, spec.question.check.number, working.numbers, "a number")
    yield from _values(document, spec, working)


def _unknown(document: Document, path: Steps, name: str, known: Iterable[str], what: str) -> Iterator[Fault]:
    names = list(known)
    if name not in names:
        yield _fault(document, path, f'"{name}"', f"is not {what} of this working", nearest(name, names))


def _values(document: Document, spec: LessonSpec, working: Working) -> Iterator[Fault]:
    """What the working reads must be there, and what is there must be read."""
    there = [each.name for each in spec.sliders] + list(spec.given)
    for name in working.values:
        if name not in there:
            yield _fault(document, ("sliders",), f'"{name}"', "is needed by this working, as a slider or given")
    for name in spec.given:
        yield from _unknown(document, ("given", name), name, working.values, "a value")
    for place, each in enumerate(spec.sliders):
        if not each.sets:
            yield from _unknown(document, ("sliders", place, "name"), each.name, working.values, "a value")


def _sliders(document: Document, spec: LessonSpec) -> Iterator[Fault]:
    names = [each.name for each in spec.sliders]
    for place, each in enumerate(spec.sliders):
        if not each.low < each.high:
            yield _fault(document, ("sliders", place, "low"), f"low {each.low:g}", "must be below high")
        elif not _on_a_step(each, each.value):
            rule = f"must be a step between low and high; the nearest is {each.nearest(each.value):g}"
            yield _fault(document, ("sliders", place, "value"), f"value {each.value:g}", rule)
        if names.index(each.name) != place or each.name in spec.given:
            yield _fault(document, ("sliders", place, "name"), f'"{each.name}"', "stands twice")


def _on_a_step(slider: SliderSpec, value: float) -> bool:
    return abs(slider.nearest(value) - value) <= HALF_A_STEP * slider.step


def _question(document: Document, spec: LessonSpec) -> Iterator[Fault]:
    asked, path = spec.question, ("question",)
    sliders = {each.name: each for each in spec.sliders}
    for key, given in (("at", asked.at), ("against", asked.against or {})):
        for name, value in given.items():
            yield from _unknown(document, (*path, key, name), name, sliders, "a slider")
            if name in sliders and not _on_a_step(sliders[name], value):
                yield _fault(document, (*path, key, name), f"{name} {value:g}", "is not a place of this slider")
    if bool(asked.choices) == (asked.tolerance is not None):
        yield _fault(document, path, "the question", "must have either choices or a tolerance")
    yield from _choices(document, asked)
    yield from _said(document, asked)


def _choices(document: Document, asked: QuestionSpec) -> Iterator[Fault]:
    """Exactly one of them is right, whatever is worked out: ends ascend, and the last has none."""
    if not asked.choices:
        return
    *ends, last = [each.up_to for each in asked.choices]
    known = [end for end in ends if end is not None]
    if len(asked.choices) < 2 or last is not None or known != ends or known != sorted(set(known)):
        rule = "must be two or more, with `up_to` ascending and none for the last"
        yield _fault(document, ("question", "choices"), "choices", rule)


def _said(document: Document, asked: QuestionSpec) -> Iterator[Fault]:
    """Nothing but the answer and what was found is filled into what is said."""
    for key, text in (("right", asked.right), ("wrong", asked.wrong)):
        try:
            text.format(answer="", found="")
        except (KeyError, IndexError, ValueError):
            yield _fault(
                document, ("question", key), "the text", "may hold {answer} and {found}, nothing else in braces"
            )
        if "{found}" in text and not asked.check:
            yield _fault(document, ("question", key), "{found}", "needs a `check`")


def _ends(document: Document, lesson: Lesson) -> Iterator[Fault]:
    """The network must be in order with every slider at either end."""
    for place, slider in enumerate(lesson.spec.sliders):
        for key, end in (("low", slider.low), ("high", slider.high)):
            try:
                Bench(lesson, {**lesson.spec.given, **lesson.values({slider.name: end})}).network()
            except Faults as error:
                rule = f"makes a network that is not in order: {error.faults[0].found} {error.faults[0].rule}"
                yield _fault(document, ("sliders", place, key), f"{slider.name} at {end:g}", rule)
