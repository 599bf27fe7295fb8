"""Every question in one call: a place by its name, plans by theirs, and sensible defaults for the rest.

Each does what the command of the same name does, with the same defaults unless it says otherwise, and in one typical
locality of the place, since that is where many runs can be had in a minute; `people="usual"` simulates everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, Unpack

from sim.experiments.attribute import Attribution, By, attribute
from sim.experiments.attribute.measure import USUAL_PAIRS
from sim.experiments.question import People, Question, Resolved, Scenarios, resolve, scenarios_of
from sim.experiments.replicate import Way
from sim.experiments.sensitivity import Among, Method, Plan, Sensitivity, movers_of, sensitivity
from sim.experiments.sensitivity import strongest as strongest_of
from sim.experiments.stress import Stress, Trial, When, stress
from sim.experiments.stress.trial import USUAL_DRAWS
from sim.inputs import Fault, Faults, load_parameters, nearest, raise_any
from sim.inputs.limits import load_limits
from sim.inputs.shocks import load_shocks
from sim.results.measures import KEY_SERIES

DO_NOTHING = "do_nothing"
SIZES: Mapping[Method, int] = {"morris": 10, "sobol": 128}
USUAL_STRONGEST = 6
REPLICATIONS = {"attribution": 10, "stress": 3, "sensitivity": 4}


class How(TypedDict, total=False):
    """What every question about a footprint may be told besides.

    changes        new values by parameter path, laid over every plan
    years          from 1 April 2016; 5 unless told
    replications   how often chance is replayed
    seed           chooses the people; 1 unless told
    people         how many are simulated: a number, "typical" (unless told), "usual" or "all"
    way            threads and progress, such as Way(workers=4)
    keep           use and fill the folder of finished replications; True unless told
    """

    changes: Mapping[str, float | str]
    years: int
    replications: int
    seed: int
    people: People
    way: Way
    keep: bool


def ask_attribution(
    footprint: str,
    plan: Scenarios,
    *,
    against: Scenarios = DO_NOTHING,
    by: By = "family",
    pairs: int = USUAL_PAIRS,
    **how: Unpack[How],
) -> Attribution:
    """What a plan's change comes from: demand, flow and money, or lever by lever (Shapley values).

    by      "family", or "lever"
    pairs   of random orders, where levers are too many to run every coalition

    Raises Faults with everything that is wrong.
    """
    before, after = resolved(footprint, [against, plan], how, REPLICATIONS["attribution"])
    return attribute(before, after, by, way_of(how), pairs=pairs, keep=how.get("keep", True))


def ask_stress(
    footprint: str,
    plans: Sequence[Scenarios],
    *,
    draws: int = USUAL_DRAWS,
    limits: Mapping[str, float] | None = None,
    shocks: Sequence[str] | None = None,
    when: When = "every",
    every_draw: bool = False,
    **how: Unpack[How],
) -> Stress:
    """In how many futures plans stay inside limits, what breaks them, and what they cost against the best of them.

    plans        each by its scenarios; the same people and futures for all
    draws        futures
    limits       other values of shipped limits, by name, such as {"occupancy": 0.95}
    shocks       only these; all unless told, and none with ()
    when         limits must be kept in "every" year, or in the "final" one
    every_draw   also draws in which the base year cannot close

    Raises Faults with everything that is wrong.
    """
    asked = resolved(footprint, plans, how, REPLICATIONS["stress"])
    trial = Trial(load_limits(chosen=limits), load_shocks(asked[0].base, names=shocks), draws, when, not every_draw)
    return stress(asked, trial, way_of(how), keep=how.get("keep", True))


def ask_sensitivity(
    footprint: str,
    plan: Scenarios = (),
    *,
    method: Method = "morris",
    size: int | None = None,
    among: Among = "both",
    numbers: Sequence[str] = (),
    **how: Unpack[How],
) -> Sensitivity:
    """Which levers and numbers an answer is sensitive to, and a tornado of each by itself.

    method    "morris" (screening) or "sobol" (indices: a part of the variance for each)
    size      trajectories of Morris, 10 unless told; samples of Sobol, a power of two, 128 unless told
    among     levers, numbers in doubt, or both
    numbers   paths of only these; unless told the usual sliders, and the numbers the answer is known to lean on

    Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, REPLICATIONS["sensitivity"])
    points = Plan(method, SIZES.get(method, 0) if size is None else size)
    return sensitivity(asked, movers_of(asked, numbers, among), points, way_of(how), keep=how.get("keep", True))


def ask_strongest(
    footprint: str,
    plan: Scenarios = (),
    *,
    trajectories: int = SIZES["morris"],
    samples: int = SIZES["sobol"],
    strongest: int = USUAL_STRONGEST,
    about: Sequence[str] = ("gap", "delayed"),
    among: Among = "both",
    numbers: Sequence[str] = (),
    **how: Unpack[How],
) -> tuple[Sensitivity, Sensitivity]:
    """Everything screened (Morris), then the variance divided (Sobol) among the few that proved strongest.

    strongest   how many
    about       measures that are looked at to find them

    The first answer is of the screening, the second of the indices. Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, REPLICATIONS["sensitivity"])
    screening, indices = Plan("morris", trajectories), Plan("sobol", samples)
    unknown = [_not_a_measure(each) for each in about if each not in KEY_SERIES]
    few = [] if strongest >= 1 else [Fault("", 0, "strongest", str(strongest), "must be 1 or more")]
    raise_any([*screening.faults(), *indices.faults(), *unknown, *few])
    way, keep = way_of(how), how.get("keep", True)
    first = sensitivity(asked, movers_of(asked, numbers, among), screening, way, keep=keep)
    return first, sensitivity(asked, strongest_of(first, about, strongest), indices, way, keep=keep)


def _not_a_measure(series: str) -> Fault:
    return Fault("", 0, "about", f'"{series}"', f"is not one of {', '.join(KEY_SERIES)}", nearest(series, KEY_SERIES))


def resolved(footprint: str, plans: Sequence[Scenarios], how: How, replications: int) -> list[Resolved]:
    """Plans about the same people, looked up; raises Faults of all of them, or TypeError for an unknown keyword."""
    _refuse_unknown(how)
    base, found, faults = load_parameters(), list[Resolved](), list[Fault]()
    for plan in plans:
        question = Question(
            footprint, scenarios_of(plan), dict(how.get("changes", {})), how.get("years", 5),
            how.get("replications", replications), how.get("seed", 1), how.get("people", "typical"),
        )  # fmt: skip
        try:
            found.append(resolve(question, base))
        except Faults as error:
            faults += error.faults
    raise_any(list(dict.fromkeys(faults)))
    return found


def way_of(how: How) -> Way:
    """Threads and progress."""
    return how.get("way", Way())


def _refuse_unknown(how: How) -> None:
    known = How.__annotations__
    for name in how:
        if name not in known:
            close = nearest(name, known)
            hint = f" Did you mean {close}?" if close else ""
            raise TypeError(f"{name} is not one of {', '.join(known)}.{hint}")
