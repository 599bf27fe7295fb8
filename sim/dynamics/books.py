"""Double-entry books in whole pence: money only ever moves from one account to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from sim.inputs.keys import ORGANISATIONS

TREASURY = "treasury"
WORLD = "world"
FUND = "transition_fund"
ACCOUNTS = (*ORGANISATIONS, TREASURY, WORLD)
PENCE = 100
"""Pence in a pound."""


class LedgerError(ArithmeticError):
    """The books do not balance."""


class Entry(NamedTuple):
    """So many pence from one account to another; a negative amount goes the other way."""

    source: str
    target: str
    pence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Books:
    """What every account holds, in pence; treasury and world are the outside, so the sum is always zero."""

    balances: Mapping[str, int]

    def post(self, entries: Iterable[Entry]) -> Books:
        """Books after these entries; raises LedgerError if the trial balance is not zero."""
        balances = dict(self.balances)
        for entry in entries:
            balances[entry.source] -= entry.pence
            balances[entry.target] += entry.pence
        books = Books(balances)
        books.check()
        return books

    def check(self) -> None:
        """Trial balance: raises LedgerError unless the accounts sum to zero and are whole pence."""
        odd = [name for name, pence in self.balances.items() if not isinstance(pence, int)]
        if odd:
            raise LedgerError(f"{', '.join(odd)}: not whole pence.")
        if total := sum(self.balances.values()):
            raise LedgerError(f"The accounts sum to {total} pence; they must sum to 0.")


def empty_books() -> Books:
    """Every account at nil."""
    return Books(dict.fromkeys(ACCOUNTS, 0))


def in_pence(pounds: float) -> int:
    """Whole pence."""
    return round(pounds * PENCE)


def in_pounds(pence: Mapping[str, int]) -> dict[str, float]:
    """Pounds by name, from pence by name."""
    return {name: amount / PENCE for name, amount in pence.items()}


def net(entries: Sequence[Entry], account: str) -> int:
    """Pence in less pence out of one account."""
    return sum((entry.target == account) * entry.pence - (entry.source == account) * entry.pence for entry in entries)


def shared_out(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Whole pence in proportion to the weights, summing to `total`; nobody gets a whole penny too many.

    Shares are differences of rounded running sums. All weights zero shares out nothing.
    """
    whole = sum(weights)
    if whole <= 0:
        return (0,) * len(weights)
    ends = [round(total * running / whole) for running in accumulate(weights)]
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def pooling(balances: Mapping[str, int]) -> tuple[Entry, ...]:
    """Entries by which surpluses cover deficits, as far as they go.

    balances   pence by organisation, this month
    """
    surplus = {name: pence for name, pence in balances.items() if pence > 0}
    deficit = {name: -pence for name, pence in balances.items() if pence < 0}
    covered = min(sum(surplus.values()), sum(deficit.values()))
    given = shared_out(covered, tuple(surplus.values()))
    taken = shared_out(covered, tuple(deficit.values()))
    return _matched(
        list(zip(surplus, given, strict=True)), list(zip(deficit, taken, strict=True)), "pooled in the place"
    )


def _matched(givers: list[tuple[str, int]], takers: list[tuple[str, int]], reason: str) -> tuple[Entry, ...]:
    """Pair off what is given with what is taken; both sides hold the same sum."""
    entries = []
    while givers and takers:
        (giver, left), (taker, wanted) = givers[0], takers[0]
        amount = min(left, wanted)
        if amount:
            entries.append(Entry(giver, taker, amount, reason))
        givers = [(giver, left - amount), *givers[1:]] if left > amount else givers[1:]
        takers = [(taker, wanted - amount), *takers[1:]] if wanted > amount else takers[1:]
    return tuple(entries)
