"""A session's state as a fold over its log, so that keeping, undoing, replaying and recovering are one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sim.inputs import Table
from sim.workshop import acts
from sim.workshop.acts import FACILITATOR, Record
from sim.workshop.agreements import answered, into_one_plan, proposed, with_standing
from sim.workshop.rules import refusal
from sim.workshop.state import Commitment, Plan, Played, Seat, State, Team
from sim.workshop.template import Template


class RefusedError(Exception):
    """An act that is not allowed; its message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Session:
    """A log, what is left of it after undoing, and the state that makes.

    log       every act that was allowed, undone or not
    standing  those that count
    """

    state: State
    log: tuple[Record, ...] = ()
    standing: tuple[Record, ...] = ()

    def act(self, record: Record) -> Session:
        """The session after one more act; raises RefusedError when it is not allowed."""
        reason = refusal(self.state, record)
        if reason:
            raise RefusedError(reason)
        if isinstance(record.act, acts.Undo):
            return self._undone(record)
        return Session(after(self.state, record), (*self.log, record), (*self.standing, record))

    @property
    def undoes(self) -> str:
        """The name of the act that an undo would take back; empty where there is none."""
        at = self._undone_at()
        return "" if at is None else type(self.standing[at].act).__name__

    def _undone_at(self) -> int | None:
        return next((n for n in range(len(self.standing) - 1, -1, -1) if _can_be_undone(self.standing[n])), None)

    def _undone(self, record: Record) -> Session:
        at = self._undone_at()
        if at is None:
            raise RefusedError("There is nothing to undo.")
        rest = self.standing[at + 1 :]
        if isinstance(self.standing[at].act, acts.Run):  # what was run goes with the running
            rest = tuple(each for each in rest if not isinstance(each.act, acts.Ran))
        left = (*self.standing[:at], *rest)
        state = State(self.state.template)
        for each in left:
            if refusal(state, each):
                raise RefusedError("Others have acted since; restart the round instead.")
            state = after(state, each)
        return Session(state, (*self.log, record), left)


def _can_be_undone(record: Record) -> bool:
    return record.by == FACILITATOR and not isinstance(record.act, acts.Ran)


def new_session(template: Template) -> Session:
    """A session that nobody has joined."""
    return Session(State(template))


def replayed(template: Template, log: Iterable[Record]) -> Session:
    """The session that a log makes; raises RefusedError, naming the line, at the first act that is not allowed."""
    session = new_session(template)
    for number, record in enumerate(log, 1):
        try:
            session = session.act(record)
        except RefusedError as error:
            raise RefusedError(f"Act {number} ({type(record.act).__name__} by {record.by}): {error}") from error
    return session


def after(state: State, record: Record) -> State:
    """The state after an act that is allowed."""
    return _STEPS[type(record.act)](state, record.by, record.act)


def _join(state: State, _: str, act: acts.Join) -> State:
    seat = Seat(act.seat, act.name, act.team, act.role, state.round)
    return _seated(state, {**state.seats, act.seat: seat})


def _move(state: State, by: str, act: acts.Move) -> State:
    seat = replace(state.seats[by], name=act.name, team=act.team, role=act.role)
    return _seated(state, {**state.seats, by: seat})


def _remove(state: State, _: str, act: acts.Remove) -> State:
    return _seated(state, {key: seat for key, seat in state.seats.items() if key != act.seat})


def _seated(state: State, seats: Mapping[str, Seat]) -> State:
    """The state with these seats: their teams are there, and in the lobby no team in which nobody sits."""
    named = {seat.team: Team(seat.team) for seat in seats.values()}
    stay = {name: team for name, team in state.teams.items() if state.round >= 0 or name in named}
    return replace(state, seats=Table(seats), teams=Table(stay | named | stay))


def _decide(state: State, by: str, act: acts.Decide) -> State:
    return _planned(state, by, lambda plan: replace(plan, settings=Table({**plan.settings, act.path: act.value})))


def _withdraw(state: State, by: str, act: acts.Withdraw) -> State:
    begun = state.teams[state.seats[by].team].begun.settings
    back = {act.path: begun[act.path]} if act.path in begun else {}

    def without(plan: Plan) -> Plan:
        left = {path: value for path, value in plan.settings.items() if path != act.path}
        return replace(plan, settings=Table(left | back))

    return _planned(state, by, without)


def _propose(state: State, by: str, act: acts.Propose) -> State:
    roles = state.roles_of(state.seats[by])
    return _planned(state, by, lambda plan: proposed(plan, act.taker, act.share, roles))


def _answer(state: State, by: str, act: acts.Answer) -> State:
    return _planned(state, by, lambda plan: answered(plan, act.deal, act.agrees, state.round))


def _break(state: State, by: str, act: acts.Break) -> State:
    return _planned(state, by, lambda plan: with_standing(plan, act.deal, "broken", state.round))


def _keep(state: State, by: str, act: acts.Keep) -> State:
    return _planned(state, by, lambda plan: with_standing(plan, act.deal, "agreed", -1))


def _planned(state: State, by: str, change: Callable[[Plan], Plan]) -> State:
    """The state with the plan of a seat's team changed."""
    team = state.teams[state.seats[by].team]
    return _with(state, {team.name: replace(team, now=change(team.now))})


def _with(state: State, teams: Mapping[str, Team]) -> State:
    return replace(state, teams=Table({**state.teams, **teams}))


def _commit(state: State, by: str, act: acts.Commit) -> State:
    said = Commitment(by, state.seats[by].team, state.round, act.text)
    return replace(state, commitments=(*state.commitments, said))


def _begin(state: State, *_: object) -> State:
    number = state.round + 1
    one = state.template.rounds[number].way == "place"
    begun = {}
    for name, team in state.teams.items():
        plan = into_one_plan(team.now) if one else team.now
        begun[name] = replace(team, now=plan, begun=plan)
    return replace(_with(state, begun), round=number, phase="decide", door=False)


def _lock(state: State, *_: object) -> State:
    locked = {name: replace(team, locked=(*team.locked, team.now)) for name, team in state.teams.items()}
    return replace(_with(state, locked), phase="lock")


def _restart(state: State, *_: object) -> State:
    teams = {
        name: replace(team, now=team.begun, locked=team.locked[: state.round]) for name, team in state.teams.items()
    }
    said = tuple(each for each in state.commitments if each.round != state.round)
    cards = tuple(each for each in state.cards if each.round <= state.round)
    again = _with(state, teams)
    return replace(again, phase="decide", results=state.results[: state.round], commitments=said, cards=cards)


def _ran(state: State, _: str, act: acts.Ran) -> State:
    return replace(state, results=(*state.results, act.results))


def _card(state: State, _: str, act: acts.PlayCard) -> State:
    return replace(state, cards=(*state.cards, Played(act.card, state.round + 1)))


def _to(**changed: object) -> Callable[[State, str, Any], State]:
    """A step that only sets some fields."""
    return lambda state, *_: replace(state, **changed)


_STEPS: dict[type, Callable[[State, str, Any], State]] = {
    acts.Join: _join, acts.Move: _move, acts.Decide: _decide, acts.Withdraw: _withdraw, acts.Propose: _propose,
    acts.Answer: _answer, acts.Break: _break, acts.Keep: _keep, acts.Commit: _commit, acts.Begin: _begin,
    acts.Lock: _lock, acts.Run: _to(phase="run"), acts.Ran: _ran, acts.Reveal: _to(phase="reveal"),
    acts.Debrief: _to(phase="debrief"), acts.Finish: _to(phase="finished"), acts.PlayCard: _card,
    acts.Pause: _to(paused=True), acts.Resume: _to(paused=False), acts.Restart: _restart, acts.Remove: _remove,
    acts.HideNames: lambda state, _, act: replace(state, names_hidden=act.hidden),
    acts.Door: lambda state, _, act: replace(state, door=act.open),
}  # fmt: skip
