"""What is said of each answer of What it takes: what chance leaves open, null answers, and what is only luck."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.facts.sought import LOWS
from dashboard.wording import found as words
from dashboard.wording.searches import LOWS as LOW_MEASURES
from tests.unit.dashboard.fake_searches import (
    MILLION,
    fake_delay,
    fake_fund,
    fake_mix,
    fake_truth,
    needed,
    seen,
)
from tests.unit.dashboard.fake_stress import part

pytestmark = pytest.mark.unit


def test_what_must_be_true_comes_with_what_chance_leaves_open_and_the_verdict_of_the_evidence():
    assert words.truth_answer(fake_truth(), "Upstream") == (
        "Upstream: it takes 8.3 times the central effects for it to have saved by the end of 2017/18 what it costs. "
        "Chance leaves 7.9 times to 8.6 times open."
    )
    assert words.truth_verdict(fake_truth()) == "What would have to be true is not within the range of the evidence."
    assert words.truth_evidence(fake_truth()) == (
        "Even with every programme at the hopeful end of its range at once it would not be enough. At that multiple 2 "
        "of 3 effects would lie beyond their own range."
    )
    hopeful = fake_truth(within=True, ends=(("hopeful", seen(3, holds=True)),))
    assert "within the range" in words.truth_verdict(hopeful)
    assert "it would be enough" in words.truth_evidence(hopeful)


def test_where_nothing_tried_is_enough_that_is_the_answer():
    never = fake_truth(needed=needed(None), aim="limits")
    assert words.truth_answer(never, "Upstream") == (
        "Upstream: even 10 times the central effects are not enough for it to keep the limits."
    )
    maybe = words.truth_answer(fake_truth(needed=needed(None, maybe=9.5)), "Upstream")
    assert maybe.endswith("Chance leaves 9.5 times and more open.")
    share = fake_truth(turned="delivered", needed=needed(None, most=1.0), allowed=(0.3, 1.0), believed_at=0.8)
    assert "even with 100% delivered it is not enough" in words.truth_answer(share, "Upstream")
    assert words.truth_verdict(share) == "No share that could be delivered does it."
    assert words.truth_evidence(share).endswith("30% to 100% delivered. The plan counts on 80%.")


def test_what_takes_nothing_is_said_to_take_nothing():
    none = fake_truth(needed=needed(0.0, maybe=0.0, surely=0.0, from_start=True))
    assert "takes nothing of this" in words.truth_answer(none, "Upstream")
    assert words.truth_verdict(none) == ""


def test_a_sum_that_chance_could_turn_round_is_not_called_sure():
    assert words.net_in_words(part(-65 * MILLION, MILLION), "2017/18") == (
        "As believed it costs £65m (£64m to £66m) more than it saves by the end of 2017/18."
    )
    assert "chance alone could turn that round" in words.net_in_words(part(MILLION, 2 * MILLION), "2017/18")


def test_more_that_once_hurt_is_warned_of():
    assert words.not_one_way(needed()) == ""
    assert "does not always help" in words.not_one_way(needed(one_way=False))


def test_the_least_fund_is_told_by_year_in_all_and_as_drawn():
    assert words.fund_answer(fake_fund(), "Upstream") == (
        "Upstream: the least money is £43 a head a year for 1 year. That is £33m in all, of which £32m is drawn. "
        "Chance leaves £31 to more than £80 open."
    )
    assert "No fund that was tried makes it sure" in words.fund_because(fake_fund())
    assert words.fund_because(fake_fund(best=1)).startswith("With £22 a head for 2 years")


def test_no_sum_suffices_and_why():
    held = fake_fund(best=None, spells=(), moves=False, held=True)
    assert "no sum suffices" in words.fund_answer(held, "Upstream")
    assert "Places are held whatever the books say" in words.fund_because(held)
    assert "kept without a fund" in words.fund_answer(replace(held, suffices=True), "Upstream")
    assert "as deep as it may be" in words.fund_because(replace(held, held=False))
    assert "no sum suffices" in words.fund_answer(fake_fund(best=None, idle=True), "Upstream")
    assert "a larger one might do more" in words.fund_answer(fake_fund(best=None), "Upstream")


def test_each_has_a_least_of_their_own_and_the_place_another():
    found = fake_delay()
    assert words.delay_answer(found) == (
        "Community beds: the place as a whole pays least with growth of +2.5% a year, 134 places in 2017/18. Then 9 (8 "
        "to 10) hospital beds are still held for want of one."
    )
    assert words.delay_each(found) == [
        "Hospital: least at +2.5%. That is an end of what was tried: the least may lie beyond.",
        "Community services: least at −5%.",
        "The place: least at +2.5%; from 0% to +2.5% it cannot be told apart.",
    ]
    assert words.delay_apart(found).endswith("Community services would choose otherwise.")


def test_a_front_says_what_luck_took_from_it_and_that_ties_are_ties():
    assert words.mix_answer(fake_mix()) == (
        "4 mixes were tried; 2 keep the limits. On the front, where nothing tried beats them: 2; with other people 1 "
        "of these still are."
    )
    more = words.mix_more(fake_mix(worthless=True))
    assert len(more) == 3
    assert "No mix is told to be better than no shift in either aim." in more
    none = fake_mix(feasible=0, mixes=fake_mix().mixes[:1])
    assert "none keeps the limits" in words.mix_answer(none)
    assert "not a best one" in words.mix_answer(none)


def test_every_measure_that_may_be_low_has_words():
    assert set(LOW_MEASURES) == set(LOWS)
