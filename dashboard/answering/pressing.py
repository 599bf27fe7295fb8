"""Runs into stations: how full, since when, and what holds up the rest.

Whoever is ready to leave and finds the next place full keeps the place they are in. So what looks full may be full
only of people who wait for something else, and is then not itself what is short. Blocked people are followed: as far as
a kind of place is more than very busy only because of people who wait to go on, what it holds up is laid to what they
wait for, and so on until it is laid to places that are short by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dashboard.facts.stations import HOSPITAL, KINDS, Course, Held, Hold, Jam, Rules, Saturation, Stations

FloatArray = NDArray[np.float64]
Series = Mapping[str, FloatArray]

MEASURES = ("occupied", "places", "waiting", "held", "delayed_for")
"""Measures with parts that are looked at on an average day of a year."""

ALONE = ("emergency_wait_hours", "elective_waiting")
TO = ">"
SECOND = 1 / 2
"""Whatever holds up at least half as many beds as what holds up most is named beside it."""


def is_pressing(series: str) -> bool:
    """Whether the map is made of it."""
    measure, _, part = series.partition(":")
    return series in ALONE or (bool(part) and measure in MEASURES)


def stations(rules: Rules, plan: Sequence[Series], baseline: Sequence[Series], months: int) -> Stations:
    """Both courses, from runs that come in pairs.

    months   of a year
    """
    if any(f"{measure}:{kind}" not in plan[0] for measure in ("occupied", "places") for kind in KINDS):
        return Stations()
    return Stations(rules, *(_course(rules, runs, months) for runs in (plan, baseline)))


def _course(rules: Rules, runs: Sequence[Series], months: int) -> Course:
    used = {kind: _used(runs, kind) for kind in KINDS}
    return Course(
        used={kind: [round(float(each), 4) for each in shares.mean(axis=0)] for kind, shares in used.items()},
        full={kind: saturation(rules, shares) for kind, shares in used.items()},
        jams=[jam(rules, means) for means in _years(runs, months)],
    )


def _used(runs: Sequence[Series], kind: str) -> FloatArray:
    """Share of places in use by run and month."""
    occupied, places = (np.stack([run[f"{name}:{kind}"] for run in runs]) for name in ("occupied", "places"))
    return np.divide(occupied, places, out=np.zeros_like(occupied), where=places > 0)


def saturation(rules: Rules, used: FloatArray) -> Saturation:
    """When it fills up, by run: the first of so many months in a row that are full; `used` is (runs, months)."""
    found = [_first_full(shares >= rules.full, rules.months) for shares in used]
    known = sorted(each for each in found if each is not None)
    if not known:
        return Saturation(len(found))
    # a run that never fills up counts as later than any that does; of two middle ones, the later
    middle = len(found) // 2
    return Saturation(len(found), len(known), known[middle] if middle < len(known) else None, known[0], known[-1])


def _first_full(full: NDArray[np.bool_], months: int) -> int | None:
    """The first month of so many full ones in a row."""
    windows = np.lib.stride_tricks.sliding_window_view(full, min(months, full.size)).all(axis=1)
    return int(windows.argmax()) if windows.any() else None


def _years(runs: Sequence[Series], months: int) -> Iterator[dict[str, float]]:
    """Means of every year over its months and over runs."""
    names = [name for name in runs[0] if is_pressing(name)]
    folded = {name: np.mean([run[name] for run in runs], axis=0).reshape(-1, months).mean(axis=1) for name in names}
    for year in range(len(next(iter(folded.values())))):
        yield {name: float(values[year]) for name, values in folded.items()}


# ---- who waits for whom ----------------------------------------------------------------------------------------


def jam(rules: Rules, means: Mapping[str, float]) -> Jam:
    """Who waits for whom, and what holds up the rest, from means of a year by series."""
    held = tuple(_held(means))
    holds = sorted(_holds(rules, means, held), key=lambda each: (-each.beds, each.kind))
    own = _hospital_itself(rules, means, _roots(rules, means, held, HOSPITAL)[HOSPITAL])
    others = [each for each in holds if each.kind != HOSPITAL]
    named = _named(rules, means, others)
    hospital = [each for each in holds if each.kind == HOSPITAL]
    ordered = (*hospital, *others) if own else (*others, *hospital)
    return Jam(held, ordered, own + named, sum(each.people for each in held if each.here == HOSPITAL))


def _holds(rules: Rules, means: Mapping[str, float], held: Sequence[Held]) -> Iterator[Hold]:
    """What every kind of place holds up: in hospital beds, in other places, outside."""
    roots = {kind: _roots(rules, means, held, kind) for kind in KINDS}
    for kind in KINDS:
        beds, places = (
            sum(each.people * roots[each.there].get(kind, 0.0) for each in held if (each.here == HOSPITAL) == in_beds)
            for in_beds in (True, False)
        )
        outside = sum(means.get(f"waiting:{each}", 0.0) * roots[each].get(kind, 0.0) for each in KINDS)
        yield Hold(kind, beds, places, outside)


def _held(means: Mapping[str, float]) -> Iterator[Held]:
    for name, people in means.items():
        measure, _, part = name.partition(":")
        if measure == "held" and people > 0:
            here, _, there = part.partition(TO)
            yield Held(here, there, people)


def _roots(rules: Rules, means: Mapping[str, float], held: Sequence[Held], kind: str) -> dict[str, float]:
    """Where the want of room at a kind of place begins, as shares that add to 1."""
    onward = [each for each in held if each.here == kind]
    stuck = sum(each.people for each in onward)
    passed = due_to_stuck(rules, _share(means, kind), _share(means, kind, stuck)) if stuck else 0.0
    found = {kind: 1.0 - passed}
    for each in onward if passed else ():
        for root, share in _roots(rules, means, [one for one in held if one.here != kind], each.there).items():
            found[root] = found.get(root, 0.0) + passed * share * each.people / stuck
    return found


def due_to_stuck(rules: Rules, used: float, without: float) -> float:
    """How much of what makes a kind of place more than very busy is people in it who wait to go on, from 0 to 1.

    used, without   share of places in use, with those people and without them
    """
    above = used - rules.very_busy
    return min(1.0, (used - without) / above) if above > 0 else 0.0


def _share(means: Mapping[str, float], kind: str, less: float = 0.0) -> float:
    """Places in use, without so many people, as a share of all."""
    places = means.get(f"places:{kind}", 0.0)
    return (means.get(f"occupied:{kind}", 0.0) - less) / places if places else 0.0


def _hospital_itself(rules: Rules, means: Mapping[str, float], own: float) -> bool:
    """Whether hospital beds are short by themselves: full, and mostly of people who do not wait to go on.

    own   how much of it begins in hospital
    """
    waits = means.get(f"waiting:{HOSPITAL}", 0.0) > 0
    return waits and _share(means, HOSPITAL) >= rules.full and own >= SECOND


def _named(rules: Rules, means: Mapping[str, float], holds: Sequence[Hold]) -> int:
    """How many hold up enough hospital beds to be named."""
    least = rules.held_up * means.get(f"places:{HOSPITAL}", 0.0)
    if holds[0].beds <= 0 or sum(each.beds for each in holds) < least:
        return 0
    return sum(each.beds >= SECOND * holds[0].beds for each in holds)
