"""Numbers and tables as they are shown: the same text for the same answer."""

from __future__ import annotations

from math import nan

import pytest

from sim.cli.run import shown_years
from sim.cli.screen import amount, number, say_json, say_table, span, unit
from sim.results.measures import measure_of
from sim.results.statistics import Interval

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234.567, 1, "1,234.6"), (-0.04, 1, "0.0"), (-0.06, 1, "-0.1"), (nan, 2, "-"), (2_500_000, 0, "2,500,000")],
)
def test_numbers_have_commas_and_no_minus_nothing(value, digits, text):
    assert number(value, digits) == text


def test_shares_are_shown_in_percent_and_money_in_millions():
    assert (amount(0.9123, measure_of("occupancy:acute")), unit(measure_of("occupancy:acute"))) == ("91.2", "%")
    assert (amount(-12_340_000, measure_of("gap")), unit(measure_of("gap"))) == ("-12.3", "£m")
    assert (amount(12.34, measure_of("delayed")), unit(measure_of("delayed"))) == ("12.3", "beds")


def test_one_replication_has_no_interval_to_show():
    assert span(Interval(1, nan, nan, 1), measure_of("delayed")) == "-"
    assert span(Interval(2, 1, 3, 2), measure_of("delayed")) == "1.0 to 3.0"


def test_a_table_is_plain_aligned_text_where_there_is_no_terminal(capsys):
    say_table("Beds", ("place", "beds"), [("hospital", "1,860.0"), ("home", "9.5")])
    assert capsys.readouterr().out == "Beds\nplace        beds\nhospital  1,860.0\nhome          9.5\n\n"


def test_json_is_sorted_and_has_no_nan(capsys):
    say_json({"b": nan, "a": 1.5})
    assert capsys.readouterr().out == '{\n  "a": 1.5,\n  "b": null\n}\n'


def test_many_years_are_shown_as_six_with_the_first_and_the_last():
    assert shown_years(3) == [0, 1, 2]
    assert shown_years(20) == [0, 4, 8, 11, 15, 19]
