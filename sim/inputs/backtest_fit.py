"""The stored fit of the back-test: parameters/history/fit.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.inputs.document import read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, keys_of
from sim.inputs.folders import default_folder
from sim.inputs.history import FOLDER

STORED = "fit.yaml"
HEAD = """\
# Written by `upstream backtest --fit`; not by hand. What it may move stands in plan.yaml. It has read no observation of
# a financial year after the last one named here.
"""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MadeBacktest(_Part):
    """How the fit was made.

    parameters   content hash of the parameters it began from
    """

    by: str
    on: str
    fitted_until: int
    seed: int
    runs: int
    parameters: str
    versions: dict[str, str]


class StoredDraw(_Part):
    """Another world that fits as well: number of the draw, what was fitted in it, and how near it comes."""

    number: int
    values: dict[str, float]
    counted: dict[str, float]
    misfit: float


class BacktestFit(_Part):
    """A stored fit.

    score      root mean square of the residuals, in tolerances
    values     of the quantities that move people; `counted` of those that say how things are counted
    residuals  of the fitted years in tolerances, by series and year
    aside      draws that could not be brought to fit
    """

    made: MadeBacktest
    score: float
    values: dict[str, float]
    counted: dict[str, float]
    residuals: dict[str, float]
    aside: int
    draws: list[StoredDraw]


def load_backtest_fit(folder: Path | None = None) -> BacktestFit:
    """The fit that is stored. Raises Faults."""
    path = (folder or default_folder()) / FOLDER / STORED
    if not path.is_file():
        raise Faults([Fault(STORED, 0, "", "no fit", "is stored; make one with `upstream backtest --fit`")])
    document = read_yaml(path)
    try:
        return BacktestFit.model_validate(document.data)
    except ValidationError as error:
        known = keys_of(BacktestFit, MadeBacktest, StoredDraw)
        raise Faults(faults_from_validation(error, document, known)) from error


def backtest_fit_text(fit: BacktestFit) -> str:
    """The fit as YAML; the same fit gives the same text."""
    return HEAD + "\n".join(_lines(fit)) + "\n"


def _lines(fit: BacktestFit) -> Iterator[str]:
    yield "made:"
    for name, value in fit.made.model_dump().items():
        yield f"  {name}: {_flow(value)}"
    yield f"score: {fit.score!r}"
    for part in ("values", "counted", "residuals"):
        yield f"{part}:"
        for name, value in getattr(fit, part).items():
            yield f"  {name}: {value!r}"
    yield f"aside: {fit.aside}"
    yield "draws:" if fit.draws else "draws: []"
    for draw in fit.draws:
        yield f"  - {_flow(draw.model_dump())}"


def _flow(value: object) -> str:
    """A value on one line, as YAML reads it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_flow(each)}" for name, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
