"""What is the same for everybody in a workshop: where levers stand if nobody moves them, what they do, what 1 % is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sim.inputs import Lever, Parameters, Table, find_footprint, load_footprints, load_levers, load_parameters
from sim.workshop import Template

BUDGET = "finance.budget"
PROGRAMME = "policy.programme_mix"


@dataclass(frozen=True, slots=True)
class LeverFacts:
    """A lever as the workshop's place has it before anybody moves it.

    base      value, in the unit of its parameter
    choices   what each word of a choice means
    """

    base: float | str
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=Table)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said beside the levers.

    place     the footprint's name
    budgets   by organisation, pounds a year as the first round begins
    """

    place: str
    budgets: Mapping[str, float]
    levers: Mapping[str, LeverFacts]

    @property
    def budget(self) -> float:
        """Of the hospitals."""
        return self.budgets["acute"]


@lru_cache(maxsize=32)
def facts_of(template: Template) -> Facts:
    """The facts of a workshop; read once from the parameters. Raises Faults where its place cannot be made."""
    parameters = load_parameters().with_changes(template.setting)
    place = find_footprint(template.footprint, load_footprints())
    known = {lever.path: lever for lever in load_levers(parameters=parameters)}
    levers = {path: _facts(path, known, parameters) for path in template.spans}
    heads = {name: parameters.value(f"{BUDGET}.{name}") for name in parameters[BUDGET].keys}
    return Facts(place.name, Table({name: each * place.total for name, each in heads.items()}), Table(levers))


def _facts(path: str, known: Mapping[str, Lever], parameters: Parameters) -> LeverFacts:
    lever = known.get(path) or known.get(path.rpartition(".")[0])
    if lever is None:
        return LeverFacts(parameters.value(path))
    if lever.kind == "choice":
        return LeverFacts(parameters.text(path), lever.help, Table(lever.choices))
    return LeverFacts(parameters.value(path), lever.help)
