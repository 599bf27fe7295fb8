"""The map and how it works in a real browser: by keyboard, by lever, and in every theme; sizes are tested elsewhere."""

from __future__ import annotations

import pytest

from tests.browser.seen import cut_off, sized

pytestmark = pytest.mark.browser

GROWTH = "years=2&demand.admissions_growth=6"
CALM = "years=1&demand.admissions_growth=0"
FULL = "years=3&plan=prevention_shift&demand.admissions_growth=6"
OPEN = ".place-card.is-open"


@pytest.fixture
def board(dashboard):
    def open_(link):
        if not dashboard.go(dashboard.at("map", link)):
            dashboard.visit("map", link)
        return dashboard.answered()

    dashboard.map = open_
    return dashboard


def words(dashboard):
    return dashboard.page.locator(".map-says").inner_text()


def test_a_place_tells_more_when_the_keyboard_comes_to_it(board):
    board.map(CALM)
    page, box = board.page, board.page.locator("[data-place=p1]")
    board.page.locator("[data-show]:not([disabled])").last.focus()
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.place") == "p1":
            break
    assert page.evaluate("document.activeElement.dataset.place") == "p1"
    card = page.locator(OPEN)
    assert "Care at home (P1)" in card.inner_text()
    assert "Who pays" in card.inner_text()
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert card.count() == 0
    page.keyboard.press("Enter")
    assert card.count() == 1
    page.keyboard.press("Tab")
    assert "Community beds (P2)" in page.locator(OPEN).inner_text()
    page.evaluate("document.activeElement.blur()")
    assert page.locator(OPEN).count() == 0


def test_the_pointer_shows_a_card_that_stays_in_the_picture(board):
    board.map(CALM)
    for place in ("acute", "care_home"):
        board.page.locator(f"[data-place={place}] .place-box").hover()
        card, frame = board.page.locator(OPEN).bounding_box(), board.page.locator(".map-frame").bounding_box()
        assert frame["x"] <= card["x"]
        assert card["x"] + card["width"] <= frame["x"] + frame["width"] + 1
    board.page.mouse.move(2, 2)
    board.until("document.querySelector('.place-card.is-open') === null")


def test_map_and_sentence_follow_a_lever_and_the_card_stays(board):
    board.map(CALM)
    before, drawn = words(board), board.page.locator(".map-drawing").inner_html()
    board.page.locator("[data-place=acute] .place-box").click()
    card = board.page.locator(OPEN).inner_text()
    board.map(GROWTH)
    assert words(board) != before
    assert "In 2017/18" in words(board)
    assert board.page.locator(".map-drawing").inner_html() != drawn
    assert board.page.locator(OPEN).inner_text() != card
    assert board.page.locator("[data-place][aria-expanded=true]").get_attribute("data-place") == "acute"
    assert board.page.evaluate("document.activeElement.dataset.place") == "acute"


def test_the_difference_is_drawn_and_said(board):
    board.map(GROWTH)
    board.page.get_by_role("button", name="Difference", exact=True).click()
    board.answered()
    assert "instead of" in words(board)
    assert board.page.locator("[data-place=p1] .place-word").text_content() == "points"
    assert board.page.locator(".map-drawing .way.more").count() >= 1


@pytest.mark.parametrize("show", ["plan", "difference"])
def test_welsh_words_stay_in_their_boxes(board, show):
    board.visit("map", f"{FULL}&language=cy&show={show}")
    board.answered()
    assert "Cartref" in board.page.locator("[data-place=home]").text_content()
    for size in ("laptop", "tablet"):
        sized(board, size)
        assert cut_off(board) == [], size


def test_how_it_works_draws_another_network_from_its_file(board):
    board.visit("how-it-works", "years=2")
    assert board.page.locator(".net-box").count() >= 10
    way = board.page.get_by_role("link", name="Tandem blocking")
    way.focus()
    way.press("Enter")
    board.until("document.querySelectorAll('.net-box').length === 4")
    board.page.locator(".behind summary").click()
    assert board.page.locator(".net-table tbody tr").count() == 3
    board.page.get_by_role("link", name="Map", exact=True).click()
    board.answered()
    assert "years=2" in board.link
