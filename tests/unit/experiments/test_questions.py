"""Questions: everything wrong at once, and a hash that changes when the numbers would."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.experiments.question import Question, resolve
from sim.inputs import Faults

pytestmark = pytest.mark.unit

ASKED = Question("greater-manchester", years=2, replications=3, people=20_000)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(Faults) as caught:
        resolve(
            Question("grater-manchester", ("do_nothin",), {"demand.admision_growth": 2}, 21, 0, -1, people="nobody")
        )
    said = str(caught.value)
    for expected in (
        'Did you mean "greater-manchester"?',
        'Did you mean "do_nothing"?',
        'Did you mean "demand.admissions_growth"?',
        "21 must be a whole number from 1 to 20",
        "0 must be a whole number from 1 to 1000",
        "-1 must be a whole number from 0 to 4294967295",
        'must be a number above 0, "usual", "typical" or "all"',
        "7 faults. Nothing was run.",
    ):
        assert expected in said


@pytest.mark.parametrize("years", [0, 21, 1.5, True, "5"])
def test_years_are_a_whole_number_from_1_to_20(years):
    assert [fault.name for fault in replace(ASKED, years=years).faults()] == ["years"]


@pytest.mark.parametrize("people", [0, -5, float("nan"), float("inf"), "some", True])
def test_people_are_a_number_or_one_of_two_words(people):
    assert [fault.name for fault in replace(ASKED, people=people).faults()] == ["people"]


def test_the_edges_are_allowed():
    assert list(Question("x", years=1, replications=1, seed=0, people="all").faults()) == []
    assert list(Question("x", years=20, replications=1000, seed=2**32 - 1, people=1).faults()) == []


def test_everybody_is_simulated_unless_one_says_otherwise_or_there_are_too_many():
    usual = resolve(replace(ASKED, people="usual"))
    assert usual.people == usual.footprint.total
    england = resolve(replace(ASKED, people="usual", footprint="england"))
    assert england.people == england.parameters.value("run.most_people") < england.footprint.total
    typical = resolve(replace(ASKED, people="typical"))
    assert typical.people == typical.parameters.value("capacity.locality_people")
    assert resolve(replace(ASKED, people="all")).people == typical.footprint.total
    assert resolve(ASKED).people == 20_000
    assert resolve(replace(ASKED, people=10**9)).people == typical.footprint.total


def test_the_same_question_has_the_same_hash_and_another_has_another():
    same = resolve(replace(ASKED, footprint="Greater Manchester"))
    assert same.id == resolve(ASKED).id
    others = [
        replace(ASKED, footprint="england"),
        replace(ASKED, changes={"demand.admissions_growth": 2.0}),
        replace(ASKED, years=3),
        replace(ASKED, replications=4),
        replace(ASKED, seed=2),
        replace(ASKED, people=20_001),
    ]
    assert len({same.id, *(resolve(other).id for other in others)}) == 1 + len(others)


def test_a_change_to_the_value_that_stands_there_is_no_change():
    base = resolve(ASKED).parameters.value("demand.admissions_growth")
    assert resolve(replace(ASKED, changes={"demand.admissions_growth": base})).id == resolve(ASKED).id


def test_more_replications_keep_the_hashes_of_those_that_are_done():
    few, many = resolve(ASKED).replication_keys(), resolve(replace(ASKED, replications=5)).replication_keys()
    assert many[:3] == few
    assert len(set(many)) == 5
