"""Share: what is taken away can be read, and says what the page says."""

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
from tests.browser.seen import SIZES, cut_off, found_in_a_dialog, sideways, sized, violations_in_both_themes

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
LINK = "place=dorset&years=1&demand.admissions_growth=5"


def share(dashboard):
    dashboard.page.get_by_role("button", name="Share").click()
    dashboard.until("(document.querySelector('#share-sheet .kept-about') || {}).textContent > ''")
    return dashboard.page.get_by_role("dialog", name="Share")


def taken(dashboard, press):
    """What a press of a button brings: name and bytes of a file."""
    with dashboard.page.expect_download() as arrives:
        press()
    return arrives.value.suggested_filename, Path(arrives.value.path()).read_bytes()


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


def test_its_dialog_passes_axe_in_both_themes_and_on_a_tablet(dashboard):
    dashboard.open(LINK)
    sized(dashboard, "tablet")
    share(dashboard)
    assert found_in_a_dialog(dashboard) == []
