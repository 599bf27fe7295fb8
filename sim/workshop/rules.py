"""Who may do what, when: each act that is not allowed is refused with one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

from sim.workshop import acts
from sim.workshop.acts import FACILITATOR, Act, Record
from sim.workshop.agreements import answered, shift_of, with_standing
from sim.workshop.state import Deal, Plan, Seat, State
from sim.workshop.template import GIVER, OF_SHIFT, SHIFT, TAKERS, Role
from sim.workshop.template_file import wrong_value

LONGEST_NAME, LONGEST_TEXT = 40, 400
"""Characters of a chosen name, and of a commitment."""
MOST_SEATS, MOST_TEAMS = 120, 20
MOST_OPEN_DEALS = 12
"""Proposals of a team that wait for an answer."""
TINY = 1e-9
"""What sums of shares may be beyond their limit by the way numbers are kept."""


def refusal(state: State, record: Record) -> str:
    """Why an act is not allowed, in one sentence; empty when it is."""
    return next(_reasons(state, record), "")


def _reasons(state: State, record: Record) -> Iterator[str]:
    act = record.act
    if isinstance(act, acts.OF_FACILITATOR):
        if record.by != FACILITATOR:
            yield "Only the facilitator can do that."
    elif isinstance(act, acts.Join):
        if record.by not in (act.seat, FACILITATOR):
            yield "Nobody can join for somebody else."
    elif record.by not in state.seats:
        yield "There is no such seat in this session."
    elif state.paused:
        yield "The session is paused."
    yield from _RULES[type(act)](state, state.seats.get(record.by), act)


def _join(state: State, _: Seat | None, act: acts.Join) -> Iterator[str]:
    if state.phase == "finished":
        yield "The session is over."
    if act.seat in state.seats or act.seat == FACILITATOR or not act.seat:
        yield "That seat is taken."
    if not state.door:
        yield "The door is closed while a round is on. Ask the facilitator to open it."
    if len(state.seats) >= MOST_SEATS:
        yield f"All {MOST_SEATS} seats are taken."
    yield from _who(state, act.name, act.team, act.role)


def _move(state: State, seat: Seat | None, act: acts.Move) -> Iterator[str]:
    assert seat is not None  # who has no seat is refused before
    elsewhere = (act.team, act.role) != (seat.team, seat.role)
    if elsewhere and state.phase not in ("lobby", "debrief"):
        yield "Teams and roles change in the lobby or a debrief, so that nobody reads two teams' plans in one round."
    if act.team != seat.team and state.round >= 0:
        yield "Teams stay together once the first round has begun."
    yield from _who(state, act.name, act.team, act.role)


def _who(state: State, name: str, team: str, role: Role) -> Iterator[str]:
    for what, text in (("name", name), ("team", team)):
        if not text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
            yield f"A {what} has 1 to {LONGEST_NAME} characters that can be printed."
    if role not in state.template.roles:
        yield f"This workshop has no such role; it has {', '.join(state.template.roles)}."
    if team not in state.teams and (len(state.teams) >= MOST_TEAMS or state.round >= 0):
        yield "No new team can be made now; join one of those there are."


def _decide(state: State, seat: Seat | None, act: acts.Decide) -> Iterator[str]:
    yield from _lever(state, seat, act.path)
    rule, close = wrong_value(state.template.spans, act.path, act.value)
    if rule:
        hint = f' Did you mean "{close}"?' if close else ""
        yield f"{act.path} {act.value!r} {rule}.{hint}"


def _withdraw(state: State, seat: Seat | None, act: acts.Withdraw) -> Iterator[str]:
    yield from _lever(state, seat, act.path)


def _lever(state: State, seat: Seat | None, path: str) -> Iterator[str]:
    yield from _deciding(state)
    assert seat is not None  # who has no seat is refused before
    owner = next((role for role, paths in state.template.levers.items() if path in paths), None)
    if owner is None:
        yield f"{path} is not offered in this workshop."
    elif state.current.way == "fortress" and owner == "place":
        yield "The place's own levers are for rounds with one plan."
    elif state.current.way == "fortress" and owner not in state.roles_of(seat):
        yield f"That lever belongs to {owner}."
    if state.current.way == "fortress" and path in OF_SHIFT:
        yield "In this round money moves by agreement between two organisations."


def _propose(state: State, seat: Seat | None, act: acts.Propose) -> Iterator[str]:
    yield from _dealing(state)
    assert seat is not None  # who has no seat is refused before
    if act.taker not in TAKERS or act.taker not in state.template.roles:
        yield f"Money can be agreed for {', '.join(each for each in TAKERS if each in state.template.roles)}."
    sides = {GIVER, act.taker} & set(state.roles_of(seat))
    if not sides:
        yield "An agreement is proposed by one of its two sides."
    most = _most(state)
    if not isfinite(act.share) or not 0 < act.share <= most:
        yield f"The share must be above 0 and at most {most:g}."
    deals = state.teams[seat.team].now.deals
    if sum(deal.standing == "proposed" for deal in deals) >= MOST_OPEN_DEALS:
        yield "Too many proposals wait for an answer; answer some first."


def _answer(state: State, seat: Seat | None, act: acts.Answer) -> Iterator[str]:
    yield from _dealing(state)
    deal = _deal(state, seat, act.deal)
    if deal is None or deal.standing != "proposed":
        yield "There is no such proposal to answer."
        return
    assert seat is not None  # whose deal it is
    other = deal.taker if deal.asker == GIVER else GIVER
    if other not in state.roles_of(seat):
        yield f"The answer is for {other} to give."
    if act.agrees:
        yield from _beyond(state, answered(state.teams[seat.team].now, act.deal, True, state.round))


def _break(state: State, seat: Seat | None, act: acts.Break) -> Iterator[str]:
    yield from _dealing(state)
    yield from _giver(state, seat)
    deal = _deal(state, seat, act.deal)
    if deal is None or not deal.holds:
        yield "There is no such agreement to break."


def _keep(state: State, seat: Seat | None, act: acts.Keep) -> Iterator[str]:
    yield from _dealing(state)
    yield from _giver(state, seat)
    deal = _deal(state, seat, act.deal)
    if deal is None or deal.broken != state.round:
        yield "No such agreement was broken in this round."
        return
    assert seat is not None  # whose deal it is
    yield from _beyond(state, with_standing(state.teams[seat.team].now, act.deal, "agreed", -1))


def _beyond(state: State, plan: Plan) -> Iterator[str]:
    """Why a plan moves more out of the hospitals than may be moved: agreements, and what the place moves already."""
    most = _most(state)
    if shift_of(plan).get(SHIFT, 0.0) > most + TINY:
        yield f"All the money moved together cannot pass {most:g} of the hospital budget."


def _most(state: State) -> float:
    """Share of the hospital budget that may be moved."""
    span = state.template.spans.get(SHIFT)
    return span.high if span else 1.0


def _giver(state: State, seat: Seat | None) -> Iterator[str]:
    assert seat is not None  # who has no seat is refused before
    if GIVER not in state.roles_of(seat):
        yield "Only the side that pays can break an agreement, or keep it after all."


def _deal(state: State, seat: Seat | None, number: int) -> Deal | None:
    deals = state.teams[seat.team].now.deals if seat else ()
    return next((deal for deal in deals if deal.number == number), None)


def _dealing(state: State) -> Iterator[str]:
    yield from _deciding(state)
    if not state.template.deals:
        yield "This workshop has no agreements."
    if state.current.way == "place":
        yield "In this round there is one pot: move the place's levers instead."


def _deciding(state: State) -> Iterator[str]:
    if state.phase != "decide":
        yield "Nothing can be decided now."


def _commit(state: State, _: Seat | None, act: acts.Commit) -> Iterator[str]:
    if state.phase != "debrief":
        yield "Commitments are typed at a debrief."
    if not act.text.strip() or len(act.text) > LONGEST_TEXT:
        yield f"A commitment has 1 to {LONGEST_TEXT} characters."


def _begin(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.phase not in ("lobby", "debrief"):
        yield "A round begins from the lobby or after a debrief."
    if not any(state.of_team(team) for team in state.teams):
        yield "Nobody has joined yet."
    if state.phase == "debrief" and state.last:
        yield "That was the last round; finish the session instead."


def _after(before: str, words: str) -> Callable[[State, Seat | None, Any], Iterator[str]]:
    """A rule that an act comes in one phase only."""

    def rule(state: State, _: Seat | None, __: Act) -> Iterator[str]:
        if state.phase != before:
            yield words

    return rule


def _ran(state: State, _: Seat | None, act: acts.Ran) -> Iterator[str]:
    if len(state.results) > state.round >= 0:
        yield "This round was run already."
    if state.phase != "run":
        yield "The round is not being run."
    if not act.results:
        yield "A round that was run has results."


def _reveal(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.phase != "run" or len(state.results) <= state.round:
        yield "There is nothing to reveal until the round was run."


def _finish(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.phase not in ("lobby", "debrief"):
        yield "A session ends after a debrief."


def _card(state: State, _: Seat | None, act: acts.PlayCard) -> Iterator[str]:
    if act.card not in state.template.cards:
        yield f"There is no such card; there are {', '.join(state.template.cards) or 'none'}."
    if state.phase not in ("lobby", "debrief"):
        yield "Cards are played between rounds."
    if state.phase == "debrief" and state.last:
        yield "No round comes after this one."
    if any(each.card == act.card for each in state.cards):
        yield "That card was played already."


def _pause(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.paused:
        yield "The session is paused already."


def _resume(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if not state.paused:
        yield "The session is not paused."


def _restart(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.phase in ("lobby", "finished"):
        yield "There is no round to restart."


def _remove(state: State, _: Seat | None, act: acts.Remove) -> Iterator[str]:
    if act.seat not in state.seats:
        yield "There is no such seat in this session."


def _door(state: State, _: Seat | None, __: Act) -> Iterator[str]:
    if state.phase == "finished":
        yield "The session is over."


def _always(*_: object) -> Iterator[str]:
    yield from ()


_RULES: dict[type, Callable[[State, Seat | None, Any], Iterator[str]]] = {
    acts.Join: _join, acts.Move: _move, acts.Decide: _decide, acts.Withdraw: _withdraw, acts.Propose: _propose,
    acts.Answer: _answer, acts.Break: _break, acts.Keep: _keep, acts.Commit: _commit, acts.Begin: _begin,
    acts.Lock: _after("decide", "Only a round that is being decided can be locked."),
    acts.Run: _after("lock", "Only a round that is locked can be run."),
    acts.Ran: _ran, acts.Reveal: _reveal,
    acts.Debrief: _after("reveal", "A debrief follows a reveal."),
    acts.Finish: _finish, acts.PlayCard: _card, acts.Pause: _pause, acts.Resume: _resume, acts.Restart: _restart,
    acts.Remove: _remove, acts.HideNames: _always, acts.Door: _door, acts.Undo: _always,
}  # fmt: skip
