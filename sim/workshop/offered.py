"""The levers a workshop offers: each must be one of the product's, and able to change in mid-run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.inputs import Document, Fault, Lever, Parameters, load_levers, nearest, one_each
from sim.inputs.phases import GIVEN_IN_PHASES
from sim.workshop.template import Role, Span


def spans_of(
    document: Document,
    levers: Mapping[Role, Sequence[str]],
    limits: Mapping[str, Sequence[float]],
    parameters: Parameters,
) -> tuple[dict[str, Span], list[Fault]]:
    """What each lever that is offered may be set to, and what is wrong with those that cannot be offered.

    limits   narrower ends by path: least and most
    """
    known = _levers(parameters)
    found: dict[str, Span] = {}
    faults: list[Fault] = []
    for role, paths in levers.items():
        for number, path in enumerate(paths):
            if rule := _not_offered(path, known, found, parameters):
                place = (document.name, document.line(("levers", role, number)), f"levers.{role}")
                faults.append(Fault(*place, f'"{path}"', rule, None if path in known else nearest(path, known)))
            else:
                found[path] = _span(known[path], limits.get(path, ()))
    faults += (fault for path, ends in limits.items() for fault in _wrong_ends(document, path, ends, known, found))
    return found, faults


def _not_offered(path: str, known: Mapping[str, Lever], found: Mapping[str, Span], parameters: Parameters) -> str:
    """Why a lever cannot be offered, or not again; empty where it can."""
    if path not in known:
        return "is not a lever"
    if parameters.locate(path)[0].name not in GIVEN_IN_PHASES:
        return "cannot change in mid-run"
    return "is offered twice; it belongs to one role" if path in found else ""


def _levers(parameters: Parameters) -> dict[str, Lever]:
    known: dict[str, Lever] = {}
    for lever in load_levers(parameters=parameters):
        if lever.kind == "weights":
            labels = {key: parameters.text(f"programme.{key}.label") for key in parameters[lever.path].keys}
            known |= {each.path: each for each in one_each(lever, labels)}
        else:
            known[lever.path] = lever
    return known


def _span(lever: Lever, ends: Sequence[float]) -> Span:
    moves = (lever.path, *lever.also)
    if lever.kind == "choice":
        return Span(lever.label, lever.unit, lever.scale, moves, choices=tuple(lever.choices))
    low, high = ends if len(ends) == 2 else (lever.low, lever.high)
    return Span(lever.label, lever.unit, lever.scale, moves, low or 0.0, high or 0.0, lever.step or 0.0)


def _wrong_ends(
    document: Document, path: str, ends: Sequence[float], known: Mapping[str, Lever], found: Mapping[str, Span]
) -> list[Fault]:
    place = (document.name, document.line(("limits", path)), f"limits.{path}")
    if path not in found:
        return [Fault(*place, "this", "is the limit of a lever that is not offered", nearest(path, found))]
    lever = known[path]
    if len(ends) != 2 or lever.low is None or lever.high is None or not lever.low <= ends[0] < ends[1] <= lever.high:
        return [Fault(*place, str(list(ends)), f"must be least and most, within {lever.low} to {lever.high}")]
    return []
