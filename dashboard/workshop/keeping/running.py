"""Runs rounds, one after another, in the background; and between rounds divides what teams changed.

A round is known by its content. Its results are in the database before the log says that it was run, so whoever is
killed on the way goes on where they stood, and nothing is noted twice. Of servers on one database, one works for a
session, and the others take in what it writes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from logging import getLogger
from threading import Event, Lock, Thread
from time import monotonic

from dashboard.shelf.trouble import GoneError, ShelfError
from dashboard.surroundings import thread_count
from dashboard.wording.language import mark
from dashboard.workshop.divided import Undivided
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.room import Room, same_question
from dashboard.workshop.keeping.tokens import new_token
from dashboard.workshop.keeping.work import Here, Work
from sim.experiments.replicate import CancelledError, Way
from sim.inputs import Faults
from sim.workshop import State, asked

LOG = getLogger(__name__)
TICK = 2.0
"""Seconds between looks at what other servers did."""
TIDY_EVERY = 3600.0
AGAIN = 5.0
"""Seconds until a database that was out of order is tried again."""
CLAIMED = 6.0
"""Seconds for which a server that is not heard of any more keeps others from its work: longer than a restart takes."""
LATELY = 600.0
"""Seconds after the last look at a session in which its teams' changes are divided."""
LONGEST = 400
"""Characters of what is said of a fault."""
NOT_RUN = mark("The round could not be run. Undo, change what was decided, or try again.")


class Runner:
    """Two threads for all sessions: one works, since a round uses every core anyway; one takes in what others wrote."""

    def __init__(self, keeper: Keeper, work: Work | None = None) -> None:
        self._keeper, self._work = keeper, work or Here()
        self._who, self._claimed = new_token(), dict[int, float]()
        self._news, self._closed, self._lock = Event(), Event(), Lock()
        self._threads: tuple[Thread, ...] = ()
        self._not_before = 0.0

    def begin(self) -> None:
        """The first time, go on with what a server before this one was running."""
        if self._threads:
            return
        with self._lock:
            if not self._threads and not self._closed.is_set():
                self._threads = tuple(
                    Thread(target=each, name=name, daemon=True)
                    for name, each in (("workshops", self._go), ("workshops' news", self._keep_up))
                )
                for each in self._threads:
                    each.start()

    def wake(self) -> None:
        """Look for work now."""
        self.begin()
        self._news.set()

    def close(self) -> None:
        """Stop; what is being run is run again when a server starts."""
        self._closed.set()
        self._news.set()
        self._work.rest()
        for each in self._threads:
            each.join(timeout=AGAIN)

    def step(self) -> bool:
        """Do the next piece of work; whether there was any. Rounds come first."""
        rooms = self._keeper.rooms()
        return any(map(self._runs, rooms)) or any(map(self._splits, rooms))

    def _go(self) -> None:
        self._safely(self._keeper.open_waiting)
        while not self._closed.is_set():
            self._news.clear()
            busy = monotonic() >= self._not_before and self._safely(self._stepped)
            if not busy:
                self._news.wait(TICK)

    def _stepped(self) -> bool:
        """One step, by somebody who is ready as long as a session is open."""
        (self._work.warm if self._keeper.rooms() else self._work.rest)()
        return self.step()

    def _keep_up(self) -> None:
        tidied = -TIDY_EVERY
        while not self._closed.wait(TICK):
            if monotonic() - tidied > TIDY_EVERY:
                tidied = monotonic()
                self._safely(self._keeper.tidy)
            for room in self._keeper.rooms():
                self._safely(partial(self._keeper.refresh, room), partial(self._keeper.forget, room.kept.code))

    def _safely(self, work: Callable[[], object], otherwise: Callable[[], object] | None = None) -> bool:
        """Do something that must not end a thread; whether there may be more to do at once.

        otherwise   what to do after a fault that nobody foresaw; else work waits, as it does for the database
        """
        try:
            return bool(work())
        except ShelfError as error:
            LOG.warning("Workshops wait: %s", error)
        except Exception:
            LOG.exception("Something about workshops failed")
            if otherwise is not None:
                otherwise()
                return True
        self._not_before = monotonic() + AGAIN
        return False

    def _runs(self, room: Room) -> bool:
        """Run a round, where one is to be run; whether there may be more to do at once."""
        wanted = room.to_run()
        if wanted is None:
            return False
        return self._safely(partial(self._run_round, room, *wanted), partial(room.give_up, wanted[0], NOT_RUN))

    def _run_round(self, room: Room, state: State, number: int) -> bool:
        """Run the round that a room waits for, or take its results from the database; whether it is ours to run."""
        try:
            name = asked(state, number).id if number >= len(state.results) else state.results[number]
            results = room.outcomes.kept(name)
            if results is None:
                if not self._is_ours(room):
                    return False
                way = Way(thread_count(), room.tell, pace=partial(self._while_wanted, room, state))
                results = self._work.run(state, number, way)
                room.outcomes.keep(name, results)
            room.ran(state, name, results)
        except CancelledError:
            pass
        except GoneError:
            self._keeper.forget(room.kept.code)
        except Faults as faults:
            room.give_up(state, " ".join(str(faults).split())[:LONGEST])
        return True

    def _splits(self, room: Room) -> bool:
        """Divide a change, where one is to be divided and somebody looks; whether there may be more to do at once."""
        found = room.unsplit() if monotonic() - room.looked < LATELY else None
        if found is None:
            return False
        state, team = found
        failed = partial(room.put_split, state.results[-1], team, Undivided.FAILED)
        return self._safely(partial(self._split, room, state, team), failed)

    def _split(self, room: Room, state: State, team: str) -> bool:
        """Divide a team's change in the newest round; whether it is ours to divide."""
        number, name = len(state.results) - 1, state.results[-1]
        try:
            if not self._is_ours(room):
                return False
            way = Way(max(thread_count() - 1, 1), pace=partial(self._while_idle, room, name))  # a core for the room
            room.put_split(name, team, self._work.divide(state, number, team, way))
        except CancelledError:
            pass
        except GoneError:
            self._keeper.forget(room.kept.code)
        return True

    def _is_ours(self, room: Room) -> bool:
        """Whether no other server works for a session; this one says now and then that it does."""
        if self._claimed.get(room.number, 0.0) > monotonic():
            return True
        ours = self._keeper.store.claim(room.number, self._who, CLAIMED)
        if ours:
            self._claimed[room.number] = monotonic() + CLAIMED / 3
        return ours

    def _while_wanted(self, room: Room, state: State) -> None:
        """End the work on a round that nobody wants any more."""
        wanted = room.waits_for_results and same_question(room.state, state)
        if not (wanted and self._may_go_on(room)):
            raise CancelledError

    def _while_idle(self, room: Room, name: str) -> None:
        """End the work on a round that does not count any more; and rounds to run come first."""
        waiting = any(each.to_run() for each in self._keeper.rooms())
        if waiting or name not in room.state.results or not self._may_go_on(room):
            raise CancelledError

    def _may_go_on(self, room: Room) -> bool:
        return not self._closed.is_set() and self._keeper.holds(room) and self._is_ours(room)
