"""Every search in one call, and a batch: the commands `upstream optimise` and `upstream batch` for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from sim.experiments.asked import DO_NOTHING, How, resolved, way_of
from sim.experiments.batch import (
    OnThreads,
    Ran,
    Runner,
    Watch,
    load_batch,
    opened,
    run_batch,
    save_batch,
    summary,
    write_report,
)
from sim.experiments.batch.plan import RUNS
from sim.experiments.identity import version
from sim.experiments.question import Resolved, Scenarios
from sim.experiments.search import (
    CapacityAnswer,
    DelayAnswer,
    FundAnswer,
    Hunt,
    Limits,
    MixAnswer,
    Prices,
    Truth,
    best_mixes,
    least_capacity,
    must_be_true,
    right_delay,
    transition_fund,
    truth,
    usual_axes,
)
from sim.experiments.search.delay import USUAL_POINTS
from sim.experiments.search.dials import MOST_TIMES
from sim.experiments.search.mix import AIMS, USUAL_CONFIRMED, USUAL_POPULATION, USUAL_TRIALS
from sim.experiments.stress import When
from sim.inputs.limits import load_limits

Most = Mapping[str, float]
"""The most that may be, by the name of a shipped limit, or by a series such as waiting:home_care in its own unit."""

REPLICATIONS, SEARCHED, YEARS_TO_PAY = 10, 3, 10


def ask_truth(
    footprint: str,
    plan: Scenarios,
    *,
    against: Scenarios = DO_NOTHING,
    aim: truth.Aim = "break_even",
    of: truth.Turned = "effects",
    limits: Most | None = None,
    when: When = "every",
    most: float = MOST_TIMES,
    **how: Unpack[How],
) -> Truth:
    """How effective programmes must be, or how much delivered, for a plan to pay for itself or to keep limits.

    aim   "break_even" by the end of the run (10 years unless told), or "limits"
    of    "effects" of programmes, as a multiple of central ones, or the share "delivered"
    most  the largest multiple tried

    Raises Faults with everything that is wrong.
    """
    asked: How = {"years": YEARS_TO_PAY, **how}
    after, before = resolved(footprint, [plan, against], asked, REPLICATIONS)
    usual = ("occupancy", "delayed", "waits", "gap") if aim == "limits" else ("occupancy", "gap")
    terms = truth.Terms(aim, of, limits_of(after, limits, when, usual), most)
    return must_be_true(after, before, terms, way_of(how), keep=how.get("keep", True))


def ask_fund(
    footprint: str,
    plan: Scenarios,
    *,
    limits: Most | None = None,
    when: When = "every",
    most: float | None = None,
    **how: Unpack[How],
) -> FundAnswer:
    """The least transition fund with which a plan keeps limits (hospital beds in use unless told) through the dip.

    most   pounds a head a year that are tried at most

    Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, REPLICATIONS)
    kept = limits_of(asked, limits, when, ("occupancy",))
    return transition_fund(asked, kept, way_of(how), most=most, keep=how.get("keep", True))


def ask_delay(
    footprint: str,
    kind: str,
    plan: Scenarios = (),
    *,
    prices: Prices | None = None,
    points: int = USUAL_POINTS,
    staffed: bool = False,
    **how: Unpack[How],
) -> DelayAnswer:
    """The right amount of delay: cost of one kind of places against cost of waiting for them, in the final year.

    kind      p1 (with p2 and p3), p2, p3, home_care or care_home
    points    growths of places that are tried
    staffed   as if staff and capital held nothing back, as far as their levers reach

    Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, REPLICATIONS)
    keep = how.get("keep", True)
    return right_delay(asked, kind, prices, way_of(how), points=points, staffed=staffed, keep=keep)


def ask_mix(
    footprint: str,
    plan: Scenarios = (),
    *,
    aims: Sequence[str] = AIMS,
    limits: Most | None = None,
    when: When = "every",
    trials: int = USUAL_TRIALS,
    population: int = USUAL_POPULATION,
    confirmed: int = USUAL_CONFIRMED,
    **how: Unpack[How],
) -> MixAnswer:
    """The best mixes of the shift: how much, when, how fast and to what, under limits (beds in use, gap unless told).

    plan        what else is to be so in every mix
    aims        series that are to be low, each a mean over all years
    trials      mixes proposed, so many a generation (`population`)
    confirmed   replications, with other people, of what is on the front

    Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, SEARCHED)
    kept = limits_of(asked, limits, when, ("occupancy", "gap"))
    hunt = Hunt(tuple(aims), kept, usual_axes(asked.question.years), trials, population, confirmed)
    return best_mixes(asked, hunt, way_of(how), keep=how.get("keep", True))


def ask_capacity(
    footprint: str,
    kind: str,
    plan: Scenarios = (),
    *,
    limits: Most | None = None,
    when: When = "final",
    most: float | None = None,
    **how: Unpack[How],
) -> CapacityAnswer:
    """The least growth of one kind of places with which limits (hospital beds in use unless told) are kept.

    kind   acute, p1 (with p2 and p3), p2, p3, home_care or care_home
    most   percent a year tried at most

    Raises Faults with everything that is wrong.
    """
    (asked,) = resolved(footprint, [plan], how, REPLICATIONS)
    kept = limits_of(asked, limits, when, ("occupancy",))
    return least_capacity(asked, kind, kept, way_of(how), most=most, keep=how.get("keep", True))


def ask_batch(
    batch: str | Path, folder: str | Path | None = None, *, runner: Runner | None = None, watch: Watch | None = None
) -> Ran:
    """Run a batch file, or a shipped batch, into a folder (runs/NAME unless told); stopped, it goes on.

    All that the command writes lies there too: report.html, summary.parquet, batch.json and the manifest.

    runner   threads, such as OnThreads(4), or a cluster

    Raises Faults with everything that is wrong with the file.
    """
    loaded = load_batch(str(batch))
    with opened(Path(folder or RUNS / loaded.plan.name).absolute()) as store:
        ran = run_batch(loaded, store, runner or OnThreads(), watch)
        table = summary(ran)
        save_batch(ran, table)
        write_report(ran, table, f"Written by `ask_batch`, version {version()}.")
    return ran


def limits_of(plan: Resolved, most: Most | None, when: When, usual: Sequence[str]) -> Limits:
    """Limits by name with the most they may be, series likewise; the usual ones unless told. Raises Faults."""
    known = {each.name for each in load_limits()}
    named = {name: value for name, value in (most or {}).items() if name in known}
    own = {series: value for series, value in (most or {}).items() if series not in known}
    return Limits.asked(load_limits(chosen=named), tuple(named), own, usual, when, plan.footprint.total)
