"""Scenarios and Share: what is kept comes back as it was, what is taken away can be read, and nothing typed is lost."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.browser.conftest import SMALL
from tests.browser.seen import SIZES, cut_off, sideways, sized, violations, violations_in_both_themes

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
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


def share(dashboard):
    dashboard.page.get_by_role("button", name="Share").click()
    dashboard.until("(document.querySelector('#share-sheet .kept-about') || {}).textContent > ''")
    return dashboard.page.get_by_role("dialog", name="Share")


def taken(dashboard, press):
    """What a press of a button brings: name and bytes of a file."""
    with dashboard.page.expect_download() as arrives:
        press()
    return arrives.value.suggested_filename, Path(arrives.value.path()).read_bytes()


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


def test_tables_and_files_can_be_read_back(dashboard, tmp_path):
    dashboard.open(LINK)
    cards = dashboard.cards()
    dialog = share(dashboard)

    def press(kind):
        return lambda: dialog.locator(f"[data-file={kind}]").click()

    name, sheet = taken(dashboard, press("xlsx"))
    assert name == "upstream-dorset-do_nothing-changed.xlsx"
    assert load_workbook(BytesIO(sheet)).sheetnames[0] == "Results"
    rows = list(csv.DictReader(StringIO(taken(dashboard, press("csv"))[1].decode("utf-8-sig"))))
    shown = next(float(row["with the plan"]) for row in rows if row["measure"].startswith("Patients delayed"))
    paper = Document(BytesIO(taken(dashboard, press("docx"))[1]))
    values = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert {line for line in cards.splitlines() if line.endswith("%")} <= values
    page = taken(dashboard, press("html"))[1].decode()
    assert "<script" not in page
    scenario = tmp_path / "scenario.yaml"
    scenario.write_bytes(taken(dashboard, press("yaml"))[1])
    assert ran(scenario) == pytest.approx(shown, rel=1e-12)


def ran(scenario):
    """Patients delayed in the first year, as the command line has it for so many people and replications."""
    asked = ["dorset", "--scenario", scenario, "--years", "1"]
    size = ["--replications", SMALL["UPSTREAM_REPLICATIONS"], "--people", SMALL["UPSTREAM_SAMPLE"], "--json"]
    command = [Path(sys.executable).with_name("upstream"), "run", *asked, *size]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert printed.returncode == 0, printed.stderr
    years = json.loads(printed.stdout)["years"]
    return next(each["mean"] for each in years if each["series"] == "delayed")


def test_pictures_of_every_chart_are_drawn_with_title_plan_and_version(dashboard):
    dashboard.open(LINK)
    dialog = share(dashboard)
    charts = dialog.locator(".share-chart")
    assert charts.count() == 4
    name, drawing = taken(dashboard, lambda: charts.first.get_by_role("button", name="SVG").click())
    texts = " ".join(ElementTree.fromstring(drawing).itertext())
    assert name.endswith(".svg")
    assert "Hospital beds in use" in texts
    assert "Dorset: Do nothing, with one lever moved" in texts
    assert "Upstream 0." in texts
    name, dots = taken(dashboard, lambda: charts.nth(3).get_by_role("button", name="PNG").click())
    assert dots.startswith(b"\x89PNG")
    assert int.from_bytes(dots[16:20], "big") >= 1600
    assert len(dots) > 20_000


def test_a_copied_link_shows_the_same_cards_in_another_browser(dashboard, browser):
    dashboard.open(LINK)
    link = share(dashboard).get_by_label("Link").input_value()
    assert {"place=dorset", "plan=do_nothing", "years=1", "seed=1"} <= set(link.partition("?")[2].split("&"))
    context = browser.new_context()
    try:
        other = type(dashboard)(context.new_page(), dashboard.address)
        other.page.goto(link)
        other.settled()
        assert (other.cards(), other.complaints) == (dashboard.cards(), [])
    finally:
        context.close()


def test_an_event_log_is_made_and_saved(dashboard):
    dashboard.open(LINK)
    dialog = share(dashboard)
    name, log = taken(dashboard, lambda: dialog.get_by_role("button", name="Make the event log").click())
    head, first, *_ = log.decode().splitlines()
    assert name == "upstream-dorset-do_nothing-changed.events.csv"
    assert head == "entity_id,pathway,event_type,event,time,resource_id,run_number,left_by"
    assert ",arrival_departure,arrival,0.0," in first


def test_the_report_shows_the_cards_of_the_page_and_prints_on_paper(dashboard):
    dashboard.open(LINK)
    cards = dashboard.cards()
    dashboard.visit("report", LINK)
    shown = dashboard.page.locator(".report-cards").inner_text()
    assert shown.split() == cards.split()
    assert violations_in_both_themes(dashboard) == {}
    for size in SIZES:
        sized(dashboard, size)
        assert sideways(dashboard) <= 0, size
        assert cut_off(dashboard) == [], size
    assert dashboard.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    dashboard.page.evaluate("window.print = () => { window.printed = true; }")
    dashboard.page.get_by_role("button", name="Print or save as PDF").click()
    assert dashboard.page.evaluate("window.printed === true")


def test_the_page_on_paper_has_every_chart_whole_on_one_sheet(dashboard):
    """The browser asks for paper; what is drawn then is as wide as its frame, and the frames fit one sheet."""
    dashboard.open(LINK)
    page = dashboard.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1062, "height": 733})  # A4 landscape without its margins, at 96 dots an inch
    try:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        boxes = page.evaluate(
            """Array.from(document.querySelectorAll('.charts .chart-frame'), (frame) => {
            const plot = frame.querySelector('.main-svg').getBoundingClientRect(), box = frame.getBoundingClientRect();
            return [plot.right - box.right, plot.bottom - box.bottom, box.bottom]; })"""
        )
        assert len(boxes) == 4
        assert all(wide <= 1 and tall <= 1 and end <= 733 for wide, tall, end in boxes), boxes
        assert page.locator(".moved li").first.is_visible()
    finally:
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")


@pytest.mark.parametrize("opens", [scenarios, share])
def test_dialogs_pass_axe_in_both_themes_and_on_a_tablet(shelf, opens):
    if opens is scenarios:
        keep(shelf, "A scenario with a long name that goes on and on, so that it has to be broken into lines somewhere")
        shelf.page.keyboard.press("Escape")
    sized(shelf, "tablet")
    opens(shelf)
    for _theme in range(2):
        assert violations(shelf) == []
        assert cut_off(shelf) == []
        shelf.page.evaluate("window.upstream.theme.other()")
        shelf.idle()
