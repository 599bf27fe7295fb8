"""Streams of pounds: what comes to a budget leaves it, and the ledger says what the chart says."""

from __future__ import annotations

import re

import pytest

from dashboard.components.html_text import to_html
from dashboard.components.pounds import check_in_words, pounds_in_words, pounds_tables, residuals
from dashboard.facts.accounts import Accounts
from dashboard.figures import pounds
from dashboard.link.looks import SHOWS
from dashboard.theme import THEMES
from tests.unit.dashboard.fake_model import answer_to
from tests.unit.dashboard.streams import PLAN, drawn, look, same

pytestmark = pytest.mark.unit
LIGHT = THEMES["light"]


@pytest.fixture(scope="module")
def answer():
    return answer_to(PLAN)


def books(**given_):
    """Accounts of one year in millions: income, moved and spent by organisation; the balance follows."""
    measures = {"income": 0, "transfer": 1, "spending": 2}
    sums = {f"{m}:{name}": same(each[at] * 1e6) for name, each in given_.items() for m, at in measures.items()}
    balance = {f"balance:{name}": same((each[0] + each[1] - each[2]) * 1e6) for name, each in given_.items()}
    gap = -sum(each[0].plan for name, each in balance.items() if not name.endswith("fund"))
    return Accounts(("2016/17",), sums | balance | {"gap": same(gap)})


SHIFTED = books(
    acute=(700, -14, 830),
    community=(80, 2, 81),
    social_care=(220, 2, 260),
    public_health=(40, 10, 50),
    other_nhs=(690, 0, 690),
    transition_fund=(8, 0, 0),
)
GRANTED = books(acute=(700, 12, 830), public_health=(40, 0, 40), transition_fund=(5, -12, 0))


def through(found, name, side):
    return sum(each.plan for each in found if getattr(each, side) == name)


@pytest.mark.parametrize("accounts", [SHIFTED, GRANTED])
def test_every_pound_that_comes_to_a_budget_or_a_pot_leaves_it(accounts):
    found = pounds.payments(accounts, 0)
    for name in (*(f"budget:{each}" for each in pounds.ORGANISATIONS), pounds.MOVED):
        assert through(found, name, "target") == pytest.approx(through(found, name, "source"))
    assert all(each.plan >= 0 for each in found)


@pytest.mark.parametrize("accounts", [SHIFTED, GRANTED])
def test_what_is_drawn_as_spent_and_lacking_is_what_the_ledger_says(accounts):
    found = pounds.payments(accounts, 0)
    spent = sum(accounts.sum(f"spending:{name}", 0).plan for name in pounds.ORGANISATIONS)
    lacking = [-accounts.sum(f"balance:{name}", 0).plan for name in pounds.ORGANISATIONS if name != pounds.FUND]
    kept = through(found, "spent:kept", "target")
    drawn_as_spent = sum(each.plan for each in found if each.target.startswith("spent:")) - kept
    assert drawn_as_spent == pytest.approx(spent)
    assert through(found, pounds.GAP, "source") == pytest.approx(sum(max(each, 0) for each in lacking))


def test_a_fund_pays_this_year_out_of_what_it_kept():
    found = pounds.payments(GRANTED, 0)
    assert through(found, pounds.BEFORE, "source") == pytest.approx(7e6)
    assert through(found, pounds.MOVED, "target") == pytest.approx(12e6)


@pytest.mark.parametrize("show", SHOWS)
def test_pounds_drawn_are_those_of_the_payments(answer, show):
    found = pounds.payments(answer.accounts, 2)
    widths = drawn(pounds.pounds_figure(found, look("money", show), LIGHT))
    assert widths == pytest.approx(
        {
            (pounds.LABELS[each.source], pounds.LABELS[each.target]): abs(each.of(show))
            for each in found
            if abs(each.of(show)) >= pounds.LEAST
        }
    )


def test_prevention_is_paid_for_by_what_was_moved(answer):
    found = {(each.source, each.target): each.plan for each in pounds.payments(answer.accounts, 2)}
    given_away = -answer.accounts.sum("transfer:acute", 2).plan
    assert found[pounds.MOVED, "spent:programmes"] == pytest.approx(0.8 * given_away)


def test_the_sentence_says_what_the_gap_is_made_of(answer):
    words = pounds_in_words(answer, look("money"))
    assert re.match(r"In 2018/19, with this plan, West Yorkshire and Harrogate spends £\d+m more than it has", words)
    assert "in 2015/16 prices: £" in words
    assert "in hospitals" in words
    assert "adult social care has £" in words
    assert "The plan makes the money gap" in words


def test_the_ledger_is_checked_and_says_so(answer):
    for show in SHOWS:
        assert max(map(abs, residuals(answer.accounts, look("money", show)))) < 0.01
        assert check_in_words(answer.accounts, look("money", show)).startswith("Checked")


def test_books_that_do_not_balance_are_said_so():
    wrong = Accounts(SHIFTED.years, {**SHIFTED.sums, "transfer:acute": same(-3e6)})
    assert "do not balance" in check_in_words(wrong, look("money", year=0))


def test_the_ledger_has_a_line_for_everybody_and_one_for_all(answer):
    ledger, *_ = pounds_tables(answer, look("money"))
    rows = re.findall('<tr><th scope="row">(.*?)</th>', to_html(ledger))
    assert rows == ["Hospitals", "Community services", "Adult social care", "Public health", "Other NHS", "Together"]


def test_doing_nothing_is_not_set_against_itself():
    html = to_html(pounds_tables(answer_to("years=1"), look("money", "baseline", 0)))
    assert "against doing nothing" not in html
    assert "Balances of every year, doing nothing" in html
