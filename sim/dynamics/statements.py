"""What the ledger knows and reports: its state, and a month's books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.dynamics.books import PENCE, TREASURY, WORLD, Books, Entry, in_pounds
from sim.dynamics.costs import FixedCosts
from sim.inputs import BUDGET_HOLDERS, ORGANISATIONS


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Where money stands.

    books      what every account holds, since the start
    fixed      fixed cost still paid for
    balances, spending   pounds by organisation (BUDGET_HOLDERS) in each of the last twelve months, oldest first
    kept       share of its planned places that each owner keeps open, by EMPLOYERS; below 1 only where
               places live within means
    """

    books: Books
    fixed: FixedCosts
    balances: tuple[tuple[float, ...], ...]
    spending: tuple[tuple[float, ...], ...]
    kept: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MonthBooks:
    """The month's books in pounds, by organisation (ORGANISATIONS); `entries` hold the same in pence.

    income     from the treasury
    spending   on care and programmes
    transfer   received from other organisations, less given: the shift, grants and pooling; sums to zero
    balance    income and transfers less spending
    stranded   part of the spending that pays for capacity no longer used
    gap        what the five organisations lack together this month; below zero, what they have over
    unspent    shift money that could not be used, by receiver; it stays in the receiver's balance
    capital    treasury money for new beds, outside the gap
    """

    entries: tuple[Entry, ...]
    income: Mapping[str, float]
    spending: Mapping[str, float]
    transfer: Mapping[str, float]
    balance: Mapping[str, float]
    stranded: Mapping[str, float]
    gap: float
    unspent: Mapping[str, float]
    capital: float


def statement(
    entries: tuple[Entry, ...], capital: tuple[Entry, ...], stranded: float, unspent: Mapping[str, float]
) -> MonthBooks:
    """The month in pounds, from its entries; nothing but the stranded and unspent parts comes from elsewhere.

    stranded   pounds of the hospitals' spending that pay for capacity no longer used
    unspent    pounds by receiver of shift money
    """
    income, spending, transfer = (dict.fromkeys(ORGANISATIONS, 0) for _ in range(3))
    for entry in entries:
        if entry.source == TREASURY:
            income[entry.target] += entry.pence
        elif entry.target == WORLD:
            spending[entry.source] += entry.pence
        else:
            transfer[entry.source] -= entry.pence
            transfer[entry.target] += entry.pence
    balance = {name: income[name] + transfer[name] - spending[name] for name in ORGANISATIONS}
    nothing = dict.fromkeys(ORGANISATIONS, 0.0)
    return MonthBooks(
        entries=entries + capital,
        income=in_pounds(income),
        spending=in_pounds(spending),
        transfer=in_pounds(transfer),
        balance=in_pounds(balance),
        stranded=nothing | {"acute": stranded},
        gap=-sum(balance[name] for name in BUDGET_HOLDERS) / PENCE,
        unspent=nothing | dict(unspent),
        capital=sum(entry.pence for entry in capital) / PENCE,
    )
