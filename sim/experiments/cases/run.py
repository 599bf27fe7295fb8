"""Run cases: every network once, and everything asked of it in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.cases.case import Case, quantity_of
from sim.experiments.cases.judge import judge_figure
from sim.experiments.cases.properties import judge_property, points_of
from sim.experiments.cases.quantities import QuantitiesTask
from sim.experiments.cases.results import CaseResult
from sim.experiments.cases.schema import QuantitySpec
from sim.experiments.replicate import Way, replicate

FloatArray = NDArray[np.float64]


def validate(cases: Sequence[Case], way: Way | None = None) -> tuple[CaseResult, ...]:
    """Run cases one after another; progress counts the replications of all of them."""
    way, done, results = way or Way(), 0, []
    wanted = sum(case.replications for case in cases)
    for case in cases:
        results.append(run_case(case, _part(way, done, wanted)))
        done += case.replications
    return tuple(results)


def run_case(case: Case, way: Way | None = None) -> CaseResult:
    """Run every network of a case and judge what was found."""
    way, done = way or Way(), 0
    found: dict[str, FloatArray] = {}
    for variant, network in case.networks.items():
        task = QuantitiesTask(network, case.seed, case.quantities(variant))
        replications = network.settings.replications
        found[variant] = np.array(replicate(task, replications, _part(way, done, case.replications)))
        done += replications
    figures = [judge_figure(each, _sample(case, found, each.variant, each.spec)) for each in case.figures]
    for each in case.properties:
        of, there = (
            [_sample(case, found, name, spec) for name in each.variants] if spec else []
            for spec in (each.spec, each.spec.there)
        )
        figures.append(judge_property(points_of(each, of, there)))
    return CaseResult(case.id, case.title, case.says, case.source, case.seed, case.replications, tuple(figures))


def _sample(case: Case, found: Mapping[str, FloatArray], variant: str, spec: QuantitySpec) -> FloatArray:
    """One number a replication."""
    column: FloatArray = found[variant][:, case.quantities(variant).index(quantity_of(spec))]
    return column


def _part(way: Way, done: int, wanted: int) -> Way:
    """The same way, for a part of the work that begins when so much is done."""
    return replace(way, progress=lambda finished, _: way.progress(done + finished, wanted))
