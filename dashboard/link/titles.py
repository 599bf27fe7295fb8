"""What a question is called."""

from __future__ import annotations

from dashboard.facts.catalogue import Catalogue
from dashboard.link.state import State
from dashboard.wording.report import heading


def title(now: State, catalogue: Catalogue) -> str:
    """Which place, which plan, and how many levers were moved besides; the catalogue is in words."""
    return heading(catalogue.places[now.place].name, catalogue.plans[now.plan].title, len(now.settings))
