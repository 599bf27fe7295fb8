"""Watch in a real browser: play, pause, step, scrub, keys, less motion, and the same days as a table."""

from __future__ import annotations

import pytest

from tests.browser.seen import violations_in_both_themes

pytestmark = pytest.mark.browser

LINK = "years=1&demand.admissions_growth=-2"
THERE = "document.getElementById('player').dataset.days !== undefined"


@pytest.fixture
def watch(dashboard):
    dashboard.visit("watch", LINK)
    dashboard.until(THERE)
    return dashboard


def day(watch):
    return int(watch.page.locator("#watch-scrub").input_value())


def test_days_pass_while_it_plays_and_stand_still_when_it_pauses(watch):
    watch.page.locator("#watch-play").click()
    assert watch.page.locator("#watch-play").inner_text() == "Pause"
    watch.until("Number(document.getElementById('watch-scrub').value) >= 2")
    watch.page.locator("#watch-play").click()
    stood = day(watch)
    watch.until("document.getElementById('watch-live').textContent.includes('Doing nothing:')")
    assert day(watch) == stood
    assert "This plan:" in watch.page.locator("#watch-live").inner_text()


def test_a_day_back_and_on_by_button_key_and_scrubbing(watch):
    watch.page.locator("#watch-on").click()
    assert day(watch) == 1
    watch.page.locator("#watch-back").click()
    watch.page.locator("#player").focus()
    watch.page.keyboard.press("ArrowRight")
    watch.page.keyboard.press("ArrowRight")
    assert day(watch) == 2
    watch.page.keyboard.press("End")
    assert day(watch) == int(watch.page.locator("#player").get_attribute("data-days"))
    watch.page.locator("#watch-scrub").focus()
    watch.page.keyboard.press("ArrowLeft")
    assert day(watch) == int(watch.page.locator("#player").get_attribute("data-days")) - 1
    watch.page.locator("#player").focus()
    watch.page.keyboard.press("Home")
    watch.page.keyboard.press("Space")
    watch.until("document.getElementById('player').dataset.playing === 'yes'")
    watch.page.keyboard.press("Space")
    assert watch.page.locator("#player").get_attribute("data-playing") == "no"


def test_the_words_of_a_day_are_those_of_the_table(watch):
    watch.page.locator("#watch-on").click()
    row = watch.page.locator("#watch-table tbody tr").nth(1).locator("td")
    watch.page.locator("#numbers summary").click()
    now = watch.page.locator("#watch-nothing-now").inner_text()
    waiting, beds = row.nth(0).inner_text(), row.nth(1).inner_text()
    assert f"{beds} in hospital beds" in now
    assert f"{waiting} waiting for one" in now
    assert violations_in_both_themes(watch) == {}


def test_with_less_motion_each_day_is_a_still(dashboard):
    dashboard.page.emulate_media(reduced_motion="reduce")
    dashboard.visit("watch", LINK)
    dashboard.until(THERE)
    assert not dashboard.page.locator("#watch-play").is_visible()
    assert dashboard.page.locator("#watch-still").is_visible()
    dashboard.page.locator("#watch-on").click()
    assert day(dashboard) == 1
    dashboard.page.locator("#player").focus()
    dashboard.page.keyboard.press("Space")
    assert dashboard.page.locator("#player").get_attribute("data-playing") == "no"
    dashboard.page.emulate_media(reduced_motion="no-preference")


def test_doing_nothing_alone_is_one_drawing(dashboard):
    dashboard.visit("watch", "years=1")
    dashboard.until(THERE)
    assert not dashboard.page.locator("#watch-plan").is_visible()
    assert "Nothing is changed yet" in dashboard.page.locator("#watch-says").inner_text()
