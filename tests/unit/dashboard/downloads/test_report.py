"""The report: the numbers of the page, what was moved and on what evidence, in files that need nothing else."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest
from docx import Document
from sqlalchemy import URL

from dashboard.app import create_app
from dashboard.components.cards import cards
from dashboard.components.html_text import to_html
from dashboard.downloads.word import text_of
from dashboard.facts.answers import Outcome
from dashboard.figures.printed import printed
from dashboard.shelf.store import Shelf
from dashboard.theme import THEMES
from dashboard.wording.numbers import BY_ID, CHARTED
from dashboard.wording.story import story
from tests.unit.dashboard.fake_model import GROWTH, SHIFT, fake_gateway, settled

pytestmark = pytest.mark.unit
LINK = f"place=dorset&plan=prevention_shift&{SHIFT}=0.08&{GROWTH}=2"
PLAN_ONLY = "place=dorset&plan=constant_stay"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    app = create_app(fake_gateway(), Shelf(URL.create("sqlite", database=str(tmp_path_factory.mktemp("r") / "y"))))
    for link in ("", LINK, PLAN_ONLY):
        settled(app.gateway, link)
    yield app
    app.gateway.close()


@pytest.fixture(scope="module")
def browser(app):
    return app.server.test_client()


@pytest.fixture(scope="module")
def saved(browser):
    return browser.get(f"/download/html?{LINK}").text


@pytest.fixture(scope="module")
def answer(app):
    return app.gateway.answer(app.gateway.name(LINK))


class Tags(HTMLParser):
    """Every tag that begins, with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def word(browser, link):
    reply = browser.get(f"/download/docx?{link}")
    assert reply.status_code == 200
    return Document(BytesIO(reply.data))


def words_of(document):
    tables = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [each.text for each in document.paragraphs], tables


def test_the_report_has_the_cards_and_the_sentence_of_the_page(saved, answer):
    assert to_html(cards(answer)) in saved
    assert to_html(story(answer)) in saved


def test_every_lever_moved_is_there_with_its_mover_and_its_evidence(saved):
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", saved)]
    assert any("Admissions growth||3.6% a year||2% a year||by hand" in row for row in rows)
    assert any("Hospital money moved upstream||0%||8%||by hand" in row for row in rows)
    assert any("A number somebody counted||3.6 % a year (range 1.2 to 4.8)" in row for row in rows)


def test_what_only_the_plan_changes_is_told(browser):
    page = browser.get(f"/report?{PLAN_ONLY}").text
    assert "by the plan" in page
    assert re.search(r"<li[^>]*>Stays do not change</li>", page)


def test_a_report_of_doing_nothing_says_that_nothing_was_moved(browser):
    page = browser.get("/report").text
    assert "No lever was moved" in page
    assert "nine single futures in ten" in page


def test_the_saved_page_needs_nothing_else(saved):
    """No script, no style sheet, no picture and no font from elsewhere; the only links lead back to the dashboard."""
    tags = Tags(saved).found
    assert {tag for tag, _ in tags} & {"script", "link", "iframe", "form", "button"} == set()
    assert all(each["src"].startswith("data:image/svg+xml;base64,") for tag, each in tags if tag == "img")
    assert {each["href"].partition("?")[0] for tag, each in tags if tag == "a"} == {"http://localhost/"}
    assert "url(" not in saved


def test_its_link_asks_the_same_question(app, saved, answer):
    (link,) = {each["href"].partition("?")[2] for tag, each in Tags(saved).found if tag == "a"}
    assert app.gateway.name(link) == answer.name
    assert {"seed=1", "years=5", "replications=10"} <= set(link.split("&"))


def test_its_scenario_file_is_one_that_can_be_opened(app, browser, saved, answer):
    text = unescape(re.search(r"<pre>(.*?)</pre>", saved, re.DOTALL).group(1))
    reply = browser.post("/shelf/open", json={"file": text})
    # the model of this test has levers that no parameter file has, so only what is wrong with them may be said
    assert reply.status_code in (200, 422)
    assert "builds_on" in text
    assert f"{SHIFT}: 0.08" in text


def test_pictures_are_drawings_with_both_curves_named(saved, answer):
    drawings = [
        ElementTree.fromstring(b64decode(each["src"].partition(",")[2]))
        for tag, each in Tags(saved).found
        if tag == "img"
    ]
    assert len(drawings) == len(CHARTED)
    for name, drawing in zip(CHARTED, drawings, strict=True):
        texts = [each.text for each in drawing.iter() if each.text]
        line, measure = answer.lines[name], BY_ID[name]
        assert {measure.words(line.middle[-1]), measure.words(line.baseline[-1]), "This plan", "Do nothing"} <= set(
            texts
        )
        curves = [each for each in drawing.iter() if each.tag.endswith("polyline")]
        assert [len(each.get("points").split()) for each in curves] == [len(answer.months)] * 2


def test_a_drawing_stays_inside_its_frame(answer):
    drawing = ElementTree.fromstring(printed(BY_ID["occupancy"], answer, THEMES["light"]))
    _, _, width, height = map(float, drawing.get("viewBox").split())
    for each in drawing.iter():
        for point in (each.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def call_the_place(app, monkeypatch, name):
    model = app.gateway.model
    places = model.catalogue.places
    other = replace(model.catalogue, places=places | {"dorset": replace(places["dorset"], name=name)})
    monkeypatch.setattr(app.gateway, "model", replace(model, catalogue=other))


def test_names_with_markup_stay_text(app, browser, monkeypatch):
    call_the_place(app, monkeypatch, '<script>alert(1)</script>"&')
    for address in ("/report", "/download/html"):
        page = browser.get(f"{address}?{LINK}").text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
    assert '<script>alert(1)</script>"&' in word(browser, LINK).paragraphs[0].text


def test_a_word_file_has_headings_and_the_numbers_of_the_page(browser, answer):
    document = word(browser, LINK)
    paragraphs, rows = words_of(document)
    headings = [each.text for each in document.paragraphs if each.style.name.startswith(("Heading", "Title"))]
    assert headings[0] == "Dorset: Prevention shift, with 2 levers moved"
    assert {"In short", "What was asked", "What follows", "What it rests on", "What it cannot tell you"} <= set(
        headings
    )
    assert story(answer) in paragraphs
    for card in cards(answer):
        name, value, *_rest = map(text_of, card.children)
        assert any(row[:2] == [name, value] for row in rows)
    year = answer.years["delayed"][-1]
    assert any(row[:3] == [year.label, f"{year.plan:,.0f}", f"{year.baseline:,.0f}"] for row in rows)
    assert document.core_properties.title == headings[0]


def test_the_word_file_holds_what_no_xml_may(app, browser, monkeypatch):
    call_the_place(app, monkeypatch, "Dor\x00set\x0b")
    assert word(browser, LINK).paragraphs[0].text.startswith("Dorset:")


def test_what_the_answer_leans_on_is_there_once_somebody_asked(browser, app):
    link = f"{LINK}&seed=3"
    settled(app.gateway, link)
    assert "was not worked out for this question" in browser.get(f"/report?{link}").text
    question = {"who": "me", "kind": "doubt", "link": link, "draws": "usual"}
    reply = browser.post("/job", json={**question, "do": "begin"}).json
    while reply["status"] in ("waiting", "running"):
        reply = browser.post("/job", json={**question, "do": "look", "name": reply["name"]}).json
    page = browser.get(f"/report?{link}").text
    assert "was not worked out" not in page
    assert "Share that stays no night" in page
    assert any("Share that stays no night" in row[0] for row in words_of(word(browser, link))[1])


def test_a_report_that_is_not_ready_says_so_and_looks_again(browser, app, monkeypatch):
    monkeypatch.setattr(app.gateway, "answer", lambda name: None)
    monkeypatch.setattr(app.gateway, "ask", lambda *_: Outcome("busy", ""))
    reply = browser.get(f"/report?{LINK}")
    assert reply.status_code == 202
    assert '<meta http-equiv="refresh" content="3">' in reply.text
    assert browser.get(f"/download/docx?{LINK}").status_code == 409


@pytest.mark.parametrize("query", ["%ff%fe=%00", "years=1e999", "a=b&" * 400, "x" * 9000, "place=%22%0d%0aX-Evil: 1"])
def test_no_link_is_too_strange(browser, query):
    for address in ("/report", "/download/html", "/download/docx", "/download/about", "/download/events"):
        reply = browser.get(f"{address}?{query}")
        assert reply.status_code in (200, 202, 404, 409)
        assert "X-Evil" not in reply.headers


def test_an_event_log_is_a_job_and_then_a_file(browser):
    link = f"{LINK}&seed=8"
    assert browser.get(f"/download/events?{link}").status_code == 404
    question = {"who": "me", "kind": "log", "link": link}
    reply = browser.post("/job", json={**question, "do": "begin"}).json
    while reply["status"] in ("waiting", "running"):
        reply = browser.post("/job", json={**question, "do": "look", "name": reply["name"]}).json
    assert reply["status"] == "done"
    log = browser.get(f"/download/events?{link}")
    assert log.status_code == 200
    assert log.text.startswith("entity_id,")
    assert log.headers["Content-Disposition"].endswith('.events.csv"')
    assert browser.post("/job", json={"who": "me", "kind": "log", "link": 7, "do": "begin"}).status_code == 400


def test_a_question_says_what_it_is_called(browser):
    about = browser.get(f"/download/about?{LINK}").json
    assert about["title"] == "Dorset: Prevention shift, with 2 levers moved"
    assert about["file"] == "upstream-dorset-prevention_shift-changed"
    assert about["link"].startswith("place=dorset&plan=prevention_shift&years=5&seed=1&replications=10&")
