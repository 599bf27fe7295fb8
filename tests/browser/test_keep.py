"""Scenarios: what is kept comes back as it was, and nothing typed is lost."""

from __future__ import annotations

import json

import pytest

from tests.browser.seen import found_in_a_dialog, sized

pytestmark = pytest.mark.browser
LINK = "place=dorset&years=1&demand.admissions_growth=5"
OTHER = "place=devon&years=1"
EMPTY_SHELF = """window.fetch("/shelf").then((r) => r.json()).then((found) => Promise.all(found.scenarios.map(
    (each) => window.fetch(`/shelf/${each.number}?revision=${each.revision}`, {method: "DELETE"}))))"""
RENAMED = """window.fetch("/shelf").then((r) => r.json()).then((found) => window.fetch(
    "/shelf/" + found.scenarios[0].number, {method: "PUT", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({revision: 1, name: "Theirs"})}))"""
BROKEN = b"title: Mine\nwhy: Because\nchange:\n  demand.admission_growth: 2\n  policy.shift_share: 7\n"


@pytest.fixture
def shelf(dashboard):
    """A page with a question, on a dashboard where nothing is kept."""
    dashboard.open(LINK)
    dashboard.page.evaluate(EMPTY_SHELF)
    yield dashboard
    if dashboard.page.evaluate("!!document.getElementById('shelf')"):
        dashboard.page.evaluate("document.querySelectorAll('#shelf form').forEach((form) => form.reset())")
    dashboard.page.evaluate(EMPTY_SHELF)


def scenarios(dashboard):
    """Open the dialog by its button and wait until it has looked at the shelf."""
    dashboard.page.get_by_role("button", name="Scenarios").click()
    dashboard.until("(document.querySelector('#shelf .kept-count') || {}).textContent > ''")
    return dashboard.page.get_by_role("dialog", name="Scenarios")


def keep(dashboard, name):
    dialog = scenarios(dashboard)
    dialog.get_by_label("Name", exact=True).fill(name)
    dialog.get_by_label("Name", exact=True).press("Enter")
    says(dashboard, f"Kept as \u201c{name}\u201d.")
    return dialog


def says(dashboard, words):
    dashboard.until(f"document.querySelector('dialog[open] .sheet-status').textContent.includes({json.dumps(words)})")


def refused(dashboard, code):
    """The browser itself complains of a refusal, and of nothing else."""
    assert dashboard.complaints
    assert all(str(code) in each for each in dashboard.complaints)
    dashboard.complaints.clear()


def test_what_is_kept_is_there_after_a_reload_and_opens_with_the_same_cards(shelf):
    cards, drawn = shelf.cards(), shelf.drawn()
    keep(shelf, "More <b>people</b>")
    shelf.load(OTHER)
    assert shelf.cards() != cards
    dialog = scenarios(shelf)
    assert dialog.locator(".kept-about").last.inner_text() == "Dorset: Do nothing, with one lever moved"
    dialog.get_by_role("button", name="Open More <b>people</b>").click()
    shelf.until("!document.getElementById('shelf').open")
    shelf.until("document.getElementById('notice').textContent.includes('Opened')")
    shelf.settled()
    assert (shelf.cards(), shelf.drawn()) == (cards, drawn)
    assert shelf.page.locator("#notice").inner_text().strip() == "Opened \u201cMore <b>people</b>\u201d."


def test_the_keyboard_alone_keeps_renames_deletes_and_puts_back(shelf):
    page = shelf.page
    page.get_by_role("button", name="Scenarios").focus()
    page.keyboard.press("Enter")
    shelf.until("(document.querySelector('#shelf .kept-count') || {}).textContent > ''")
    page.get_by_role("dialog").get_by_label("Name", exact=True).focus()
    page.keyboard.type("First")
    page.keyboard.press("Enter")
    says(shelf, "Kept as \u201cFirst\u201d.")
    page.get_by_role("button", name="Rename: First").press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Second")
    page.keyboard.press("Enter")
    says(shelf, "Changed.")
    page.get_by_role("button", name="Delete: Second").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Leave it"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    says(shelf, "Deleted \u201cSecond\u201d.")
    shelf.until("document.activeElement.textContent === 'Put it back'")
    page.keyboard.press("Enter")
    says(shelf, "\u201cSecond\u201d is back.")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "scenarios"


def test_a_name_that_is_taken_is_said_and_what_was_typed_stays(shelf):
    dialog = keep(shelf, "Mine")
    dialog.get_by_label("Name", exact=True).fill("MINE")
    dialog.get_by_label("Name", exact=True).press("Enter")
    says(shelf, "There is a scenario called \u201cMINE\u201d already.")
    assert dialog.get_by_label("Name", exact=True).input_value() == "MINE"
    refused(shelf, 409)
    dialog.get_by_role("button", name="Put this in its place").click()
    says(shelf, "\u201cMine\u201d is now what is on the page.")


def test_what_somebody_else_changed_meanwhile_is_not_lost(shelf):
    dialog = keep(shelf, "Ours")
    shelf.page.get_by_role("button", name="Rename: Ours").click()
    shelf.page.evaluate(RENAMED)
    form = dialog.locator(".kept form")
    form.get_by_label("Name", exact=True).fill("Also ours")
    form.get_by_role("button", name="Save").click()
    says(shelf, "It is now called \u201cTheirs\u201d.")
    assert form.get_by_label("Name", exact=True).input_value() == "Also ours"
    refused(shelf, 409)
    form.get_by_role("button", name="Save").click()
    says(shelf, "Changed.")
    assert dialog.locator(".kept-name").inner_text() == "Also ours"


def test_a_file_with_faults_shows_each_with_its_line_and_a_good_one_opens(shelf, tmp_path):
    dialog = scenarios(shelf)
    chooser = dialog.locator("input[type=file]")
    chooser.set_input_files([{"name": "mine.yaml", "mimeType": "text/yaml", "buffer": BROKEN}])
    says(shelf, "The file is not a scenario of this page.")
    faults = dialog.locator(".kept-faults li").all_inner_texts()
    assert [each.partition(":")[0] for each in faults] == ["Line 4", "Line 5"]
    assert "demand.admissions_growth" in faults[0]
    refused(shelf, 422)
    good = BROKEN.replace(b"admission_growth", b"admissions_growth").replace(b"  policy.shift_share: 7\n", b"")
    chooser.set_input_files([{"name": "mine.yaml", "mimeType": "text/yaml", "buffer": good}])
    says(shelf, "is on the page. It is not kept yet")
    assert dialog.get_by_label("Name", exact=True).input_value() == "Mine"
    assert dialog.locator(".kept-faults li").count() == 0
    shelf.until("new URLSearchParams(window.location.search).get('demand.admissions_growth') === '2'")


def test_a_shelf_that_cannot_be_reached_says_so_and_loses_nothing(shelf):
    shelf.page.route(
        "**/shelf*",
        lambda route: route.fulfill(status=503, json={"fault": "The database of scenarios, x, cannot be reached."}),
    )
    try:
        dialog = scenarios(shelf)
        assert "cannot be reached" in dialog.locator(".kept-count").inner_text()
        dialog.get_by_label("Name", exact=True).fill("Mine")
        dialog.get_by_label("Name", exact=True).press("Enter")
        says(shelf, "cannot be reached")
        assert dialog.get_by_label("Name", exact=True).input_value() == "Mine"
        refused(shelf, 503)
    finally:
        shelf.page.unroute("**/shelf*")
    dialog.get_by_role("button", name="Keep").click()
    says(shelf, "Kept as \u201cMine\u201d.")


def test_another_model_version_is_said(shelf):
    keep(shelf, "Old")
    shelf.page.route("**/shelf/*", _as_of_another_model)
    try:
        shelf.page.get_by_role("button", name="Open Old").click()
        shelf.until("document.getElementById('notice').textContent.includes('another version of the model')")
    finally:
        shelf.page.unroute("**/shelf/*")
    shelf.settled()


def _as_of_another_model(route):
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"same_model": False, "same_numbers": False})


def test_its_dialog_passes_axe_in_both_themes_and_on_a_tablet(shelf):
    keep(shelf, "A scenario with a long name that goes on and on, so that it has to be broken into lines somewhere")
    shelf.page.keyboard.press("Escape")
    sized(shelf, "tablet")
    scenarios(shelf)
    assert found_in_a_dialog(shelf) == []
