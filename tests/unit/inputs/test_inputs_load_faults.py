"""Whatever is wrong with a parameter file is said at once, with its line and the nearest right answer."""

from __future__ import annotations

import pytest

from sim.inputs import Faults, load_parameters

from .conftest import AGES, BY_AGE, CHOICE, ENTRY

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("wrong", "right", "line", "says", "suggestion"),
    [
        ("unit: percent_per_yaer", "unit: percent_per_year", 3, "is not one we know", "percent_per_year"),
        ("sorce: count_2016", "source: count_2016", 8, "is not one we know", "source"),
        ("source: count_2061", "source: count_2016", 8, "is not in sources.yaml", "count_2016"),
        ("value: 4.1", "value: 3.6", 4, "lies outside its own range, 3 to 4", None),
        ("value: many", "value: 3.6", 4, "must be a number", None),
        ("value: true", "value: 3.6", 4, "must be a number", None),
        ("value: .inf", "value: 3.6", 4, "is not a finite number", None),
        ("value: .nan", "value: 3.6", 4, "is not a finite number", None),
        ("value: [1, 2]", "value: 3.6", 4, "must be a number", None),
        ("value: {a: 1}", "value: 3.6", 4, "so `by` must say by what", None),
        ("low: 5", "low: 3", 5, "lies above high", None),
        ("low: -51", "low: 3", 5, "at least -50", None),
        ("confidence: hihg", "confidence: high", 10, "must be high, medium or low", "high"),
        ("unit: choice", "unit: percent_per_year", 2 - 1, '"choices" is missing', None),
        ("where: page 1\n  prices: 2016/17", "where: page 1", 10, "has no price index", None),
        ("where: page 1\n  by: age_bond", "where: page 1", 10, "is not a list we know", "age_band"),
    ],
)
def test_one_wrong_word_is_one_line_and_the_nearest_right_one(faults_of, wrong, right, line, says, suggestion):
    """The entry stands on lines 1 to 10; every case changes one of them."""
    faults = faults_of(ENTRY.replace(right, wrong))
    texts = [(f"{fault.found} {fault.rule}", fault.line, fault.suggestion) for fault in faults]
    assert any(says in text and at == line and hint == suggestion for text, at, hint in texts), texts


@pytest.mark.parametrize("key", ["says", "unit", "value", "low", "high", "place", "source", "where", "confidence"])
def test_every_required_key_is_missed(faults_of, key):
    """Without a line of the entry the fault stands at the name, and says which key is missing."""
    text = "".join(line for line in ENTRY.splitlines(keepends=True) if not line.strip().startswith(f"{key}:"))
    (fault,) = faults_of(text)
    assert (fault.line, fault.name, fault.found, fault.rule) == (1, "demand.growth", f'"{key}"', "is missing")


@pytest.mark.parametrize(
    ("wrong", "right", "says", "suggestion"),
    [
        ("85+: 5, 85: 6", "85+: 5", 'value "85" is not a key of age_band', "85+"),
        ("75-84: 4", "75-84: 4, 85+: 5", "value lacks 85+", None),
        ("18-64: x", "18-64: 2", "must be a number", None),
        ("18-64: 11", "18-64: 2", "value 18-64 11 lies outside its own range, 0 to 9", None),
        ("value: 7", f"value: {AGES}", "must have one number for each age_band", None),
    ],
)
def test_values_by_age_have_exactly_the_age_bands(faults_of, wrong, right, says, suggestion):
    """The value stands on line 5."""
    (fault,) = faults_of(BY_AGE.replace(right, wrong))
    assert says in f"{fault.found} {fault.rule}"
    assert (fault.line, fault.suggestion) == (5, suggestion)


def test_a_share_stays_between_0_and_1(faults_of):
    """A share of 1.2 is refused even if its own range allows it; so is the range."""
    text = ENTRY.replace("percent_per_year", "share").replace("3.6", "1.2").replace("high: 4", "high: 2")
    lines = {fault.line for fault in faults_of(text.replace("low: 3", "low: -1"))}
    assert lines == {4, 5, 6}


def test_a_choice_is_one_of_its_words(faults_of):
    """The value of the choice stands on line 5."""
    (fault,) = faults_of(CHOICE.replace("value: hold", "value: holt"))
    assert (fault.line, fault.rule, fault.suggestion) == (5, "is not one of hold, means", "hold")


def test_a_name_may_stand_once_over_all_files(folder):
    """The second file says where the first one has it."""
    (folder / "more.yaml").write_text("\n\n" + ENTRY)
    with pytest.raises(Faults) as caught:
        load_parameters(folder)
    (fault,) = caught.value.faults
    assert fault.line == 3
    assert "demand.yaml, line 1" in fault.rule


def test_a_key_may_stand_once_in_a_file(faults_of):
    """YAML readers keep the last silently; here both lines are named."""
    (fault,) = faults_of(ENTRY + "demand.growth: 1\n")
    assert (fault.line, fault.rule) == (11, "stands twice; the first is on line 1")


def test_every_fault_of_every_file_comes_at_once(folder):
    """Three files, four faults, one exception, counted in its last line."""
    (folder / "demand.yaml").write_text(ENTRY.replace("3.6", "9") + BY_AGE.replace("per_1000_per_year", "per_1000"))
    (folder / "more.yaml").write_text("a: [\n")
    (folder / "sources.yaml").write_text("count_2016: {title: A count, publischer: Somebody}\n")
    with pytest.raises(Faults) as caught:
        load_parameters(folder)
    found = {fault.file.rsplit("/", 1)[-1] for fault in caught.value.faults}
    assert found == {"demand.yaml", "more.yaml", "sources.yaml"}
    assert str(caught.value).endswith(f"{len(caught.value.faults)} faults. Nothing was run.")


def test_a_message_reads_like_a_sentence(faults_of):
    """File and line, the name, what was found, the rule, the nearest right answer."""
    faults_of_unit = faults_of(ENTRY.replace("percent_per_year", "day"))
    assert str(faults_of_unit[0]).splitlines()[1] == '  unit "day" is not one we know. Did you mean "days"?'
    assert str(faults_of_unit[0]).splitlines()[0].endswith("demand.yaml, line 3: demand.growth")


@pytest.mark.parametrize("name", ["sources.yaml", "programmes.csv"])
def test_one_file_that_cannot_be_read_does_not_blame_the_others(folder, name):
    """What could not be read is one fault, not one more for everything that refers to it."""
    (folder / "policy.yaml").write_text(
        ENTRY.replace("demand.growth", "policy.mix").replace("value: 3.6", "by: programme\n  value: {telecare: 3.5}")
    )
    (folder / name).write_bytes(b"")
    with pytest.raises(Faults) as caught:
        load_parameters(folder)
    found = [fault.file.rsplit("/", 1)[-1] for fault in caught.value.faults]
    assert found.count(name) == 1
    assert len(found) == (1 if name == "programmes.csv" else 2)  # with a table of programmes, telecare is not in it
