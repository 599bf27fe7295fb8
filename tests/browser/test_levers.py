"""Levers moved, taken back and brought again: by mouse, by keys, by number, one by one and all at once."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

GROWTH, SHIFT = "demand.admissions_growth", "policy.shift_share"
NHS, COMMUNITY = "finance.budget_growth.acute", "finance.budget_growth.community"
FALLS = "policy.programme_mix.falls_exercise"
FRAME = 16
"""Milliseconds between two moves of a mouse."""


def undo(dashboard):
    return dashboard.page.get_by_role("button", name="Undo", exact=True)


def redo(dashboard):
    return dashboard.page.get_by_role("button", name="Redo", exact=True)


def moved(dashboard):
    return dashboard.page.locator("#moved-count").inner_text()


def typed(dashboard, path, text):
    box = dashboard.box(path)
    box.fill(text)
    box.press("Tab")


def drag(dashboard, name, moves=60):
    """Take hold of a slider in its middle and move it to the left by so many pixels, one a frame."""
    box = dashboard.slider(name).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    dashboard.page.mouse.move(x, y)
    dashboard.page.mouse.down()
    for step in range(1, moves + 1):
        dashboard.page.mouse.move(x - step, y)
        dashboard.page.wait_for_timeout(FRAME)
    dashboard.page.mouse.up()


def test_a_drag_is_few_questions_and_one_step(dashboard):
    """Sixty moves ask at most twenty times, the last of them the right thing; one press of Undo takes all back."""
    dashboard.open()
    before = len(dashboard.asked)
    drag(dashboard, "Growth in admissions")
    sent = len(dashboard.asked) - before
    dashboard.settled()
    value = dashboard.box(GROWTH).input_value()
    assert 0 < sent <= 20
    assert 0 < float(value) < 3
    assert f"{GROWTH}={value}" in dashboard.asked[-1]["link"]
    assert f"{GROWTH}={value}" in dashboard.link
    undo(dashboard).click()
    dashboard.settled()
    assert dashboard.link == "?years=1"
    assert dashboard.slider("Growth in admissions").input_value() == "3.6"
    redo(dashboard).click()
    dashboard.settled()
    assert dashboard.box(GROWTH).input_value() == value
    assert redo(dashboard).is_disabled()


def test_keys_take_back_numbers_plans_and_years_but_not_what_is_being_typed(dashboard):
    dashboard.open()
    typed(dashboard, GROWTH, "2.5")
    dashboard.page.locator("#years").select_option("2")
    typed(dashboard, SHIFT, "4")
    dashboard.slider("Money moved upstream").focus()
    for gone, link in ((SHIFT, f"?years=2&{GROWTH}=2.5"), ("years=2", f"?years=1&{GROWTH}=2.5"), (GROWTH, "?years=1")):
        assert gone in dashboard.link
        dashboard.page.keyboard.press("Control+z")
        assert dashboard.link == link
    for key, link in (("Control+Shift+z", GROWTH), ("Control+y", "years=2")):
        dashboard.page.keyboard.press(key)
        assert link in dashboard.link
    standing = dashboard.link
    dashboard.box(GROWTH).focus()
    dashboard.page.keyboard.press("Control+z")
    assert dashboard.link == standing
    dashboard.settled()


def test_steps_outlive_another_view_and_a_reload(dashboard):
    dashboard.open()
    typed(dashboard, GROWTH, "2.5")
    dashboard.page.locator("[data-view=flow]").click()
    dashboard.page.reload()
    dashboard.answered()
    undo(dashboard).click()
    dashboard.answered()
    assert GROWTH not in dashboard.link
    assert "/flow" in dashboard.page.url
    dashboard.page.go_back()
    dashboard.answered()
    assert "/flow" not in dashboard.page.url


def test_every_lever_moved_is_listed_with_a_way_back(dashboard):
    dashboard.open(f"years=1&{GROWTH}=5&{FALLS}=2.5")
    assert moved(dashboard) == "2 levers moved"
    assert dashboard.row(FALLS).is_visible()
    dashboard.page.locator("#moved-count").click()
    back = dashboard.page.get_by_role("button", name="Put back Strength and balance classes")
    back.click()
    dashboard.settled()
    assert moved(dashboard) == "1 lever moved"
    assert FALLS not in dashboard.link
    assert dashboard.box(FALLS).input_value() == "1"
    undo(dashboard).click()
    assert f"{FALLS}=2.5" in dashboard.link
    dashboard.settled()


def test_a_part_of_the_budget_goes_with_the_whole_until_it_is_moved_by_itself(dashboard):
    dashboard.open()
    typed(dashboard, NHS, "3")
    assert dashboard.box(COMMUNITY).input_value() == "3"
    assert dashboard.link == f"?years=1&{NHS}=3"
    dashboard.page.get_by_text("Parts of the NHS budget").click()
    typed(dashboard, COMMUNITY, "0")
    typed(dashboard, NHS, "2")
    assert dashboard.box(COMMUNITY).input_value() == "0"
    assert moved(dashboard) == "2 levers moved"
    dashboard.row(COMMUNITY).locator(".reset").click()
    assert dashboard.box(COMMUNITY).input_value() == "2"
    assert dashboard.link == f"?years=1&{NHS}=2"
    dashboard.settled()


def test_a_choice_is_made_by_keys_and_says_what_it_means(dashboard):
    dashboard.open()
    row = dashboard.row("policy.evidence_stance")
    row.evaluate("(each) => { each.closest('details').open = true; }")
    row.get_by_role("radio", name="Central").focus()
    dashboard.page.keyboard.press("ArrowRight")
    dashboard.settled()
    assert "policy.evidence_stance=hopeful" in dashboard.link
    assert row.locator(".choice-says").inner_text().lower() == "the high end of every range"


def test_five_presses_of_a_key_are_one_step(dashboard):
    dashboard.open()
    before = len(dashboard.asked)
    for _ in range(5):
        dashboard.slider("Growth in admissions").press("ArrowRight")
    dashboard.settled()
    assert f"{GROWTH}=4.1" in dashboard.asked[-1]["link"]
    assert len({each["link"] for each in dashboard.asked[before:]}) <= 5
    undo(dashboard).click()
    assert dashboard.link == "?years=1"
    dashboard.settled()
