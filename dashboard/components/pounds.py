"""The view of pounds in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.components.tables import Words, change_cell, table
from dashboard.facts.accounts import Accounts, Amount, Show
from dashboard.facts.answers import Answer
from dashboard.figures.pounds import FUND, ORGANISATIONS
from dashboard.link.looks import Look
from dashboard.wording.numbers import listed, lowered, pounds, sentence, signed_pounds

PRICES = "in 2015/16 prices"
COLUMNS = {
    "income": "Income",
    "transfer": "Moved",
    "spending": "Spending",
    "stranded": "of it stranded",
    "balance": "Balance",
}
"""Of the ledger, in the order in which one adds them up."""

WHO = "Organisation"
SMALLEST = 50_000.0
"""Pounds a year below which they are written as £0."""

A_POUND = 1.0
WITH = {"plan": "with this plan", "baseline": "doing nothing", "difference": "with this plan less doing nothing"}


def pounds_in_words(answer: Answer, look: Look) -> str:
    """How much is lacking, what that is made of, and what the plan does to it."""
    accounts, year = answer.accounts, look.year
    gap, label = accounts.sum("gap", year), accounts.years[year]
    if look.show == "difference":
        return f"In {label}, {lowered(_change(accounts, year))} {_parts_of_change(accounts, year)}".strip()
    how = "" if answer.is_baseline else f", {WITH[look.show]}"
    made = _made_of(accounts, year, look.show)
    short = gap.of(look.show)
    lacking = f"spends {pounds(short)} more than it has" if short >= 0 else f"has {pounds(-short)} over"
    first = f"In {label}{how}, {answer.place.name} {lacking}, {PRICES}{made}."
    return first if answer.is_baseline else f"{first} {_change(accounts, year)}"


def _made_of(accounts: Accounts, year: int, show: Show) -> str:
    """Who lacks how much, the most first; and who has something over."""
    balances = {name: accounts.sum(f"balance:{name}", year).of(show) for name in ORGANISATIONS if name != FUND}
    short = sorted((name for name in balances if balances[name] <= -SMALLEST), key=balances.__getitem__)
    over = [name for name in balances if balances[name] >= SMALLEST]
    lacks = [f"{pounds(-balances[name])} in {lowered(ORGANISATIONS[name])}" for name in short]
    has = listed([f"{lowered(ORGANISATIONS[name])} has {pounds(balances[name])} over" for name in over])
    if not lacks:
        return ""
    return f": {listed(lacks)}{f'; {has}' if has else ''}"


def _change(accounts: Accounts, year: int) -> str:
    gap = accounts.sum("gap", year)
    if gap.change == 0 and gap.low == gap.high == 0:
        return "The plan makes no difference to the money gap."
    if not gap.is_sure:
        return "There is no detectable difference in the money gap."
    ends = sorted((abs(gap.low), abs(gap.high)))
    word = "larger" if gap.change > 0 else "smaller"
    return (
        f"The plan makes the money gap {pounds(abs(gap.change))} {word} than doing nothing "
        f"({pounds(ends[0])} to {pounds(ends[1])})."
    )


def _parts_of_change(accounts: Accounts, year: int) -> str:
    """Whose balance is better or worse, as far as that can be told from chance."""
    found = {name: accounts.sum(f"balance:{name}", year) for name in ORGANISATIONS}
    sure = {name: each for name, each in found.items() if each.is_sure and abs(each.change) >= SMALLEST}
    words = [
        f"{lowered(ORGANISATIONS[name])} {pounds(abs(each.change))} {'better' if each.change > 0 else 'worse'}"
        for name, each in sorted(sure.items(), key=lambda item: -abs(item[1].change))
    ]
    return sentence(f"Balances: {listed(words)}") if words else ""


def pounds_tables(answer: Answer, look: Look) -> list[html.Div | html.P]:
    """The ledger of the year with its check, balances against doing nothing, and balances of every year."""
    accounts = answer.accounts
    if "balance" not in accounts.sums:
        return []
    parts = [_ledger(accounts, look), html.P(check_in_words(accounts, look), className="account-check")]
    if not answer.is_baseline:
        parts.append(_against_nothing(accounts, look))
    return [*parts, _every_year(accounts, look)]


def _held(accounts: Accounts) -> list[str]:
    """Who has a line: the fund only where it ever had money."""
    has_fund = any(each.plan or each.baseline for each in accounts.sums.get(f"income:{FUND}", ()))
    return [name for name in ORGANISATIONS if name != FUND or has_fund]


def _ledger(accounts: Accounts, look: Look) -> html.Div:
    words = signed_pounds if look.show == "difference" else pounds
    rows = []
    for name in (*_held(accounts), ""):
        series = {column: f"{column}:{name}" if name else column for column in COLUMNS}
        cells = [_money(column, accounts.sum(each, look.year).of(look.show), words) for column, each in series.items()]
        rows.append(html.Tr([html.Th(ORGANISATIONS.get(name, "Together"), scope="row"), *cells]))
    caption = (
        f"Ledger of {accounts.years[look.year]}, {WITH[look.show]}, {PRICES}: income + moved \u2212 spending = balance"
    )
    return table(caption, (WHO, *COLUMNS.values()), rows, "ledger")


def _money(column: str, value: float, words: Words) -> html.Td:
    show = signed_pounds if column in ("transfer", "balance") else words
    short = column == "balance" and value <= -SMALLEST
    return html.Td(show(value), className="is-short" if short else "")


def check_in_words(accounts: Accounts, look: Look) -> str:
    """Whether every line adds up, and whether what is moved adds up to nothing; both to the pound."""
    worst = max(map(abs, residuals(accounts, look)), default=0.0)
    if worst < A_POUND:
        return "Checked: in every line, income + moved \u2212 spending = balance, and what is moved adds up to £0."
    return f"These books do not balance: a line or the transfers are off by {pounds(worst)}. Please report this."


def residuals(accounts: Accounts, look: Look) -> list[float]:
    """Pounds by which each line does not add up, and what the transfers leave over; all 0 in sound books."""

    def of(measure: str, name: str) -> float:
        return accounts.sum(f"{measure}:{name}", look.year).of(look.show)

    lines = [of("income", n) + of("transfer", n) - of("spending", n) - of("balance", n) for n in ORGANISATIONS]
    return [*lines, sum(of("transfer", name) for name in ORGANISATIONS)]


def _against_nothing(accounts: Accounts, look: Look) -> html.Div:
    named = {name: accounts.sum(f"balance:{name}", look.year) for name in _held(accounts)}
    rows = [
        *(_change_row(ORGANISATIONS[name], each) for name, each in named.items()),
        _change_row("Money gap (without the fund)", accounts.sum("gap", look.year), pounds),
    ]
    caption = f"Balances in {accounts.years[look.year]} against doing nothing, {PRICES}"
    return table(caption, (WHO, "This plan", "Do nothing", "Change (95% interval)"), rows)


def _change_row(label: str, amount: Amount, words: Words = signed_pounds) -> html.Tr:
    both = (html.Td(words(each)) for each in (amount.plan, amount.baseline))
    return html.Tr([html.Th(label, scope="row"), *both, change_cell(amount, signed_pounds)])


def _every_year(accounts: Accounts, look: Look) -> html.Div:
    names: Sequence[str] = (*(f"balance:{name}" for name in _held(accounts)), "gap")
    labels = (*(ORGANISATIONS[name] for name in _held(accounts)), "Money gap")
    every = (*(signed_pounds for _ in names[1:]), signed_pounds if look.show == "difference" else pounds)
    rows = [
        html.Tr(
            [
                html.Th(label, scope="row"),
                *(html.Td(words(each.of(look.show))) for each in accounts.sums[name]),
            ]
        )
        for name, label, words in zip(names, labels, every, strict=True)
    ]
    return table(f"Balances of every year, {WITH[look.show]}, {PRICES}", (WHO, *accounts.years), rows)
