"""What a ready workshop is expected to show: its own plays, each as a team in one session, acted out and run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sim.experiments.replicate import Way
from sim.inputs import Table
from sim.system import Memory
from sim.workshop import acts
from sim.workshop.acts import FACILITATOR, Record
from sim.workshop.fold import Session, new_session
from sim.workshop.results import RoundResults, TeamRound
from sim.workshop.rounds import REMEMBERED, run_round
from sim.workshop.state import State
from sim.workshop.template import GIVER, TAKERS, Play, Template


def expected_session(template: Template) -> Session:
    """A session in which every play is a team, to the debrief of the last round.

    Raises RefusedError when a play does what its own workshop does not allow.
    """
    session = new_session(template)
    for number in range(len(template.rounds)):
        for record in _round(template, number):
            session = session.act(record)
    return session


def expected(template: Template, way: Way | None = None, *, keep: bool = True) -> tuple[State, list[RoundResults]]:
    """The session's state, and the results of its rounds. Raises Faults and RefusedError."""
    state, memory = expected_session(template).state, Memory(REMEMBERED)
    rounds = range(len(template.rounds))
    return state, [run_round(state, number, way, memory=memory, keep=keep) for number in rounds]


def first_year(template: Template, way: Way | None = None, *, keep: bool = True) -> TeamRound:
    """Doing nothing through the first year of the first round: where every team starts. Raises Faults."""
    short = replace(template.rounds[0], years=1)
    idle = Table({"nothing": Play("Does nothing", (Table({}),))})
    alone = replace(template, rounds=(short,), before=(), plays=idle)
    _, (found,) = expected(alone, way, keep=keep)
    return found.teams[0]


def _round(template: Template, number: int) -> Iterator[Record]:
    """Everything that happens in one round, cards before it included."""
    if not number:
        for name in template.plays:
            for role in template.roles:
                seat = _seat(name, role)
                yield Record(seat, acts.Join(seat, role, name, role))
    for card in template.before[number] if number < len(template.before) else ():
        yield Record(FACILITATOR, acts.PlayCard(card))
    yield Record(FACILITATOR, acts.Begin())
    for name, play in template.plays.items():
        yield from _decisions(template, name, play, number)
    for act in (acts.Lock(), acts.Run(), acts.Ran("expected"), acts.Reveal(), acts.Debrief()):
        yield Record(FACILITATOR, act)


def _decisions(template: Template, name: str, play: Play, number: int) -> Iterator[Record]:
    owner = {path: role for role, paths in template.levers.items() for path in paths}
    settings = play.settings[number] if number < len(play.settings) else {}
    for path, value in settings.items():
        yield Record(_seat(name, owner[path]), acts.Decide(path, value))
    made = sum(len(each) for each in play.deals[:number])
    deals = play.deals[number] if number < len(play.deals) else {}
    for at, taker in enumerate((each for each in TAKERS if each in deals), made + 1):
        yield Record(_seat(name, GIVER), acts.Propose(taker, deals[taker]))
        yield Record(_seat(name, taker), acts.Answer(at, True))
    if number in play.broken:
        for at in range(1, made + 1):
            yield Record(_seat(name, GIVER), acts.Break(at))


def _seat(team: str, role: str) -> str:
    return f"{team}/{role}"
