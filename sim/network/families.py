"""A length of time as a network file writes it: a family of distributions and the parameters it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from sim.network.fields import Amount, Number, Positive

FAMILIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "deterministic": (("value",),),
    "exponential": (("mean",),),
    "gamma": (("mean", "shape"),),
    "erlang": (("mean", "phases"),),
    "weibull": (("scale", "shape"), ("mean", "shape")),
    "lognormal": (("mean", "sd"), ("mean", "sigma"), ("mu", "sigma")),
    "uniform": (("low", "high"),),
    "triangular": (("low", "mode", "high"),),
    "empirical": (("values",), ("values", "weights")),
}
"""Families of distributions, each with the sets of parameters that describe it."""

Family = Literal[
    "deterministic",
    "exponential",
    "gamma",
    "erlang",
    "weibull",
    "lognormal",
    "uniform",
    "triangular",
    "empirical",
]


class Part(BaseModel):
    """A part of a network file: a key it does not know is a fault, and it never changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _holds_keys(cls, value: Any) -> Any:
        if not isinstance(value, Mapping | Part):
            raise ValueError(f"this must hold keys and values; write {cls.as_written(value)}")
        return value

    @classmethod
    def as_written(cls, value: Any) -> str:
        """How this part is written, for somebody who wrote something else in its place."""
        needed = [name for name, field in cls.model_fields.items() if field.is_required()] or list(cls.model_fields)
        return f"{{{needed[0]}: ...}}"


class DistributionSpec(Part):
    """A length of time: a family and the parameters that family takes."""

    family: Family
    value: Amount | None = None
    mean: Positive | None = None
    sd: Positive | None = None
    mu: Number | None = None
    sigma: Positive | None = None
    shape: Positive | None = None
    scale: Positive | None = None
    phases: Positive | None = None
    low: Amount | None = None
    mode: Amount | None = None
    high: Positive | None = None
    values: tuple[Amount, ...] | None = None
    weights: tuple[Amount, ...] | None = None

    @classmethod
    def as_written(cls, value: Any) -> str:
        """The simplest family, with a number that was given as its mean."""
        mean = f"{value:g}" if isinstance(value, int | float) and value > 0 else "..."
        return f"{{family: exponential, mean: {mean}}}"

    @property
    def given(self) -> dict[str, Any]:
        """The parameters that were given, by name."""
        return {key: entry for key, entry in self if key != "family" and entry is not None}

    @model_validator(mode="after")
    def _takes_these(self) -> DistributionSpec:
        takes = FAMILIES[self.family]
        if set(self.given) not in [set(names) for names in takes]:
            wanted = ", or ".join(" and ".join(names) for names in takes)
            raise ValueError(f"{self.family} takes {wanted}; found {', '.join(self.given) or 'nothing'}")
        self._hangs_together()
        return self

    def _hangs_together(self) -> None:
        """Rules that tie the parameters of a family to each other. Raises ValueError."""
        if self.phases is not None and self.phases != int(self.phases):
            raise ValueError("phases must be a whole number")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low {self.low:g} must be below high {self.high:g}")
        if self.mode is not None and not (self.low or 0) <= self.mode <= (self.high or 0):
            raise ValueError(f"mode {self.mode:g} must lie between low and high")
        if self.values is not None and self.weights is not None:
            if len(self.weights) != len(self.values):
                raise ValueError(f"{len(self.values)} values but {len(self.weights)} weights")
            if not any(self.weights):
                raise ValueError("at least one weight must be above 0")
