"""A care network as frozen values: stations, routes, groups, and the people who arrive.

Times are in the network's own `time_unit` (minutes, hours or days); costs are in pounds per place and
time unit. Nothing here moves: an engine reads these values and keeps its own state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from math import inf
from typing import Literal

from sim.randomness.lengths import Distribution

__all__ = [
    "Arrivals",
    "CareNetwork",
    "Census",
    "Cost",
    "Distribution",
    "Escalation",
    "Group",
    "Readmission",
    "Route",
    "Settings",
    "Station",
]

TimeUnit = Literal["minutes", "hours", "days"]
Start = Literal["empty", "equilibrium", "census"]


@dataclass(frozen=True, slots=True)
class Escalation:
    """Extra places that open when a station runs full.

    places     at most so many
    opens_at   share of the core places in use above which escalation places count as open (and are paid for)
    """

    places: int
    opens_at: float = 1.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Pounds: per place and time unit (open or occupied), per person waiting and time unit, per admission."""

    place: float = 0.0
    occupied: float = 0.0
    escalation: float = 0.0
    waiting: float = 0.0
    admission: float = 0.0


@dataclass(frozen=True, slots=True)
class Census:
    """Today's position at one station: people in places, people waiting outside, people blocked by target."""

    occupied: int = 0
    waiting: int = 0
    blocked: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Station:
    """A place of care and the queue in front of it.

    places               (from time, number of places) steps, first at time 0; `inf` is without limit
    waiting_room         how many arrivals from outside may wait; one who finds it full is lost
    buffer               how many people coming from another station may wait outside their old place;
                         beyond it they keep that place (blocking after service)
    transfers_first      blocked patients go before arrivals from outside
    leaving_by_weekday   seven factors (Monday first, mean 1): how fast stays end on each day; None = evenly
    pool                 stations of one pool in different localities may take each other's patients
    """

    name: str
    label: str
    places: tuple[tuple[float, float], ...]
    waiting_room: float = inf
    buffer: float = 0
    transfers_first: bool = True
    escalation: Escalation | None = None
    leaving_by_weekday: tuple[float, ...] | None = None
    organisation: str = ""
    cost: Cost = field(default_factory=Cost)
    census: Census | None = None
    pool: str | None = None
    locality: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """People coming from outside to one station: a rate, a fixed interval, random gaps or a given series.

    at           the station
    rate         people per time unit (Poisson), times the profiles below
    every        a fixed interval, in time units; 0 = not used
    gaps         a distribution of intervals; None = not used
    series       people expected in each successive time unit; empty = not used
    by_hour, by_weekday, by_month, by_year   multipliers; empty = 1 throughout
    growth       relative growth a year, compounded
    dispersion   standard deviation of a day's random factor of mean one (0 = plain Poisson)
    """

    at: str
    rate: float = 0.0
    every: float = 0.0
    gaps: Distribution | None = None
    series: tuple[float, ...] = ()
    by_hour: tuple[float, ...] = ()
    by_weekday: tuple[float, ...] = ()
    by_month: tuple[float, ...] = ()
    by_year: tuple[float, ...] = ()
    growth: float = 0.0
    dispersion: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """A way out of a station: where to, for what share, and a delay in the place before leaving it."""

    target: str
    share: float
    delay: Distribution | None = None


@dataclass(frozen=True, slots=True)
class Readmission:
    """A new admission of the same person some time after leaving by one of `after_exits`."""

    after_exits: tuple[str, ...]
    probability: float
    interval: Distribution
    group: str
    at: str
    at_most: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """People who are alike: how they arrive, how long they stay, where they go.

    kind           the class results are kept by, such as emergency, elective, community
    priority       lower goes first at every queue
    diverts_to     station that takes the share of averted arrivals that becomes work elsewhere
    patience       by station: how long people wait before giving up
    dies_waiting   by station: how long until a waiting person would die
    """

    name: str
    label: str
    kind: str
    priority: int = 0
    arrivals: Arrivals | None = None
    stays: Mapping[str, Distribution] = field(default_factory=dict)
    routes: Mapping[str, tuple[Route, ...]] = field(default_factory=dict)
    patience: Mapping[str, Distribution] = field(default_factory=dict)
    dies_waiting: Mapping[str, Distribution] = field(default_factory=dict)
    readmission: Readmission | None = None
    diverts_to: str | None = None
    locality: str | None = None
    template: str = ""
    age_band: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network likes to be run when nobody says otherwise; times in time units."""

    warm_up: float = 0.0
    run: float = 365.0
    replications: int = 10


@dataclass(frozen=True, slots=True)
class CareNetwork:
    """Stations, groups and exits; indices in results follow the order of these tuples."""

    name: str
    says: str
    time_unit: TimeUnit
    exits: tuple[str, ...]
    stations: tuple[Station, ...]
    groups: tuple[Group, ...]
    start: Start = "empty"
    begins: date | None = None
    settings: Settings = field(default_factory=Settings)
    source: str = ""

    @property
    def station_names(self) -> tuple[str, ...]:
        """Names of the stations, in the order of results."""
        return tuple(station.name for station in self.stations)

    @property
    def group_names(self) -> tuple[str, ...]:
        """Names of the groups, in the order of results."""
        return tuple(group.name for group in self.groups)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Classes that results are kept by, in order of first appearance."""
        return tuple(dict.fromkeys(group.kind for group in self.groups))
