"""Pounds on their way in one year: budgets, what is moved between them, what is lacking, what it is spent on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.facts.accounts import Accounts, Amount, Show
from dashboard.figures.sankey import Change, Link, Node, sankey
from dashboard.link.looks import Look
from dashboard.theme import Theme
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import pounds, signed_pounds

FUND = "transition_fund"
ORGANISATIONS = {
    "acute": mark("Hospitals"),
    "community": mark("Community services"),
    "social_care": mark("Adult social care"),
    "public_health": mark("Public health"),
    "other_nhs": mark("Other NHS"),
    FUND: mark("Transition fund"),
}
"""Everybody who holds a budget, in the order of every chart and table."""

SPENT_ON = {
    "acute": mark("Hospital care"),
    "stranded": mark("Beds and work that are gone"),
    "community": mark("Community care"),
    "social_care": mark("Social care"),
    "programmes": mark("Prevention programmes"),
    "public_health": mark("Other public health"),
    "other_nhs": mark("GPs, mental health and other"),
    "kept": mark("Left over"),
}
SHADES = {
    "acute": "hospital",
    "stranded": "lacking",
    "community": "community",
    "social_care": "social",
    "programmes": "prevention",
    "public_health": "home",
    "other_nhs": "other",
    "kept": "outside",
    FUND: "moved",
}
TREASURY, BEFORE, MOVED, GAP = "treasury", "before", "moved", "gap"
NODES = (
    Node(TREASURY, mark("Treasury and councils"), 0.0, "outside"),
    Node(BEFORE, mark("Fund, kept from before"), 0.0, "moved"),
    *(Node(f"budget:{name}", label, 0.3, SHADES[name]) for name, label in ORGANISATIONS.items()),
    Node(MOVED, mark("Moved between budgets"), 0.6, "moved"),
    Node(GAP, mark("Lacking: the money gap"), 0.6, "lacking"),
    *(Node(f"spent:{name}", label, 1.0, SHADES[name]) for name, label in SPENT_ON.items()),
)
LABELS = {node.id: node.label for node in NODES}
LEAST = 50_000.0
"""Pounds a year below which nothing is drawn: they would be written as £0."""

Way = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Payment:
    """Pounds a year from one node to another, and whether their change can be told from chance."""

    source: str
    target: str
    plan: float
    baseline: float
    is_sure: bool

    def of(self, show: Show) -> float:
        """The number that is looked at."""
        return {"plan": self.plan, "baseline": self.baseline, "difference": self.plan - self.baseline}[show]

    @property
    def words(self) -> str:
        """From where to where."""
        return _("{source} to {target}", source=_(LABELS[self.source]), target=_(LABELS[self.target]))

    def change(self) -> Change:
        """Whether it is more or less with the plan, as far as that can be told from chance."""
        if not self.is_sure:
            return "same"
        return "more" if self.plan > self.baseline else "less"


def payments(accounts: Accounts, year: int) -> list[Payment]:
    """Every stream of money in a year, in the order of the nodes."""
    plan, nothing = (dict(_ways(accounts, year, show)) for show in ("plan", "baseline"))
    order = list(LABELS)
    ways = sorted({*plan, *nothing}, key=lambda way: (order.index(way[0]), order.index(way[1])))
    sure = {way: _witness(accounts, way, year).is_sure for way in ways}
    return [Payment(*way, plan.get(way, 0.0), nothing.get(way, 0.0), sure[way]) for way in ways]


def _ways(accounts: Accounts, year: int, show: Show) -> Iterator[tuple[Way, float]]:
    """Where every pound goes: budgets less what is given away and left over; what is taken; what is lacking.

    Within an organisation pounds are alike: what is left of a budget pays for capacity that is gone first, and money
    that was moved pays for programmes first.
    """
    for name in ORGANISATIONS:
        income, spending, moved, balance = (
            accounts.sum(f"{measure}:{name}", year).of(show)
            for measure in ("income", "spending", "transfer", "balance")
        )
        if name == FUND:
            yield from _fund(income, balance, -moved)
            continue
        yield (TREASURY, f"budget:{name}"), income
        yield (f"budget:{name}", MOVED), max(-moved, 0.0)
        yield (f"budget:{name}", "spent:kept"), max(balance, 0.0)
        lacking, taken = max(-balance, 0.0), max(moved, 0.0)
        yield from _spent(name, spending, lacking, taken, _first(accounts, name, year, show))


def _first(accounts: Accounts, name: str, year: int, show: Show) -> tuple[str, float]:
    """What is told apart from an organisation's other spending: its name and pounds."""
    if name == "acute":
        return "stranded", accounts.sum("stranded:acute", year).of(show)
    if name == "public_health":
        return "programmes", accounts.sum("programme_spend", year).of(show)
    return name, 0.0


def _spent(
    name: str, spending: float, lacking: float, taken: float, part: tuple[str, float]
) -> Iterator[tuple[Way, float]]:
    """Spending of an organisation by where the money comes from; what is told apart is paid for first."""
    apart, wanted = part
    own = max(spending - lacking - taken, 0.0)
    sources = [(MOVED, taken), (f"budget:{name}", own), (GAP, lacking)]
    if apart == "stranded":
        sources = [sources[1], sources[0], sources[2]]
    left = min(max(wanted, 0.0), spending)
    for source, there in sources:
        first = min(left, there) if apart != name else 0.0
        left -= first
        yield (source, f"spent:{apart}"), first
        yield (source, f"spent:{name}"), there - first


def _fund(income: float, balance: float, paid: float) -> Iterator[tuple[Way, float]]:
    """The fund spends nothing itself: it pays into other budgets, out of this year's money or what it kept."""
    yield (TREASURY, f"budget:{FUND}"), income
    yield (BEFORE, f"budget:{FUND}"), max(-balance, 0.0)
    yield (f"budget:{FUND}", MOVED), max(paid, 0.0)
    yield (f"budget:{FUND}", "spent:kept"), max(balance, 0.0)


def _witness(accounts: Accounts, way: Way, year: int) -> Amount:
    """The series by whose interval a stream's change is judged."""
    source, target = way
    name = (source if source.startswith("budget:") else target).partition(":")[2]
    if source in (TREASURY, BEFORE):
        return accounts.sum(f"income:{name}" if source == TREASURY else f"balance:{FUND}", year)
    if target == MOVED:
        return accounts.sum(f"transfer:{name}", year)
    if target == "spent:kept" or source == GAP:
        return accounts.sum(f"balance:{_owner(name)}", year)
    parts = {"stranded": "stranded:acute", "programmes": "programme_spend"}
    spent = target.partition(":")[2]
    return accounts.sum(parts.get(spent) or f"{'transfer' if source == MOVED else 'spending'}:{spent}", year)


def _owner(spent: str) -> str:
    return {"stranded": "acute", "programmes": "public_health"}.get(spent, spent)


def pounds_figure(found: Sequence[Payment], look: Look, theme: Theme) -> dict[str, Any]:
    """The money of a year: the plan, doing nothing, or what the plan adds and takes away."""
    drawn = [each for each in found if abs(each.of(look.show)) >= LEAST]
    links, labels = [_link(each, look.show) for each in drawn], _labels(drawn, look.show)
    return sankey(NODES, links, labels, theme, tall=look.tall)


def _link(payment: Payment, show: Show) -> Link:
    amount = payment.of(show)
    if show != "difference":
        words = _("{way}: {pounds} a year", way=payment.words, pounds=pounds(amount))
        return Link(payment.source, payment.target, amount, words)
    more = mark("{way}: {pounds} more a year") if amount > 0 else mark("{way}: {pounds} less a year")
    words = _(more, way=payment.words, pounds=pounds(abs(amount)))
    if not payment.is_sure:
        words = _("{change}, no more than chance may bring", change=words)
    return Link(payment.source, payment.target, abs(amount), words, payment.change())


def _labels(drawn: Sequence[Payment], show: Show) -> dict[str, str]:
    words = signed_pounds if show == "difference" else pounds
    return {node.id: f"{_(node.label)} <b>{words(_through(node.id, drawn, show))}</b>" for node in NODES}


def _through(name: str, drawn: Sequence[Payment], show: Show) -> float:
    """Pounds that come to a node, or that come from it where none come to it."""
    into = [each.of(show) for each in drawn if each.target == name]
    return sum(into) if into else sum(each.of(show) for each in drawn if each.source == name)
