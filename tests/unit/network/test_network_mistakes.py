"""Mistakes that people make who write a network from the reference page alone, and what each is told."""

from __future__ import annotations

import re

import pytest

from sim.inputs import Faults
from sim.network import load_network

pytestmark = pytest.mark.unit

GOOD = """
name: Ward and care
says: A ward, a lounge and home care
source: invented for this test
time_unit: days
exits: [home, died]
stations:
  ward: {places: 12, escalation: {places: 4, opens_at: 0.9}}
  care: {places: 40}
defaults:
  stays:
    care: {family: exponential, mean: 300}
  routes:
    care: {died: 0.35, home: rest}
groups:
  patients:
    arrivals:
      at: ward
      rate: 1
      by_weekday: {Mon: 1.15, Tue: 1, Wed: 1, Thu: 1, Fri: 1, Sat: 0.9, Sun: 0.9}
    stays:
      ward: {family: gamma, mean: 5, shape: 2}
    routes:
      ward: {care: 0.2, home: rest}
  referred:
    arrivals: {at: care, rate: 0.5}
"""
MISTAKES = {
    "a weekday misspelled": (
        "{Mon: 1.15",
        "{Mondey: 1.15",
        19,
        "Mondey is not one (did you mean Monday?); Mon is missing",
    ),
    "a weekday twice": ("{Mon: 1.15", "{Mon: 1, Monday: 1.15", 19, "Mon stands twice, as Mon and Monday"),
    "six weekdays": ("{Mon: 1.15, ", "{", 19, "Mon is missing"),
    "a factor below 0": ("{Mon: 1.15", "{Mon: -1.15", 19, "-1.15 for Mon is below 0"),
    "an hour below 0": (
        "rate: 1\n",
        f"rate: 1\n      by_hour: [-0.4{', 1' * 23}]\n",
        19,
        "]: -0.4 for hour 0 is below 0",
    ),
    "a decimal comma in braces": ("rate: 0.5", "rate: 0,35", 25, "Write decimals after a point, not a comma: 0.35"),
    "a decimal comma": ("rate: 1\n", "rate: 0,35\n", 18, "decimals stand after a point: 0.35"),
    "thousands parted": ("rate: 1\n", "rate: 1,200\n", 18, "1.200, or 1200 if the comma parts thousands"),
    "a unit": ("mean: 5,", "mean: 5 days,", 21, "write 5 alone, without a unit"),
    "one exit": ("exits: [home, died]", "exits: home", 5, "must be a list, such as [home]"),
    "a bare number": ("{family: exponential, mean: 300}", "300", 11, "write {family: exponential, mean: 300}"),
    "an empty stay": (
        "care: {family: exponential, mean: 300}",
        "care:",
        11,
        '"care" is empty: this must hold keys and values',
    ),
    "a rate for a mean": ("mean: 300", "rate: 1/300", 11, "mean is missing, and mean is 1/rate: write mean: 300"),
    "a mean below 0": ("mean: 300", "mean: -300", 11, '"mean" is -300: must be above 0'),
    "a mean of 0": ("mean: 300", "mean: 0", 11, '"mean" is 0: must be above 0'),
    "two rests": ("{died: 0.35, home: rest}", "{died: rest, home: rest}", 13, "only one share of a row may be rest"),
    "percent": ("died: 0.35", "died: 35", 13, "write 0.35 for 35 %"),
    "a percent sign": ("died: 0.35", "died: 35%", 13, "write 0.35 for 35 %"),
    "opens at percent": ("opens_at: 0.9", "opens_at: 90", 7, "must be at most 1; write 0.9 for 90 %"),
    "places in words": (
        "{places: 40}",
        "{places: eight}",
        8,
        "nor the word unlimited, nor steps such as {0: 20, 30: 24}",
    ),
    "unlimited misspelled": ("{places: 40}", "{places: unlimitted}", 8, "did you mean unlimited?"),
    "places true": ("{places: 40}", "{places: true}", 8, '"places" is true'),
    "steps in a mess": (
        "{places: 40}",
        "{places: {10: 40, 152: 44, 100: 40}}",
        8,
        "must start at time 0; the times of the steps must ascend, but 100",
    ),
    "no stay": (
        "    care: {family: exponential, mean: 300}",
        "    {}",
        24,
        'people of group "referred" come to "care", so a stay must be given',
    ),
    "patience after a transfer": (
        "    stays:\n      ward",
        "    patience: {care: {family: exponential, mean: 9}}\n    stays:\n      ward",
        20,
        "nobody of this group comes there from outside",
    ),
    "a day first": (
        "time_unit: days",
        "time_unit: days\nbegins: 02/10/2023",
        5,
        "must be a date with the year first, such as 2016-04-01",
    ),
    "half a replication": (
        "time_unit: days",
        "time_unit: days\nsettings: {replications: 1.5}",
        5,
        "must be a whole number",
    ),
    "an empty default": (
        "time_unit: days",
        "time_unit: days\nsettings: []",
        5,
        "this must hold keys and values; write {warm_up: ...}",
    ),
}
OF_PYTHON = re.compile(r"valid|instance|tuple|dictionary|Input|None|True|False|Spec\b|\{'|integer|string")


@pytest.mark.parametrize(("old", "new", "line", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_in_the_words_of_the_file(faults_of, old, new, line, words):
    assert GOOD.count(old) == 1
    told = [(fault.line, str(fault)) for fault in faults_of(GOOD.replace(old, new))]
    assert any(number == line and words in text for number, text in told), told
    assert not [text for _, text in told if OF_PYTHON.search(text)]


def test_the_file_by_itself_is_in_order(written):
    assert load_network(written(GOOD)).station_names == ("ward", "care")


def test_whole_words_and_small_letters_are_weekdays_too(written):
    text = GOOD.replace("{Mon: 1.15, Tue: 1", "{monday: 1.15, TUE: 1")
    assert load_network(written(text)).groups[0].arrivals.by_weekday[:2] == (1.15, 1)


def test_several_things_wrong_with_one_value_are_told_together(faults_of):
    (fault,) = faults_of(GOOD.replace("{Mon: 1.15, Tue: 1, Wed: 1", "{Mon: x, Tue: -1, Wed: 5%"))
    assert all(words in fault.rule for words in ('"x" for Mon', "-1 for Tue", "0.05"))


CENSUS = {
    "more than fit": ("ward", "occupied: 18", "18 people are in places, but there are 16 at time 0"),
    "waiting beside free places": ("care", "occupied: 30, waiting: 3", "3 people are waiting, but 10 places are free"),
    "blocked beside free places": (
        "ward",
        "occupied: 9, blocked: {care: 3}",
        '3 people are blocked for "care", but 40 places',
    ),
    "blocked for where nobody goes": ("care", "occupied: 40, blocked: {ward: 2}", 'nobody goes from "care" to "ward"'),
}


def with_census(**of: str) -> str:
    text = GOOD.replace("time_unit", "start: census\ntime_unit")
    text = text.replace("opens_at: 0.9}}", f"opens_at: 0.9}}, census: {{{of['ward']}}}}}") if "ward" in of else text
    return text.replace("{places: 40}", f"{{places: 40, census: {{{of['care']}}}}}") if "care" in of else text


@pytest.mark.parametrize(("station", "census", "words"), CENSUS.values(), ids=CENSUS)
def test_a_census_that_cannot_be_is_refused(faults_of, station, census, words):
    told = [str(fault) for fault in faults_of(with_census(**{station: census}))]
    assert any(words in text for text in told), told


def test_a_census_that_can_be_is_read(written):
    """Escalation places in use, somebody waiting beside fewer free places, and people blocked for a full station."""
    full = with_census(ward="occupied: 15, waiting: 2, blocked: {care: 3}", care="occupied: 39, waiting: 2")
    assert [station.census.occupied for station in load_network(written(full)).stations] == [15, 39]


def test_places_that_begin_above_their_number_hold_an_overfull_start(written):
    text = with_census(ward="occupied: 18").replace("{places: 12,", "{places: {0: 18, 1: 12},")
    assert load_network(written(text)).stations[0].census.occupied == 18


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "name: A case\nnetwork: clinic_queue\nfigures: []\n",
            "this file is a case, not a network; run it with: upstream validate",
        ),
        (
            "name: A plan\nwhy: For a test\nchange: {demand.admissions_growth: 1}\n",
            "this file is a scenario, not a network",
        ),
    ],
)
def test_a_file_of_another_kind_is_one_fault(written, text, words):
    with pytest.raises(Faults) as caught:
        load_network(written(text))
    (fault,) = caught.value.faults
    assert words in str(fault)
