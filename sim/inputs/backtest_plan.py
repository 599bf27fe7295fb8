"""How the back-test is made: parameters/history/plan.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.history import FOLDER, INPUTS, OBSERVED
from sim.inputs.keys import NEXT_STATIONS
from sim.inputs.parameters import Parameters

PLAN = "plan.yaml"
OF_PLACES = ("level", "drift")
GROWTHS = tuple(name for name, unit in INPUTS.items() if unit == "percent")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Used(_Part):
    """Share of the places of a kind that are in use on the first day."""

    share: float = Field(gt=0, le=1)
    why: str = Field(min_length=1)


class Bounded(_Part):
    """A quantity between bounds, and why it is free."""

    low: float
    high: float
    why: str = Field(min_length=1)


class Moved(Bounded):
    """A quantity that moves people.

    how     `times`: a factor on the parameter; `set`: the parameter itself; `level`: a factor on places; `drift`: added
            to their yearly growth
    keys    the only keys that are meant; empty: all of them
    begin   where the fit begins
    """

    name: str
    how: Literal["times", "set", "level", "drift"]
    begin: float
    keys: list[str] = []


class Aim(_Part):
    """A series that the fit is made towards; its tolerance is a share of the value, or in units of the series."""

    tolerance: float = Field(gt=0)
    of: Literal["value", "one"]


class Believed(_Part):
    """A figure that is aimed at in every fitted year, with its tolerance."""

    value: float
    tolerance: float = Field(gt=0)
    why: str = Field(min_length=1)


class Counted(_Part):
    """Quantities that say how things are counted."""

    community_beds: Bounded
    social_care: Bounded
    both: Bounded
    emergency_bed_days: Bounded


class FitMethod(_Part):
    """How it is fitted and drawn; plan.yaml explains each."""

    people: float = Field(gt=0)
    replications: int = Field(ge=1)
    seed: int = Field(ge=0)
    step: float = Field(gt=0, lt=1)
    evaluations: int = Field(ge=1)
    settled: float = Field(gt=0, lt=1)
    draws: int = Field(ge=2)
    draw_replications: int = Field(ge=1)
    corrections: int = Field(ge=1)
    misfit: float = Field(gt=0)


class BacktestPlan(_Part):
    """Everything that plan.yaml says."""

    footprint: str
    first_year: int
    fitted_until: int
    compared_until: int
    forecast_until: int
    base: dict[str, Any]
    base_why: str = Field(min_length=1)
    used: dict[str, Used]
    follows: dict[str, str]
    free: list[Moved] = Field(min_length=1)
    towards: dict[str, Aim] = Field(min_length=1)
    capacity_share: Believed
    counted: Counted
    method: FitMethod

    @property
    def years(self) -> int:
        """Years of a run, the forecast included."""
        return self.forecast_until - self.first_year + 1


def load_backtest_plan(parameters: Parameters, folder: Path | None = None) -> BacktestPlan:
    """The plan that goes with these parameters. Raises Faults: everything that is wrong with it, at once."""
    document = read_yaml((folder or default_folder()) / FOLDER / PLAN)
    try:
        plan = BacktestPlan.model_validate(document.data)
    except ValidationError as error:
        known = keys_of(BacktestPlan, Used, Bounded, Moved, Aim, Believed, Counted, FitMethod)
        raise Faults(faults_from_validation(error, document, known)) from error
    raise_any([*_unknown(plan, parameters, document), *_out_of_order(plan, document)])
    return plan


def _unknown(plan: BacktestPlan, parameters: Parameters, document: Document) -> Iterator[Fault]:
    for part, words in (("used", NEXT_STATIONS), ("follows", NEXT_STATIONS), ("towards", tuple(OBSERVED))):
        for name in getattr(plan, part):
            if name not in words:
                place = (document.name, document.line((part, name)), part)
                yield Fault(*place, f'"{name}"', "is not one we know", nearest(name, words))
    for kind, series in plan.follows.items():
        if series not in GROWTHS:
            place = (document.name, document.line(("follows", kind)), kind)
            yield Fault(*place, f'"{series}"', "is no growth of inputs.csv", nearest(series, GROWTHS))
    for number, each in enumerate(plan.free):
        place = (document.name, document.line(("free", number, "name")), each.name)
        of_places = each.how in OF_PLACES
        if not of_places and each.name not in parameters:
            yield Fault(*place, "this name", "is not one we know", nearest(each.name, parameters))
            continue
        known = tuple(plan.follows) if of_places else parameters[each.name].keys
        for key in (key for key in each.keys if key not in known):
            yield Fault(*place, f'key "{key}"', "is not one of it", nearest(key, known))
        if not each.low < each.begin < each.high:
            yield Fault(*place, f"begin {each.begin:g}", f"must lie between {each.low:g} and {each.high:g}")


def _out_of_order(plan: BacktestPlan, document: Document) -> Iterator[Fault]:
    years = ("first_year", "fitted_until", "compared_until", "forecast_until")
    for earlier, later in pairwise(years):
        if not getattr(plan, earlier) < getattr(plan, later):
            place = (document.name, document.line((later,)), later)
            yield Fault(*place, str(getattr(plan, later)), f"must be after {earlier}, {getattr(plan, earlier)}")
