"""The ledger in equations: a stock for every account, and a flow for every way that money goes (`sim.dynamics.ledger`).

What leaves one account enters another, so all accounts together stay at 0. The model keeps whole pence; here the
pounds are not rounded.
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.dynamics.books import ACCOUNTS, FUND, TREASURY, WORLD
from sim.dynamics.ledger import Ledger
from sim.dynamics.policy import SHIFTED_TO
from sim.experiments.xmile.clock import booked
from sim.experiments.xmile.parts import POUNDS, PURE, Part, auxiliary, constant, divided, flow, plus
from sim.inputs import BUDGET_HOLDERS, ORGANISATIONS

A_MONTH = "pounds/month"
POOL = "pool"
Way = tuple[str, str, str, str]
"""Where money comes from, where it goes, the flow's name, and the pounds of the month."""


def account(name: str) -> str:
    """The stock of an account, in pounds."""
    return f"balance_{name}"


def book_parts(ledger: Ledger) -> Iterator[Part]:
    """Accounts, the flows between them, and what decides them."""
    ways = tuple(_ways())
    for name in (*ACCOUNTS, POOL):
        inflows = tuple(each for _, target, each, _ in ways if target == name)
        outflows = tuple(each for source, _, each, _ in ways if source == name)
        says = f"What the account holds since 1 April 2016: {_words(name)}."
        yield Part("stock", account(name), "0", POUNDS, says, inflows=inflows, outflows=outflows)
    for source, target, name, pounds in ways:
        yield flow(name, booked(pounds), A_MONTH, f"From {_words(source)} to {_words(target)}, booked once a month.")
    yield from _grant()
    yield from _pool(ledger)
    lacking = plus(f"(0 - {_net(name)} - {_pooled(name)})" for name in BUDGET_HOLDERS)
    yield auxiliary("gap", f"{lacking} - grant", POUNDS, "What the five organisations lack together in the month.")


def _ways() -> Iterator[Way]:
    for name in ORGANISATIONS:
        yield TREASURY, name, f"budget_paid_{name}", f"income_{name} / months_a_year"
    for name in SHIFTED_TO:
        yield "acute", name, f"shift_to_{name}", f"shifted_{name} / months_a_year"
    for name in BUDGET_HOLDERS:
        yield name, WORLD, f"spending_{name}", f"spent_{name}"
    yield FUND, "acute", "transition_grant", "grant"
    for name in BUDGET_HOLDERS:
        yield name, POOL, f"given_by_{name}", f"giving_{name}"
        yield POOL, name, f"taken_by_{name}", f"taking_{name}"
    yield TREASURY, WORLD, "capital_paid", "capital"


def _grant() -> Iterator[Part]:
    """The fund pays what the hospitals lack, up to stranded cost and the money moved away from them."""
    for name in BUDGET_HOLDERS:
        received = f"shifted_{name}" if name in SHIFTED_TO else ""
        moved = plus(f"shifted_{each}" for each in SHIFTED_TO)
        transfer = f" - ({moved})" if name == "acute" else f" + {received}" if received else ""
        net = f"(income_{name}{transfer}) / months_a_year - spent_{name}"
        says = f"Income less spending of {_words(name)} in the month, before grants and pooling."
        yield auxiliary(_net(name), net, POUNDS, says)
    moved = plus(f"shifted_{each}" for each in SHIFTED_TO)
    held = f"{account(FUND)} + income_{FUND} / months_a_year"
    claim = f"MIN(MAX(0, 0 - {_net('acute')}), stranded + ({moved}) / months_a_year)"
    yield auxiliary("grant", f"MAX(0, MIN({held}, {claim}))", POUNDS, "What the transition fund pays the hospitals.")


def _pool(ledger: Ledger) -> Iterator[Part]:
    """Where the place is one pot, surpluses cover deficits as far as they go, each in proportion."""
    says = "1: the place balances as one; 0: each organisation by itself."
    yield constant("one_pot", ledger.terms.pooled, PURE, says)
    before = {name: f"({_net(name)}{' + grant' if name == 'acute' else ''})" for name in BUDGET_HOLDERS}
    over = plus(f"MAX(0, {each})" for each in before.values())
    yield auxiliary("all_over", over, POUNDS, "Sum of the month's surpluses.")
    lacking = plus(f"MAX(0, 0 - {each})" for each in before.values())
    yield auxiliary("all_lacking", lacking, POUNDS, "Sum of the month's deficits.")
    yield auxiliary("covered", "one_pot * MIN(all_over, all_lacking)", POUNDS, "Deficits covered by surpluses.")
    for name, each in before.items():
        given = divided(f"covered * MAX(0, {each})", "all_over")
        yield auxiliary(f"giving_{name}", given, POUNDS, f"What {_words(name)} gives to the pot.")
        taken = divided(f"covered * MAX(0, 0 - {each})", "all_lacking")
        yield auxiliary(f"taking_{name}", taken, POUNDS, f"What {_words(name)} takes from the pot.")


def _net(name: str) -> str:
    return f"net_{name}"


def _pooled(name: str) -> str:
    return f"(taking_{name} - giving_{name})"


def _words(name: str) -> str:
    return name.replace("_", " ")
