"""What the ledger knows, allows and reports: its state, a month's plan and a month's books."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.dynamics.books import PENCE, TREASURY, WORLD, Books, Entry, in_pounds, net
from sim.dynamics.capacity import Places
from sim.dynamics.costs import FixedCosts
from sim.dynamics.stocks import FloatArray
from sim.inputs import BUDGET_HOLDERS, ORGANISATIONS


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Where money stands. Arrays are by month (twelve, oldest first) and organisation (BUDGET_HOLDERS).

    books      what every account holds, since the start
    fixed      fixed cost still paid for
    balances, spending   pounds of each of the last twelve months, (12, 5)
    kept       share of its planned places that each owner keeps open, by EMPLOYERS; below 1 only where
               places live within means
    built      the most beds above the base that have ever been built, for capital
    """

    books: Books
    fixed: FixedCosts
    balances: FloatArray
    spending: FloatArray
    kept: tuple[float, ...]
    built: float


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """What the ledger allows this month, before anything has happened.

    places            open by kind, over the whole footprint
    programme_budget  money offered to each programme, pounds a year, in the order of `policy.programme_mix`
    transfers         shift money of the month, pounds by organisation; sums to zero
    price             unit costs relative to the base year, by organisation
    capacity          how the places came about
    """

    years: float
    places: Mapping[str, float]
    programme_budget: Mapping[str, float]
    transfers: Mapping[str, float]
    price: Mapping[str, float]
    capacity: Places


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
    nothing = dict.fromkeys(ORGANISATIONS, 0.0)
    balance = _by_organisation(entries)
    return MonthBooks(
        entries=entries + capital,
        income=in_pounds(_by_organisation([entry for entry in entries if entry.source == TREASURY])),
        spending=in_pounds(_by_organisation([_reversed(entry) for entry in entries if entry.target == WORLD])),
        transfer=in_pounds(_by_organisation([entry for entry in entries if _is_internal(entry)])),
        balance=in_pounds(balance),
        stranded=nothing | {"acute": stranded},
        gap=-sum(balance[name] for name in BUDGET_HOLDERS) / PENCE,
        unspent=nothing | dict(unspent),
        capital=sum(entry.pence for entry in capital) / PENCE,
    )


def _by_organisation(entries: Sequence[Entry]) -> dict[str, int]:
    return {name: net(entries, name) for name in ORGANISATIONS}


def _is_internal(entry: Entry) -> bool:
    return entry.source in ORGANISATIONS and entry.target in ORGANISATIONS


def _reversed(entry: Entry) -> Entry:
    return Entry(entry.target, entry.source, entry.pence, entry.reason)
