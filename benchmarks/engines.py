"""Every engine that may be compared, by name, and whether it can run here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.case import Case, constant_case, reference_case
from benchmarks.course import Course, footprint_course
from benchmarks.outcome import Model

Maker = Callable[[Any, int], Model]

WHERE = {
    "compiled": ("benchmarks.ours", "Compiled", "numba"),
    "reference": ("benchmarks.ours", "Reference", "simpy"),
    "simpy": ("benchmarks.peers.simpy_model", "Model", "simpy"),
    "ciw": ("benchmarks.peers.ciw_model", "Model", "ciw"),
    "salabim": ("benchmarks.peers.salabim_model", "Model", "salabim"),
}
"""By name: module, class, and the package it needs."""

LABELS = {
    "compiled": "compiled engine",
    "reference": "SimPy engine (the definition of right)",
    "simpy": "plain SimPy model",
    "ciw": "Ciw",
    "salabim": "salabim",
}


def maker(name: str) -> Maker:
    """What makes a replication in this engine."""
    module, kind, _ = WHERE[name]
    return getattr(import_module(module), kind)


def missing() -> dict[str, str]:
    """Engines that cannot run here, with the reason."""
    found = {
        name: f"the package {package} is not installed" for name, (*_, package) in WHERE.items() if absent(package)
    }
    found["R simmer"] = "no model of the case is written for it; Debian does not ship the package"
    return found


def absent(package: str) -> bool:
    """Is this package not installed?"""
    return find_spec(package) is None


def case_of(kind: str, people: float, years: float) -> Case | Course:
    """The reference case R1, its constant variant, or the care network of a footprint with its months."""
    makers: dict[str, Callable[[float, float], Case | Course]] = {
        "reference": reference_case,
        "constant": constant_case,
        "footprint": footprint_course,
    }
    return makers[kind](people, years)
