"""One open session: its log in memory as it stands in the database, and never ahead of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import RLock
from time import monotonic, time

from dashboard.shelf.sessions import KeptSession, Sessions
from dashboard.shelf.trouble import ChangedError
from dashboard.wording.language import mark
from dashboard.workshop.divided import Split
from dashboard.workshop.keeping.clock import Clock, clock_after, running
from dashboard.workshop.keeping.moment import now
from dashboard.workshop.keeping.outcomes import Outcomes
from dashboard.workshop.keeping.presses import KEY, PROGRAM, Press, Presses
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
OWNED = 20.0
"""Seconds for which it is remembered whose a token is, as another server may have given the seat away."""
BETWEEN_NEWS = 1.0
"""Seconds between two times that people are told how far the running is."""


class Room:
    """A session that is open. What is read of it is never half changed; who changes it waits in line.

    kept       as the database had it when it was opened
    session    the log and the state that it makes
    version    grows with everything that somebody might see
    progress   replications done and wanted of the round that is being run
    trouble    why the round could not be run, in one sentence
    outcomes   results of rounds, and teams' changes divided
    """

    def __init__(self, kept: KeptSession, template: Template, store: Sessions) -> None:
        self.kept, self.number = kept, kept.number
        self.session, self.clock = new_session(template), Clock(kept.deadline, kept.left)
        self.version = int(time() * 1000)  # beyond what a server that ran before ever told
        self.progress, self.trouble = (0, 0), ""
        self.looked = monotonic()
        self._store, self._lock = store, RLock()
        self.outcomes = Outcomes(store, self.number)
        self._given_up: State | None = None
        self._owners: dict[str, tuple[str, float]] = {}
        self._presses = Presses()
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
        return self.outcomes.rounds(self.state)

    @property
    def waits_for_results(self) -> bool:
        """Whether a round is to be run, or was run and its results are lost."""
        return self._waits(self.state)

    def to_run(self) -> tuple[State, int] | None:
        """The round that is to be run, counted from 0, and the state in which it is; None where it was given up."""
        state = self.state
        wanted = self._waits(state) and state is not self._given_up
        return (state, len(self.outcomes.rounds(state))) if wanted else None

    def act(self, by: str, act: acts.Act, token: tuple[str, str] | None = None, press: Press = PROGRAM) -> bool:
        """Do one thing, unless it was done; it is in the database when this returns, which says whether it did it now.

        token   of a seat that is new: its name, and the hash of its token
        Raises the workshop's RefusedError for what is not allowed, ChangedError for what was meant for another round,
        and what the store raises.
        """
        with self._lock:
            for _ in range(TRIES):
                if self._presses.knows(by, press.once, act):
                    return False
                self._check_round(press)
                before = self.session
                record = Record(by, act, round(self._passed(), 3))
                try:
                    after = before.act(record)
                    line = record.plain() | ({KEY: press.once} if press.once else {})
                    self._store.append(self.number, len(before.log), line, token)
                except (RefusedError, ChangedError) as error:
                    self.refresh()
                    if isinstance(error, RefusedError) and self.session is before:
                        raise
                    continue
                self._presses.note(by, press.once, act)
                self._become(after)
                self._set_clock(clock_after(self.clock, before.state, after.state, act, now()))
                return True
        raise ChangedError(mark("Too many people act at the same moment. Try again."))

    def ran(self, state: State, name: str, results: RoundResults) -> bool:
        """Note what came out of a round, and say whether it still counts.

        state   as it stood when the running began: if plans were changed since, nothing is noted
        """
        with self._lock:
            self.refresh()
            self.outcomes.note(name, results)
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
                record = record_from({name: each for name, each in plain.items() if name != KEY})
                session = session.act(record)
                self._presses.note(record.by, plain.get(KEY, ""), record.act)
            if session is not self.session:
                self._become(session)
            if self.outcomes.fetch(self.state):
                self._changed()

    def turn(self, change: Callable[[Clock], Clock], by: str, press: Press = PROGRAM) -> bool:
        """Set the clock by hand, unless that was done; whether it was done now. A restart forgets such presses."""
        with self._lock:
            if self._presses.knows(by, press.once):
                return False
            self._check_round(press)
            self._set_clock(change(self.clock))
            self._presses.note(by, press.once)
            return True

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

    def give_up(self, state: State, words: str) -> None:
        """Say why the round could not be run, and wait until somebody does something."""
        self._given_up = state
        if words != self.trouble:
            self.trouble = words
            self._changed()

    def seat_of(self, token_hash: str) -> Seat | None:
        """The seat that a token stands for; None when nobody has it, or the seat was taken away."""
        owner, asked = self._owners.get(token_hash, ("", 0.0))
        if not owner or monotonic() - asked > OWNED:
            owner = self._store.seat_of(self.number, token_hash) or ""
            self._owners[token_hash] = owner, monotonic()
        return self.state.seats.get(owner)

    def had(self, seat: str) -> bool:
        """Whether there is, or was, a seat of this name."""
        return any(isinstance(each.act, acts.Join) and each.act.seat == seat for each in self.session.log)

    def give(self, seat: str, token_hash: str) -> None:
        """Let a token stand for a seat, and none that did before: a phone that is lost is out of the seat."""
        self._store.drop_tokens(self.number, seat)
        self._store.put_token(self.number, seat, token_hash)
        self._owners = {each: found for each, found in self._owners.items() if found[0] != seat}

    def splits_seen(self) -> Mapping[str, Split]:
        """Of the newest round that is revealed: a team's change, divided or why not; missing while it is worked on."""
        state = self.state
        revealed = state.results[: state.revealed]
        return self.outcomes.splits(revealed[-1]) if revealed else {}

    def unsplit(self) -> tuple[State, str] | None:
        """A team whose change in the newest round that was run is still to be divided, and the state in which it is."""
        state = self.state
        missing = () if self._waits(state) else self.outcomes.missing(state)
        return (state, missing[0]) if missing else None

    def put_split(self, name: str, team: str, found: Split) -> None:
        """Note a team's change in a round, divided."""
        with self._lock:
            self.outcomes.put_split(name, team, found)
            self._changed()

    def _check_round(self, press: Press) -> None:
        """Refuse what was decided for another round; raises ChangedError."""
        if not press.fits(self.state):
            self.refresh()  # another server may have begun the next one
        if not press.fits(self.state):
            raise ChangedError(mark("This was meant for another round, so it was not done."))

    def _waits(self, state: State) -> bool:
        to_run = state.phase == "run" and len(state.results) <= state.round
        return to_run or len(self.outcomes.rounds(state)) < len(state.results)

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
