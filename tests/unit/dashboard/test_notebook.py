"""Pictures for notebooks: what can be drawn, what is said of the rest, and that nothing leaves the machine."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys

import plotly.io as pio
import polars as pl
import pytest

import sim.experiments
from dashboard.figures.graph import CONFIG as OF_THE_PAGE
from dashboard.notebook import plot
from dashboard.notebook.chart import CONFIG, chart
from dashboard.notebook.drawn import drawn
from sim.experiments import ask_attribution, ask_network, ask_sensitivity, ask_stress
from sim.experiments.search import Service, least_places, network_delay
from sim.experiments.told import Told
from sim.inputs import Faults
from sim.network import find_network, load_network

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def network():
    return ask_network("clinic_queue", replications=2, run=50)


def kinds(of=Told):
    """By name: a frozen class with slots is made twice, and only the second is ever met."""
    return {name for child in of.__subclasses__() for name in (child.__name__, *kinds(child))}


def test_every_kind_of_result_has_a_picture():
    assert kinds() == {each.__name__ for each in drawn.registry if each is not object}


@pytest.mark.parametrize("result", [3, "delayed", None, [1, 2]])
def test_what_cannot_be_drawn_is_refused_with_what_can(result):
    with pytest.raises(TypeError, match=rf"A {type(result).__name__} cannot be drawn. What can: Answer, Attribution, "):
        plot(result)


def test_a_theme_that_there_is_not_is_refused(network):
    with pytest.raises(ValueError, match='no theme "sepia"; there are light and dark'):
        plot(network, theme="sepia")


def test_a_misspelt_setting_is_refused_with_the_nearest():
    with pytest.raises(TypeError, match=r"replicatons is not one of .* Did you mean replications"):
        ask_attribution("devon", "prevention_shift", replicatons=3)


def test_no_network_is_needed_to_draw_show_or_save(network, monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    figure = plot(network)
    figure.write_html(tmp_path / "figure.html")
    assert not re.search(r'<(script|link|img)[^>]*="http', (tmp_path / "figure.html").read_text(encoding="utf-8"))
    assert "http" not in figure.to_html(include_plotlyjs=False, full_html=False)


def test_however_a_figure_is_shown_nothing_offers_to_send_it(network, monkeypatch):
    figure = plot(network)
    shown = []
    monkeypatch.setattr(pio, "show", lambda *_, **how: shown.append(how["config"]))
    figure.show()
    figure.show(config={"scrollZoom": True})
    assert shown == [CONFIG, {**CONFIG, "scrollZoom": True}]
    assert '"showSendToCloud": false' in figure.to_html(include_plotlyjs=False)
    assert '"showSendToCloud": false' in figure._repr_html_()
    monkeypatch.setattr(pio.renderers, "default", "plotly_mimetype")
    bundle = figure._repr_mimebundle_()["application/vnd.plotly.v1+json"]
    assert bundle["config"]["showSendToCloud"] is False and not bundle["config"]["plotlyServerURL"]
    assert CONFIG["showSendToCloud"] == OF_THE_PAGE["showSendToCloud"]


def test_a_long_title_is_broken_between_words():
    words = " ".join(["word"] * 60)
    title = chart(words, [], {}, "light").layout.title.text
    assert max(map(len, title.split("<br>"))) <= 90
    assert title.replace("<br>", " ") == words


def test_a_station_is_drawn_by_places_and_by_cost():
    queue = load_network(find_network("clinic_queue"))
    found = least_places(queue, Service("nurses", "waited", 0.3), replications=2, run=50)
    points = plot(found).data[0]
    assert list(points.x) == list(found.tried) and list(points.y) == [each.mean for each in found.tried.values()]
    assert plot(found).layout.shapes[0].y0 == 0.3
    assert found.words.startswith("The least is ")
    paid = load_network(find_network("beds_or_packages"))
    station = paid.stations[0].name
    costs = network_delay(paid, station, [1, 2, 3], replications=2, run=20)
    assert list(plot(costs).data[-1].x) == [1, 2, 3]
    assert list(plot(costs).data[-1].y) == pytest.approx(costs.frontier.whole.mean(axis=1).tolist())
    assert costs.words.startswith("Least cost for ")


HEAVY = ("plotly", "dash", "optuna", "SALib", "distributed", "dask", "pandas", "matplotlib", "sqlalchemy")


def loaded(line):
    """Modules that a fresh Python has after one line, and how many functions it has compiled."""
    look = (
        "import json, sys; import numba.core.dispatcher as d; import gc; "
        "compiled = sum(len(f.signatures) for f in gc.get_objects() if isinstance(f, d.Dispatcher)); "
        "print(json.dumps([sorted({name.partition('.')[0] for name in sys.modules}), sorted(sys.modules), compiled]))"
    )
    said = subprocess.run([sys.executable, "-c", f"{line}; {look}"], capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def test_importing_the_questions_brings_nothing_heavy_and_compiles_nothing():
    packages, modules, compiled = loaded("import sim.experiments")
    assert not set(HEAVY) & set(packages)
    assert compiled == 0
    assert not [
        name for name in modules if re.match(r"sim\.experiments\.(asked|search|stress|sensitivity|batch)", name)
    ]


def test_naming_a_question_brings_its_module_and_still_no_picture_or_optimiser():
    packages, modules, _ = loaded("from sim.experiments import ask_mix, ask_sensitivity, ask_batch")
    assert not set(HEAVY) & set(packages)
    assert "sim.experiments.search.mix" in modules


def test_pictures_need_the_page_not_at_all():
    packages, modules, _ = loaded("import dashboard.notebook")
    assert not {"dash", "flask", "optuna", "SALib", "distributed", "sqlalchemy"} & set(packages)
    assert not [name for name in modules if re.match(r"dashboard\.(gateway|pages|server|components)", name)]


def test_every_question_is_offered_by_name():
    assert set(sim.experiments.__all__) <= set(dir(sim.experiments))
    assert all(callable(getattr(sim.experiments, name)) for name in sim.experiments.__all__ if name.startswith("ask"))
    assert all(getattr(sim.experiments, name).__doc__ for name in sim.experiments.__all__ if name.startswith("ask"))
    with pytest.raises(AttributeError, match="has no attribute 'ask_nothing'"):
        _ = sim.experiments.ask_nothing


def test_faults_of_all_plans_are_said_at_once():
    with pytest.raises(Faults) as error:
        ask_stress("devon", ["prevention_shft", "do_nothin"], years=0)
    assert {each.found for each in error.value.faults} == {'"prevention_shft"', '"do_nothin"', "0"}


def test_indices_stand_in_the_table_beside_the_tornado():
    few = {"years": 1, "replications": 2, "people": 8_000, "keep": False}
    names = ["demand.admissions_growth"]
    found = ask_sensitivity("devon", method="sobol", size=8, numbers=names, **few)
    table = found.table()
    index, bar = found.indices("gap")[0], found.tornado("gap")[0]
    row = table.row(by_predicate=pl.col("series") == "gap", named=True)
    assert (row["name"], row["total"], row["first"]) == (names[0], index.total, index.first)
    assert (row["at_low"], row["at_high_high"]) == (bar.low.mean, bar.high.high)
    assert {"effect", "size"}.isdisjoint(table.columns)
