"""The same people on both sides of a comparison, and how far evidence carries."""

from __future__ import annotations

from functools import lru_cache
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from sim.dynamics.effects import combined
from sim.engines.compiled import CompiledEngine
from sim.engines.contract import Conditions
from sim.experiments.lessons.found import FloatArray, Found, Series, series
from sim.inputs import Programme, load_parameters, programmes
from sim.network.model import CareNetwork
from sim.results.statistics import LEVEL, half_width, interval

if TYPE_CHECKING:
    from sim.experiments.lessons.lesson import Bench

BAND = "75-84"
"""The people of the ward of this lesson."""

STANCES = ("cautious", "central", "hopeful")


def paired(bench: Bench) -> Found:
    """Beds in use with fewer arrivals less without, run by run: of the same people, and of other people.

    Two sides that are equal to the last digit have no spread to compare: `times` and `theory` are then nan.
    """
    network, most = bench.network(), round(bench.values["most"])
    runs = min(round(bench.values["runs"]), most)
    share = 1 - bench.values["fewer"] / 100
    before = _used(network, bench.seed, most, 1.0)
    after, others = (_used(network, bench.seed + other, most, share) for other in (0, 1))
    same, other = (after - before), (others - before)
    means = [interval(each[:runs]) for each in (same, other)]
    correlation = float(np.corrcoef(before, after)[0, 1])
    numbers = {
        "same": means[0].mean,
        "same_half": half_width(same[:runs], LEVEL),
        "other": means[1].mean,
        "other_half": half_width(other[:runs], LEVEL),
        "times": float(other.var(ddof=1) / same.var(ddof=1)) if same.any() else nan,
        "theory": 1 / (1 - correlation) if same.any() else nan,
    }
    every = np.arange(1, runs + 1)
    bounds = ([each.mean for each in means], [each.low for each in means], [each.high for each in means])
    return Found(
        numbers,
        {
            "same": series(every, same[:runs]),
            "other": series(every, other[:runs]),
            "intervals": series(range(2), *bounds),
        },
    )


def _used(network: CareNetwork, seed: int, runs: int, share: float) -> FloatArray:
    """Beds in use on average, a number a run."""
    begins, run = network.settings.warm_up, network.settings.run
    fewer = Conditions(arrivals=np.full(len(network.groups), share))
    found = []
    for each in range(runs):
        engine = CompiledEngine(network, seed, each)
        engine.advance(begins, fewer)
        found.append(float(engine.advance(begins + run, fewer).occupied_time.sum()) / run)
    return np.array(found)


def evidence(bench: Bench) -> Found:
    """The shipped programmes by their evidence, and a ward if all that are graded well enough reach many people."""
    every, worst = _programmes(), round(bench.values["grade"])
    chosen = [each for each in every if each.evidence_grade <= worst]
    rest = [each for each in every if each.evidence_grade > worst]
    network, reach = bench.network(), bench.values["reach"] / 100
    shares = [_averted(chosen, stance, reach) for stance in STANCES]
    runs = range(bench.replications)
    beds = [_beds(network, bench.seed, runs, 1 - share) for share in (0.0, *shares)]
    numbers = {
        "programmes": float(len(every)),
        "nothing": float(sum(_central(each) <= 0 for each in every)),
        "accepted": float(len(chosen)),
        **dict(zip(("without", *STANCES), beds, strict=True)),
    }
    rows = {name: _forest(each, every) for name, each in (("accepted", chosen), ("others", rest))}
    return Found(numbers, rows | {"beds": series(range(len(beds)), beds)})


@lru_cache(maxsize=1)
def _programmes() -> tuple[Programme, ...]:
    """The shipped programmes, best evidence first."""
    return tuple(sorted(programmes(load_parameters()), key=lambda each: (each.evidence_grade, -_central(each))))


def _reading(programme: Programme, stance: str) -> float:
    """The effect on emergency stays where it is strongest among the age bands, in percent; below 0 is harm."""
    effects = programme.effect["emergency_overnight"]
    strongest = max(effects.values(), key=lambda each: abs(each.central))
    return 100 * strongest.at(stance)


def _central(programme: Programme) -> float:
    return _reading(programme, "central")


def _averted(chosen: list[Programme], stance: str, reach: float) -> float:
    """The share of emergency stays of the band that the programmes avert together, each reaching this share."""
    if not chosen:
        return 0.0
    alone = [
        min(reach, each.max_reach) * each.eligible_share[BAND] * each.relative_admission_rate[BAND]
        * each.effect["emergency_overnight"][BAND].at(stance)
        for each in chosen
    ]  # fmt: skip
    together = combined(np.array(alone)[:, np.newaxis], load_overlap())
    return float(together[0])


@lru_cache(maxsize=1)
def load_overlap() -> float:
    """By how much the benefits of programmes overlap."""
    return load_parameters().value("programme_overlap")


def _beds(network: CareNetwork, seed: int, runs: range, share: float) -> float:
    return float(_used(network, seed, len(runs), share).mean())


def _forest(rows: list[Programme], every: tuple[Programme, ...]) -> Series:
    """A row for each programme, at its place among all of them."""
    found = series(
        [every.index(each) for each in rows],
        *([_reading(each, stance) for each in rows] for stance in ("central", "cautious", "hopeful")),
    )
    return Series(found.x, found.y, found.low, found.high, tuple(each.label for each in rows))
