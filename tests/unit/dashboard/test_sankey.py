"""The drawing of streams: which nodes stand, where, and how broad."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.figures.sankey import HEIGHT, MARGIN, PAD, TALL, Link, Node, positions, sankey
from dashboard.theme import THEMES
from tests.unit.dashboard.streams import drawn, trace

pytestmark = pytest.mark.unit
LIGHT = THEMES["light"]
NODES = (Node("a", "A", 0.0, "outside"), Node("b", "B", 0.5, "hospital"), Node("c", "C", 1.0, "home"))
NAMES = {node.id: node.label for node in NODES}


def test_nodes_without_a_stream_are_left_out_and_the_order_stays():
    nodes = (*NODES, Node("d", "D", 1.0, "died"))
    links = [Link("b", "d", 1.0, ""), Link("a", "b", 2.0, ""), Link("b", "c", 0.0, "")]
    figure = sankey(nodes, links, NAMES | {"d": "D"}, LIGHT)
    assert trace(figure)["node"]["label"] == ["A", "B", "D"]
    assert trace(figure)["arrangement"] == "fixed"
    assert drawn(figure) == {("B", "D"): 1.0, ("A", "B"): 2.0}


def test_the_fullest_column_fills_the_height_and_others_are_centred():
    links = [Link("a", "b", 3.0, ""), Link("a", "c", 1.0, "")]
    room = HEIGHT - 2 * MARGIN
    assert positions(NODES, links, room) == pytest.approx([0.5, 0.5, 0.5], abs=0.002)


widths = st.lists(st.floats(1, 1000), min_size=2, max_size=7)


@given(widths, st.sampled_from([HEIGHT, TALL]))
def test_nodes_of_a_column_stand_below_each_other_with_room_for_a_label(values, height):
    nodes = [Node("in", "In", 0.0, "outside"), *(Node(str(n), "", 1.0, "home") for n in range(len(values)))]
    links = [Link("in", str(n), value, "") for n, value in enumerate(values)]
    room = height - 2 * MARGIN
    down = [each * room for each in positions(nodes, links, room)][1:]
    scale = (room - (len(values) - 1) * PAD) / sum(values)
    tops = [middle - value * scale / 2 for middle, value in zip(down, values, strict=True)]
    ends = [middle + value * scale / 2 for middle, value in zip(down, values, strict=True)]
    assert tops[0] == pytest.approx(0, abs=1)
    assert ends[-1] == pytest.approx(room, abs=1)
    assert all(top - end >= PAD - 1 for top, end in zip(tops[1:], ends, strict=False))


def test_nothing_to_draw_is_said():
    figure = sankey(NODES, [], NAMES, LIGHT)
    assert figure["data"] == []
    assert figure["layout"]["annotations"][0]["text"] == "No difference to draw"
