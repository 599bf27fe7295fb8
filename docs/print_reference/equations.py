"""The page of equations: every stock, flow and auxiliary of demand, programmes and money, from the exported model."""

from __future__ import annotations

from collections.abc import Sequence

from docs.print_reference.folding import Line, Subscripts, folded, is_number, subscripted
from docs.print_reference.words import PRINTED, number, page, table
from sim.experiments.question import Question, resolve
from sim.experiments.run import task_of
from sim.experiments.xmile import model_of
from sim.experiments.xmile.parts import Part, called
from sim.inputs import AGE_BANDS, BUDGET_HOLDERS, STATIONS, STREAMS
from sim.inputs.footprints import ENGLAND

YEARS = 5


def equations_page() -> str:
    """Stocks, flows, what follows from them, what is given, and constants."""
    resolved = resolve(Question(ENGLAND, ("prevention_shift",), years=YEARS, people="typical"))
    task = task_of(resolved)
    model = model_of(task.place, task(0))
    subscripts = {
        "age": [called(each) for each in AGE_BANDS],
        "programme": [called(each) for each in task.place.programmes.ids],
        "stream": STREAMS,
        "organisation": BUDGET_HOLDERS,
        "kind": STATIONS,
    }
    lines = folded(model.parts, subscripts)
    stocks, flows = ([line for line in lines if line.kind == kind] for kind in ("stock", "flow"))
    others = [line for line in lines if line.kind == "aux"]
    constants = [line for line in others if is_number(line.parts[0])]
    series = [line for line in others if line.parts[0].points]
    follows = [line for line in others if line not in constants and line not in series]
    return page([
        "# Equations of demand, programmes and money",
        PRINTED,
        "Taken from the model that `upstream export` writes, for England under `prevention_shift`, "
        f"{len(model.parts):,} variables in {len(lines)} shapes. Variables that differ by age, programme, stream, "
        "organisation or kind of place alone stand in one line, with the word in brackets for each of them; *SUM over "
        "age of (...)* is the sum over all of them. [Stock and flow](../explanation/stock-and-flow.md) says how they "
        "are to be read. Values of constants are those of the place; the numbers behind them stand in "
        "[parameters](parameters.md) and [programmes](programmes.md) with their sources.",
        f"Euler's method, {model.steps} steps a month, {model.months} months: in all but the last step of a month the "
        "effects of programmes build up, by a Runge-Kutta rule of the fourth order that is written out in the slopes; "
        "in the last (`closing` is 1) the month's books are closed.",
        f"## Stocks ({_count(stocks)})",
        table(
            ("Stock", "At the start", "Inflows", "Outflows", "Unit", "What it is"),
            (_stock(line, subscripts) for line in stocks),
        ),
        f"## Flows ({_count(flows)})",
        _table(flows),
        f"## What follows from them ({_count(follows)})",
        _table(follows),
        f"## Given by month ({_count(series)})",
        "Graphical functions: what the calendar, the population and the flow of patients in one run say.",
        table(("Series", "Unit", "What it is"), ((f"`{line.name}`", line.units, line.says) for line in series)),
        f"## Constants ({_count(constants)})",
        table(("Constant", "Value", "Unit", "What it is"), (_constant(line) for line in constants)),
    ])  # fmt: skip


def _count(lines: Sequence[Line]) -> int:
    return sum(len(line.parts) for line in lines)


def _table(lines: Sequence[Line]) -> str:
    head = ("Variable", "Equation", "Unit", "What it is")
    return table(head, ((f"`{line.name}`", f"`{line.equation}`", line.units, line.says) for line in lines))


def _stock(line: Line, subscripts: Subscripts) -> tuple[str, ...]:
    first = line.parts[0]
    flows = (
        ", ".join(f"`{subscripted(name, first.name, subscripts)}`" for name in names) or "none"
        for names in (first.inflows, first.outflows)
    )
    return (f"`{line.name}`", first.equation, *flows, line.units, line.says)


def _constant(line: Line) -> tuple[str, ...]:
    return (f"`{line.name}`", _values(line.parts), line.units, line.says)


def _values(parts: Sequence[Part]) -> str:
    values = [float(each.equation) for each in parts]
    low, high = min(values), max(values)
    return number(low) if low == high else f"{number(low)} to {number(high)} ({len(values)})"
