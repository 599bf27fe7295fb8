"""How it works: networks laid out from left to right, drawn from their files, and nothing in a file becomes markup."""

from __future__ import annotations

import re
from itertools import pairwise
from types import SimpleNamespace
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.components.html_text import to_html
from dashboard.figures.layered import layered
from dashboard.figures.network import network_drawing
from dashboard.gateway.networks import network, networks
from dashboard.pages import how
from tests.unit.dashboard.fake_studies import BROKEN, WARD_FILE, fake_studies

pytestmark = pytest.mark.unit
FAKE = SimpleNamespace(studies=fake_studies())


def sizes(names):
    return dict.fromkeys(names, 30.0)


def test_boxes_stand_in_the_order_of_the_longest_way():
    found = layered(sizes("abcd"), [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], ["d"], 10)
    assert found.column == {"a": 0, "b": 1, "c": 2, "d": 3}
    assert len(found.stops["a", "c"]) == 1
    assert ("a", "b") not in found.stops


def test_what_ends_stands_last_even_if_the_way_is_short():
    ties = [("in", "ward"), ("ward", "care"), ("care", "home"), ("in", "lost")]
    found = layered(sizes(["in", "ward", "care", "home", "lost"]), ties, ["home", "lost"], 10)
    assert found.column["lost"] == found.column["home"] == 3


def test_a_ring_is_laid_out_all_the_same():
    found = layered(sizes("abc"), [("a", "b"), ("b", "c"), ("c", "a")], [], 10)
    assert found.column == {"a": 0, "b": 1, "c": 2}


def test_ways_that_need_not_cross_do_not():
    found = layered(sizes("abxy"), [("a", "y"), ("b", "x")], [], 10)
    assert (found.middle["a"] < found.middle["b"]) == (found.middle["y"] < found.middle["x"])


names = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(names, names), max_size=20), st.lists(names, max_size=3))
def test_whatever_the_network_no_boxes_overlap_and_none_lies_outside(ties, last):
    every = sizes("abcdefgh")
    found = layered(every, ties, last, 10)
    for column in set(found.column.values()):
        own = sorted(found.middle[name] for name in every if found.column[name] == column)
        assert all(below - above >= 40 - 1e-6 for above, below in pairwise(own))
    assert all(15 - 1e-6 <= middle <= found.height - 15 + 1e-6 for middle in found.middle.values())


@pytest.mark.parametrize("name", networks())
def test_every_shipped_network_is_drawn_whole(name):
    found = network(name)
    svg = fromstring(to_html(network_drawing(found, "says")))
    boxes = [each for each in svg.iter("g") if each.get("class", "").startswith("net-box")]
    ways = [each for each in svg.iter("path") if each.get("class", "").startswith("way ")]
    assert not found.faults
    assert len(boxes) == len(found.boxes) >= 3
    assert len(ways) == len(found.arrows) >= 2


def test_the_network_of_a_place_comes_first_and_stands_for_what_is_unknown():
    assert networks()[0] == "footprint"
    assert network("../../etc/passwd").id == network(None).id == "footprint"


def test_a_page_has_the_explanation_the_drawing_and_its_table():
    html = how.page(FAKE, "years=2", WARD_FILE)
    assert html.index("What it cannot tell you") < html.index("net-drawing")
    assert 'href="/flow?years=2"' in html
    assert "Ward &lt;b&gt;one&lt;/b&gt;" in html
    assert "<b>one" not in html
    assert "30 %; held where they are if it is full" in re.sub(r"<[^>]*>", "", html)


def test_a_file_with_faults_is_shown_with_its_faults():
    html = how.page(FAKE, "", BROKEN)
    assert "line 3: &quot;x&quot; must be a number." in html
    assert "net-drawing" not in html


def test_the_ways_to_other_networks_take_the_question_along():
    html = how.page(FAKE, "years=2", WARD_FILE)
    assert 'href="/how-it-works?years=2&amp;network=two_&lt;wards&gt;#network"' in html
    assert 'aria-current="true"' in html
