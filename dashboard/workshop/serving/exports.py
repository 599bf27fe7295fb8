"""What leaves a session: its log, its results, what people said they would do, and sheets to print."""

from __future__ import annotations

import csv
from io import StringIO

from flask import Response

from dashboard.shelf.routes import attached
from dashboard.shelf.trouble import ChangedError
from dashboard.wording.language import mark
from dashboard.workshop.keeping.room import Room
from dashboard.workshop.serving.hub import Hub
from sim.workshop import Export, State, export_bytes, results_bytes

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""How a text begins that a spreadsheet would take for something to work out."""


class Exports:
    """Files for the facilitator."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    def session(self, code: str) -> Response:
        """The whole session as a file that can be replayed."""
        room = self._led(code)
        return attached(exported(room), "application/json", f"upstream-session-{room.kept.code}.json")

    def results(self, code: str) -> Response:
        """Results of all rounds, the same bytes as a replay of the session gives."""
        room = self._led(code)
        locked = max((len(team.locked) for team in room.state.teams.values()), default=0)
        if len(room.rounds) < locked:
            raise ChangedError(mark("A round is locked and not yet run. Export the results when it was."))
        return attached(results_bytes(room.rounds), "application/json", f"upstream-results-{room.kept.code}.json")

    def commitments(self, code: str) -> Response:
        """What people said they would do, as a table."""
        room = self._led(code)
        payload = commitments_csv(room.state).encode("utf-8-sig")
        return attached(payload, "text/csv", f"upstream-commitments-{room.kept.code}.csv")

    def _led(self, code: str) -> Room:
        room = self.hub.room(code)
        self.hub.check_leads(room)
        return room


def exported(room: Room) -> bytes:
    """A session as a file."""
    return export_bytes(Export(room.kept.workshop, room.kept.text, room.session.log))


def commitments_csv(state: State) -> str:
    """Commitments as a table in which nothing is a formula."""
    written = StringIO()
    table = csv.writer(written)
    table.writerow(["round", "team", "role", "name", "commitment"])
    for each in state.commitments:
        seat = state.seats.get(each.seat)
        who = (seat.role, seat.name) if seat else ("", "")
        table.writerow([each.round + 1, *map(harmless, (each.team, *who, each.text))])
    return written.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet works out."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text
