"""Double entry: whole pence, from one account to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.dynamics.books import (
    ACCOUNTS,
    Books,
    Entry,
    LedgerError,
    empty_books,
    in_pence,
    net,
    pooling,
    shared_out,
)
from sim.inputs import BUDGET_HOLDERS

pytestmark = pytest.mark.unit

pence = st.integers(-(10**12), 10**12)


@given(st.lists(st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), pence)))
def test_whatever_is_posted_the_accounts_sum_to_zero(moves):
    books = empty_books().post(Entry(source, target, amount, "any") for source, target, amount in moves)
    assert sum(books.balances.values()) == 0


def test_posting_makes_new_books():
    before = empty_books()
    after = before.post([Entry("treasury", "acute", 500, "budget")])
    assert before.balances["acute"] == 0
    assert after.balances["acute"] == 500
    assert after.balances["treasury"] == -500


def test_books_that_do_not_balance_are_refused():
    with pytest.raises(LedgerError, match="sum to 1 pence"):
        Books(dict(empty_books().balances) | {"acute": 1}).check()


def test_parts_of_a_penny_are_refused():
    with pytest.raises(LedgerError, match="acute"):
        Books(dict(empty_books().balances) | {"acute": 0.5, "world": -0.5}).check()


@given(st.integers(0, 10**13), st.lists(st.floats(0, 1e9), min_size=1, max_size=6))
def test_what_is_shared_out_is_neither_more_nor_less(total, weights):
    shares = shared_out(total, weights)
    assert sum(shares) == (total if sum(weights) > 0 else 0)
    assert min(shares) >= 0


def test_shares_follow_weights():
    assert shared_out(100, [1, 1, 2]) == (25, 25, 50)
    assert shared_out(10, [0, 0]) == (0, 0)


@given(st.lists(pence, min_size=5, max_size=5))
def test_pooling_moves_surpluses_to_deficits_and_makes_no_money(amounts):
    before = dict(zip(BUDGET_HOLDERS, amounts, strict=True))
    entries = pooling(before)
    after = {name: balance + net(entries, name) for name, balance in before.items()}
    assert sum(after.values()) == sum(before.values())
    assert all(min(0, before[name]) <= after[name] <= max(0, before[name]) for name in before)
    assert not (min(after.values()) < 0 < max(after.values()))


def test_pounds_become_whole_pence():
    assert in_pence(12.345678) == 1235
