"""Lesson files: the shipped ones are in order, and whatever is wrong with one is said at once, with its line."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.lessons import lesson_files, load_lesson, load_lessons, worked
from sim.experiments.lessons.schema import SliderSpec
from sim.experiments.lessons.workings import WORKINGS
from sim.inputs import Faults
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit
LESSON = "1_littles_law.yaml"


@pytest.fixture
def lesson(tmp_path):
    """A copy of a lesson with its networks; the function changes its text and reads it."""
    shutil.copytree(default_folder() / "lessons", tmp_path / "lessons")
    path = tmp_path / "lessons" / LESSON

    def read(*changes):
        text = path.read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path.write_text(text, encoding="utf-8")
        return load_lesson(path)

    return read


def faults_of(lesson, *changes):
    with pytest.raises(Faults) as told:
        lesson(*changes)
    return str(told.value)


def test_there_are_eight_in_order_and_all_brings_something():
    lessons = load_lessons()
    assert [each.id for each in lessons] == list(lesson_files())
    assert [each.number for each in lessons] == list(range(1, 9))
    assert {each.spec.working for each in lessons} == set(WORKINGS)


@pytest.mark.parametrize("name", WORKINGS)
def test_a_working_brings_what_it_promises(name):
    lesson = next(each for each in load_lessons() if each.spec.working == name)
    found = worked(lesson, {})
    assert set(found.numbers) == set(WORKINGS[name].numbers)
    assert set(found.series) == set(WORKINGS[name].series)


def test_the_same_sliders_bring_the_same_numbers():
    lesson = load_lesson(lesson_files()["beds-or-packages"])
    assert worked(lesson, {"beds": 50}).numbers == worked(lesson, {"beds": 50}).numbers


def test_everything_wrong_with_a_lesson_is_said_at_once(lesson):
    said = faults_of(
        lesson,
        ("working: inside", "working: insides"),
        ("network: open_ward", "network: open_wards"),
        ("value: 12,", "value: 12.4,"),
        ("at: {come: 12, stay: 3.5}", "at: {came: 12, stay: 3.51}"),
        ("  tolerance: 0.02\n", ""),
        ("{answer}. The", "{answr}. The"),
    )
    for words in (
        'Did you mean "inside"?', 'Did you mean "open_ward"?', "the nearest is 12", 'Did you mean "come"?',
        "stay 3.51 is not a place of this slider", "either choices or a tolerance", "may hold {answer} and {found}",
    ):  # fmt: skip
        assert words in said, words
    assert said.count(f"{LESSON}, line") == 8
    assert "8 faults" in said


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("title: Little's law", "titel: Little's law", 'Did you mean "title"?'),
        ("low: 2,", "low: 30,", "must be below high"),
        ("number: stayed", "number: stay", "is not a number of this working"),
        ("series: theory", "series: theories", "is not a series of this working"),
        ("check: {number: inside,", "check: {number: outside,", "is not a number of this working"),
        ("  check: {number: inside, within: 0.05}\n", "", "{found} needs a `check`"),
        ("name: stay,", "name: come,", "stands twice"),
        ("arrivals.rate]", "arrival.rate]", '"arrival" is not in the network'),
        ("low: 2, high: 20", "low: -2, high: 20", "makes a network that is not in order"),
        ("sets: [groups.people.stays.ward.mean]", "sets: []", "is not a value of this working"),
        ("replications: 1", "given: {beds: 3}\nreplications: 1", "is not a value of this working"),
    ],
)
def test_a_fault_is_told_with_what_would_be_right(lesson, before, after, words):
    said = faults_of(lesson, (before, after))
    assert words in said
    assert f"{LESSON}, line" in said


def test_choices_leave_no_number_out():
    folder = default_folder() / "lessons"
    for path in folder.glob("*.yaml"):
        choices = load_lesson(path).spec.question.choices
        assert not choices or choices[-1].up_to is None


def test_choices_that_could_both_be_right_are_refused(lesson):
    choices = "choices:\n    - {says: A, up_to: 3}\n    - {says: B, up_to: 3}\n    - {says: C}"
    assert "ascending" in faults_of(lesson, ("tolerance: 0.02", choices))


def test_a_network_that_is_not_in_order_names_its_own_file(lesson, tmp_path):
    network = tmp_path / "lessons" / "networks" / "open_ward.yaml"
    network.write_text(network.read_text(encoding="utf-8").replace("home: 1", "home: 0.9"), encoding="utf-8")
    assert "open_ward.yaml, line" in faults_of(lesson)


@given(st.floats(), st.sampled_from([0.5, 1.0, 3.0]))
def test_a_slider_stands_on_a_step_whatever_is_asked(wanted, step):
    slider = SliderSpec(name="a", label="A", low=2, high=11, step=step, value=5)
    found = slider.nearest(wanted)
    assert 2 <= found <= 11
    assert (found - 2) % step == pytest.approx(0, abs=1e-9)
    assert abs(found - wanted) <= step / 2 + 1e-9 or not 2 <= wanted <= 11
