"""Runs rounds, one after another, in the background; and between rounds divides what teams changed.

A round is known by its content. Its results are in the database before the log says that it was run, so whoever is
killed on the way goes on where they stood, and nothing is noted twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from logging import getLogger
from threading import Event, Lock, Thread
from time import monotonic

from dashboard.shelf.trouble import GoneError, ShelfError
from dashboard.surroundings import memory_budget, thread_count
from dashboard.wording.language import mark
from dashboard.workshop.keeping.keeper import Keeper
from dashboard.workshop.keeping.packed import packed, unpacked
from dashboard.workshop.keeping.room import Room, same_question
from sim.experiments.replicate import CancelledError, Way
from sim.inputs import Faults
from sim.system import Memory
from sim.workshop import RoundResults, State, asked, run_round, split
from sim.workshop.rounds import REMEMBERED

LOG = getLogger(__name__)
TICK = 2.0
"""Seconds between looks at what other servers did."""
TIDY_EVERY = 3600.0
AGAIN = 5.0
"""Seconds until a database that was out of order is tried again."""
LONGEST = 400
"""Characters of what is said of a fault."""
NOT_RUN = mark("The round could not be run. Undo, change what was decided, or try again.")
Run = Callable[..., RoundResults]


class Runner:
    """One thread for all sessions: replications of a round use every core anyway."""

    def __init__(self, keeper: Keeper, run: Run = run_round) -> None:
        self._keeper, self._run = keeper, run
        self._memory: Memory | None = None
        self._news, self._closed, self._lock = Event(), Event(), Lock()
        self._thread: Thread | None = None
        self._failed: dict[int, State] = {}
        self._not_before = 0.0

    def begin(self) -> None:
        """The first time, go on with what a server before this one was running."""
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = Thread(target=self._go, name="workshops", daemon=True)
                self._thread.start()

    def wake(self) -> None:
        """Look for work now."""
        self.begin()
        self._news.set()

    def close(self) -> None:
        """Stop; what is being run is run again when a server starts."""
        self._closed.set()
        self._news.set()
        if self._thread is not None:
            self._thread.join(timeout=AGAIN)

    def step(self) -> bool:
        """Do the next piece of work; whether there was any."""
        for room in self._keeper.rooms():
            if room.waits_for_results and self._failed.get(room.number) is not room.state:
                self._run_round(room)
                return True
        for room in self._keeper.rooms():
            found = room.unsplit()
            if found is not None and self._failed.get(room.number) is not room.state:
                self._split(room, *found)
                return True
        return False

    def _go(self) -> None:
        looked, tidied = monotonic(), -TIDY_EVERY
        self._safely(self._keeper.open_all)
        while not self._closed.is_set():
            self._news.clear()
            if monotonic() - tidied > TIDY_EVERY:
                tidied = monotonic()
                self._safely(self._keeper.tidy)
            busy = monotonic() >= self._not_before and self._safely(self.step)
            if not busy:
                self._news.wait(TICK)
            if monotonic() - looked > TICK:
                looked = monotonic()
                self._safely(self._keeper.refresh)

    def _safely(self, work: Callable[[], object]) -> bool:
        """Do something that must not end the thread; whether it did something."""
        try:
            return bool(work())
        except ShelfError as error:
            LOG.warning("Workshops wait: %s", error)
        except Exception:
            LOG.exception("Something about workshops failed")
        self._not_before = monotonic() + AGAIN
        return False

    def _run_round(self, room: Room) -> None:
        """Run the round that a room waits for, or take its results from the database."""
        state, number = room.state, len(room.rounds)
        try:
            name = asked(state, number).id if number >= len(state.results) else state.results[number]
            kept = self._keeper.store.results(room.number, name)
            results = self._results(room, state, number) if kept is None else unpacked(kept)
            if kept is None:
                self._keeper.store.put_results(room.number, name, packed(results))
            room.ran(state, name, results)
        except CancelledError:
            return
        except GoneError:
            self._keeper.forget(room.kept.code)
        except Faults as faults:
            self._give_up(room, state, " ".join(str(faults).split())[:LONGEST])
        except ShelfError:
            raise
        except Exception:
            LOG.exception("Round %s of session %s", number + 1, room.kept.code)
            self._give_up(room, state, NOT_RUN)

    def _results(self, room: Room, state: State, number: int) -> RoundResults:
        way = Way(thread_count(), room.tell, pace=partial(self._while_wanted, room, state))
        return self._run(state, number, way, memory=self._shared())

    def _while_wanted(self, room: Room, state: State) -> None:
        """End the work where nobody wants it any more."""
        wanted = room.waits_for_results and same_question(room.state, state) and self._keeper.holds(room)
        if self._closed.is_set() or not wanted:
            raise CancelledError

    def _give_up(self, room: Room, state: State, words: str) -> None:
        """Wait until somebody does something else than to run this again."""
        self._failed[room.number] = state
        room.say_trouble(words)

    def _split(self, room: Room, number: int, team: str) -> None:
        state, name = room.state, room.state.results[number]
        way = Way(max(thread_count() - 1, 1), pace=partial(self._while_idle, room))  # a core is left for the room
        try:
            room.put_split(name, team, split(state, team, number, way))
        except CancelledError:
            return
        except Exception:
            LOG.exception("The change of %s in session %s could not be divided", team, room.kept.code)
            room.put_split(name, team, None)

    def _while_idle(self, room: Room) -> None:
        """Rounds come first."""
        if self._closed.is_set() or not self._keeper.holds(room):
            raise CancelledError
        if any(each.waits_for_results and self._failed.get(each.number) is not each.state
               for each in self._keeper.rooms()):  # fmt: skip
            raise CancelledError

    def _shared(self) -> Memory:
        if self._memory is None:
            self._memory = Memory(min(REMEMBERED, memory_budget()))
        return self._memory
