"""What came out of the rounds of one session, as far as it is at hand: results, and every team's change divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from dashboard.shelf.sessions import Sessions
from dashboard.shelf.trouble import RefusedError
from dashboard.workshop.divided import Split, Undivided
from dashboard.workshop.keeping.packed import packed, packed_split, unpacked, unpacked_split
from sim.workshop import RoundResults, State


class Outcomes:
    """Of one session, by the name that the log gives to the results of a round; kept in the database.

    A team's change is kept beside the results of its round, under their name and its own.
    """

    def __init__(self, store: Sessions, number: int) -> None:
        self._store, self._number = store, number
        self._rounds: dict[str, RoundResults] = {}
        self._splits: dict[str, dict[str, Split]] = {}

    def rounds(self, state: State) -> tuple[RoundResults, ...]:
        """Of the rounds that were run, up to the first that is not at hand."""
        return tuple(self._known(state))

    def splits(self, name: str) -> Mapping[str, Split]:
        """By team: its change in a round, as far as it is worked out."""
        return self._splits.get(name, {})

    def missing(self, state: State) -> tuple[str, ...]:
        """Teams whose change in the newest round is still to be divided; none while its results are not at hand."""
        known = self.rounds(state)
        if not known or len(known) < len(state.results):
            return ()
        return tuple(each.team for each in known[-1].teams if each.team not in self.splits(state.results[-1]))

    def kept(self, name: str) -> RoundResults | None:
        """Results as the database has them."""
        payload = self._store.results(self._number, name)
        return None if payload is None else unpacked(payload)

    def keep(self, name: str, results: RoundResults) -> None:
        """Write results to the database; they are at hand once they are noted."""
        self._store.put_results(self._number, name, packed(results))

    def note(self, name: str, results: RoundResults) -> None:
        """Have results at hand."""
        self._rounds[name] = results

    def put_split(self, name: str, team: str, split: Split) -> None:
        """Have a team's change at hand; kept too, but for one that failed, which another server may try."""
        if split is not Undivided.FAILED:
            with suppress(RefusedError):  # no room is left for it: it is worked out again after a restart
                self._store.put_results(self._number, _of(name, team), packed_split(split))
        self._note_split(name, team, split)

    def fetch(self, state: State) -> bool:
        """Read what the database has and is not at hand; whether there was anything."""
        return any([self._fetch_rounds(state), self._fetch_splits(state)])

    def _known(self, state: State) -> Iterator[RoundResults]:
        for name in state.results:
            if name not in self._rounds:
                return
            yield self._rounds[name]

    def _fetch_rounds(self, state: State) -> bool:
        found = False
        for name in state.results:
            if name not in self._rounds:
                results = self.kept(name)
                if results is None:
                    break
                self.note(name, results)
                found = True
        return found

    def _fetch_splits(self, state: State) -> bool:
        missing = {_of(state.results[-1], team): team for team in self.missing(state)}
        found = self._store.results_of(self._number, missing) if missing else {}
        for name, payload in found.items():
            self._note_split(state.results[-1], missing[name], unpacked_split(payload))
        return bool(found)

    def _note_split(self, name: str, team: str, split: Split) -> None:
        self._splits[name] = {**self.splits(name), team: split}


def _of(name: str, team: str) -> str:
    return f"{name}.{team}"
