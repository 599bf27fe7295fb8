"""The view of pounds in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html

from dashboard.components.tables import Words, change_cell, table
from dashboard.facts.accounts import Accounts, Amount, Show
from dashboard.facts.answers import Answer
from dashboard.figures.pounds import FUND, ORGANISATIONS
from dashboard.link.looks import Look
from dashboard.wording.language import _, mark
from dashboard.wording.numbers import listed, lowered, pounds, signed_pounds

COLUMNS = {
    "income": mark("Income"),
    "transfer": mark("Moved"),
    "spending": mark("Spending"),
    "stranded": mark("of it stranded"),
    "balance": mark("Balance"),
}
"""Of the ledger, in the order in which one adds them up."""

WHO, TOGETHER = mark("Organisation"), mark("Together")
SMALLEST = 50_000.0
"""Pounds a year below which they are written as £0."""

A_POUND = 1.0
WITH = {
    "plan": mark("with this plan"),
    "baseline": mark("doing nothing"),
    "difference": mark("with this plan less doing nothing"),
}


def pounds_in_words(answer: Answer, look: Look) -> str:
    """How much is lacking, what that is made of, and what the plan does to it."""
    accounts, year = answer.accounts, look.year
    gap, label = accounts.sum("gap", year), accounts.years[year]
    if look.show == "difference":
        said = _("In {when}, {sentence}", when=label, sentence=lowered(_change(accounts, year)))
        return f"{said} {_parts_of_change(accounts, year)}".strip()
    short = gap.of(look.show)
    lacking = mark("In {when}, {place} spends {pounds} more than it has, in 2015/16 prices{parts}.")
    over = mark("In {when}, {place} has {pounds} over, in 2015/16 prices{parts}.")
    first = _(
        lacking if short >= 0 else over,
        when=label if answer.is_baseline else f"{label}, {_(WITH[look.show])}",
        place=answer.place.name,
        pounds=pounds(abs(short)),
        parts=_made_of(accounts, year, look.show),
    )
    return first if answer.is_baseline else f"{first} {_change(accounts, year)}"


def _made_of(accounts: Accounts, year: int, show: Show) -> str:
    """Who lacks how much, the most first; and who has something over."""
    balances = {name: accounts.sum(f"balance:{name}", year).of(show) for name in ORGANISATIONS if name != FUND}
    short = sorted((name for name in balances if balances[name] <= -SMALLEST), key=balances.__getitem__)
    over = [name for name in balances if balances[name] >= SMALLEST]
    named = {name: lowered(_(ORGANISATIONS[name])) for name in balances}
    lacks = [
        _("{pounds} in {organisation}", pounds=pounds(-balances[each]), organisation=named[each]) for each in short
    ]
    left = mark("{organisation} has {pounds} over")
    has = listed([_(left, organisation=named[each], pounds=pounds(balances[each])) for each in over])
    if not lacks:
        return ""
    return f": {listed(lacks)}{f'; {has}' if has else ''}"


def _change(accounts: Accounts, year: int) -> str:
    gap = accounts.sum("gap", year)
    if gap.change == 0 and gap.low == gap.high == 0:
        return _("The plan makes no difference to the money gap.")
    if not gap.is_sure:
        return _("There is no detectable difference in the money gap.")
    ends = sorted((abs(gap.low), abs(gap.high)))
    larger = mark("The plan makes the money gap {size} larger than doing nothing ({low} to {high}).")
    smaller = mark("The plan makes the money gap {size} smaller than doing nothing ({low} to {high}).")
    size = pounds(abs(gap.change))
    return _(larger if gap.change > 0 else smaller, size=size, low=pounds(ends[0]), high=pounds(ends[1]))


def _parts_of_change(accounts: Accounts, year: int) -> str:
    """Whose balance is better or worse, as far as that can be told from chance."""
    found = {name: accounts.sum(f"balance:{name}", year) for name in ORGANISATIONS}
    sure = {name: each for name, each in found.items() if each.is_sure and abs(each.change) >= SMALLEST}
    words = [
        f"{lowered(_(ORGANISATIONS[name]))} {pounds(abs(each.change))} {_('better') if each.change > 0 else _('worse')}"
        for name, each in sorted(sure.items(), key=lambda item: -abs(item[1].change))
    ]
    return _("Balances: {parts}.", parts=listed(words)) if words else ""


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
        rows.append(html.Tr([html.Th(_(ORGANISATIONS.get(name, TOGETHER)), scope="row"), *cells]))
    caption = _(
        "Ledger of {year}, {with_what}, in 2015/16 prices: income + moved \u2212 spending = balance",
        year=accounts.years[look.year],
        with_what=_(WITH[look.show]),
    )
    return table(caption, [*map(_, (WHO, *COLUMNS.values()))], rows, "ledger")


def _money(column: str, value: float, words: Words) -> html.Td:
    show = signed_pounds if column in ("transfer", "balance") else words
    short = column == "balance" and value <= -SMALLEST
    return html.Td(show(value), className="is-short" if short else "")


def check_in_words(accounts: Accounts, look: Look) -> str:
    """Whether every line adds up, and whether what is moved adds up to nothing; both to the pound."""
    worst = max(map(abs, residuals(accounts, look)), default=0.0)
    if worst < A_POUND:
        return _("Checked: in every line, income + moved \u2212 spending = balance, and what is moved adds up to £0.")
    return _(
        "These books do not balance: a line or the transfers are off by {pounds}. Please report this.",
        pounds=pounds(worst),
    )


def residuals(accounts: Accounts, look: Look) -> list[float]:
    """Pounds by which each line does not add up, and what the transfers leave over; all 0 in sound books."""

    def of(measure: str, name: str) -> float:
        return accounts.sum(f"{measure}:{name}", look.year).of(look.show)

    lines = [of("income", n) + of("transfer", n) - of("spending", n) - of("balance", n) for n in ORGANISATIONS]
    return [*lines, sum(of("transfer", name) for name in ORGANISATIONS)]


def _against_nothing(accounts: Accounts, look: Look) -> html.Div:
    named = {name: accounts.sum(f"balance:{name}", look.year) for name in _held(accounts)}
    rows = [
        *(_change_row(_(ORGANISATIONS[name]), each) for name, each in named.items()),
        _change_row(_("Money gap (without the fund)"), accounts.sum("gap", look.year), pounds),
    ]
    caption = _("Balances in {year} against doing nothing, in 2015/16 prices", year=accounts.years[look.year])
    return table(caption, (_(WHO), _("This plan"), _("Do nothing"), _("Change (95% interval)")), rows)


def _change_row(label: str, amount: Amount, words: Words = signed_pounds) -> html.Tr:
    both = (html.Td(words(each)) for each in (amount.plan, amount.baseline))
    return html.Tr([html.Th(label, scope="row"), *both, change_cell(amount, signed_pounds)])


def _every_year(accounts: Accounts, look: Look) -> html.Div:
    names: Sequence[str] = (*(f"balance:{name}" for name in _held(accounts)), "gap")
    labels = (*(_(ORGANISATIONS[name]) for name in _held(accounts)), _("Money gap"))
    every = (*(signed_pounds for _name in names[1:]), signed_pounds if look.show == "difference" else pounds)
    rows = [
        html.Tr(
            [
                html.Th(label, scope="row"),
                *(html.Td(words(each.of(look.show))) for each in accounts.sums[name]),
            ]
        )
        for name, label, words in zip(names, labels, every, strict=True)
    ]
    caption = _("Balances of every year, {with_what}, in 2015/16 prices", with_what=_(WITH[look.show]))
    return table(caption, (_(WHO), *accounts.years), rows)
