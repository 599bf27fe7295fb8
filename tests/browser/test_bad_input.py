"""Bad input is put right in the open: in links, in number boxes, with Enter as with Tab."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

PAUSE = 700
"""Milliseconds, more than any number box pauses while one types: what it says after that must change nothing."""

SHIFT, GROWTH = "policy.shift_share", "demand.admissions_growth"


def notice(dashboard):
    return dashboard.page.locator("#notice").inner_text()


def entered(dashboard, box, typed, key="Enter"):
    """Type into a box in place of what is there, end with a key, and wait for the answer."""
    box.click()
    box.press("Control+a")
    box.press("Delete")
    box.press_sequentially(typed)
    box.press(key)
    dashboard.page.wait_for_timeout(PAUSE)
    return dashboard.settled()


def test_a_link_that_asks_for_what_there_is_not_says_so_as_text(dashboard):
    dashboard.load(f"years=1&place=<b>atlantis</b>&{SHIFT}=99")
    assert "a place we do not know, “<b>atlantis</b>”; West Yorkshire and Harrogate is shown." in notice(dashboard)
    assert "15% of the acute budget is the most for “Money moved upstream”; the link had “99”" in notice(dashboard)
    assert dashboard.page.locator("#notice b").count() == 0
    assert dashboard.page.locator("#notice").get_attribute("role") == "status"
    dashboard.slider("Growth in admissions").press("ArrowRight")
    assert notice(dashboard) == ""


ENTERED = {
    "999999999999999999": ("6", "is the most"),
    "25": ("6", "is the most"),
    "-7": ("0", "is the least"),
    "": ("3.6", "needs a number; it stays at 3.6"),
    "2,5": ("2.5", ""),
}


@pytest.mark.parametrize("key", ["Enter", "Tab"])
@pytest.mark.parametrize("typed", ENTERED)
def test_enter_does_what_leaving_the_box_does(dashboard, typed, key):
    dashboard.open()
    box, (shown, said) = dashboard.box(GROWTH), ENTERED[typed]
    entered(dashboard, box, typed, key)
    assert box.input_value() == shown
    assert dashboard.slider("Growth in admissions").input_value() == shown
    assert said in notice(dashboard)
    assert bool(said) == bool(notice(dashboard))


def test_after_enter_one_may_go_on_typing(dashboard):
    dashboard.open()
    box = dashboard.box(GROWTH)
    entered(dashboard, box, "25")
    entered(dashboard, box, "2.4")
    assert (box.input_value(), notice(dashboard)) == ("2.4", "")
    assert f"{GROWTH}=2.4" in dashboard.link


@pytest.mark.parametrize(("pasted", "shown"), [("2,5", "2.5"), (" 2.5 ", "2.5"), ("1e5", ""), ("1,000.5", "")])
def test_a_pasted_number_is_read_as_written_or_refused_in_words(dashboard, pasted, shown):
    dashboard.open()
    box = dashboard.box(GROWTH)
    box.click()
    box.press("Control+a")
    box.press("Delete")
    dashboard.page.keyboard.insert_text(pasted)
    assert box.input_value() == shown
    assert ("is not a plain number" in notice(dashboard)) == (shown == "")


def test_the_seed_box_too(dashboard):
    dashboard.open()
    box = dashboard.page.locator("#seed")
    entered(dashboard, box, "999999999999999999")
    assert (box.input_value(), "is the most for the seed" in notice(dashboard)) == ("2147483647", True)
    entered(dashboard, box, "")
    assert (box.input_value(), "it stays at 2147483647" in notice(dashboard)) == ("2147483647", True)


def test_doing_nothing_with_a_lever_moved_is_not_called_doing_nothing(dashboard):
    dashboard.open()
    why = dashboard.page.locator("#plan-why")
    assert "nobody changes anything" in why.inner_text()
    dashboard.slider("Growth in admissions").press("ArrowRight")
    dashboard.settled()
    assert "nobody changes anything" not in why.inner_text()
    assert "changes what is moved here" in why.inner_text()
    dashboard.row(GROWTH).locator(".reset").click()
    dashboard.settled()
    assert "nobody changes anything" in why.inner_text()
