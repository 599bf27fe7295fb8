"""Equations that are alike stand in one line, and long sums are written once."""

from __future__ import annotations

import pytest

from docs.print_reference.folding import folded, is_number, subscripted
from sim.experiments.xmile.parts import Part

pytestmark = pytest.mark.unit
SUBSCRIPTS = {"age": ("0_17", "85_plus", "65_74"), "organisation": ("acute", "social_care", "community")}


def aux(name: str, equation: str, says: str = "") -> Part:
    return Part("aux", name, equation, "people", says)


def test_variables_that_differ_by_age_alone_are_one_line():
    parts = [aux(f"cost_{age}", f"people_{age} * price", "Cost of people aged 85+.") for age in SUBSCRIPTS["age"]]
    (line,) = folded(parts, SUBSCRIPTS)
    assert (line.name, line.equation) == ("cost_[age]", "people_[age] * price")
    assert len(line.parts) == 3


def test_ages_are_found_in_sentences_too():
    (line,) = folded([aux("cost_85_plus", "1", "Cost of people aged 85+.")], SUBSCRIPTS)
    assert line.says == "Cost of people aged [age]."


def test_variables_of_another_shape_keep_their_own_line():
    lines = folded([aux("cost_0_17", "people_0_17"), aux("cost_85_plus", "people_85_plus * 2")], SUBSCRIPTS)
    assert [line.equation for line in lines] == ["people_[age]", "people_[age] * 2"]


def test_a_sum_over_all_ages_is_written_once():
    (line,) = folded([aux("all", "(a_0_17 * b_0_17 + a_65_74 * b_65_74 + a_85_plus * b_85_plus) / 3")], SUBSCRIPTS)
    assert line.equation == "(SUM over age of (a_[age] * b_[age])) / 3"


def test_what_is_taken_away_is_no_part_of_a_sum():
    """a - (b + c + d) may be folded; a - b + c + d may not, for b is taken away."""
    (line,) = folded([aux("rest", "x - a_0_17 + a_65_74 + a_85_plus + a_0_17")], SUBSCRIPTS)
    assert line.equation == "x - a_0_17 + a_65_74 + a_85_plus + a_0_17"


def test_a_product_is_folded_within_its_term():
    (line,) = folded([aux("left", "1 - (1 - x_0_17) * (1 - x_65_74) * (1 - x_85_plus)")], SUBSCRIPTS)
    assert line.equation == "1 - PRODUCT over age of ((1 - x_[age]))"


def test_numbers_are_told_from_equations():
    assert is_number(aux("a", "-1.5e-07"))
    assert is_number(aux("a", "365.25"))
    assert not is_number(aux("a", "1 / 6"))


def test_flows_of_a_stock_take_its_subscript():
    assert subscripted("paid_acute", "balance_acute", SUBSCRIPTS) == "paid_[organisation]"
    assert subscripted("paid_acute", "balance_world", SUBSCRIPTS) == "paid_acute"


def test_every_variable_of_the_export_is_on_the_page_of_equations():
    """Counts in the headings add up to the variables that the page says there are."""
    import re

    from docs.print_reference import FOLDER

    text = (FOLDER / "equations.md").read_text(encoding="utf-8")
    counts = [int(each) for each in re.findall(r"^## .*\((\d+)\)$", text, flags=re.MULTILINE)]
    told = int(re.search(r"([\d,]+) variables", text)[1].replace(",", ""))
    assert len(counts) == 5
    assert sum(counts) == told
