"""Little's law, and how full a ward can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.engines.compiled import CompiledEngine
from sim.experiments.lessons.found import Found, Series, series
from sim.experiments.lessons.theory import erlang_c, mean_wait
from sim.experiments.network_run import run_network
from sim.network.model import CareNetwork
from sim.results.statistics import Interval

if TYPE_CHECKING:
    from sim.experiments.lessons.lesson import Bench

RATE = "groups.people.arrivals.rate"
STAY = "groups.people.stays.ward.mean"
FINE = 60
"""Points of a curve."""

LEVELS = 6
"""Shares of beds in use that are simulated."""

RUNS_PER_POINT = 3
"""A point of the curve has one run for so many where the sliders stand."""

A_YEAR = 365


def inside(bench: Bench) -> Found:
    """People who come times how long each stays, counted person by person, beside how many are in."""
    network = bench.network()
    begins, run = network.settings.warm_up, network.settings.run
    engine = CompiledEngine(network, bench.seed, 0, log=True)
    engine.advance(begins)
    flow = engine.advance(begins + run)
    came, stayed = int(flow.admitted.sum()) / run, _stayed(engine, begins)
    theory = bench.read(RATE) * bench.read(STAY)
    numbers = {
        "came": came,
        "stayed": stayed,
        "product": came * stayed,
        "inside": float(flow.occupied_time.sum()) / run,
        "theory": theory,
    }
    heads = flow.census.sum(axis=0)
    days = np.arange(heads.size)
    return Found(numbers, {"inside": series(days, heads), "theory": series([0, heads.size - 1], [theory, theory])})


def _stayed(engine: CompiledEngine, begins: float) -> float:
    """Mean stay of everybody who left after `begins`, each with a clock of their own."""
    came: dict[int, float] = {}
    stays = []
    for entry in engine.log:
        if entry.event == "admitted":
            came[entry.person] = entry.time
        elif entry.event == "exited" and entry.time >= begins and entry.person in came:
            stays.append(entry.time - came[entry.person])
    return float(np.mean(stays))


def full(bench: Bench) -> Found:
    """Mean wait for a bed at every share of beds in use: by theory, simulated, and where the sliders stand."""
    values, stay = bench.values, bench.read(STAY)
    beds, use = round(values["beds"]), values["use"]
    grid = np.linspace(values["least"], values["most"], FINE)
    levels = np.linspace(values["least"], values["most"], LEVELS)
    waits = [_wait(_network(bench, each), bench) for each in levels.tolist()]
    network = _network(bench, use)
    answer = run_network(network, seed=bench.seed, replications=bench.replications)
    ward, load = answer.station("ward"), beds * use / 100
    numbers = {
        "wait": ward["wait"].mean,
        "wait_theory": mean_wait(beds, load, stay),
        "waited": 100 * ward["waited"].mean,
        "waited_theory": 100 * erlang_c(beds, load),
        "waiting": ward["waiting"].mean,
        "free": beds - load,
    }
    return Found(
        numbers,
        {
            "theory": series(grid, [mean_wait(beds, beds * each / 100, stay) for each in grid]),
            "simulated": series(levels, *zip(*((w.mean, max(0.0, w.low), w.high) for w in waits), strict=True)),
            "here": series([use], [ward["wait"].mean]),
            "queue": _queue(network, bench.seed),
        },
    )


def _network(bench: Bench, use: float) -> CareNetwork:
    """The ward with as many people as keep this share of its beds in use, in percent."""
    beds = round(bench.values["beds"])
    return bench.network({RATE: use / 100 * beds / bench.read(STAY)})


def _wait(network: CareNetwork, bench: Bench) -> Interval:
    """A few runs only: the curve is there to be seen, the setting of the sliders to be read."""
    runs = max(2, bench.replications // RUNS_PER_POINT)
    return run_network(network, seed=bench.seed, replications=runs).station("ward")["wait"]


def _queue(network: CareNetwork, seed: int) -> Series:
    """People waiting at the end of each day of one year of one run."""
    engine = CompiledEngine(network, seed, 0)
    engine.advance(network.settings.warm_up)
    waiting = engine.advance(network.settings.warm_up + A_YEAR).waiting_census.sum(axis=0)
    return series(np.arange(waiting.size), waiting)
