"""The exported model by itself: complete, closed, documented, and the same bytes each time."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from sim.experiments.question import Question, resolve
from sim.experiments.run import task_of
from sim.experiments.xmile import caption, document, model_of
from sim.experiments.xmile.document import NAMESPACE

pytestmark = pytest.mark.unit

WORDS = {"TIME", "INT", "MIN", "MAX", "DELAY", "IF", "THEN", "ELSE", "AND"}
"""What equations may say besides names of variables; all of it is in the standard."""
NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


@pytest.fixture(scope="module")
def resolved():
    return resolve(Question("devon", ("prevention_shift",), {"policy.shift_start": 0}, 1, 1, 1, 20_000.0))


@pytest.fixture(scope="module")
def model(resolved):
    task = task_of(resolved)
    return model_of(task.place, task(0))


def test_every_variable_has_a_unit_and_says_what_it_is(model):
    assert all(part.units and part.says.endswith(".") for part in model.parts)


def test_no_name_stands_twice(model):
    names = [part.name for part in model.parts]
    assert len(names) == len(set(names))


def test_equations_speak_of_nothing_that_is_not_there(model):
    """The model is closed: what it needs from outside it brings along."""
    known = {part.name for part in model.parts} | WORDS
    assert {word for part in model.parts for word in NAME.findall(part.equation)} <= known


def test_every_flow_has_a_stock_and_every_stock_a_flow(model):
    flows = {part.name for part in model.parts if part.kind == "flow"}
    stocks = [part for part in model.parts if part.kind == "stock"]
    assert {name for stock in stocks for name in (*stock.inflows, *stock.outflows)} == flows
    assert all(stock.inflows or stock.outflows for stock in stocks)


def test_programmes_without_money_are_left_out(model, resolved):
    names = {part.name for part in model.parts}
    weights = resolved.parameters.by("policy.programme_mix")
    assert all((f"in_force_{name}" in names) == (weight > 0) for name, weight in weights.items())


def test_the_document_is_the_model_and_the_same_bytes_each_time(model, resolved):
    written = document(model, "Devon", caption(resolved))
    assert written == document(model, "Devon", caption(resolved))
    root = ElementTree.fromstring(written)
    space = {"x": NAMESPACE}
    assert root.find("x:sim_specs", space).get("method") == "euler"
    assert root.findtext("x:sim_specs/x:dt", namespaces=space) == str(model.steps)
    assert len(root.findall("x:model/x:variables/*", space)) == len(model.parts)
    assert "prevention_shift, policy.shift_start = 0" in root.findtext("x:header/x:caption", namespaces=space)


def test_given_series_say_so(model):
    """Whoever opens the file sees what does not react."""
    given = {part.name for part in model.parts if "Given: " in part.says}
    assert {"feedback", "open_days_acute", "occupied_days_home_care", "admissions_emergency_overnight"} <= given
    assert all(part.points for part in model.parts if part.name in given)
