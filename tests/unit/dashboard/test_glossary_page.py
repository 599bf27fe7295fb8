"""The glossary: one file, shown on a page, on cards and in the repository, and asked for by names that exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboard.app import create_app
from dashboard.components.html_text import to_html
from dashboard.components.terms import explained, term
from dashboard.wording.glossary import FILE, SHIPPED, glossary, name_of
from tests.unit.dashboard.fake_model import fake_gateway

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def browser():
    gateway = fake_gateway()
    yield create_app(gateway).server.test_client()
    gateway.close()


def test_the_glossary_of_the_repository_is_the_one_that_is_shipped():
    """There is one file, which the wheel puts beside the code that reads it."""
    assert FILE.samefile(ROOT / "GLOSSARY.md")
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    where = build["wheel"]["force-include"]["GLOSSARY.md"]
    assert ROOT / where == SHIPPED
    assert "GLOSSARY.md" in build["sdist"]["include"]


def test_every_entry_of_the_file_is_read():
    assert len(glossary()) == len(re.findall(r"^\*\*", FILE.read_text(encoding="utf-8"), re.MULTILINE))
    assert all(each.title and each.meaning and "*" not in each.meaning for each in glossary().values())


def test_names_are_made_of_words():
    assert name_of("Delayed transfer of care (DTOC)") == "delayed_transfer_of_care"
    assert name_of("Intermediate care: P1, P2, P3") == "intermediate_care_p1_p2_p3"


def test_every_word_is_on_the_page_and_every_card_can_be_asked_for(browser):
    text, words = browser.get("/glossary").text, browser.get("/glossary/words").json
    assert words.keys() == glossary().keys()
    assert all(f'id="{name}"' in text for name in glossary())
    assert words["occupancy"][0] == "Occupancy"


def test_every_term_used_in_the_interface_is_in_the_glossary():
    """Names given to `term(...)` anywhere in the dashboard."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").rglob("*.py")]
    used = {name for text in sources for name in re.findall(r'\bterm\(_\([^)]*\), "(\w+)"\)', text)}
    assert used
    assert used <= glossary().keys()


def test_a_card_can_be_reached_by_keyboard_and_is_escaped():
    for made in (term("a <word>", "census"), explained("a <word>", 'it "means"')):
        text = to_html(made)
        assert 'tabindex="0"' in text
        assert "a &lt;word&gt;" in text
    assert "data-says" not in to_html(explained("word", ""))
