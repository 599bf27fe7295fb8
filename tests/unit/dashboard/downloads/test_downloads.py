"""Files of an answer: the numbers of the page, in full, and no text that becomes a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import URL

from dashboard.app import create_app
from dashboard.downloads.sheets import Sheet
from dashboard.downloads.writing import csv_bytes, excel_bytes
from dashboard.facts.answers import Outcome
from dashboard.shelf.store import Shelf
from dashboard.wording.numbers import BY_ID, MEASURES
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway, settled

pytestmark = pytest.mark.unit
LINK = f"place=dorset&plan=prevention_shift&{SHIFT}=0.08&{GROWTH}=2"
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://evil.example")', "=cmd|' /C calc'!A0")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(fake_gateway(), Shelf(URL.create("sqlite", database=str(tmp_path_factory.mktemp("x") / "y"))))
    yield app
    app.gateway.close()


@pytest.fixture(scope="module")
def answer(app):
    return settled(app.gateway, LINK)


@pytest.fixture(scope="module")
def browser(app):
    return app.server.test_client()


@pytest.fixture(scope="module")
def book(browser, answer):
    return load_workbook(BytesIO(browser.get(f"/download/xlsx?{LINK}").data))


def table(book, name):
    """A sheet as a list of mappings by heading."""
    heads, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_csv_has_every_measure_and_year_in_full(browser, answer):
    reply = browser.get(f"/download/csv?{LINK}")
    assert reply.status_code == 200
    assert reply.headers["Content-Type"].startswith("text/csv")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="upstream-dorset-prevention_shift-changed.csv"'
    rows = list(csv.DictReader(StringIO(reply.data.decode("utf-8-sig"))))
    assert len(rows) == len(MEASURES) * 5
    row = next(each for each in rows if each["measure"] == BY_ID["delayed"].label and each["year"] == "2020/21")
    year = answer.years["delayed"][-1]
    found = [float(row[name]) for name in ("with the plan", "doing nothing", "change", "change, low", "change, high")]
    assert found == [year.plan, year.baseline, year.change, year.low, year.high]
    assert row["verdict"] == year.verdict
    assert row["replications"] == "10"


def test_the_link_in_a_file_asks_the_same_question(app, browser, answer):
    row = next(csv.DictReader(StringIO(browser.get(f"/download/csv?{LINK}").data.decode("utf-8-sig"))))
    assert app.gateway.name(row["link"]) == answer.name


def test_a_workbook_says_what_was_moved_by_whom_on_what_evidence_and_how(book, answer):
    assert book.sheetnames == ["Results", "Inputs", "Months", "Evidence", "Method"]
    levers = {row["parameter"]: row for row in table(book, "Inputs")}
    assert (levers[SHIFT]["set to"], levers[SHIFT]["doing nothing"], levers[SHIFT]["moved by"]) == (8, 0, "you")
    assert levers["capacity.growth.acute"]["moved by"] is None
    assert {row["moved"] for row in table(book, "Evidence") if row["number"] == SHIFT} == {"yes"}
    method = {row[0]: row[1] for row in book["Method"].iter_rows(values_only=True)}
    assert (method["Seed"], method["Replications"]) == (1, "10 replications")
    assert "same people" in method["Change"]
    assert method["Link"].startswith("/?place=dorset&plan=prevention_shift&")
    assert method["Model"]


def test_months_are_the_lines_of_the_charts(book, answer):
    rows = [row for row in table(book, "Months") if row["measure"] == BY_ID["gap"].label]
    assert [row["with the plan"] for row in rows] == list(answer.lines["gap"].middle)
    assert [row["month"] for row in rows] == list(answer.months)


def test_what_only_the_plan_changes_is_among_the_inputs(browser, app):
    settled(app.gateway, "place=dorset&plan=constant_stay")
    found = load_workbook(BytesIO(browser.get("/download/xlsx?place=dorset&plan=constant_stay").data))
    assert "Stays do not change" in {row["lever"] for row in table(found, "Inputs")}


def test_the_same_answer_gives_the_same_bytes(browser, answer):
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/download/{kind}?{LINK}").data == browser.get(f"/download/{kind}?{LINK}").data


def test_no_text_becomes_a_formula_in_a_workbook():
    made = excel_bytes([Sheet("Results", ("=head",), tuple((text,) for text in DANGEROUS))], "=title")
    for cell in load_workbook(BytesIO(made))["Results"]["A"]:
        assert cell.data_type == "s"
        assert cell.hyperlink is None


def test_no_text_becomes_a_formula_in_csv_and_numbers_stay_numbers():
    text = csv_bytes(Sheet("Results", ("=head", "n"), tuple((each, -1.5) for each in DANGEROUS))).decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text, newline=""))
    assert head[0] == "'=head"
    assert [row[0] for row in rows] == [f"'{each}" for each in DANGEROUS]
    assert {row[1] for row in rows} == {"-1.5"}


def test_what_is_not_settled_is_not_given_away(browser, app, monkeypatch):
    monkeypatch.setattr(app.gateway, "answer", lambda name: None)
    monkeypatch.setattr(app.gateway, "ask", lambda *_: Outcome("busy", ""))
    reply = browser.get(f"/download/csv?{LINK}")
    assert reply.status_code == 409
    assert "Try again" in reply.json["fault"]


def test_what_nobody_has_asked_yet_is_asked(browser):
    assert browser.get("/download/csv?place=dorset&years=2&seed=5").status_code == 200


def test_a_scenario_file_of_the_page_as_it_stands(browser):
    reply = browser.get(f"/download/yaml?{LINK}&name=Home+first&note=Why%0Anot")
    assert reply.status_code == 200
    assert 'title: "Home first"\nwhy: "Why\\nnot"' in reply.text
    assert browser.get(f"/download/yaml?{LINK}&name=%00").status_code == 400


@pytest.mark.parametrize("query", ["%ff%fe=%00", "years=1e999", "a=b&" * 400, "x" * 9000, "place=%22%0d%0aX-Evil: 1"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "yaml"])
def test_no_link_is_too_strange(browser, app, kind, query):
    reply = browser.get(f"/download/{kind}?{query}")
    assert reply.status_code in (200, 409)
    assert "X-Evil" not in reply.headers
    assert browser.get(f"/download/exe?{LINK}").status_code in (404, 200)
