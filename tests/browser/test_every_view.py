"""What holds of every view there is: whoever adds a name to the strip of views is tested here."""

from __future__ import annotations

import pytest

from dashboard.components.navigation import VIEWS
from tests.browser.seen import SIZES, cut_off, sideways, sized, violations_in_both_themes

pytestmark = pytest.mark.browser

LINK = "years=1&plan=prevention_shift&demand.admissions_growth=5"
"""A plan with a lever moved, so that what marks it is there."""

IN_THE_STRIP = [address for _, address, _ in VIEWS]
BESIDES = ["/report", "/glossary"]
"""Pages that are reached by a menu."""
ASKING = ["/", "/flow", "/money", "/map", "/drivers"]
"""Views with levers: there is something to see when the first answer has come."""


def show(dashboard, view):
    """Open a view and wait until it has nothing left to do."""
    path = view.removeprefix("/")
    if view not in ASKING or not dashboard.go(dashboard.at(path, LINK)):
        dashboard.visit(path, LINK)
    if view in ASKING:
        dashboard.answered()
    dashboard.idle()


@pytest.mark.parametrize("view", [*IN_THE_STRIP, *BESIDES])
def test_it_is_whole_at_every_size_and_passes_axe_in_both_themes(dashboard, view):
    show(dashboard, view)
    here = dashboard.page.locator("[aria-current=page]")
    assert here.count() == (1 if view in IN_THE_STRIP else 0)
    assert violations_in_both_themes(dashboard) == {}
    for size in SIZES:
        sized(dashboard, size)
        assert sideways(dashboard) <= 0, size
        assert cut_off(dashboard) == [], size
