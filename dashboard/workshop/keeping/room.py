"""One open session: its log in memory as it stands in the database, and never ahead of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from threading import RLock
from time import monotonic, time

from dashboard.shelf.sessions import KeptSession, Sessions
from dashboard.shelf.trouble import ChangedError
from dashboard.wording.language import mark
from dashboard.workshop.keeping.clock import Clock, clock_after, running
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.packed import unpacked
from sim.experiments.attribute import Attribution
from sim.workshop import (
    FACILITATOR,
    Record,
    RefusedError,
    RoundResults,
    Seat,
    Session,
    State,
    Template,
    acts,
    new_session,
    record_from,
)

TRIES = 5
"""How often an act is tried again when another server was quicker."""
BETWEEN_NEWS = 1.0
"""Seconds between two times that people are told how far the running is."""


class Room:
    """A session that is open. What is read of it is never half changed; who changes it waits in line.

    kept       as the database had it when it was opened
    session    the log and the state that it makes
    version    grows with everything that somebody might see
    progress   replications done and wanted of the round that is being run
    trouble    why the round could not be run, in one sentence
    """

    def __init__(self, kept: KeptSession, template: Template, store: Sessions) -> None:
        self.kept, self.number = kept, kept.number
        self.session, self.clock = new_session(template), Clock(kept.deadline, kept.left)
        self.version = int(time() * 1000)  # beyond what a server that ran before ever told
        self.progress, self.trouble = (0, 0), ""
        self.looked = monotonic()
        self._store, self._lock = store, RLock()
        self._results: dict[str, RoundResults] = {}
        self._splits: dict[str, dict[str, Attribution | None]] = {}
        self._owners: dict[str, str] = {}
        self._told = 0.0
        self.refresh()
        self._wind()

    @property
    def state(self) -> State:
        """How the session stands."""
        return self.session.state

    @property
    def rounds(self) -> tuple[RoundResults, ...]:
        """Results of the rounds that were run, seen or not, as far as they are at hand."""
        return tuple(self._known(self.state))

    @property
    def waits_for_results(self) -> bool:
        """Whether a round is to be run, or was run and its results are lost."""
        state = self.state
        to_run = state.phase == "run" and len(state.results) <= state.round
        return to_run or len(self.rounds) < len(state.results)

    def act(self, by: str, act: acts.Act, token: tuple[str, str] | None = None) -> None:
        """Do one thing; it is in the database when this returns.

        token   of a seat that is new: its name, and the hash of its token
        Raises the workshop's RefusedError for what is not allowed, and what the store raises.
        """
        with self._lock:
            for _ in range(TRIES):
                before = self.session
                record = Record(by, act, round(self._passed(), 3))
                try:
                    after = before.act(record)
                    self._store.append(self.number, len(before.log), record.plain(), token)
                except (RefusedError, ChangedError) as error:
                    self.refresh()
                    if isinstance(error, RefusedError) and self.session is before:
                        raise
                    continue
                self._become(after)
                self._set_clock(clock_after(self.clock, before.state, after.state, act, now()))
                return
        raise ChangedError(mark("Too many people act at the same moment. Try again."))

    def ran(self, state: State, name: str, results: RoundResults) -> bool:
        """Note what came out of a round, and say whether it still counts.

        state   as it stood when the running began: if plans were changed since, nothing is noted
        """
        with self._lock:
            self.refresh()
            self._results[name] = results
            self._changed()
            if self.state.phase != "run" or not same_question(self.state, state):
                return False
            if len(self.state.results) <= self.state.round:
                self.act(FACILITATOR, acts.Ran(name))
            self.tell(0, 0)
            return True

    def refresh(self) -> None:
        """Take in what another server on the same database has written. Raises GoneError."""
        with self._lock:
            self._take_clock()
            session = self.session
            for plain in self._store.log(self.number, len(session.log)):
                session = session.act(record_from(plain))
            if session is not self.session:
                self._become(session)
            self._fetch()

    def set_clock(self, clock: Clock) -> None:
        """Set the clock by hand."""
        with self._lock:
            self._set_clock(clock)

    def left(self, at: datetime) -> float | None:
        """Seconds left to decide."""
        return self.clock.seconds(at) if self.state.phase in ("decide", "lock") else None

    def tell(self, done: int, wanted: int) -> None:
        """Tell how far the running is: not more often than people can read."""
        over = done in (0, wanted)
        if (done, wanted) == self.progress or (not over and monotonic() < self._told + BETWEEN_NEWS):
            return
        self._told, self.progress = monotonic(), (done, wanted)
        self._changed()

    def say_trouble(self, words: str) -> None:
        """Say why the round could not be run."""
        if words != self.trouble:
            self.trouble = words
            self._changed()

    def seat_of(self, token_hash: str) -> Seat | None:
        """The seat that a token stands for; None when nobody has it, or the seat was taken away."""
        owner = self._owners.get(token_hash)
        if owner is None:
            owner = self._store.seat_of(self.number, token_hash)
            if owner is None:
                return None
            self._owners[token_hash] = owner
        return self.state.seats.get(owner)

    def splits_seen(self) -> Mapping[str, Attribution]:
        """Of the newest round that is revealed, as far as they are worked out; a team without change has none."""
        revealed = self.state.results[: self.state.revealed]
        found = self._splits.get(revealed[-1], {}) if revealed else {}
        return {team: each for team, each in found.items() if each is not None}

    def unsplit(self) -> tuple[int, str] | None:
        """A round, and a team, whose change is still to be divided: of the newest round that was run."""
        number = len(self.rounds) - 1
        if number < 0 or self.waits_for_results:
            return None
        known = self._splits.get(self.state.results[number], {})
        teams = (each.team for each in self.rounds[number].teams)
        return next(((number, team) for team in teams if team not in known), None)

    def put_split(self, name: str, team: str, found: Attribution | None) -> None:
        """Note a team's change in a round, divided."""
        self._splits[name] = {**self._splits.get(name, {}), team: found}
        self._changed()

    def _known(self, state: State) -> Iterator[RoundResults]:
        for name in state.results:
            if name not in self._results:
                return
            yield self._results[name]

    def _fetch(self) -> None:
        """Read the results that are named and not at hand."""
        for name in self.state.results:
            if name not in self._results:
                payload = self._store.results(self.number, name)
                if payload is None:
                    return
                self._results[name] = unpacked(payload)
                self._changed()

    def _become(self, session: Session) -> None:
        if session.state.phase != "run":
            self.trouble, self.progress = "", (0, 0)
        self.session = session
        self._changed()

    def _changed(self) -> None:
        with self._lock:
            self.version += 1

    def _wind(self) -> None:
        """Set the clock that a server did not come to set before it was killed."""
        state = self.state
        if state.phase == "decide" and self.clock == Clock():
            begun = next(r for r in reversed(self.session.log) if isinstance(r.act, acts.Begin | acts.Restart))
            clock = running(max(60 * state.current.minutes - (self._passed() - begun.at), 0.0), now())
            self._set_clock(clock.stopped(now()) if state.paused else clock)

    def _passed(self) -> float:
        """Seconds since the session was made."""
        return max((now() - self.kept.made).total_seconds(), 0.0)

    def _take_clock(self) -> None:
        """Take over the clock as the database has it."""
        kept = self._store.by_code(self.kept.code)
        found = Clock(kept.deadline, kept.left)
        if found != self.clock:
            self.clock = found
            self._changed()

    def _set_clock(self, clock: Clock) -> None:
        if clock != self.clock:
            self._store.set_clock(self.number, clock.deadline, clock.left)
            self.clock = clock
            self._changed()


def same_question(one: State, other: State) -> bool:
    """Whether two states of a session would be run alike: same round, same plans, same cards."""
    plans = [{name: team.locked for name, team in state.teams.items()} for state in (one, other)]
    return one.round == other.round and one.cards == other.cards and plans[0] == plans[1]
