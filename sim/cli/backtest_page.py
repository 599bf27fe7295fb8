"""The back-test in words and tables: for the screen, and for docs/reference/back-test.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.cli.page import Block, Heading, Table, markdown
from sim.cli.screen import number
from sim.experiments.backtest.results import SHARES, SHOWN, Row, Score, score
from sim.experiments.backtest.stored import COMMAND
from sim.experiments.identity import version
from sim.inputs.backtest_fit import BacktestFit
from sim.inputs.backtest_plan import BacktestPlan
from sim.inputs.history import YEAR
from sim.inputs.years import financial_year_name

THOUSAND = 1000


def page_of(rows: Sequence[Row], plan: BacktestPlan, fit: BacktestFit) -> str:
    """The page docs/reference/back-test.md."""
    printed = f"Printed by `{COMMAND} --markdown`, version {version()}, seed {plan.method.seed}."
    return markdown("The back-test", printed, blocks(rows, plan, fit)).rstrip("\n")


def blocks(rows: Sequence[Row], plan: BacktestPlan, fit: BacktestFit) -> Iterator[Block]:
    """Everything there is to say, in order."""
    years = (plan.first_year, plan.fitted_until, plan.compared_until)
    first, until, compared = map(financial_year_name, years)
    yield (
        f"England from 1 April {plan.first_year}. What no source gives is fitted to {first} to {until}; years after "
        f"{until} are out of sample, those after {compared} a forecast from inputs alone. The band holds nine "
        f"futures in ten of {len(fit.draws)} worlds that fit the same years about as well, chance and ignorance "
        f"together; {fit.aside} other draws could not be brought to fit and were set aside. How it was made, where it "
        "fails and why: [the back-test explained](../explanation/back-test.md)."
    )
    yield Heading("How near")
    yield from _scores(rows, plan)
    yield Heading("Year by year")
    for series, words in SHOWN.items():
        own = [row for row in rows if row.series == series and row.year <= plan.compared_until]
        if own:
            yield Table(_title(series, words), COLUMNS, [_row(row, plan) for row in own], 1)
    yield Heading("The forecast")
    yield from _forecast(rows, plan)
    yield Heading("The fit")
    yield from _fit(plan, fit)


def _scores(rows: Sequence[Row], plan: BacktestPlan) -> Iterator[Block]:
    columns = ("", "years", "error", "in the band", "last year carried on", "trend carried on")
    for title, first, last in (
        ("Fitted years", plan.first_year, plan.fitted_until),
        ("Out of sample", plan.fitted_until + 1, plan.compared_until),
    ):
        parts = ([row for row in rows if row.series == name and first <= row.year <= last] for name in SHOWN)
        found = [each for part in parts if (each := score(part))]
        span = f"{financial_year_name(first)} to {financial_year_name(last)}"
        yield Table(f"{title}, {span}: mean absolute error (MAPE), and years whose band holds what was observed",
                    columns, [_score(each) for each in found], 1)  # fmt: skip
    yield (
        "The last two columns are the error of two forecasts without a model, made from the same fitted years: the "
        "last one carried on, and a straight line through all of them (where there are three). Where they are smaller "
        "than the error, the model is no better than they are."
    )


def _score(each: Score) -> tuple[str, ...]:
    inside = f"{round(each.covered * each.years)} of {each.years}"
    return (SHOWN[each.series], str(each.years), *map(_percent, (each.error,)), inside,
            *map(_percent, (each.carried, each.trend)))  # fmt: skip


COLUMNS = ("", "observed", "model", "90 % band", "error", "in the band", "carried on", "trend")


def _title(series: str, words: str) -> str:
    return words if series in SHARES else f"{words}, thousand"


def _row(row: Row, plan: BacktestPlan) -> tuple[str, ...]:
    sample = "fitted" if row.year <= plan.fitted_until else "out of sample"
    months = "" if (row.first, row.last) == (0, len(YEAR) - 1) else f", {_months(row)}"
    inside = "-" if row.inside is None else "yes" if row.inside else "no"
    return (
        f"{financial_year_name(row.year)} ({sample}{months})", _shown(row, row.observed), _shown(row, row.mean),
        _span(row), _percent(row.error, sign=True), inside, _shown(row, row.carried), _shown(row, row.trend),
    )  # fmt: skip


def _forecast(rows: Sequence[Row], plan: BacktestPlan) -> Iterator[Block]:
    yield (
        "Given: people by age, beds, and the real money of the NHS and of social care. What else carries knowledge "
        f"of later years than {financial_year_name(plan.fitted_until)} is listed in "
        "`docs/explanation/back-test.md`. Delayed days of these years are not among the data of this project; "
        "occupancy, and emergency bed days of one year, are, and stand beside the forecast. The forecast as data: "
        "`parameters/history/forecast_2016_2019.csv`."
    )
    years = range(plan.compared_until + 1, plan.forecast_until + 1)
    table = []
    for series, words in SHOWN.items():
        own = {row.year: row for row in rows if row.series == series}
        cells = (f"{_shown(own[year], own[year].mean)} ({_span(own[year])})" for year in years)
        table.append((_title(series, words), *cells))
    yield Table("Model and 90 % band", ("", *map(financial_year_name, years)), table, 1)
    judged = [row for row in rows if row.year in years and row.observed is not None]
    yield Table("What of the forecast can be judged", COLUMNS,
                [(f"{SHOWN[row.series]} {_row(row, plan)[0]}", *_row(row, plan)[1:]) for row in judged], 1)  # fmt: skip


def _fit(plan: BacktestPlan, fit: BacktestFit) -> Iterator[Block]:
    free = [
        (each.name, {"times": "factor on the number", "set": "percent a year", "level": "factor on places",
                     "drift": "percent a year"}[each.how],
         number(fit.values[each.name], 3), f"{each.low:g} to {each.high:g}", _spread(fit, each.name), each.why)
        for each in plan.free
    ]  # fmt: skip
    columns = ("quantity", "what", "fitted", "bounds", "in the draws", "why it is free")
    yield Table(f"What moves people; score {number(fit.score, 2)} tolerances", columns, free, 2)
    others = [
        (name, number(fit.counted[name], 3), f"{each.low:g} to {each.high:g}", each.why)
        for name, each in plan.counted
    ]  # fmt: skip
    yield Table("What says how things are counted", ("quantity", "fitted", "bounds", "why it is free"), others, 1)
    missed = [(name, f"{round(value, 2) + 0.0:+.2f}") for name, value in fit.residuals.items()]
    yield Table("Residuals, in tolerances", ("", "missed by"), missed, 1)


def _spread(fit: BacktestFit, name: str) -> str:
    found = sorted(draw.values[name] for draw in fit.draws)
    return f"{number(found[0], 2)} to {number(found[-1], 2)}" if found else "-"


def _months(row: Row) -> str:
    return YEAR[row.first] if row.first == row.last else f"{YEAR[row.first]} to {YEAR[row.last]}"


def _shown(row: Row, value: float | None) -> str:
    if value is None:
        return "-"
    return f"{number(100 * value, 1)} %" if row.series in SHARES else number(value / THOUSAND, 0)


def _span(row: Row) -> str:
    return f"{_shown(row, row.low)} to {_shown(row, row.high)}"


def _percent(value: float | None, *, sign: bool = False) -> str:
    if value is None:
        return "-"
    return f"{round(100 * value, 1) + 0.0:+.1f} %" if sign else f"{number(100 * value, 1)} %"
