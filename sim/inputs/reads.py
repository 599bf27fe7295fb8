"""Results kept by the parameters they were made of, and no others.

Most of what a lever moves leaves most of a place as it was. A function that is remembered by its reads is worked out
anew only when a parameter that it looked at has changed; nobody has to write down which those are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sim.inputs.parameter import Parameter
from sim.inputs.parameters import Parameters

P = ParamSpec("P")
Result = TypeVar("Result")
Function = Callable[Concatenate[Parameters, P], Result]


class Watched(Parameters):
    """The same parameters; `looked_at` holds the names of those that were looked at."""

    __slots__ = ("looked_at",)
    looked_at: set[str]

    def __init__(self, parameters: Parameters) -> None:
        super().__init__(parameters.values())
        object.__setattr__(self, "looked_at", set())

    def __getitem__(self, name: str) -> Parameter:
        found = super().__getitem__(name)
        self.looked_at.add(name)
        return found

    def locate(self, path: str) -> tuple[Parameter, str | None]:
        """As of any parameters."""
        parameter, key = super().locate(path)
        self.looked_at.add(parameter.name)
        return parameter, key


@dataclass(frozen=True, slots=True)
class _Known(Generic[Result]):
    """A result, what it was asked with, and the parameters it was made of."""

    asked: Hashable
    made_of: tuple[Parameter, ...]
    result: Result

    def holds(self, parameters: Parameters, asked: Hashable) -> bool:
        return self.asked == asked and all(_alike(parameters.get(each.name), each) for each in self.made_of)


def _alike(found: Parameter | None, known: Parameter) -> bool:
    # most are the same object, and comparing all fields takes a hundred times as long
    return found is known or found == known


def remembered_by_reads(most: int) -> Callable[[Function[P, Result]], Function[P, Result]]:
    """Keep the latest results of a function of parameters and of arguments that can be hashed.

    The function must depend on nothing else, look parameters up by name, and give what nobody changes.
    most   results kept at a time
    """

    def decorate(function: Function[P, Result]) -> Function[P, Result]:
        known: deque[_Known[Result]] = deque(maxlen=most)
        lock = Lock()

        @wraps(function)
        def wrapped(parameters: Parameters, *args: P.args, **kwargs: P.kwargs) -> Result:
            asked = (args, tuple(sorted(kwargs.items())))
            with lock:
                found = next((each for each in known if each.holds(parameters, asked)), None)
            if found is None:
                watched = Watched(parameters)
                result = function(watched, *args, **kwargs)
                found = _Known(asked, tuple(parameters[name] for name in sorted(watched.looked_at)), result)
                with lock:
                    known.append(found)
            return found.result

        return wrapped

    return decorate
