"""Growth given year by year: which parameters may have it, and what is wrong with what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from re import fullmatch
from typing import TYPE_CHECKING

from sim.inputs.changes import Placed
from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.parameter import Parameter, Years, problem

if TYPE_CHECKING:
    from sim.inputs.parameters import Parameters

FIRST_YEAR = "run.first_year"
LONGEST = 30
"""Years after the start that anything may be given for; longer than any run."""
GIVEN_BY_YEAR = (
    "finance.budget_growth",
    "capacity.growth",
    "demand.admissions_growth",
    "demand.community_growth",
    "demand.stay_trend_emergency",
    "demand.stay_trend_elective",
)
"""Parameters that may be given for single years."""
ByYear = Mapping[str, Mapping[str, float]]
"""Rates by path and then by financial year, such as "2016/17"; in the parameter's own unit."""


def financial_year_of(text: str) -> int | None:
    """The year in which a financial year begins: 2016 for "2016/17"; None where the text is no financial year."""
    if not fullmatch(r"\d{4}/\d{2}", text):
        return None
    first = int(text[:4])
    return first if (first + 1) % 100 == int(text[5:]) else None


def first_year(parameters: Parameters) -> int:
    """The year in which the first financial year of a run begins."""
    return round(parameters.value(FIRST_YEAR))


def financial_year_name(year: int) -> str:
    """A financial year by the year in which it begins: "2016/17" for 2016."""
    return f"{year}/{(year + 1) % 100:02d}"


def give_years(parameters: Parameters, given: ByYear, place: Placed | None = None) -> tuple[Parameter, ...]:
    """Every parameter, after some were given by year. Raises Faults: everything that is wrong, at once.

    What was given for a path before is replaced.
    place   where each path is written, for messages
    """
    result, faults = dict(parameters), list[Fault]()
    for path, rates in given.items():
        file, line = place(path) if place else ("", 0)
        try:
            parameter, key = _located(parameters, path)
            years = _years(parameter, rates)
            whole = result[parameter.name]
            result[parameter.name] = whole.with_years(key or "", years)
        except Faults as error:
            faults += (Fault(file, line, path, each.found, each.rule, each.suggestion) for each in error.faults)
    raise_any(faults)
    return tuple(result.values())


def outside(parameters: Parameters) -> Iterator[Fault]:
    """Years given that no run from this first year reaches; the first year comes from the same parameters."""
    given = [(each, key) for each in parameters.values() for key in each.by_year]
    first = first_year(parameters) if given else 0
    rule = f"is outside: the run begins with {financial_year_name(first)}, and {LONGEST} years may be given"
    for parameter, key in given:
        path = f"{parameter.name}.{key}" if key else parameter.name
        for year, _ in parameter.by_year[key]:
            if not first <= year < first + LONGEST:
                yield Fault("", 0, path, f'year "{financial_year_name(year)}"', rule)


@dataclass(frozen=True, slots=True)
class _Rates:
    """Rates of one path as they are written, and what is wrong with them."""

    parameter: Parameter
    given: Mapping[str, float]

    def faults(self) -> Iterator[Fault]:
        known = []
        for text, rate in self.given.items():
            year = financial_year_of(text)
            if year is None:
                yield self._fault(f'year "{text}"', "must be a financial year, such as 2016/17")
            else:
                known.append(year)
            rule = problem(self.parameter, rate)
            if rule:
                yield self._fault(f"{text} {rate!r}", rule)
        if not self.given:
            yield self._fault("no year", "is given; name one, such as 2016/17")
        for year in range(min(known, default=0), max(known, default=-1)):
            if year not in known:
                name = financial_year_name(year)
                yield self._fault(f'year "{name}"', "is missing: the years given must follow one another")

    def _fault(self, found: str, rule: str) -> Fault:
        return Fault("", 0, self.parameter.name, found, rule)


def _located(parameters: Parameters, path: str) -> tuple[Parameter, str | None]:
    """The parameter that a path means, if it may be given by year, and the key in it."""
    parameter, key = parameters.locate(path)
    if parameter.name not in GIVEN_BY_YEAR:
        rule = f"cannot be given by year; these can: {', '.join(GIVEN_BY_YEAR)}"
        raise Faults([Fault("", 0, path, "this", rule, nearest(path, GIVEN_BY_YEAR))])
    if parameter.keys and key is None:
        example = f"{parameter.name}.{parameter.keys[0]}"
        raise Faults([Fault("", 0, path, "this", f"is kept by {parameter.by}: name one, such as {example}")])
    return parameter, key


def _years(parameter: Parameter, rates: Mapping[str, float]) -> Years:
    raise_any(list(_Rates(parameter, rates).faults()))
    found = ((financial_year_of(text) or 0, float(rate)) for text, rate in rates.items())
    return tuple(sorted(found))
