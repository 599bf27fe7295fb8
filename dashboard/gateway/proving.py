"""Published cases as jobs, as their files have them now; and how the stored fit meets the base year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic

from dashboard.answering.jobs import ImpossibleError, Pace
from dashboard.answering.studies import Named
from dashboard.facts.findings import CaseFound, FigureFound, FitFound, Listed
from dashboard.gateway.evidence import evidence
from dashboard.gateway.looked_up import believed
from dashboard.gateway.rules import expected, readable, tolerance
from sim import inputs
from sim.experiments.cases import Case, FigureResult, case_files, load_case, run_case
from sim.experiments.cases.case import Figure, Property
from sim.experiments.identity import data_digest
from sim.experiments.replicate import Way
from sim.inputs.folders import default_folder
from sim.results.store import sha256

CASES_AT_HAND = 64


def cases() -> list[Listed]:
    """Every case there is a file for, those with faults too."""
    return [_listed(name, path) for name, path in case_files().items()]


def prove(threads: int, name: str) -> Named | None:
    """The work of one case; its name changes with the files it depends on."""
    path = case_files().get(name)
    if path is None:
        return None
    content = _content(path)
    return Named(f"case {name} {content}", partial(_prove, threads, path, content))


def _prove(threads: int, path: Path, content: str, pace: Pace) -> CaseFound:
    began = monotonic()
    try:
        case = _loaded(path, content)
        result = run_case(case, Way(threads, pace.tell, pace=pace.step))
    except inputs.Faults as faults:
        raise ImpossibleError(str(faults)) from faults
    asked: tuple[Figure | Property, ...] = (*case.figures, *case.properties)
    figures = tuple(_figure(each, row, result.source) for each, row in zip(asked, result.figures, strict=True))
    return CaseFound(result.id, result.replications, result.seed, figures, monotonic() - began)


def _figure(asked: Figure | Property, found: FigureResult, source: str) -> FigureFound:
    """A figure in words; `source` is that of the whole case."""
    allowed, made_of = tolerance(asked, found)
    return FigureFound(
        figure=readable(found.figure),
        expected=expected(asked, found),
        found=found.found,
        tolerance=allowed,
        state=found.state,
        status=found.status,
        because=found.because,
        source=found.source if found.source != source else "",
        made_of=made_of,
    )


def _listed(name: str, path: Path) -> Listed:
    try:
        case = _loaded(path, _content(path))
    except inputs.Faults as faults:
        return Listed(name, name.replace("_", " "), faults=str(faults))
    expected = len(case.figures) + len(case.properties)
    return Listed(name, case.title, case.says, case.source, expected, case.replications)


def _content(path: Path) -> str:
    """A hash of the case's file and of the networks."""
    return sha256(path.read_bytes() + data_digest().encode())


@lru_cache(maxsize=CASES_AT_HAND)
def _loaded(path: Path, _content: str) -> Case:
    return load_case(path)


def stated_fit() -> FitFound | None:
    """How the stored fit of England meets the targets of the base year."""
    fit = inputs.load_fit(default_folder())
    if fit is None:
        return None
    judged = {name: each.residual for name, each in fit.targets.items() if each.residual is not None}
    seen = [each for each in fit.targets.values() if each.simulated is not None]
    worst = max(judged, key=lambda name: abs(judged[name]))
    return FitFound(
        fitted=len(judged),
        within=sum(abs(each) <= 1 for each in judged.values()),
        simulated=len(seen),
        inside=sum(each.low <= each.simulated <= each.high for each in seen if each.simulated is not None),
        worst=evidence(f"target.{worst}", believed()).says.replace("_", " "),
        furthest=abs(judged[worst]),
        on=date.fromisoformat(fit.made.on),
    )
