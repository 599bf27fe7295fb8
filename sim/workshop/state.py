"""How a session stands: frozen, and made of its log alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sim.inputs import Table
from sim.workshop.template import Role, Round, Template

Phase = Literal["lobby", "decide", "lock", "run", "reveal", "debrief", "finished"]
Settings = Mapping[str, float | str]
Standing = Literal["proposed", "agreed", "refused", "broken"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits.

    name     what they chose to be called
    joined   the round in which they took the seat, counted from 0; -1 in the lobby
    """

    id: str
    name: str
    team: str
    role: Role
    joined: int = -1


@dataclass(frozen=True, slots=True)
class Deal:
    """So much of the hospital budget to another organisation, every year until it is broken.

    number   within the team, from 1
    asker    the side that proposed it; the other answers
    made     the round in which it was agreed, counted from 0; -1 before that
    broken   the round in which it was broken; -1 while it is kept
    """

    number: int
    taker: Role
    share: float
    asker: Role
    standing: Standing = "proposed"
    made: int = -1
    broken: int = -1

    @property
    def holds(self) -> bool:
        """Whether money moves."""
        return self.standing == "agreed"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a team has decided by the end of a round: levers, and agreements."""

    settings: Settings = field(default_factory=Table)
    deals: tuple[Deal, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """One team.

    now        its plan in this round, as far as it is decided
    begun      its plan when the round began
    locked     its plan at the end of each round that was locked
    """

    name: str
    now: Plan = field(default_factory=Plan)
    begun: Plan = field(default_factory=Plan)
    locked: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """A card, and the first round that it acts on."""

    card: str
    round: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody said they would do."""

    seat: str
    team: str
    round: int
    text: str


@dataclass(frozen=True, slots=True)
class State:
    """A session.

    round     counted from 0; -1 in the lobby
    door      whether anybody may join
    results   content hash of the results of every round that was run
    """

    template: Template
    round: int = -1
    phase: Phase = "lobby"
    paused: bool = False
    names_hidden: bool = False
    door: bool = True
    seats: Mapping[str, Seat] = field(default_factory=Table)
    teams: Mapping[str, Team] = field(default_factory=Table)
    cards: tuple[Played, ...] = ()
    results: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    @property
    def current(self) -> Round:
        """The round that is played; in the lobby the first one."""
        return self.template.rounds[max(self.round, 0)]

    @property
    def last(self) -> bool:
        """Whether no round comes after this one."""
        return self.round == len(self.template.rounds) - 1

    @property
    def revealed(self) -> int:
        """How many rounds everybody may see the results of."""
        over = self.phase in ("reveal", "debrief", "finished")
        return max(self.round + (1 if over else 0), 0)

    def of_team(self, team: str) -> tuple[Seat, ...]:
        """The seats of a team."""
        return tuple(seat for seat in self.seats.values() if seat.team == team)

    def roles_of(self, seat: Seat) -> tuple[Role, ...]:
        """Roles that a seat plays: its own, and those that nobody in its team has taken.

        Vacant roles fall to the place lead, or to everybody where there is none.
        """
        taken = {each.role for each in self.of_team(seat.team)}
        vacant = tuple(role for role in self.template.roles if role not in taken)
        leads = seat.role == "place" or "place" not in taken
        return (seat.role, *vacant) if leads else (seat.role,)
