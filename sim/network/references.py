"""What "=parameter" means in a template: the number for one locality, or for one age band of it.

A reference is a product of parameters; "(1 - name)" is what a share leaves. Units decide the arithmetic: a rate
or a capacity for so many people is taken times the people it is for, and everything is turned into people a day,
places, days and pounds a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sim.inputs.faults import Faults
from sim.inputs.parameter import Parameter
from sim.inputs.parameters import Parameters
from sim.inputs.units import convert

DAYS_A_YEAR = 365.25
AGE_BAND = "age_band"
PROFILES = ("weekday", "month")

FOR_PEOPLE = {"per_1000": "ratio", "per_100k": "ratio", "per_1000_per_year": "share_per_year"}
"""Units that are taken times a number of people, and what one person's part is measured in."""

TURNED_INTO = {
    "hours": "days",
    "months": "days",
    "years": "days",
    "gbp_per_week": "gbp_per_day",
    "percent_per_year": "share_per_year",
    **FOR_PEOPLE,
}
"""The unit in which a network of days takes a number; units not listed are taken as they are."""

_COMPLEMENT = re.compile(r"\(\s*1\s+-\s+(?P<name>[^()\s]+)\s*\)")


class UnresolvedError(Exception):
    """A reference that has no answer; `rule` says why, `suggestion` is the nearest name."""

    def __init__(self, found: str, rule: str, suggestion: str | None = None) -> None:
        super().__init__(found, rule)
        self.found, self.rule, self.suggestion = found, rule, suggestion


@dataclass(frozen=True, slots=True)
class Factor:
    """One parameter of a product; `key` where the path named one, `complement` for one minus it."""

    parameter: Parameter
    key: str | None
    complement: bool

    @property
    def by(self) -> str | None:
        """The list of keys that is still open."""
        return None if self.key else self.parameter.by

    def number(self, key: str | None = None) -> float:
        """The number at a key, in the unit that a network takes it in; a rate of a year for one day."""
        value = self.parameter.value
        found = value[self.key or key or ""] if isinstance(value, Mapping) else value
        if isinstance(found, str):
            raise UnresolvedError(f'"{self.parameter.name}"', "is a word, not a number")
        unit = self.parameter.unit
        turned = convert(found, unit, TURNED_INTO.get(unit, unit))
        turned = turned / DAYS_A_YEAR if unit == "per_1000_per_year" else turned
        return 1.0 - turned if self.complement else turned


@dataclass(frozen=True, slots=True)
class References:
    """Parameters, and the people by age band of the place they are asked for."""

    parameters: Parameters
    people: Mapping[str, float]

    def resolve(self, text: str, band: str | None) -> float | list[float]:
        """The number that "=..." stands for, for one age band or for all; a list for a profile.

        Raises UnresolvedError.
        """
        factors = [self._factor(part) for part in text.removeprefix("=").split("*")]
        if len(factors) == 1 and factors[0].by in PROFILES:
            return [factors[0].number(key) for key in factors[0].parameter.keys]
        for factor in factors:
            if factor.by not in (None, AGE_BAND):
                keys = ", ".join(factor.parameter.keys)
                raise UnresolvedError(f'"{factor.parameter.name}"', f"needs a key: one of {keys}")
        return self._product(factors, band)

    def _factor(self, part: str) -> Factor:
        match = _COMPLEMENT.fullmatch(part.strip())
        name = match["name"] if match else part.strip()
        try:
            parameter, key = self.parameters.locate(name)
        except Faults as faults:
            rule = "is not a parameter we know"
            raise UnresolvedError(f'"{name}"', rule, faults.faults[0].suggestion) from faults
        return Factor(parameter, key, bool(match))

    def _product(self, factors: list[Factor], band: str | None) -> float:
        """The product for one band, or, of something counted by people, the sum over all bands."""
        counted = sum(factor.parameter.unit in FOR_PEOPLE for factor in factors)
        if counted > 1:
            raise UnresolvedError("this product", "counts people more than once")
        by_age = any(factor.by == AGE_BAND for factor in factors)
        if by_age and band is None and not counted:
            raise UnresolvedError("this number", "is kept by age band, but this part of the network is not")
        bands = self.people if band is None else [band]
        if not counted:
            return _times(factors, band)
        return sum(self.people[each] * _times(factors, each) for each in bands)


def _times(factors: list[Factor], band: str | None) -> float:
    product = 1.0
    for factor in factors:
        product *= factor.number(band)
    return product
