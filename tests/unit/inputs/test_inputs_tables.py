"""Footprints, population, programmes and levers: what is read, and what is refused."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from sim.inputs import (
    AGE_BANDS,
    STANCES,
    STREAMS,
    Effect,
    Faults,
    find_footprint,
    load_footprints,
    load_levers,
    load_parameters,
    load_population_index,
    load_studies,
    one_each,
    programmes,
)
from sim.inputs.folders import default_folder

pytestmark = pytest.mark.unit


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the shipped folder, to write faults into."""
    return Path(shutil.copytree(default_folder(), tmp_path / "parameters"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def line_of(path: Path, words: str) -> int:
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if words in line)


# ---- footprints


@pytest.mark.parametrize("words", ["dorset", "Dorset", " DORSET ", "41"])
def test_a_footprint_is_found_by_slug_name_or_number(words):
    """In any case, with spaces around."""
    assert find_footprint(words).name == "Dorset"


@pytest.mark.parametrize(("words", "suggestion"), [("dorest", "dorset"), ("Greater Manchster", "greater-manchester")])
def test_an_unknown_footprint_is_a_fault_with_the_nearest(words, suggestion):
    """The slug is suggested, whichever way it was asked for."""
    with pytest.raises(Faults) as caught:
        find_footprint(words)
    assert caught.value.faults[0].suggestion == suggestion


def test_england_comes_first_and_is_the_sum():
    """Its people are added up, its gap is the published one."""
    footprints = load_footprints()
    england, *others = footprints.values()
    assert (england.slug, len(others)) == ("england", 44)
    for band in AGE_BANDS:
        assert england.people[band] == pytest.approx(sum(place.people[band] for place in others))


@pytest.mark.parametrize(
    ("old", "new", "says", "suggestion"),
    [
        ("41,dorset,", "40,dorset,", 'id "40"', None),
        ("41,dorset,", "41,devon,", 'slug "devon"', None),
        (",Dorset,", ",,", '"name"', None),
        ("Dorset,South of England,E54000041,1", "Dorset,South of England,E54000041,x1", "is not a number", None),
        ("Dorset,South of England,E54000041,", "Dorset,South of England,E54000041,-", "cannot be below 0", None),
    ],
)
def test_a_wrong_footprint_is_a_fault_with_its_line(shipped, old, new, says, suggestion):
    """The line is that of the row."""
    path = shipped / "footprints.csv"
    line = line_of(path, "E54000041")
    change(path, old, new)
    with pytest.raises(Faults) as caught:
        load_footprints(shipped)
    texts = [(f"{fault.found} {fault.rule}", fault.line, fault.suggestion) for fault in caught.value.faults]
    assert any(says in text and at == line and hint == suggestion for text, at, hint in texts), texts


def test_columns_are_checked_by_name(shipped):
    """An unknown column is named with the nearest right one, and the right one as missing."""
    change(shipped / "footprints.csv", "people_year", "poeple_year")
    with pytest.raises(Faults) as caught:
        load_footprints(shipped)
    assert {fault.suggestion for fault in caught.value.faults} == {"people_year", None}
    assert {fault.line for fault in caught.value.faults} == {1}


def test_a_row_of_the_wrong_width_is_a_fault(shipped):
    """A comma too many."""
    path = shipped / "footprints.csv"
    line = line_of(path, "E54000041")
    change(path, "41,dorset,", "41,,dorset,")
    with pytest.raises(Faults) as caught:
        load_footprints(shipped)
    assert [fault.line for fault in caught.value.faults] == [line]


# ---- population


def test_the_index_is_one_at_the_start_and_follows_the_table():
    """Mid-2017 comes 1.25 years after the start; England had 1,352,056 people of 85 and over then."""
    index, england = load_population_index(), load_footprints()["england"]
    for band in AGE_BANDS:
        assert index(band, 0) == 1
        assert england.people[band] * index(band, 1.25) == pytest.approx(england.counted[band])
    assert england.counted["85+"] == 1_352_056


def test_beyond_its_ends_the_index_keeps_its_last_growth():
    """The same factor every year."""
    index = load_population_index()
    for years in (25, 30):
        later = index("85+", years + 1) / index("85+", years)
        assert later == pytest.approx(index("85+", 27) / index("85+", 26))
    assert 0 < index("85+", -20) < index("85+", -19)


def test_a_change_of_footing_makes_no_jump():
    """Counts end in 2020 and a projection goes on: no year grows out of line with its neighbours."""
    index = load_population_index()
    for band in AGE_BANDS:
        growth = [index(band, year + 1) / index(band, year) - 1 for year in range(-5, 15)]
        assert max(abs(later - earlier) for earlier, later in pairwise(growth)) < 0.035


@pytest.mark.parametrize(
    ("old", "new", "suggestion"),
    [("2018,85+,", "2018,85,", "85+"), ("counted,ons", "conuted,ons", "counted"), ("2018,85+,1", "2018,85+,-1", None)],
)
def test_a_wrong_population_is_a_fault(shipped, old, new, suggestion):
    """Age band, basis and number are checked."""
    change(shipped / "population_projection.csv", old, new)
    with pytest.raises(Faults) as caught:
        load_population_index(shipped)
    assert caught.value.faults[0].suggestion == suggestion


def test_a_year_that_is_missing_is_a_fault(shipped):
    """One band loses one year."""
    path = shipped / "population_projection.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("2018,85+,")))
    with pytest.raises(Faults, match="lacks some years"):
        load_population_index(shipped)


# ---- programmes


def test_programmes_are_typed_and_in_order():
    """Effects by stream and age band, three readings of each."""
    found = programmes(load_parameters())
    assert found[0].id == "warm_homes"
    for programme in found:
        assert tuple(programme.effect) == STREAMS
        for by_age in programme.effect.values():
            for effect in by_age.values():
                assert effect.at("cautious") <= effect.at("central") <= effect.at("hopeful")
    assert [Effect(1, 2, 3).at(stance) for stance in STANCES] == [1, 2, 3]


def test_a_moved_effect_keeps_its_range_around_it():
    """Central above the old high end: the hopeful reading is at least the central one."""
    path = "programme.warm_homes.effect_emergency_overnight"
    found = programmes(load_parameters().with_changes({path: 0.4}))[0].effect["emergency_overnight"]["85+"]
    assert (found.cautious, found.central, found.hopeful) == (0, 0.4, 0.4)


@pytest.mark.parametrize(
    ("old", "new", "says", "suggestion"),
    [
        ("warm_homes,lag_years", "warm_homes,lag_yaers", 'quantity "lag_yaers"', "lag_years"),
        ("warm_homes,eligible_share,85+,0.1", "warm_homes,eligible_share,85+,1.1", "share is at least 0", None),
        ("warm_homes,eligible_share,85+,", "warm_homes,eligible_share,75-84,", "stands twice", None),
        ("warm_homes,lag_years,,1.5,", "warm_homes,lag_years,,soon,", "is not a number", None),
        ("warm_homes,lag_years,,1.5,", "warm_homes,lag_years,,9,", "lies outside its own range", None),
        (",stokes_2015,", ",stokes_2051,", 'source "stokes_2051"', "stokes_2015"),
        (",judgement,low,", ",judgement,lwo,", 'confidence "lwo"', "low"),
        ("warm_homes,max_reach,,", "warm_homes,max_reach,everyone,", "is not a key of age_band", None),
    ],
)
def test_a_wrong_programme_is_a_fault(shipped, old, new, says, suggestion):
    """Quantities, keys, numbers, ranges."""
    change(shipped / "programmes.csv", old, new)
    with pytest.raises(Faults) as caught:
        load_parameters(shipped)
    texts = [(f"{fault.found} {fault.rule}", fault.suggestion) for fault in caught.value.faults]
    assert any(says in text and hint == suggestion for text, hint in texts), texts
    assert all(fault.line > 1 for fault in caught.value.faults)


def test_what_is_missing_of_a_programme_is_said(shipped):
    """The name of the programme, and which quantity."""
    path = shipped / "programmes.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("telecare,lag_years")))
    with pytest.raises(Faults) as caught:
        load_parameters(shipped)
    assert [(fault.name, fault.found) for fault in caught.value.faults] == [("programme.telecare", "lag_years")]


def test_studies_are_kept_with_what_they_measured():
    """Findings of no effect are among them."""
    kinds = {study.kind for study in load_studies()}
    assert {"study_result", "study_result_null", "study_result_adverse"} <= kinds
    assert all(study.measures and study.source for study in load_studies())


# ---- levers


def test_a_lever_of_weights_stands_for_one_each():
    """In the order of the labels, each with its own path, and sliders all."""
    mix = next(lever for lever in load_levers() if lever.kind == "weights")
    made = one_each(mix, {"telehealth": "Telehealth", "falls_exercise": "Classes"})
    assert [(each.path, each.label, each.kind) for each in made] == [
        ("policy.programme_mix.telehealth", "Telehealth", "slider"),
        ("policy.programme_mix.falls_exercise", "Classes", "slider"),
    ]
    assert all(each.changes(2) == {each.path: 2} for each in made)


def test_levers_move_parameters_that_exist():
    """Headline, groups and the paths that move together."""
    levers = load_levers(parameters=load_parameters())
    nhs = next(lever for lever in levers if lever.path == "finance.budget_growth.acute")
    assert nhs.changes(2) == {f"finance.budget_growth.{each}": 2 for each in ("acute", "community", "other_nhs")}


@pytest.mark.parametrize(
    ("old", "new", "says", "suggestion"),
    [
        ("path: policy.shift_share", "path: policy.shfit_share", 'path "policy.shfit_share"', "policy.shift_share"),
        ("evidence: [policy.shift_start]", "evidence: [policy.shift_strat]", "evidence", "policy.shift_start"),
        ("  label: Hospital beds", "  lable: Hospital beds", 'key "lable"', "label"),
        ("group: demand", "group: demnad", "must be demand, prevention", "demand"),
        ("  step: 0.0025\n", "", '"step" is missing', None),
        ("  low: 0\n  high: 6", "  low: 7\n  high: 6", "must be below high", None),
        ("follows: capacity.growth.p1", "follows: capacity.growth.p9", "same range", "capacity.growth.p1"),
        ("kind: weights", "kind: wieghts", "kind", "weights"),
    ],
)
def test_a_wrong_lever_is_a_fault_with_line_and_nearest(shipped, old, new, says, suggestion):
    """Paths, keys, groups and ranges."""
    change(shipped / "levers.yaml", old, new)
    with pytest.raises(Faults) as caught:
        load_levers(shipped, load_parameters(shipped))
    texts = [(f"{fault.found} {fault.rule}", fault.suggestion) for fault in caught.value.faults]
    assert any(says in text and hint == suggestion for text, hint in texts), texts
    assert all(fault.line > 1 for fault in caught.value.faults)
