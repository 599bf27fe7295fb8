"""Chance and not knowing told apart under the cards."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from dashboard.answering.assembling import reading
from dashboard.components.cards import cards, luck
from dashboard.components.doubts import bands, better, by_number, explanation, outside, result
from dashboard.components.html_text import to_html
from dashboard.facts.findings import Lean
from dashboard.wording.numbers import BY_ID, CARDED
from tests.unit.dashboard.fake_model import SHIFT, answer_to
from tests.unit.dashboard.fake_studies import fake_doubted, unsure

pytestmark = pytest.mark.unit
PLAN = f"{SHIFT}=0.1"


def test_every_card_has_both_bands():
    text = to_html(result(fake_doubted(), answer_to(PLAN), 200))
    assert text.count("Chance alone</p>") == text.count("Not knowing alone</p>") == len(CARDED)
    assert all(BY_ID[name].label in text for name in CARDED)


def test_both_bands_lie_on_one_axis_that_holds_no_change():
    year = replace(answer_to(PLAN).years["delayed"][-1], change=-30.0, luck_of_change=5.0, luck=1.0)
    found = bands(BY_ID["delayed"], unsure(-90.0, -20.0), year, plain=False)
    assert found.chance == (-35.0, -25.0)
    assert (found.low, found.high) == (-90.0, 0.0)


def test_without_the_answer_at_hand_chance_is_left_out():
    text = to_html(result(fake_doubted(), None, 200))
    assert "Chance alone</p>" not in text
    assert "Not knowing alone</p>" in text


def test_when_nothing_is_done_values_are_shown_and_nothing_is_better():
    text = to_html(result(fake_doubted(), answer_to(""), 200))
    assert "Better in" not in text
    assert "the number on the card" in text


def test_draws_without_any_change_are_not_counted_as_better_or_worse():
    found = unsure(-9.0, 0.0)
    assert better(BY_ID["delayed"], found, 60) == "Better in 40 of 60 draws, no change in 5"
    assert better(BY_ID["emergency"], found, 60) == "Fewer in 40 of 60 draws, no change in 5"
    assert better(replace(BY_ID["delayed"], better="higher"), found, 60).startswith("Better in 15 of 60")


def test_a_card_outside_the_band_of_not_knowing_says_why():
    year = replace(answer_to("").years["occupancy"][-1], plan=93.4)
    said = outside(BY_ID["occupancy"], unsure(95.0, 101.0), year, plain=True)
    assert said.startswith("The card (93.4%) lies outside this band: the middle of the draws is not what is believed")
    assert outside(BY_ID["occupancy"], unsure(90.0, 101.0), year, plain=True) == ""
    assert outside(BY_ID["occupancy"], unsure(93.41, 101.0), year, plain=True) == ""


def test_a_change_outside_the_band_says_why_under_its_own_card_only():
    answer = answer_to(PLAN)
    measures = {name: unsure(-(10.0**6), 10.0**6) for name in CARDED}
    found = replace(fake_doubted(), measures=measures | {"delayed": unsure(5.0, 9.0)})
    assert answer.years["delayed"][-1].change < 0
    assert to_html(result(found, answer, 200)).count("lies outside this band") == 1
    assert "lies outside this band" not in to_html(result(found, None, 200))


def test_what_is_leaned_on_says_which_way_and_how_good_it_is():
    text = to_html(result(fake_doubted(), answer_to(PLAN), 200))
    assert "the plan changes patients delayed much less" in text
    assert "Evidence for Share that stays no night: low confidence" in text


def test_the_number_leaned_on_most_comes_first():
    weak, strong = Lean("weak", "a.b", "low", 0.3), Lean("strong", "c.d", "high", -0.8)
    measures = fake_doubted().measures | {"gap": unsure(-1, 1, (weak,)), "delayed": unsure(-1, 1, (strong, weak))}
    found = by_number(replace(fake_doubted(), measures=measures))
    assert [(name, len(leans)) for name, leans in found.items()] == [("c.d", 1), ("a.b", 2)]


def test_no_lean_is_said_so_and_more_draws_are_offered_while_there_are_more():
    plain = replace(fake_doubted(), measures={name: unsure(-1, 1) for name in CARDED})
    text = to_html(result(plain, answer_to(PLAN), 200))
    assert "No single number stands out" in text
    assert 'data-draws="many"' in text
    assert 'data-draws="many"' not in to_html(result(replace(plain, draws=200), answer_to(PLAN), 200))


def test_it_says_how_many_draws_and_numbers():
    words = explanation(fake_doubted(), plain=False)
    assert "290 numbers" in words
    assert "60 times" in words


def test_the_luck_of_single_futures_is_wider_than_the_interval_of_their_mean():
    values = np.random.default_rng(1).normal(size=(10, 3))
    assert (reading.luck_widths(values) > reading.half_widths(values)).all()
    assert np.isnan(reading.luck_widths(values[:1])).all()


def test_nine_in_ten_further_runs_lie_within_luck():
    """Ten runs foresee the eleventh: a normal sample drawn often, and the share inside within sampling error."""
    draws = np.random.default_rng(2).normal(size=(2_000, 11))
    reach = np.array([reading.luck_widths(each[:10, np.newaxis])[0] for each in draws])
    inside = np.abs(draws[:, 10] - draws[:, :10].mean(axis=1)) <= reach
    assert abs(inside.mean() - 0.9) < 3 * np.sqrt(0.9 * 0.1 / 2_000)


def test_every_card_of_doing_nothing_shows_what_chance_makes_of_it():
    texts = [to_html(card) for card in cards(answer_to(""))]
    assert all("by chance" in text for text in texts)


def test_luck_ends_where_the_measure_does():
    year = replace(answer_to("").years["waiting"][-1], plan=1.0, luck=5.0)
    assert luck(BY_ID["waiting"], year) == (0.0, 6.0)
    assert luck(BY_ID["waiting"], replace(year, plan=98.0)) == (93.0, 100.0)
    assert luck(BY_ID["gap"], replace(year, plan=1.0)) == (-4.0, 6.0)


def test_a_card_of_one_run_knows_no_range():
    answer = answer_to("")
    years = {name: tuple(replace(each, luck=nan) for each in answer.years[name]) for name in answer.years}
    assert all("range not known" in to_html(card) for card in cards(replace(answer, years=years)))
