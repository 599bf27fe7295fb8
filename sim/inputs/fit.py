"""The stored fit: fitted values as data, laid over the numbers as they are written.

A hand-written number stays where it is written. The fit names the number that it began from, and its value is used
only while that number still stands in the file: whoever changes a number by hand gets that number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.inputs.calibration import FOLDER
from sim.inputs.document import Document, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of, nearest, raise_any
from sim.inputs.parameter import Parameter, problem
from sim.inputs.table import Table

STORED = "england.yaml"
Numbers = float | dict[str, float]


class Made(BaseModel):
    """How a fit was made.

    on         the day
    versions   of the libraries that did the arithmetic
    rounds     how often it was simulated and fitted again before it settled
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    by: str
    on: str
    method: str
    seed: int
    rounds: int
    versions: dict[str, str]


class FittedValue(BaseModel):
    """A fitted number: the factor, the number as written that it belongs to, and their product.

    Of a parameter kept by key: the numbers of those keys that the factor is for.
    serves   names of the targets that it moves, the one that it moves most first
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    factor: float
    written: Numbers
    fitted: Numbers
    serves: list[str]


class Reached(BaseModel):
    """What a target came to: by the traffic equations with the queue, and simulated.

    residual    (flow - target) / tolerance; None where only a simulation measures it
    simulated   None where a simulation does not measure it apart
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    target: float
    low: float
    high: float
    flow: float | None
    residual: float | None
    simulated: float | None


class Fit(BaseModel):
    """A stored fit.

    score   root mean square of the residuals, in tolerances: 0 is perfect, below 1 within tolerance on the whole
    queue   beds held because the place named is full, simulated, over the approximation of them
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    made: Made
    score: float
    queue: dict[str, float]
    values: dict[str, FittedValue]
    targets: dict[str, Reached]


def load_fit(folder: Path) -> Fit | None:
    """The fit stored in a folder of parameters; None where there is none. Raises Faults."""
    document = _document(folder)
    return None if document is None else _read(document)


def _document(folder: Path) -> Document | None:
    path = folder / FOLDER / STORED
    return read_yaml(path) if path.is_file() else None


def _read(document: Document) -> Fit:
    try:
        return Fit.model_validate(document.data)
    except ValidationError as error:
        known = keys_of(Fit, Made, FittedValue, Reached)
        raise Faults(faults_from_validation(error, document, known)) from error


def laid_over(found: Iterable[Parameter], folder: Path) -> list[Parameter]:
    """Parameters with the stored fit of their folder laid over them. Raises Faults for a value that cannot be.

    A value whose written number has changed since is left out.
    """
    parameters = {each.name: each for each in found}
    document = _document(folder)
    if document is None:
        return list(parameters.values())
    fit, faults = _read(document), list[Fault]()
    for name, value in fit.values.items():
        if name not in parameters:
            place = (document.name, document.line(("values", name)), name)
            faults.append(Fault(*place, "this name", "is not one we know", nearest(name, parameters)))
        elif _stands(parameters[name], value):
            faults += _problems(parameters[name], value, document)
            parameters[name] = _fitted(parameters[name], value, fit.made)
    raise_any(faults)
    return list(parameters.values())


def overtaken(written: Mapping[str, Parameter], fit: Fit) -> tuple[str, ...]:
    """Names of fitted parameters whose written number is no longer the one that the fit began from."""
    return tuple(name for name, value in fit.values.items() if not _stands(written[name], value))


def times(written: Numbers, factor: float, digits: int) -> Numbers:
    """A number, or numbers by key, times a factor, to so many significant digits."""
    if isinstance(written, dict):
        return {key: _rounded(each * factor, digits) for key, each in written.items()}
    return _rounded(written * factor, digits)


def _stands(parameter: Parameter, value: FittedValue) -> bool:
    """Whether the number that the fit began from still stands."""
    given = parameter.value
    if isinstance(given, Mapping) and isinstance(value.written, dict):
        return all(given.get(key) == number for key, number in value.written.items())
    return given == value.written


def _fitted(parameter: Parameter, value: FittedValue, made: Made) -> Parameter:
    """The parameter with its fitted value, and in words how that came about."""
    part = ""
    given: Any = value.fitted
    if isinstance(parameter.value, Mapping) and isinstance(value.fitted, dict):
        given = Table({**parameter.value, **value.fitted})
        part = "" if len(value.fitted) == len(parameter.value) else f" for {', '.join(value.fitted)}"
    words = f"{value.factor:.4g} times what is written{part}; by `{made.by}` on {made.on}"
    return replace(parameter, value=given, fitted=words)


def _problems(parameter: Parameter, value: FittedValue, document: Document) -> list[Fault]:
    numbers = value.fitted.values() if isinstance(value.fitted, dict) else [value.fitted]
    place = (document.name, document.line(("values", parameter.name, "fitted")), parameter.name)
    rules = ((number, problem(parameter, number)) for number in numbers)
    return [Fault(*place, f"fitted {number:g}", rule) for number, rule in rules if rule]


def _rounded(number: float, digits: int) -> float:
    return float(f"{number:.{digits}g}")
