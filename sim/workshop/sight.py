"""Who may see what: a pure function of the state and who looks. What is not in a view is not to be sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sim.inputs import Table
from sim.workshop.acts import FACILITATOR
from sim.workshop.state import Commitment, Deal, Phase, Played, Seat, Settings, State, Team
from sim.workshop.template import GIVER, OWN_BOOKS, Role, Way


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a table; the name is empty where it is hidden."""

    name: str
    team: str
    role: Role


@dataclass(frozen=True, slots=True)
class View:
    """What one seat, the facilitator or the board may see.

    levers     that may be moved now, by path, with what they are set to ("" where nothing was said yet)
    plan       settings of the own team that may be seen
    deals      of the own team that may be seen, as they may be seen
    plans      of teams, by round that is over, as far as they are not hidden
    books      organisations whose books may be seen, by team
    revealed   rounds whose results may be seen
    people     at the own table; at all of them for the facilitator and the board
    """

    round: int
    phase: Phase
    way: Way
    paused: bool
    teams: tuple[str, ...]
    levers: Mapping[str, float | str] = field(default_factory=Table)
    plan: Settings = field(default_factory=Table)
    deals: tuple[Deal, ...] = ()
    plans: Mapping[str, tuple[Settings, ...]] = field(default_factory=Table)
    books: Mapping[str, tuple[str, ...]] = field(default_factory=Table)
    revealed: int = 0
    cards: tuple[Played, ...] = ()
    people: tuple[Person, ...] = ()
    commitments: tuple[Commitment, ...] = ()


def view(state: State, who: str) -> View:
    """What a seat may see, or FACILITATOR, or "" for the board; KeyError for a seat there is none of."""
    if who == FACILITATOR:
        return _of_facilitator(state)
    return _of_seat(state, state.seats[who]) if who else _of_board(state)


def _of_board(state: State) -> View:
    people = tuple(Person("" if state.names_hidden else s.name, s.team, s.role) for s in state.seats.values())
    return replace(_common(state), plans=_plans(state, None), books=_books(state, None), people=people)


def _of_facilitator(state: State) -> View:
    """Everything that is locked, and no plan that is still being made: the projector may show this screen."""
    people = tuple(Person(seat.name, seat.team, seat.role) for seat in state.seats.values())
    plans = {name: tuple(plan.settings for plan in team.locked) for name, team in state.teams.items()}
    books = dict.fromkeys(state.teams, _everybody(state))
    seen = replace(_common(state), plans=Table(plans), books=Table(books), people=people)
    return replace(seen, commitments=state.commitments)


def _of_seat(state: State, seat: Seat) -> View:
    team = state.teams[seat.team]
    at_table = tuple(Person(each.name, each.team, each.role) for each in state.of_team(seat.team))
    said = tuple(each for each in state.commitments if each.team == seat.team)
    return replace(
        _common(state),
        levers=Table(levers_of(state, seat)),
        plan=Table(_plan(state, seat, team)),
        deals=_deals(state, seat, team),
        plans=_plans(state, seat),
        books=_books(state, seat),
        people=at_table,
        commitments=said,
    )


def levers_of(state: State, seat: Seat) -> dict[str, float | str]:
    """Levers that a seat may move in this round, and what they are set to."""
    offered, now = state.template.levers, state.teams[seat.team].now.settings
    if state.current.way == "place":
        roles = state.template.roles
    else:
        roles = tuple(role for role in state.roles_of(seat) if role != "place")
    return {path: now.get(path, "") for role in roles for path in offered.get(role, ())}


def _common(state: State) -> View:
    """What everybody may see."""
    return View(
        state.round, state.phase, state.current.way, state.paused, tuple(state.teams),
        revealed=state.revealed, cards=state.cards,
    )  # fmt: skip


def _plan(state: State, seat: Seat, team: Team) -> Settings:
    """Of the own team: everything in a place round or once a round is revealed, else what the own roles decided."""
    if state.current.way == "place" or state.revealed > state.round:
        return team.now.settings
    own = levers_of(state, seat)
    return {path: value for path, value in team.now.settings.items() if path in own}


def _deals(state: State, seat: Seat, team: Team) -> tuple[Deal, ...]:
    """Agreements of the own roles; those that the hospital broke look kept to the others until the reveal."""
    roles = state.roles_of(seat)
    if state.current.way == "place" or state.revealed > state.round or GIVER in roles:
        return team.now.deals
    return tuple(_as_told(state, deal) for deal in team.now.deals if deal.taker in roles)


def _as_told(state: State, deal: Deal) -> Deal:
    if deal.broken != state.round:
        return deal
    return Deal(deal.number, deal.taker, deal.share, deal.asker, "agreed", deal.made)


def _plans(state: State, seat: Seat | None) -> Mapping[str, tuple[Settings, ...]]:
    """Plans of rounds that are revealed; of other teams only where they are not hidden until the end."""
    open_to_all = state.phase == "finished" or "plans" not in state.template.hidden
    seen = (team for team in state.teams.values() if open_to_all or (seat and team.name == seat.team))
    return Table({team.name: tuple(plan.settings for plan in team.locked[: state.revealed]) for team in seen})


def _books(state: State, seat: Seat | None) -> Mapping[str, tuple[str, ...]]:
    """Organisations whose books may be seen: one's own in a fortress round, all of one's team in a place round."""
    finished = state.phase == "finished"
    open_to_all = finished or "books" not in state.template.hidden
    others = dict.fromkeys(state.teams, _everybody(state)) if open_to_all and _over(state) else {}
    if seat is None:
        return Table(others)
    fortress = state.current.way == "fortress" and not _over(state)
    own = tuple(each for role in state.roles_of(seat) for each in OWN_BOOKS[role]) if fortress else _everybody(state)
    return Table({**others, seat.team: own})


def _over(state: State) -> bool:
    """Whether the last round is revealed."""
    return state.last and state.revealed > state.round


def _everybody(state: State) -> tuple[str, ...]:
    return (*(each for books in OWN_BOOKS.values() for each in books), "other_nhs", "transition_fund")
