"""The shape of a case file: which keys it may hold, and what each of them may be.

`docs/reference/case-file.md` explains the keys. Names of variants, stations and measures are checked in
`sim.experiments.cases.check`, changes by the loader of networks.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, StrictInt, model_validator

from sim.network.families import Part
from sim.network.fields import Amount, Number

Status = Literal["published", "exact", "re-run", "derived"]
Shape = Literal["rises", "falls", "unchanged", "lowest_inside", "straight_line"]


class ToleranceSpec(Part):
    """How far a figure may be off: the sum of what is given."""

    absolute: Amount | None = None
    relative: Amount | None = None
    standard_errors: Amount | None = None

    @classmethod
    def as_written(cls, value: Any) -> str:
        """Each kind of tolerance, with a number that was given as the absolute one."""
        absolute = f"{value:g}" if isinstance(value, int | float) else "..."
        return f"{{absolute: {absolute}}}, {{relative: ...}} or {{standard_errors: 3}}"

    @model_validator(mode="after")
    def _something(self) -> ToleranceSpec:
        if self.absolute is None and self.relative is None and self.standard_errors is None:
            raise ValueError("give absolute, relative or standard_errors; several are added up")
        return self

    def allowed(self, value: float, error: float) -> float:
        """The difference allowed from a value, when the standard error of the difference is `error`."""
        by_chance = self.standard_errors * error if self.standard_errors else 0  # one replication has no error
        return (self.absolute or 0) + (self.relative or 0) * abs(value) + by_chance


class QuantitySpec(Part):
    """Something to measure: of a station, of one kind of people there, or of the whole network."""

    measure: str
    station: str | None = None
    kind: str | None = None
    places: dict[str, StrictInt] | None = None
    shared: StrictInt = Field(default=0, ge=0)
    state: dict[str, StrictInt] | None = None
    times: Number = 1.0

    @model_validator(mode="after")
    def _counts(self) -> QuantitySpec:
        for part in (self.places, self.state):
            if part is not None and (not part or min(part.values()) < 0):
                raise ValueError("at least one whole number of 0 or more is needed")
        return self


class BoundsSpec(QuantitySpec):
    """A quantity whose whole interval lies above or below something."""

    above: Number | None = None
    below: Number | None = None

    def holds(self, low: float, high: float) -> bool:
        """Whether an interval lies inside the bounds."""
        return (self.above is None or low > self.above) and (self.below is None or high < self.below)


class DiffersSpec(Part):
    """A figure that does not reproduce: what stands in its stead, and why."""

    instead: Number
    because: str = Field(min_length=1)
    tolerance: ToleranceSpec | None = None


class FigureSpec(BoundsSpec):
    """One expected figure: a value with a tolerance, or bounds."""

    figure: str = ""
    variant: str | None = None
    value: Number | None = None
    error: Amount = 0.0
    tolerance: ToleranceSpec | None = None
    status: Status | None = None
    source: str = ""
    differs: DiffersSpec | None = None

    @model_validator(mode="after")
    def _value_or_bounds(self) -> FigureSpec:
        bounded = self.above is not None or self.below is not None
        if (self.value is not None) == bounded:
            raise ValueError("give either value, or above or below or both")
        if bounded and (self.tolerance or self.differs or self.error):
            raise ValueError("tolerance, differs and error go with a value, not with above or below")
        return self


class ThereSpec(BoundsSpec):
    """What else holds where something is lowest."""

    @model_validator(mode="after")
    def _bounded(self) -> ThereSpec:
        if self.above is None and self.below is None:
            raise ValueError("above or below is needed")
        return self


class PropertySpec(QuantitySpec):
    """How a quantity goes over variants, or over values swept through a network."""

    title: str = Field(min_length=1, alias="property")
    shape: Shape
    variants: tuple[str, ...] = ()
    sweep: dict[str, list[Any]] = Field(default_factory=dict)
    variant: str | None = None
    slope: Number | None = None
    there: ThereSpec | None = None
    tolerance: ToleranceSpec | None = None
    status: Status | None = None
    source: str = ""

    @model_validator(mode="after")
    def _goes_over_something(self) -> PropertySpec:
        if bool(self.variants) == bool(self.sweep):
            raise ValueError("give either variants or sweep")
        if self.variants and self.variant:
            raise ValueError("variant goes with sweep, not with variants")
        if len({len(values) for values in self.sweep.values()}) > 1:
            raise ValueError("all that is swept needs equally many values")
        return self

    @model_validator(mode="after")
    def _fits_its_shape(self) -> PropertySpec:
        least = 3 if self.shape in ("lowest_inside", "straight_line") else 2
        if self.points < least:
            raise ValueError(f"{self.shape} needs {least} points or more; found {self.points}")
        if (self.slope is not None) != (self.shape == "straight_line"):
            raise ValueError("slope goes with straight_line, and straight_line with a slope")
        if self.shape == "straight_line" and not all(map(_is_number, next(iter(self.sweep.values()), [None]))):
            raise ValueError("straight_line needs a sweep; the first thing swept must be numbers")
        if self.there and self.shape != "lowest_inside":
            raise ValueError("there goes with lowest_inside")
        return self

    @property
    def points(self) -> int:
        """How many networks it goes over."""
        return len(self.variants) or len(next(iter(self.sweep.values())))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class VariantSpec(Part):
    """A named set of changes to the network."""

    says: str = ""
    builds_on: tuple[str, ...] = ()
    change: dict[str, Any] = Field(min_length=1)


class CaseSpec(Part):
    """A whole case file; each variant, figure and property is read by itself."""

    name: str = Field(min_length=1)
    says: str = Field(min_length=1)
    source: str = Field(min_length=1)
    status: Status
    network: str
    seed: StrictInt = Field(default=1, ge=0, lt=2**32)
    change: dict[str, Any] = Field(default_factory=dict)
    tolerance: ToleranceSpec | None = None
    variants: dict[str, Any] = Field(default_factory=dict)
    figures: tuple[Any, ...] = ()
    properties: tuple[Any, ...] = ()

    @model_validator(mode="after")
    def _expects_something(self) -> CaseSpec:
        if not (self.figures or self.properties):
            raise ValueError("figures or properties are needed: nothing is expected")
        return self


PARTS = (CaseSpec, VariantSpec, FigureSpec, PropertySpec, ThereSpec, DiffersSpec, ToleranceSpec)
"""Every part of a case file, for suggestions and for the reference page."""
