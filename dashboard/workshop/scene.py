"""What a screen is drawn from: all that one looker may see of a session, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.workshop.divided import Divided, Split, Undivided
from sim.inputs import Table
from sim.workshop import FACILITATOR, Deal, Role, RoundResults, Seat, State, TeamRound, Template, View, view
from sim.workshop.state import Settings

BOARD = ""
"""Who looks, where it is the projector."""


@dataclass(frozen=True, slots=True)
class Around:
    """What belongs to a session besides its log.

    code      by which people join
    address   where they join, whole, as typed into a phone
    left      seconds left to decide; None where there is no clock
    stands    whether the clock was stopped, and `left` stays as it is
    done, wanted   replications of the round that is being run; 0 of 0 where none is
    trouble   why the round could not be run, in one sentence
    ends      when the session is deleted, as a date in words
    """

    code: str
    address: str
    left: float | None = None
    done: int = 0
    wanted: int = 0
    trouble: str = ""
    ends: str = ""
    stands: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """One look at a session.

    who      a seat's id, FACILITATOR, or BOARD
    rounds   results that may be seen, books that may not be seen left out
    splits   by team: its change at the end of the newest round seen, divided
    undivided   by team: why there is no split, which is UNCHANGED or FAILED; a team in neither is still worked on
    door     whether anybody may join
    deals    agreements at the end of each round, of the teams and rounds whose plans may be seen
    seats    all of them, for the facilitator alone
    stirred  teams whose plan is no longer the one with which the round began: how many, never which, and for
             facilitator and projector alone: of two teams, one could tell which
    begun    what the levers that the looker may move were set to when the round began, where anything was said
    """

    around: Around
    template: Template
    who: str
    view: View
    seat: Seat | None = None
    rounds: tuple[RoundResults, ...] = ()
    splits: Mapping[str, Divided] = field(default_factory=Table)
    undivided: Mapping[str, Undivided] = field(default_factory=Table)
    names_hidden: bool = False
    door: bool = True
    has_run: bool = False
    deals: Mapping[str, tuple[tuple[Deal, ...], ...]] = field(default_factory=Table)
    seats: tuple[Seat, ...] = ()
    stirred: int = 0
    begun: Settings = field(default_factory=Table)
    undoes: str = ""
    roles: tuple[Role, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether the facilitator looks."""
        return self.who == FACILITATOR


def scene(
    state: State,
    who: str,
    around: Around,
    rounds: Sequence[RoundResults] = (),
    splits: Mapping[str, Split] | None = None,
    undoes: str = "",
) -> Scene:
    """What somebody may see. KeyError for a seat there is none of.

    rounds   results of all rounds that were run, seen or not
    splits   of the newest round that is revealed
    undoes   the name of the act that an undo would take back
    """
    seen, seat = view(state, who), state.seats.get(who)
    shown = tuple(_may_be_seen(each, seen.books) for each in rounds[: seen.revealed])
    known = (splits or {}) if shown else {}
    bare = Scene(
        around, state.template, who, seen, seat, shown, names_hidden=state.names_hidden, door=state.door,
        splits=Table({team: each for team, each in known.items() if isinstance(each, Divided)}),
        undivided=Table({team: each for team, each in known.items() if isinstance(each, Undivided)}),
        has_run=len(state.results) > state.round >= 0,
        deals=Table({team: _deals(state, team, len(plans)) for team, plans in seen.plans.items()}),
    )  # fmt: skip
    if seat is not None:
        return replace(bare, begun=Table(_begun(state, seat, seen)), roles=state.roles_of(seat))
    stirred = _stirred(state) if seen.phase == "decide" else 0
    if who != FACILITATOR:
        return replace(bare, stirred=stirred)
    return replace(bare, stirred=stirred, seats=tuple(state.seats.values()), undoes=undoes)


def _begun(state: State, seat: Seat, seen: View) -> Settings:
    """Of the own team, as far as its levers may be moved now."""
    settings = state.teams[seat.team].begun.settings
    return {path: value for path, value in settings.items() if path in seen.levers}


def _stirred(state: State) -> int:
    return sum(team.now != team.begun for team in state.teams.values())


def _deals(state: State, team: str, rounds: int) -> tuple[tuple[Deal, ...], ...]:
    """Agreements of a team's first rounds, as each ended."""
    return tuple(plan.deals for plan in state.teams[team].locked[:rounds])


def _may_be_seen(found: RoundResults, books: Mapping[str, Sequence[str]]) -> RoundResults:
    return replace(found, teams=tuple(_own_books(each, books.get(each.team, ())) for each in found.teams))


def _own_books(team: TeamRound, organisations: Sequence[str]) -> TeamRound:
    return replace(team, books={name: lines for name, lines in team.books.items() if name in organisations})
