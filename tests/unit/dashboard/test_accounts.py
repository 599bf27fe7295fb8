"""Accounts: runs read by year, and what a page may look at."""

from __future__ import annotations

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.answering.tallying import accounts, is_tallied
from dashboard.facts.accounts import NOTHING, Accounts, Amount
from dashboard.link import looks
from dashboard.wording.numbers import pounds, signed, signed_pounds
from tests.unit.dashboard.fake_model import answer_to, fake_yearly

pytestmark = pytest.mark.unit
MONTH = np.arange(24.0)


def run(shift=0.0):
    return {
        "moved:acute>home": 10 + MONTH + shift,
        "occupied:acute": MONTH + shift,
        "balance:acute": -5.0 + 0 * MONTH - shift,
        "balance:community": 2.0 + 0 * MONTH,
        "coverage:falls": MONTH,
    }


def test_people_are_added_up_and_stocks_are_those_of_the_last_month():
    found = accounts(fake_yearly, ["2016/17", "2017/18"], [run(1.0)], [run()])
    first = 10 * 12 + sum(range(12))
    assert found.sum("moved:acute>home", 0).baseline == first
    assert found.sum("moved:acute>home", 0).change == 12
    assert [each.baseline for each in found.ends["occupied:acute"]] == [11, 23]
    assert found.named("moved") == ("acute>home",)
    assert "coverage:falls" not in found.sums


def test_money_is_added_up_over_organisations_run_by_run():
    runs = [run(0.5), run(1.5)]
    found = accounts(fake_yearly, ["2016/17", "2017/18"], runs, [run(), run()])
    assert found.sum("balance", 0).baseline == 12 * (2 - 5)
    assert found.sum("balance", 0).change == pytest.approx(-12)
    assert found.sum("balance", 1).low < -12 < found.sum("balance", 1).high


def test_one_replication_tells_nothing_of_chance():
    amount = accounts(fake_yearly, ["a", "b"], [run(1.0)], [run()]).sum("moved:acute>home", 0)
    assert isnan(amount.low)
    assert not amount.is_sure


def test_what_a_model_does_not_have_is_nothing():
    assert Accounts(("2016/17",)).sum("moved:acute>home", 0) is NOTHING
    assert Accounts(("2016/17",)).end("occupied:acute", 0) is NOTHING


@pytest.mark.parametrize(("low", "high", "sure"), [(1, 3, True), (-3, -1, True), (-1, 3, False), (0, 0, False)])
def test_a_change_is_sure_when_its_interval_leaves_zero_out(low, high, sure):
    assert Amount(12.0, 10.0, low, high).is_sure is sure


def test_only_what_is_shown_is_tallied():
    assert all(map(is_tallied, ("moved:acute>home", "waiting:p1", "income:acute", "gap", "programme_spend")))
    assert not any(map(is_tallied, ("waiting", "moved", "coverage:falls", "programme_spend:falls", "delayed:nhs")))


def test_an_answer_brings_its_accounts():
    found = answer_to("plan=prevention_shift&years=2").accounts
    assert found.years == ("2016/17", "2017/18")
    assert found.sum("transfer:acute", 1).plan < 0 == found.sum("transfer:acute", 1).baseline


YEARS = ("2016/17", "2017/18", "2018/19")


@pytest.mark.parametrize(("year", "at"), [("2017", 1), ("2016", 0), (None, 2), ("1999", 2), (2017, 1), ([], 2)])
def test_a_year_is_asked_for_by_the_year_it_begins_in(year, at):
    assert looks.read({"view": "flow", "year": year}, YEARS, is_baseline=False).year == at


def test_without_a_plan_there_is_only_doing_nothing():
    assert looks.read({"view": "money", "show": "difference"}, YEARS, is_baseline=True).show == "baseline"
    assert looks.read({"view": "money", "show": "difference"}, YEARS, is_baseline=False).show == "difference"


junk = st.none() | st.integers() | st.text(max_size=6) | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(st.sampled_from(["view", "year", "show", "tall"]), junk))
def test_no_look_is_out_of_range(given_):
    look = looks.read(given_, YEARS, is_baseline=False)
    assert look.view in looks.VIEWS
    assert 0 <= look.year < len(YEARS)
    assert look.show in looks.SHOWS


@pytest.mark.parametrize(
    ("value", "plain", "change"),
    [
        (326e6, "£326m", "+£326m"),
        (-1.44e6, "\u2212£1.4m", "\u2212£1.4m"),
        (9.96e6, "£10m", "+£10m"),
        (1_723e6, "£1,723m", "+£1,723m"),
        (20_000.0, "£0", "£0"),
        (-20_000.0, "£0", "£0"),
    ],
)
def test_money_is_said_in_millions(value, plain, change):
    assert (pounds(value), signed_pounds(value)) == (plain, change)


@pytest.mark.parametrize(("value", "words"), [(119.6, "+120"), (-4321.0, "\u22124,320"), (0.2, "0"), (-0.2, "0")])
def test_a_change_of_people_has_its_sign(value, words):
    assert signed(value) == words
