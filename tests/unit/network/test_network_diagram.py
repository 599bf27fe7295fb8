"""A network as boxes and arrows: what is said on them, and the text that others draw."""

from __future__ import annotations

import re

import pytest

from sim.inputs import AGE_BANDS, load_parameters
from sim.network import build_footprint, find_network, load_network, network_files
from sim.network.diagram import Arrow, Box, Diagram, diagram
from sim.network.diagram_mermaid import mermaid
from sim.network.opening import open_network

pytestmark = pytest.mark.unit

WARD = """
name: A ward
says: Two groups and one next place
source: Invented
time_unit: days
exits: [home, died]
stations:
  ward:
    places: 10
    waiting_room: 3
    escalation: {places: 2}
  rehab: {label: "Rehab \\"north\\"", places: 4, organisation: community}
  flat: {places: unlimited, buffer: 1}
defaults:
  patience: {ward: {family: exponential, mean: 9}, rehab: {family: exponential, mean: 9}}
groups:
  young:
    kind: emergency
    arrivals: {at: ward, rate: 2}
    stays: {ward: {family: exponential, mean: 3}, rehab: {family: exponential, mean: 5}}
    routes:
      ward: {home: rest, rehab: 0.1}
      rehab: {home: 1}
  old:
    kind: emergency
    arrivals: {at: ward, rate: 1}
    stays:
      ward: {family: exponential, mean: 6}
      rehab: {family: exponential, mean: 8}
      flat: {family: exponential, mean: 8}
    routes:
      ward:
        rehab: {share: 0.25, delay: {family: exponential, mean: 2}}
        flat: 0.0001
        died: rest
      rehab: {home: 1}
      flat: {home: 1}
    readmission: {after_exits: [home], probability: 0.12, interval: {family: exponential, mean: 30}}
"""


@pytest.fixture
def ward(written):
    return diagram(load_network(written(WARD)))


def box(drawn: Diagram, name: str) -> Box:
    return next(each for each in drawn.boxes if each.id == name)


def arrow(drawn: Diagram, source: str, target: str) -> Arrow:
    return next(each for each in drawn.arrows if (each.source, each.target) == (source, target))


def test_a_station_says_its_room_and_who_leaves_it(ward):
    assert box(ward, "ward").words == (
        "10 places and 2 extra", "3 may wait, others are lost", "emergency may give up waiting"
    )  # fmt: skip
    assert box(ward, "flat").words == ("places without limit", "1 from other stations wait outside")
    assert box(ward, "rehab").owner == "community"


def test_nobody_gives_up_where_nobody_comes_from_outside(ward):
    """Patience is that of arrivals; people who come from another station wait in their place."""
    assert box(ward, "rehab").words == ("4 places",)


def test_both_groups_come_by_one_door(ward):
    assert arrow(ward, "door:emergency", "ward").words == ("3 a day",)


def test_a_share_that_differs_by_group_is_a_range_and_a_delay_is_said(ward):
    """A tenth of the young and a quarter of the old, and these after a delay."""
    assert arrow(ward, "ward", "rehab").words == ("10 to 25 %", "after a delay")
    assert arrow(ward, "rehab", "home").words == ("100 %",)
    assert arrow(ward, "ward", "flat").words == ("hardly anybody",)


def test_only_a_way_to_a_station_with_an_end_to_its_room_holds_people(ward):
    holding = {(each.source, each.target) for each in ward.arrows if each.holds}
    assert holding == {("ward", "rehab")}


def test_those_who_come_back_are_drawn_from_where_they_went(ward):
    back = next(each for each in ward.arrows if each.sort == "readmission")
    assert (back.source, back.target, back.words) == ("home", "ward", ("12 % come back",))


def test_the_legend_explains_what_is_there_and_no_more(ward):
    assert len(ward.legend) == 4
    plain = diagram(open_network(find_network("clinic_queue")))
    assert plain.legend == ()


def test_mermaid_has_a_line_for_every_box_and_arrow(ward):
    text = mermaid(ward)
    lines = text.splitlines()
    assert lines[0] == "flowchart LR"
    assert len([line for line in lines if "-->" in line or "==>" in line or "-.->" in line]) == len(ward.arrows)
    assert '  subgraph community_frame["Community"]' in lines
    assert '    station2["Rehab #34;north#34;<br/>4 places"]' in lines
    assert '  station1 ==>|"10 to 25 %<br/>after a delay"| station2' in lines
    assert '  exit4 -.->|"12 % come back"| station1' in lines


@pytest.mark.parametrize("name", network_files())
def test_every_shipped_network_can_be_drawn(name):
    """Arrows join boxes that are there, words hold nothing that the syntax reads, and the same file draws the same."""
    network = open_network(find_network(name))
    drawn = diagram(network)
    ids = [each.id for each in drawn.boxes]
    assert len(set(ids)) == len(ids)
    assert {end for each in drawn.arrows for end in (each.source, each.target)} <= set(ids)
    assert all(each.words for each in drawn.arrows)
    text = mermaid(drawn)
    assert text == mermaid(diagram(network))
    labels = re.findall(r'"([^"]*)"', text)
    assert len(labels) >= len(drawn.boxes) + len(drawn.arrows)
    assert not [each for each in labels if re.search(r"[`{}\[\]]", each)]


def test_localities_alike_are_drawn_as_one():
    known = load_parameters()
    people = dict.fromkeys(AGE_BANDS, 60_000.0)
    three, one = (diagram(build_footprint(known, people, count, "Anyshire")) for count in (3, 1))
    assert [each.id for each in three.boxes] == [each.id for each in one.boxes]
    assert three.legend[0] == "3 localities alike are drawn as one."
