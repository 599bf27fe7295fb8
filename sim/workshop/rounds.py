"""Running a round: every team's plan so far with the same people, each from where its last round ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from sim.experiments.attribute import Attribution, attribute, parts_between
from sim.experiments.identity import digest
from sim.experiments.kept import Kept
from sim.experiments.question import Resolved
from sim.experiments.replicate import Way, go_on, replicate
from sim.experiments.run import kept_of, task_of
from sim.results.history import History
from sim.system import Memory, simulate
from sim.workshop.agreements import Promises, promises
from sim.workshop.plans import question_of
from sim.workshop.results import RoundResults, team_round, winners
from sim.workshop.state import State

REMEMBERED = 2**29
"""Bytes of what rounds lived through: enough for a room of teams; what does not fit is lived through again."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a round asks of the model: doing nothing first, then each team; teams with the same plan ask once."""

    nothing: Resolved
    teams: Mapping[str, Resolved]

    @property
    def distinct(self) -> tuple[Resolved, ...]:
        """Each question once, by its content."""
        found = {each.id: each for each in (self.nothing, *self.teams.values())}
        return tuple(found.values())

    @property
    def id(self) -> str:
        """The content hash of the round: same hash, same results."""
        return digest({"nothing": self.nothing.id, "teams": {name: each.id for name, each in self.teams.items()}})


def asked(state: State, number: int) -> Ask:
    """What a round asks, once its plans are locked. Raises Faults when no place can be made of a plan."""
    teams = {name: question_of(state, name, number + 1) for name in state.teams if state.teams[name].locked[number:]}
    return Ask(question_of(state, None, number + 1), teams)


def run_round(
    state: State, number: int, way: Way | None = None, *, memory: Memory | None = None, keep: bool = True
) -> RoundResults:
    """The results of a round that is locked: a function of the template and the acts alone.

    memory   what earlier rounds lived through; with it a round costs only its own months
    keep     use and fill the folder of finished replications
    """
    ask = asked(state, number)
    ran = _run_all(ask.distinct, way or Way(), memory or Memory(REMEMBERED), keep)
    nothing, teams = ran[ask.nothing.id], {name: ran[each.id] for name, each in ask.teams.items()}
    kept = {name: promises_of(state, name, number) for name in teams}
    own, template = state.template.rounds[number].years, state.template
    return RoundResults(
        number=number,
        years=template.years_before(number + 1),
        own_years=own,
        replications=template.replications,
        teams=tuple(team_round(name, nothing, runs, own, kept[name]) for name, runs in teams.items()),
        won=winners(template.wins, teams, kept),
    )


def split(
    state: State, team: str, number: int, way: Way | None = None, *, memory: Memory | None = None, keep: bool = True
) -> Attribution | None:
    """A team's change at the end of a round, divided among demand, flow and money; None where it changed nothing.

    It takes up to eight runs of the team's plan, so it is asked for by itself; memory and keep are as in `run_round`.
    """
    ask = asked(state, number)
    plan = ask.teams[team]
    if not parts_between(ask.nothing.parameters, plan.parameters):
        return None
    return attribute(ask.nothing, plan, "family", way, keep=keep, memory=memory)


def promises_of(state: State, team: str, number: int) -> Promises:
    """How a team's agreements fared by the end of a round."""
    return promises(state.teams[team].locked[: number + 1], [each.years for each in state.template.rounds])


def _run_all(questions: Sequence[Resolved], way: Way, memory: Memory, keep: bool) -> dict[str, tuple[History, ...]]:
    """Every replication of every question, on the way's threads; replications of one question lie together."""
    count = questions[0].question.replications
    tasks = [task_of(each) for each in questions]

    def one(number: int, cancelled: Event) -> History:
        task = tasks[number // count]
        return simulate(task.place, task.seed, number % count, lambda _: go_on(cancelled), memory, keep_end=True)

    places = [kept_of(each) for each in questions] if keep else []
    kept = _joined(places) if places else None
    histories = replicate(one, count * len(questions), way, kept)
    return {each.id: tuple(histories[at * count : (at + 1) * count]) for at, each in enumerate(questions)}


def _joined(kept: Sequence[Kept[History]]) -> Kept[History]:
    """Where replications of several questions lie, one after another."""
    names = tuple(name for each in kept for name in each.names)
    return Kept(kept[0].folder, names, kept[0].pack, kept[0].unpack)
