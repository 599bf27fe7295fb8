"""Prevention that comes late and fades, and one sum of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.dynamics.books import Entry, empty_books, in_pence, net
from sim.dynamics.delays import STAGES, third_order_delay
from sim.dynamics.policy import DAYS_A_MONTH, MONTHS_A_YEAR
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions
from sim.experiments.lessons.found import FloatArray, Found, series
from sim.experiments.network_run import run_network
from sim.network.model import CareNetwork

if TYPE_CHECKING:
    from sim.experiments.lessons.lesson import Bench

TREASURY, WORLD, HOSPITAL, SOCIAL = "treasury", "world", "acute", "social_care"


def prevention(bench: Bench) -> Found:
    """What a programme averts, month by month, and what it has brought in all, of the same people with and without."""
    values, months = bench.values, round(bench.values["years"] * MONTHS_A_YEAR)
    paid = (np.arange(months) < round(values["stops"] * MONTHS_A_YEAR)).astype(np.float64)
    in_force = _in_force(paid, values["lag"], values["fade"])
    averted = values["effect"] / 100 * in_force
    network = bench.network()
    runs = range(bench.replications)
    saved = np.mean([_bed_days(network, bench.seed, each, averted) for each in runs], axis=0)
    spent = np.cumsum(paid * values["cost"] / MONTHS_A_YEAR)
    balance = np.cumsum(saved) * values["bed_day"] - spent
    load = bench.read("groups.people.arrivals.rate") * bench.read("groups.people.stays.ward.mean")
    numbers = {
        "peak": 100 * float(averted.max()),
        "peak_after": float(np.argmax(averted) + 1 - paid.sum()),
        "bed_days": float(saved.sum()),
        "bed_days_theory": float(averted.sum()) * DAYS_A_MONTH * load,
        "net": float(balance[-1]),
        "spent": float(spent[-1]),
        "worst": float(balance.min()),
    }
    years = np.arange(1, months + 1) / MONTHS_A_YEAR
    full = values["effect"] * paid
    lines = {"in_force": 100 * averted, "paid": full, "net": balance}
    return Found(numbers, {name: series(years, line) for name, line in lines.items()})


def _in_force(paid: FloatArray, lag: float, fade: float) -> FloatArray:
    """The share of the full effect at the end of each month; `paid` is 1 in the months that are paid for, else 0."""
    least = 1 / MONTHS_A_YEAR
    delay = third_order_delay(np.array([max(lag, least)]), np.array([max(fade, least)]))
    stages, found = np.zeros((STAGES, 1)), np.empty(paid.size)
    for month, goal in enumerate(paid):
        stages = delay.after(stages, np.array([goal]), least)
        found[month] = stages[-1, 0]
    return found


def _bed_days(network: CareNetwork, seed: int, replication: int, averted: FloatArray) -> FloatArray:
    """Bed days saved in each month: the same people without the programme, less with it."""
    without, having = (CompiledEngine(network, seed, replication) for _ in range(2))
    saved = []
    for month, share in enumerate(averted, start=1):
        end = month * DAYS_A_MONTH
        fewer = Conditions(arrivals=np.full(len(network.groups), 1 - share))
        saved.append(without.advance(end).occupied_time.sum() - having.advance(end, fewer).occupied_time.sum())
    return np.array(saved)


def one_sum(bench: Bench) -> Found:
    """What is spent by each organisation after money was moved from one to the other, and what that did to people."""
    values = bench.values
    prices = [bench.read(f"stations.{name}.cost.place") for name in ("hospital", "home_care")]
    places = [bench.read(f"stations.{name}.places") for name in ("hospital", "home_care")]
    bought = values["moved"] // prices[1]
    after = [places[0] - values["closed"], places[1] + bought]
    network = bench.network({"stations.hospital.places": int(after[0]), "stations.home_care.places": int(after[1])})
    answer = run_network(network, seed=bench.seed, replications=bench.replications)
    budgets = [price * number for price, number in zip(prices, places, strict=True)]
    spent = [answer.station(name)["cost"].mean for name in ("hospital", "home_care")]
    hospital, home_care = _balances(budgets, spent, values["moved"])
    numbers = {
        "overspent": -(hospital + home_care) + 0.0,
        "overspent_counted": bought * prices[1] - values["closed"] * prices[0],
        "hospital": hospital,
        "home_care": home_care,
        "packages": after[1],
        "held": answer.station("hospital")["blocked"].mean,
        "waiting": answer.station("hospital")["waiting"].mean,
    }
    bars = {name: [*each, sum(each)] for name, each in (("before", budgets), ("after", spent))}
    return Found(numbers, {name: series(range(len(each)), each) for name, each in bars.items()})


def _balances(budgets: list[float], spent: list[float], moved: float) -> tuple[float, float]:
    """Pounds a day left to the hospital and to home care, by the same books as every run of a place."""
    entries = [
        Entry(TREASURY, HOSPITAL, in_pence(budgets[0]), "income"),
        Entry(TREASURY, SOCIAL, in_pence(budgets[1]), "income"),
        Entry(HOSPITAL, SOCIAL, in_pence(moved), "moved"),
        Entry(HOSPITAL, WORLD, in_pence(spent[0]), "places"),
        Entry(SOCIAL, WORLD, in_pence(spent[1]), "places"),
    ]
    empty_books().post(entries)
    return in_pounds(net(entries, HOSPITAL)), in_pounds(net(entries, SOCIAL))


def in_pounds(pence: int) -> float:
    """Pounds from whole pence."""
    return pence / in_pence(1)
