"""What the words of the map mean, as the parameters say."""

from __future__ import annotations

from dashboard.facts.stations import Rules
from dashboard.gateway.looked_up import believed


def rules() -> Rules:
    """From when on a kind of place is called busy or full; the same in every plan, so that plans can be compared."""
    given = believed()
    return Rules(
        busy=given.value("run.busy_from"),
        very_busy=given.value("run.very_busy_from"),
        full=given.value("run.full_from"),
        months=round(given.value("run.full_for")),
        held_up=given.value("run.held_up_from"),
    )
