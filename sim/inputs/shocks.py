"""What may go wrong, by name: shocks as data, each with a chance, a size with its range, and the numbers it moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.inputs.document import Document
from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.parameters import Parameters
from sim.inputs.phases import as_of, first_month, in_phases, phase_months
from sim.inputs.ranged import FOLDER, Ranged, fault_at, read_ranged
from sim.inputs.years import GIVEN_BY_YEAR, financial_year_name, financial_year_of

How = Literal["add", "times"]
Year = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a shock does.

    how     add the size, or multiply by it
    paths   of the numbers it moves, each one number
    year    in which the one financial year begins that it is about; None for the whole run
    """

    how: How
    paths: tuple[str, ...]
    year: int | None = None

    def apply(self, parameters: Parameters, size: float) -> Parameters:
        """The parameters after it; values go no further than their unit allows."""
        if self.year is not None:
            return parameters.with_years({path: self._years(parameters, path, size) for path in self.paths})
        changed = parameters.with_changes({
            path: self._moved(parameters, path, parameters.value(path), size) for path in self.paths
        })  # fmt: skip
        given = {
            path: {financial_year_name(year): self._moved(parameters, path, rate, size) for year, rate in years}
            for path in self.paths if (years := parameters.yearly(path))
        }  # fmt: skip
        return changed.with_years(given) if given else changed

    def _moved(self, parameters: Parameters, path: str, value: float, size: float) -> float:
        unit = parameters.locate(path)[0].measure
        wanted = value + size if self.how == "add" else value * size
        return min(max(wanted, unit.least), unit.most)

    def _years(self, parameters: Parameters, path: str, size: float) -> dict[str, float]:
        """What is given for single years, the shock's own among them; years between are as the constant rate."""
        assert self.year is not None  # of acts in one year alone
        known = dict(parameters.yearly(path))
        years = range(min(self.year, *known), max(self.year, *known) + 1) if known else [self.year]
        usual = parameters.value(path)
        rates = {year: known.get(year, usual) for year in years}
        rates[self.year] = self._moved(parameters, path, rates[self.year], size)
        return {financial_year_name(year): rate for year, rate in rates.items()}


@dataclass(frozen=True, slots=True)
class Shock:
    """Something that may go wrong.

    unit, value, low, high   of its size
    chance                   that it happens in a future
    """

    name: str
    says: str
    unit: str
    value: float
    low: float
    high: float
    chance: float
    acts: tuple[Act, ...]
    source: str
    where: str
    confidence: str
    note: str = ""

    def apply(self, parameters: Parameters, size: float | None = None) -> Parameters:
        """The parameters with the shock, at its likeliest size unless told."""
        months = phase_months(parameters)
        if months:
            after = [self.apply(as_of(parameters, month), size) for month in (first_month(parameters), *months)]
            return in_phases(after[0], list(zip(months, after[1:], strict=True)))
        for act in self.acts:
            parameters = act.apply(parameters, self.value if size is None else size)
        return parameters


class _Act(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    add: list[str] = []
    times: list[str] = []
    year: Year | None = None


class _Entry(Ranged):
    chance: float = Field(ge=0, le=1)
    acts: list[_Act] = Field(min_length=1)


def load_shocks(
    parameters: Parameters, path: Path | None = None, names: Sequence[str] | None = None
) -> tuple[Shock, ...]:
    """Every shock of a file (None: the shipped one), or those named. Raises Faults, all at once.

    parameters   that the shocks move
    """
    path = path or default_folder() / FOLDER / "shocks.yaml"
    entries = read_ranged(path, _Entry, (_Act,), partial(_check, parameters))
    rule = "is not one we know"
    raise_any([
        Fault("", 0, "shock", f'"{name}"', rule, nearest(name, entries)) for name in names or () if name not in entries
    ])  # fmt: skip
    return tuple(_shock(name, entry) for name, entry in entries.items() if names is None or name in names)


def _shock(name: str, entry: _Entry) -> Shock:
    plain = entry.model_dump(exclude={"place", "acts"})
    return Shock(name=name, acts=tuple(_act(each) for each in entry.acts), **plain)


def _act(given: _Act) -> Act:
    year = financial_year_of(given.year) if given.year else None
    return Act("add" if given.add else "times", tuple(given.add or given.times), year)


def _check(parameters: Parameters, document: Document, name: str, entry: _Entry) -> Iterator[Fault]:
    for each in entry.acts:
        if bool(each.add) == bool(each.times):
            yield fault_at(document, name, "acts", "an act", "must either `add` to numbers or `times` them")
        if each.year is not None and financial_year_of(each.year) is None:
            yield fault_at(document, name, "acts", f'year "{each.year}"', "must be a financial year, such as 2018/19")
        for path in (*each.add, *each.times):
            rule, close = _wrong(parameters, path, entry, each)
            if rule:
                yield fault_at(document, name, "acts", f'"{path}"', rule, close)


def _wrong(parameters: Parameters, path: str, entry: _Entry, act: _Act) -> tuple[str, str | None]:
    """Why a path cannot be moved so, and the nearest right one; empty when it can."""
    try:
        parameter, _ = parameters.locate(path)
        parameters.value(path)
    except Faults as error:
        return error.faults[0].rule, error.faults[0].suggestion
    wanted = parameter.unit if act.add else "ratio"
    if entry.unit != wanted:
        return f"needs a size in {wanted}, not in {entry.unit}", None
    if act.year is not None and parameter.name not in GIVEN_BY_YEAR:
        return f"cannot be given by year; these can: {', '.join(GIVEN_BY_YEAR)}", None
    return "", None
