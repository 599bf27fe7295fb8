"""The shape of a network file: which keys it may hold, and what each of them may be.

Keys are the fields of `sim.network.model` in plain form; `docs/reference/network-file.md` explains them. What
only shows when parts are seen together (names, sums of shares, cycles) is checked in `sim.network.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import AfterValidator, Field, StrictBool, StrictInt, field_validator, model_validator

from sim.inputs.document import Steps
from sim.inputs.faults import keys_of
from sim.network.families import DistributionSpec, Part
from sim.network.fields import (
    Amount,
    ByHour,
    ByMonth,
    ByWeekday,
    Chance,
    Number,
    PlaceSteps,
    Room,
    ShareOrRest,
)
from sim.network.model import Start, TimeUnit


class EscalationSpec(Part):
    """Extra places: a number of them, or a share of the places at time 0."""

    places: StrictInt | None = Field(default=None, ge=0)
    share: Chance | None = None
    opens_at: Chance = 1.0

    @model_validator(mode="after")
    def _one_of_two(self) -> EscalationSpec:
        if (self.places is None) == (self.share is None):
            raise ValueError("give either places or share")
        return self


class CostSpec(Part):
    """Pounds for places, people in them, escalation places and people waiting, per time unit; per admission."""

    place: Amount = 0.0
    occupied: Amount = 0.0
    escalation: Amount = 0.0
    waiting: Amount = 0.0
    admission: Amount = 0.0


class CensusSpec(Part):
    """Today: people in places (those blocked among them), people waiting outside, people blocked by target."""

    occupied: StrictInt = Field(default=0, ge=0)
    waiting: StrictInt = Field(default=0, ge=0)
    blocked: dict[str, StrictInt] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _blocked_are_inside(self) -> CensusSpec:
        if any(people < 0 for people in self.blocked.values()):
            raise ValueError("blocked people cannot be fewer than 0")
        if sum(self.blocked.values()) > self.occupied:
            raise ValueError(f"{sum(self.blocked.values())} blocked people, but only {self.occupied} in places")
        return self


class StationSpec(Part):
    """A place of care."""

    label: str = ""
    kind: str = ""
    places: PlaceSteps
    waiting_room: Room = Field(default="unlimited", validate_default=True)
    buffer: Room = 0
    transfers_first: StrictBool = True
    escalation: EscalationSpec | None = None
    leaving_by_weekday: ByWeekday | None = None
    organisation: str = ""
    cost: CostSpec = CostSpec()
    census: CensusSpec | None = None
    pool: str | None = None
    locality: str | None = None


class ArrivalsSpec(Part):
    """People from outside: exactly one of rate, every, gaps and series; the profiles go with a rate."""

    at: str
    rate: Amount | None = None
    every: Amount | None = None
    gaps: DistributionSpec | None = None
    series: tuple[Amount, ...] | None = None
    by_hour: ByHour = ()
    by_weekday: ByWeekday = ()
    by_month: ByMonth = ()
    by_year: tuple[Amount, ...] = ()
    growth: Number = Field(default=0.0, gt=-1)
    dispersion: Amount = 0.0

    @model_validator(mode="after")
    def _one_way_of_arriving(self) -> ArrivalsSpec:
        ways = ("rate", "every", "gaps", "series")
        given = [way for way in ways if getattr(self, way) is not None]
        if len(given) != 1:
            raise ValueError(f"give exactly one of {', '.join(ways)}; found {', '.join(given) or 'none'}")
        if self.every == 0:
            raise ValueError("every must be above 0")
        if self.series is not None and not self.series:
            raise ValueError("series must not be empty")
        self._profiles_go_with_a_rate()
        return self

    def _profiles_go_with_a_rate(self) -> None:
        profiles = ("by_hour", "by_weekday", "by_month", "by_year", "growth", "dispersion")
        loose = [name for name in profiles if getattr(self, name)]
        if loose and self.rate is None:
            raise ValueError(f"{', '.join(loose)} can only go with a rate")


class RouteSpec(Part):
    """A way out of a station: its share alone, or a share and a delay in the place before leaving."""

    share: ShareOrRest
    delay: DistributionSpec | None = None

    @model_validator(mode="before")
    @classmethod
    def _share_alone(cls, value: Any) -> Any:
        return value if isinstance(value, Mapping) else {"share": value}


class ReadmissionSpec(Part):
    """A new admission of the same person; the group and station default to those the person first came to."""

    after_exits: tuple[str, ...] = Field(min_length=1)
    probability: Chance
    interval: DistributionSpec
    group: str | None = None
    at: str | None = None
    at_most: StrictInt = Field(default=1, ge=1)


def _one_rest(row: dict[str, RouteSpec]) -> dict[str, RouteSpec]:
    rests = [target for target, spec in row.items() if spec.share is None]
    if len(rests) > 1:
        raise ValueError(f"only one share of a row may be rest; found {', '.join(rests)}")
    return row


Row = Annotated[dict[str, RouteSpec], AfterValidator(_one_rest)]


class DefaultsSpec(Part):
    """What holds for every group that does not say otherwise, by station."""

    stays: dict[str, DistributionSpec] = Field(default_factory=dict)
    routes: dict[str, Row] = Field(default_factory=dict)
    patience: dict[str, DistributionSpec] = Field(default_factory=dict)
    dies_waiting: dict[str, DistributionSpec] = Field(default_factory=dict)


class GroupSpec(DefaultsSpec):
    """People who are alike."""

    label: str = ""
    kind: str = ""
    priority: StrictInt = 0
    arrivals: ArrivalsSpec | None = None
    readmission: ReadmissionSpec | None = None
    diverts_to: str | None = None
    locality: str | None = None


class SettingsSpec(Part):
    """How long to run and how often, when nobody says otherwise."""

    warm_up: Amount = 0.0
    run: Number = Field(default=365.0, gt=0)
    replications: StrictInt = Field(default=10, ge=1)


class NetworkSpec(Part):
    """A whole network file."""

    name: str = Field(min_length=1)
    says: str = Field(min_length=1)
    source: str = Field(min_length=1)
    time_unit: TimeUnit
    begins: date | None = None
    start: Start = "empty"
    exits: tuple[str, ...] = Field(min_length=1)
    settings: SettingsSpec = SettingsSpec()
    defaults: DefaultsSpec = DefaultsSpec()
    stations: dict[str, StationSpec]
    groups: dict[str, GroupSpec]

    @field_validator("stations", "groups", mode="after")
    @classmethod
    def _not_empty(cls, value: dict[str, Any]) -> dict[str, Any]:
        if not value:
            raise ValueError("at least one is needed")
        return value


def part_at(path: Steps) -> Any:
    """The kind of part that stands at this path of a network file."""
    part: Any = NetworkSpec
    for step in path:
        if isinstance(part, type) and issubclass(part, Part):
            part = _plain(part.model_fields[str(step)].annotation)
        else:
            part = _plain(get_args(part)[-1])  # what a mapping of names holds
    return part


def keys_at(path: Steps) -> tuple[str, ...]:
    """The keys that the part of a network file at this path may hold."""
    return keys_of(part_at(path))


def _plain(annotation: Any) -> Any:
    """A type without the None that may stand in its place, and without rules about it."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    types = [each for each in get_args(annotation) if each is not NoneType]
    return _plain(types[0]) if isinstance(annotation, UnionType) else annotation
