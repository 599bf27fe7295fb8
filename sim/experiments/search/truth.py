"""What must be true for a plan to pay for itself, or to keep limits: how effective programmes, how much delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.experiments.question import Resolved
from sim.experiments.refusals import not_alike
from sim.experiments.replicate import Way
from sim.experiments.search.asking import Asker, Runs, enough
from sim.experiments.search.dials import MOST_TIMES, Dial, effects_dial, lever_dial, paid_effects
from sim.experiments.search.edge import Verdict, most_judged
from sim.experiments.search.limits import Limits
from sim.experiments.search.needed import Needed, turn
from sim.experiments.told import Told, plan_name
from sim.inputs import BUDGET_HOLDERS, Fault, nearest, raise_any
from sim.results.statistics import Interval, interval

FloatArray = NDArray[np.float64]
Aim = Literal["break_even", "limits"]
AIMS: tuple[Aim, ...] = get_args(Aim)
Turned = Literal["effects", "delivered"]
TURNED: tuple[Turned, ...] = get_args(Turned)

SPENDING = (*(f"spending:{name}" for name in BUDGET_HOLDERS), "spending:transition_fund", "capital")
"""All that is spent on either side: money moved between organisations is no benefit, and no cost."""
STANCES = ("cautious", "central", "hopeful")
NET = "net"
"""What a plan has saved against its baseline by the end of the run, in pounds: below 0 where it has cost money."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a plan.

    aim      to have saved by the end of the run what it cost (against its baseline), or to keep limits
    turned   the effects of programmes, as a multiple of central ones, or the share of the plan that is delivered
    limits   for the aim of that name
    most     the largest multiple tried
    """

    aim: Aim
    turned: Turned
    limits: Limits
    most: float = MOST_TIMES


@dataclass(frozen=True, slots=True, repr=False)
class Truth(Told):
    """What must be true.

    believed   what is looked at of the plan as it stands; `holds` whether that suffices, on the mean
    ends       the same with the evidence read at its cautious, central and hopeful end, for every programme at once
    effects    benefits that are scaled; `outside` those that leave their own range at what is needed
    """

    plan: Resolved
    against: Resolved
    terms: Terms
    needed: Needed
    believed: Mapping[str, Interval]
    holds: bool
    ends: Mapping[str, tuple[Mapping[str, Interval], Verdict]]
    effects: int
    outside: int

    @property
    def words(self) -> str:
        """What must be true, and whether the evidence allows it."""
        from sim.experiments.search.words import truth_sentence

        return truth_sentence(self, plan_name(self.plan))

    def table(self) -> pl.DataFrame:
        """A row for each step tried: at, net and each limit's measure with intervals, enough."""
        from sim.experiments.search.tables import truth_table

        return truth_table(self)

    @property
    def within_evidence(self) -> bool:
        """Whether what is needed is what evidence allows.

        Of effects: with every programme at its hopeful end at once the aim is reached; of delivery: its range.
        """
        if self.terms.turned == "effects":
            return self.ends["hopeful"][1].holds
        return not self.needed.beyond_evidence


def must_be_true(
    plan: Resolved, against: Resolved, terms: Terms, way: Way | None = None, *, keep: bool = True
) -> Truth:
    """How far effects, or delivery, must go for a plan to reach an aim.

    plan, against   about the same people, years and seed

    Raises Faults: what is asked cannot be, or no place can be made of it.
    """
    raise_any([*enough(plan), *faults_of(terms), *not_alike(against, [plan], "the baseline")])
    dial = _dial(plan, terms)
    series = tuple(dict.fromkeys((*SPENDING, *terms.limits.series)))
    asker = Asker(
        series, (most_judged(len(dial.steps)) + len(STANCES) + 2) * plan.question.replications, way, keep=keep
    )
    judge = _Judge(terms, asker.one(against, {}))
    needed = turn(plan, dial, judge.verdict, judge.seen, asker)
    believed = asker.one(plan, {})
    ends = {stance: asker.one(plan, {"policy.evidence_stance": stance}) for stance in STANCES}
    asker.finish()
    effects = paid_effects(plan.parameters)
    times = needed.least if terms.turned == "effects" and needed.least is not None else 0.0
    return Truth(
        plan, against, terms, needed, judge.seen(believed), judge.verdict(believed).holds,
        {stance: (judge.seen(runs), judge.verdict(runs)) for stance, runs in ends.items()},
        len(effects), sum(times * central > high for central, high in effects.values()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Judge:
    """Whether runs of a plan reach the aim, beside those of its baseline."""

    terms: Terms
    before: Runs

    def verdict(self, runs: Runs) -> Verdict:
        if self.terms.aim == "limits":
            return self.terms.limits.verdict(runs)
        net = self._net(runs)
        return Verdict(round(net.mean * 100) >= 0, round(net.low * 100) >= 0, round(net.high * 100) >= 0)

    def seen(self, runs: Runs) -> dict[str, Interval]:
        return {NET: self._net(runs)} | self.terms.limits.levels(runs)

    def _net(self, runs: Runs) -> Interval:
        return interval(_spent(self.before) - _spent(runs))


def _spent(runs: Runs) -> FloatArray:
    """Pounds over the whole run, by replication."""
    total: FloatArray = np.sum([runs.values[name] for name in SPENDING if name in runs.values], axis=0).sum(axis=1)
    return total


def _dial(plan: Resolved, terms: Terms) -> Dial:
    if terms.turned == "effects":
        return effects_dial(plan.parameters, terms.most)
    return replace(lever_dial("policy.share_delivered", plan.parameters), name="delivered")


def faults_of(terms: Terms) -> list[Fault]:
    """What is wrong with what is asked."""
    given: Sequence[tuple[str, str, Sequence[str]]] = (("aim", terms.aim, AIMS), ("of", terms.turned, TURNED))
    found = [
        Fault("", 0, name, f'"{value}"', f"is not one of {', '.join(known)}", nearest(value, known))
        for name, value, known in given if value not in known
    ]  # fmt: skip
    if not 1 <= terms.most <= 100:
        found.append(Fault("", 0, "most", f"{terms.most:g}", "must be from 1 to 100 times"))
    return [*found, *terms.limits.faults()]
