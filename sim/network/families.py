"""A length of time as a network file writes it: a family of distributions and the parameters it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from sim.network.fields import Amount, Number

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
MAY_BE_ZERO = ("value", "mu", "low", "mode")


class Part(BaseModel):
    """A part of a network file: a key it does not know is a fault, and it never changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DistributionSpec(Part):
    """A length of time: a family and the parameters that family takes."""

    family: Family
    value: Amount | None = None
    mean: Amount | None = None
    sd: Amount | None = None
    mu: Number | None = None
    sigma: Amount | None = None
    shape: Amount | None = None
    scale: Amount | None = None
    phases: Amount | None = None
    low: Amount | None = None
    mode: Amount | None = None
    high: Amount | None = None
    values: tuple[Amount, ...] | None = None
    weights: tuple[Amount, ...] | None = None

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
        for name, entry in self.given.items():
            if entry == 0 and name not in MAY_BE_ZERO:
                raise ValueError(f"{name} must be above 0")
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
