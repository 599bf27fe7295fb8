"""Numbers of the data in words: units as a reader says them, names instead of keys."""

from __future__ import annotations

import re

import pytest

from dashboard.gateway.amounts import amount, key_in_words, span
from dashboard.gateway.catalogue import load_catalogue
from dashboard.gateway.evidence import evidence, range_in_words, value_in_words
from dashboard.gateway.looked_up import believed
from sim.inputs import UNITS

pytestmark = pytest.mark.unit
RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\bp[123]\b|relative reduction")
"""What no reader should have to read."""


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.2108056, "share", "21.08%"),
        (0.0, "share", "0%"),
        (0.03, "reduction", "a reduction of 3%"),
        (-0.1, "reduction", "an increase of 10%"),
        (0.0, "reduction", "no change"),
        (1.0, "years", "1 year"),
        (1.5, "years", "1.5 years"),
        (2016, "count", "2016"),
        (-45, "gbp", "\u2212\u00a345"),
        (215.6, "gbp_per_day", "\u00a3215.60 a day"),
        (-0.76, "percent_per_year", "\u22120.76% a year"),
        (2.0, "grade", "grade 2"),
        (4.0, "ratio", "4"),
        (104.0, "per_1000_per_year", "104 per 1,000 people a year"),
    ],
)
def test_an_amount_is_said_with_its_unit(value, unit, words):
    assert amount(value, UNITS[unit]) == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [
        (1.0, 3.0, "years", "1 to 3 years"),
        (0.0, 0.1, "share", "0% to 10%"),
        (-0.05, 0.08, "reduction", "an increase of 5% to a reduction of 8%"),
        (0.0, 0.0, "reduction", "no change"),
        (176.4, 306.7, "gbp_per_day", "\u00a3176.40 to \u00a3306.70 a day"),
        (-3.0, 5.0, "percent_per_year", "\u22123% to 5% a year"),
        (1.0, 4.0, "grade", "grade 1 to 4"),
    ],
)
def test_a_range_says_its_unit_once(low, high, unit, words):
    assert span(low, high, UNITS[unit]) == words


def test_numbers_by_key_name_what_the_keys_stand_for():
    shares = believed()["demand.excess_share"]
    assert value_in_words(shares).startswith("same-day emergency stays: 25.6%; overnight emergency stays: 6.8%")
    rate = evidence("demand.emergency_rate", believed())
    assert re.match(r"ages 0-17: [\d.]+; ages 18-64: ", rate.value)
    assert rate.unit == "(per 1,000 people a year)"
    assert evidence("policy.programme_mix.warm_homes", believed()).says.endswith("(Warm homes)")
    assert (key_in_words("next_station", "p1"), key_in_words("month", "Jan")) == ("care at home (P1)", "Jan")


def test_no_number_shows_a_key_of_the_files():
    numbers = [each for each in believed().values() if each.measure.kind == "number"]
    said = [(each.name, words) for each in numbers for words in (value_in_words(each), range_in_words(each))]
    assert [each for each in said if RAW.search(each[1])] == []


def test_no_card_of_a_lever_shows_a_key_of_the_files():
    cards = [
        (path, words)
        for path, lever in load_catalogue().levers.items()
        if not lever.is_choice
        for each in lever.evidence
        for words in (each.says, each.value, each.range, each.unit)
    ]
    assert cards
    assert [each for each in cards if RAW.search(each[1])] == []
