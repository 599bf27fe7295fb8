"""Answers of a search as documents and as tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import nan
from pathlib import Path

import numpy as np
import polars as pl

from sim.experiments.identity import ENGINE, code_digest, digest, version
from sim.experiments.question import Resolved
from sim.experiments.search.capacity import CapacityAnswer, Found
from sim.experiments.search.delay import DelayAnswer, NetworkDelay
from sim.experiments.search.frontier import Frontier
from sim.experiments.search.fund import Course, FundAnswer, Spell
from sim.experiments.search.limits import Limits
from sim.experiments.search.mix import MixAnswer
from sim.experiments.search.needed import Needed
from sim.experiments.search.truth import Truth
from sim.results.statistics import Interval
from sim.results.store import save

Answer = MixAnswer | FundAnswer | Truth | CapacityAnswer | Found | DelayAnswer | NetworkDelay
Document = dict[str, object]
Seen = Mapping[float, Mapping[str, Interval]]


def search_document(found: Answer) -> Document:
    """An answer as plain values."""
    match found:
        case MixAnswer():
            return _about(found.plan) | _mix(found)
        case FundAnswer():
            return _about(found.plan) | _fund(found)
        case Truth():
            return _about(found.plan) | _truth(found)
        case CapacityAnswer():
            return _about(found.plan) | _capacity(found)
        case DelayAnswer():
            return _about(found.plan) | _delay(found)
        case Found():
            return _places(found)
        case NetworkDelay():
            return _of_network(found)


def save_search(found: Answer, folder: Path) -> None:
    """Save an answer: optimise.json, tried.parquet and the manifest.

    tried.parquet   everything that was tried: what was turned how far (or which mix), and what was seen of it
    """
    document = search_document(found)
    facts: Document = {"answer": digest(document)}
    if isinstance(found, Found | NetworkDelay):
        facts |= {"engine": ENGINE, "version": version(), "code_sha256": code_digest(), "network": found.network.name}
    else:
        facts |= {"run": found.plan.facts, "replications": found.plan.question.replications}
    save(folder, {"tried": _tried(found)}, {"optimise": document}, {"id": digest(facts)} | facts, {})


def _about(plan: Resolved) -> Document:
    asked = plan.question
    return {
        "footprint": plan.footprint.slug,
        "people_simulated": plan.people,
        "scenarios": list(asked.scenarios),
        "changes": dict(asked.changes),
        "years_run": asked.years,
        "replications": asked.replications,
        "seed": asked.seed,
    }


def _limits(limits: Limits) -> Document:
    return {"when": limits.when, "limits": [asdict(each) for each in limits.limits]}


def _needed(needed: Needed) -> Document:
    return {
        "turned": needed.dial.name,
        "unit": needed.dial.unit,
        "tried_from": needed.dial.steps[0],
        "tried_to": needed.dial.steps[-1],
        "evidence": needed.dial.evidence,
        "least": needed.least,
        "bracket": [needed.maybe, needed.surely],
        "one_way": needed.one_way,
        "tried": [{"at": step} | _levels(seen) for step, seen in needed.seen.items()],
    }


def _levels(levels: Mapping[str, Interval]) -> Document:
    return {name: asdict(each) for name, each in levels.items()}


def _fund(found: FundAnswer) -> Document:
    best = found.best
    return {
        **_limits(found.limits),
        "moves": found.moves,
        "largest_is_never_drawn_empty": found.idle,
        "best_years": None if best is None else best.years,
        "spells": [_spell(each) for each in found.spells],
        **{name: _course(getattr(found, name)) for name in ("without", "unmoved", "most")},
    }


def _spell(spell: Spell) -> Document:
    return {"years": spell.years, "needed": _needed(spell.needed), "course": _course(spell.course)}


def _course(course: Course) -> Document:
    years = {name: [asdict(each) for each in getattr(course, name)] for name in ("paid_in", "drawn")}
    return {**years, "paid_in_all": course.total, "drawn_all": course.taken, "levels": _levels(course.levels)}


def _truth(found: Truth) -> Document:
    return {
        **_limits(found.terms.limits),
        "against": list(found.against.question.scenarios),
        "aim": found.terms.aim,
        "needed": _needed(found.needed),
        "within_evidence": found.within_evidence,
        "as_believed": _levels(found.believed) | {"holds": found.holds},
        "ends": {name: _levels(seen) | {"holds": verdict.holds} for name, (seen, verdict) in found.ends.items()},
        "effects": found.effects,
        "effects_outside_their_range": found.outside,
    }


def _capacity(found: CapacityAnswer) -> Document:
    opened = {"places": found.places, "held_back": found.held_back}
    told = {name: [{"at": at} | asdict(each) for at, each in values.items()] for name, values in opened.items()}
    return {**_limits(found.limits), "kind": found.kind, "needed": _needed(found.needed), **told}


def _places(found: Found) -> Document:
    return {
        "network": found.network.name,
        **asdict(found.service),
        "replications": found.replications,
        "seed": found.seed,
        "offered_load": found.load,
        "most_tried": found.most,
        "least": found.least,
        "bracket": [found.maybe, found.surely],
        "one_way": found.one_way,
        "tried": [{"places": places} | asdict(each) for places, each in found.tried.items()],
    }


def _delay(found: DelayAnswer) -> Document:
    held_back = [asdict(each) for each in found.held_back]
    facts = {"kind": found.kind, "prices": asdict(found.prices), "as_if_staffed": found.staffed, "held_back": held_back}
    return facts | _frontier(found.frontier)


def _of_network(found: NetworkDelay) -> Document:
    facts: Document = {"network": found.network.name, "station": found.station}
    return facts | {"replications": found.replications, "seed": found.seed} | _frontier(found.frontier)


def _frontier(frontier: Frontier) -> Document:
    points = range(len(frontier.points))
    return {
        "points": list(frontier.points),
        "capacity": [asdict(each) for each in frontier.capacity],
        "delay": [asdict(each) for each in frontier.delay],
        "costs": {who: [asdict(frontier.cost(who, point)) for point in points] for who in frontier.bearers},
        "least": {who: frontier.points[frontier.best(who)] for who in frontier.bearers},
        "tied": {who: [frontier.points[point] for point in frontier.ties(who)] for who in frontier.bearers},
        "at_an_end": {who: frontier.at_end(who) for who in frontier.bearers},
    }


def _mix(found: MixAnswer) -> Document:
    hunted = found.hunt
    return {
        **_limits(hunted.limits),
        "aims": list(hunted.aims),
        "trials": hunted.trials,
        "population": hunted.population,
        "confirmed": hunted.confirmed,
        "tried": len(found.tried),
        "keep_limits": found.feasible,
        "none_better_than_no_shift": found.none_better,
        "mixes": [_one_mix(found, place) for place in range(len(found.mixes))],
    }


def _one_mix(found: MixAnswer, place: int) -> Document:
    mix = found.mixes[place]
    return {
        "values": dict(mix.values),
        "change": {aim: asdict(found.change(place, aim)) for aim in found.hunt.aims},
        "levels": _levels(found.hunt.limits.levels(mix.runs)),
        "keeps_limits": asdict(mix.verdict),
        "still_on_the_front": found.still[place],
        "tied_with": list(found.tied(place)),
    }


def _tried(found: Answer) -> pl.DataFrame:
    match found:
        case MixAnswer():
            return _mixes_tried(found)
        case FundAnswer():
            return _funds_tried(found)
        case Truth() | CapacityAnswer():
            return _seen(found.needed.seen, {})
        case Found():
            seen = {float(places): {found.service.measure: each} for places, each in found.tried.items()}
            return _seen(seen, {})
        case DelayAnswer() | NetworkDelay():
            return _costs(found.frontier)


def _funds_tried(found: FundAnswer) -> pl.DataFrame:
    """A row for each fund tried of each spell, and for no fund, no shift and the largest fund."""
    ends = {"no fund": found.without, "no shift": found.unmoved, "largest fund": found.most}
    tables = [_seen({nan: each.levels}, {"years": 0, "fund": name}) for name, each in ends.items()]
    tables += [_seen(each.needed.seen, {"years": each.years, "fund": "tried"}) for each in found.spells]
    return pl.concat(tables)


def _seen(seen: Seen, more: Mapping[str, object]) -> pl.DataFrame:
    """A row for each thing looked at of each step tried."""
    rows = [
        {**more, "at": at, "what": what, **asdict(each)} for at, those in seen.items() for what, each in those.items()
    ]
    return pl.DataFrame(rows)


def _costs(frontier: Frontier) -> pl.DataFrame:
    """Every cost of every replication: point, replication, pounds, who, and whether the people are those of the search.

    `searched` chose the least points; the others are what is told.
    """
    tables = []
    for searched, costs in ((False, frontier.costs), (True, frontier.searched)):
        for who, pounds in costs.items():
            point, replication = np.indices(pounds.shape, dtype=np.int32).reshape(2, -1)
            at, capacity = (np.array(each)[point] for each in (frontier.points, [c.mean for c in frontier.capacity]))
            columns = {"at": at, "places": capacity, "replication": replication, "pounds": pounds.ravel()}
            tables.append(
                pl.DataFrame(columns).with_columns(pl.lit(who).alias("who"), pl.lit(searched).alias("searched"))
            )
    return pl.concat(tables)


def _mixes_tried(found: MixAnswer) -> pl.DataFrame:
    """A row for each mix tried, in the order tried: its levers, its aims, and how far it breaks each limit."""
    hunted, rows = found.hunt, []
    for place, (point, worth) in enumerate(found.tried.items()):
        row: Document = {axis.path: axis.steps[step] for axis, step in zip(hunted.axes, point, strict=True)}
        aims = (None,) * len(hunted.aims) if worth is None else worth.aims
        excess = (None,) * len(hunted.limits.limits) if worth is None else worth.excess
        row |= dict(zip(hunted.aims, aims, strict=True))
        row |= {f"above.{each.name}": over for each, over in zip(hunted.limits.limits, excess, strict=True)}
        rows.append(row | {"on_the_front": place in found.chosen})
    return pl.DataFrame(rows, infer_schema_length=None)
