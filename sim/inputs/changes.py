"""Changes to parameters: which value a path means, and whether it may take the new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.parameter import Given, Parameter, problem

if TYPE_CHECKING:
    from sim.inputs.parameters import Parameters

Place = tuple[str, int]
Placed = Callable[[str], Place]
"""Where a path is written: file and line."""


def change_all(parameters: Parameters, changes: Mapping[str, object], place: Placed | None) -> tuple[Parameter, ...]:
    """Every parameter, after the changes; Faults for all changes that cannot be."""
    result, faults = dict(parameters), list[Fault]()
    for path, wanted in changes.items():
        try:
            parameter, key = parameters.locate(path)
            changed = change_one(result[parameter.name], key, wanted)
            result[parameter.name] = parameter.with_value(changed)
        except Faults as error:
            file, line = place(path) if place else ("", 0)
            faults += (Fault(file, line, path, each.found, each.rule, each.suggestion) for each in error.faults)
    raise_any(faults)
    return tuple(result.values())


def change_one(parameter: Parameter, key: str | None, wanted: object) -> Given:
    """The parameter's whole value after one change, of one key if it names one. Raises Faults."""
    if key is not None:
        wanted = {key: wanted}
    if not isinstance(parameter.value, Mapping):
        raise_any(list(_wrong(parameter, {parameter.name: wanted})))
        assert isinstance(wanted, float | int | str)  # anything else is wrong
        return wanted
    if not isinstance(wanted, Mapping):
        example = f"{parameter.name}.{parameter.keys[0]}"
        raise Faults([_fault(parameter, wanted, f"is kept by {parameter.by}: name one, such as {example}")])
    raise_any([*_unknown_keys(parameter, wanted), *_wrong(parameter, wanted)])
    return {**parameter.value, **wanted}


def _unknown_keys(parameter: Parameter, wanted: Mapping[str, object]) -> Iterator[Fault]:
    for key in wanted:
        if key not in parameter.keys:
            close = nearest(key, parameter.keys)
            yield Fault("", 0, parameter.name, f'"{key}"', f"is not a key of {parameter.by}", close)


def _wrong(parameter: Parameter, wanted: Mapping[str, object]) -> Iterator[Fault]:
    for value in wanted.values():
        rule = problem(parameter, value)
        if rule:
            close = nearest(value, parameter.choices) if isinstance(value, str) else None
            yield Fault("", 0, parameter.name, repr(value), rule, close)


def _fault(parameter: Parameter, found: object, rule: str) -> Fault:
    return Fault("", 0, parameter.name, repr(found), rule)
