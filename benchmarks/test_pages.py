"""The pages say what was measured; a stopped measurement leaves nothing behind."""

from __future__ import annotations

import json

import pytest

from benchmarks.__main__ import keep, together
from benchmarks.cells import number, table
from benchmarks.print_page import BETWEEN, LOAD, PAGES, ROOM, filled, newest
from benchmarks.tables import TABLES

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_says_what_the_newest_results_say(page):
    text = page.read_text(encoding="utf-8")
    assert text == filled(text, json.loads(newest().read_text(encoding="utf-8"))), "run python -m benchmarks.print_page"


def test_every_table_is_on_a_page():
    named = {found[2] for page in PAGES for found in BETWEEN.finditer(page.read_text(encoding="utf-8"))}
    assert named == {*TABLES, LOAD, ROOM}


def test_a_file_of_results_is_whole_or_not_there(tmp_path):
    path = tmp_path / "new" / "results.json"
    with pytest.raises(TypeError):
        keep(path, {"not for JSON": object()})
    assert not path.exists()
    keep(path, {"lines": []})
    assert json.loads(path.read_text()) == {"lines": []}
    assert list(path.parent.iterdir()) == [path]


def test_what_is_measured_anew_takes_the_place_of_its_own_section():
    old = {"seconds": 5, "load": [0.5, 2], "lines": [{"section": "a", "n": 1}, {"section": "b", "n": 1}]}
    new = {"seconds": 2, "load": [0.1, 1], "lines": [{"section": "b", "n": 2}, {"section": "c", "n": 2}]}
    both = together(old | {"machine": "m"}, new | {"machine": "m"})
    assert [(each["section"], each["n"]) for each in both["lines"]] == [("a", 1), ("b", 2), ("c", 2)]
    assert (both["seconds"], both["load"], both["machine"]) == (7, [0.1, 2], "m")


def test_numbers_have_three_digits_that_count():
    assert [number(value) for value in (0.19642, 12.345, 1234.5, 100)] == ["0.196", "12.3", "1,230", "100"]


def test_an_empty_table_is_no_table():
    assert table(("a", "b"), []) == ""
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n|---|---|\n| 1 | 2 |"
