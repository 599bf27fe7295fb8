"""A stress test in tables and plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan

from sim.cli.page import Block, Heading, Table
from sim.cli.screen import counted, number
from sim.experiments.stress import Break, Stress
from sim.experiments.stress.answers import Bound
from sim.experiments.stress.words import SHOWN, bounds, percent, sentence
from sim.inputs import UNITS, describe_differences
from sim.inputs.limits import Limit
from sim.inputs.shocks import Shock
from sim.results.dates import financial_year
from sim.results.shares import Share
from sim.results.statistics import Interval, Paired

BOUNDS: Mapping[Bound, str] = {
    "high": "all together, each limit the most that others may say",
    "low": "all together, each limit the least that others may say",
}
MOST_BREAKS, MOST_CHANGES = 10, 12
OF_POINTS = "points"
CROSSED = (
    "In each replication the best of the plans is the one that the other replications of the same future find best, so "
    "that the luck of the least is no part of regret."
)
NOT_CROSSED = (
    "Each future was lived through once, so the best of the plans is chosen by the run that measures it: what is told "
    "here is too large by the luck of the least."
)
EACH_TABLE = (
    "What is shown stands out from chance among all things looked at in its own table (95 %); of twenty tables one may "
    "show something by chance."
)


def introduction(found: Stress) -> Iterator[Block]:
    """What was run, and how the page is to be read."""
    place, asked = found.plans[0].footprint, found.plans[0].question
    simulated = "everybody" if found.plans[0].people >= place.total else f"{found.plans[0].people:,.0f} people"
    when = "in every year" if found.trial.when == "every" else "in the final year"
    yield (
        f"{place.name}, {place.total:,.0f} people ({simulated} simulated), {counted(asked.years, 'year')} from 1 April "
        f"{found.plans[0].first_year}, {counted(len(found.futures), 'future')}, each lived through "
        f"{counted(asked.replications, 'time')} by the same people, seed {asked.seed}. In each future "
        f"{len(found.futures.doubts)} numbers are drawn from their ranges at once, and each of "
        f"{counted(len(found.trial.shocks), 'shock')} happens or does not. A future is workable for a plan if every "
        f"limit is kept {when}, on the mean over replications. How it is done, and what it leaves out: "
        "[stress test and sensitivity](../explanation/stress-and-sensitivity.md)."
    )
    if found.futures.aside:
        yield f"{counted(found.futures.aside, 'other draw')} set aside: the base year could not close in them."
    for reason, count in found.impossible.items():
        yield f"{counted(count, 'future')} left out, no place can be made of them: {' '.join(reason.split())}"


def blocks(found: Stress, names: Sequence[str]) -> Iterator[Block]:
    """Limits, workable shares, what breaks each plan, regret, and shocks one at a time.

    names   of the plans
    """
    yield Heading("Plans")
    yield from (_plan(found, plan, name) for plan, name in enumerate(names))
    yield Heading("Limits")
    yield _limits(found.trial.limits)
    yield Heading("Workable futures")
    yield _workable(found, names)
    yield from (sentence(found, plan, name) for plan, name in enumerate(names))
    if len(names) > 1:
        yield _against(found, names)
    yield Heading("What breaks a plan")
    yield EACH_TABLE
    for plan, name in enumerate(names):
        yield from _breaks(found, plan, name)
    if len(names) > 1:
        yield Heading("Regret")
        yield from _regrets(found, names)
    if found.trial.shocks:
        yield Heading("Shocks")
        yield from _shocks(found, names)


def _plan(found: Stress, plan: int, name: str) -> str:
    """What a plan changes, since one that brings money of its own is not like one that moves it."""
    asked = found.plans[plan]
    changed = describe_differences(asked.base, asked.parameters)
    more = [f"and {len(changed) - MOST_CHANGES} more"] if len(changed) > MOST_CHANGES else []
    return f"{name}: {'; '.join([*changed[:MOST_CHANGES], *more]) or 'changes nothing'}."


def _limits(limits: Sequence[Limit]) -> Table:
    rows = [
        (each.name, each.says, _unit(each), _amount(each.value, each),
         f"{_amount(each.low, each)} to {_amount(each.high, each)}", each.confidence, each.where)
        for each in limits
    ]  # fmt: skip
    columns = ("limit", "what it is", "unit", "at most", "others may say", "evidence", "from")
    return Table("The most that may be", columns, rows, words=3)


def _workable(found: Stress, names: Sequence[str]) -> Table:
    columns = ["", *(word for name in names for word in (name, "95 %"))]
    rows = [_row(limit.name, [found.workable(plan, limit) for plan in range(len(names))])
            for limit in found.trial.limits]  # fmt: skip
    rows.append(_row("all together", [found.workable(plan) for plan in range(len(names))]))
    for bound, label in BOUNDS.items():
        judged = found.at(bound)
        rows.append(_row(label, [judged.workable(plan) for plan in range(len(names))]))
    if len(names) > 1:
        rows.append(_row("not workable, though another plan is", [found.missed(plan) for plan in range(len(names))]))
    return Table("Share of futures in which each limit is kept (Wilson intervals)", columns, rows)


def _against(found: Stress, names: Sequence[str]) -> Table:
    """Each plan beside the first in the same futures: shares of one set of futures are paired."""
    limits = (*found.trial.limits, None)
    looks, rows = len(limits) * (len(names) - 1), []
    for limit in limits:
        for plan, name in enumerate(names[1:], 1):
            each = found.against(plan, 0, limit)
            row = (limit.name if limit else "all together", name, str(each.only), str(each.other_only))
            rows.append((*row, f"{each.chance:.2g}", "yes" if each.is_told(looks) else "no"))
    columns = ("", "plan", "kept by it alone", f"by {names[0]} alone", "chance", "told apart")
    title = (
        f"Futures in which a plan keeps a limit and {names[0]} does not, and the other way round (exact test of "
        "McNemar; told apart at 95 % for all rows at once)"
    )
    return Table(title, columns, rows, words=2)


def _row(label: str, shares: Sequence[Share]) -> tuple[str, ...]:
    return (label, *(word for each in shares for word in (percent(each), bounds(each))))


def _breaks(found: Stress, plan: int, name: str) -> Iterator[Block]:
    """What tells futures that break any limit from the others, and limit by limit; what tells nothing is said too."""
    silent: list[str] = []
    rare: list[str] = []
    for limit in (None, *found.trial.limits):
        what = limit.name if limit else "any limit"
        ranked = found.breaks(plan, limit)
        shown = [each for each in ranked if each.apart.shown]
        if shown:
            yield _break_table(f"{name}: what tells futures that break {what} from the others", shown)
        elif ranked:
            nearest = ranked[0]
            silent.append(f"{what} (the nearest is `{nearest.name}`, {number(nearest.apart.distance, 2)})")
        else:
            rare.append(what)
    if silent:
        yield f"{name}: nothing stands out from chance for {', '.join(silent)}."
    if rare:
        yield f"{name}: kept, or broken, in too few futures to say what breaks: {', '.join(rare)}."


def _break_table(what: str, shown: Sequence[Break]) -> Table:
    columns = ("assumption", "what it is", "breaks when it is", "distance", "when kept", "when broken", "evidence")
    return Table(what, columns, [_break_row(each) for each in shown[:MOST_BREAKS]], words=3)


def _break_row(each: Break) -> tuple[str, ...]:
    apart = each.apart
    way = (
        ("larger, or happens" if each.is_shock else "high")
        if apart.difference > 0
        else ("absent" if each.is_shock else "low")
    )
    return (
        f"{'shock ' if each.is_shock else ''}{each.name}", each.says, way, number(apart.distance, 2),
        number(apart.inside, 2), number(apart.outside, 2), each.confidence,
    )  # fmt: skip


def _regrets(found: Stress, names: Sequence[str]) -> Iterator[Block]:
    first = found.plans[0]
    yield CROSSED if first.question.replications > 1 else NOT_CROSSED
    year = financial_year(first.question.years - 1, first.first_year)
    for limit in found.trial.limits:
        rows = []
        for plan, name in enumerate(names):
            regret = found.regret(plan, limit)
            rows.append((name, _amount(regret.mean.mean, limit), _interval(regret.mean, limit),
                         _amount(regret.most, limit), str(regret.future), percent(regret.best)))  # fmt: skip
        columns = ("", "mean", "95 %", "most", "in future", "none better in")
        title = (
            f"{limit.name}, {_unit_of_change(limit)}, {year}: how far above the best of the plans in the same future"
        )
        yield Table(title, columns, rows)


def _shocks(found: Stress, names: Sequence[str]) -> Iterator[Block]:
    rows = [_shock_row(each) for each in found.trial.shocks]
    yield Table("What may go wrong", ("shock", "what happens", "size", "chance", "evidence"), rows, words=3)
    for plan, name in enumerate(names):
        rows = []
        for place, shock in enumerate(found.trial.shocks):
            happens, not_so = found.with_and_without(plan, place)
            singles = [found.single(place, plan, limit) for limit in found.trial.limits]
            told = (_change(each.change, limit) for each, limit in zip(singles, found.trial.limits, strict=True))
            rows.append((shock.name, *told, percent(happens), bounds(happens), percent(not_so)))
        measures = [f"{limit.name}, {_unit_of_change(limit)}" for limit in found.trial.limits]
        columns = ["", *measures, "workable with it", "95 %", "workable without"]
        title = (
            f"{name}: each shock by itself at its likeliest size, all else as believed (change in the final year, "
            "95 % interval), and in the futures"
        )
        yield Table(title, columns, rows)


def _shock_row(each: Shock) -> tuple[str, ...]:
    size = f"{each.value:g} ({each.low:g} to {each.high:g}) {UNITS[each.unit].says}"
    return each.name, each.says, size, f"{100 * each.chance:.0f} %", each.confidence


def _change(change: Paired, limit: Limit) -> str:
    if change.mean == change.low == change.high == 0:
        return "0"
    if isnan(change.mean):
        return "cannot be"
    if _amount(change.mean, limit) == _amount(change.low, limit) == _amount(change.high, limit) == _amount(0, limit):
        return "about 0"
    return f"{_signed(change.mean, limit)} ({_amount(change.low, limit)} to {_amount(change.high, limit)})"


def _signed(value: float, limit: Limit) -> str:
    told = _amount(value, limit)
    return f"+{told}" if value > 0 and told != _amount(0, limit) else told


def _amount(value: float, limit: Limit) -> str:
    times, digits, _ = SHOWN[limit.unit]
    return number(times * value, digits)


def _interval(found: Interval, limit: Limit) -> str:
    return f"{_amount(found.low, limit)} to {_amount(found.high, limit)}"


def _unit(limit: Limit) -> str:
    return SHOWN[limit.unit][2]


def _unit_of_change(limit: Limit) -> str:
    return OF_POINTS if limit.unit == "share" else _unit(limit)
