"""All parameters together: look one up, vary some, name the whole by its content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from sim.inputs.changes import Placed, change_all
from sim.inputs.faults import Fault, Faults, nearest
from sim.inputs.parameter import Given, Later, Parameter, Years
from sim.inputs.phases import MONTHS_A_YEAR, Phase, first_month, give_phases, settled
from sim.inputs.table import Table
from sim.inputs.units import convert
from sim.inputs.years import ByYear, give_years


class Parameters(Mapping[str, Parameter]):
    """Parameters by name; never changed, only copied with changes.

    A path is a name, or a name and a key: `demand.emergency_rate.85+`.
    """

    __slots__ = ("_items",)
    _items: Table[Parameter]

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        object.__setattr__(self, "_items", Table((each.name, each) for each in parameters))

    def __getitem__(self, name: str) -> Parameter:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Parameters are never changed; use with_changes.")

    def __reduce__(self) -> tuple[type[Parameters], tuple[tuple[Parameter, ...]]]:
        return (type(self), (tuple(self._items.values()),))

    def locate(self, path: str) -> tuple[Parameter, str | None]:
        """The parameter a path means, and the key in it if the path ends in one. Raises Faults."""
        if path in self._items:
            return self._items[path], None
        name, _, key = path.rpartition(".")
        if name in self._items and key in self._items[name].keys:
            return self._items[name], key
        raise Faults([Fault("", 0, path, "this name", "is not one we know", self._close(path))])

    def paths(self) -> tuple[str, ...]:
        """Every path that holds one value, in order."""
        return tuple(
            f"{name}.{key}" if key else name
            for name, parameter in self._items.items()
            for key in (parameter.keys or ("",))
        )

    def value(self, path: str, unit: str | None = None) -> float:
        """One number, in its own unit or converted to `unit`. Raises Faults."""
        parameter, key = self.locate(path)
        found = parameter.value[key] if key and isinstance(parameter.value, Mapping) else parameter.value
        if isinstance(found, str | Mapping):
            rule = "is a word, not a number" if isinstance(found, str) else f"is kept by {parameter.by}"
            raise Faults([Fault(parameter.file, parameter.line, path, "this", rule)])
        return float(found) if unit is None else convert(found, parameter.unit, unit)

    def rate(self, path: str) -> float:
        """A growth given in percent a year, as a share a year: 3.6 gives 0.036."""
        return self.value(path, "share_per_year")

    def yearly(self, path: str, unit: str | None = None) -> Years:
        """What is given for single years, in its own unit or converted; empty where nothing is. Raises Faults."""
        parameter, key = self.locate(path)
        years = parameter.by_year.get(key or "", ())
        return years if unit is None else tuple((year, convert(each, parameter.unit, unit)) for year, each in years)

    def later(self, path: str, unit: str | None = None) -> tuple[tuple[float, float | str], ...]:
        """What changes one value in mid-run: years from the start of the run, and the value from then on.

        In its own unit or converted; phases that leave the value as it is are not among them. Raises Faults.
        """
        parameter, key = self.locate(path)
        changes = settled(parameter, key or "")
        first = first_month(self) if changes else 0
        return tuple(
            ((month - first) / MONTHS_A_YEAR, _converted(each, parameter.unit, unit)) for month, each in changes
        )

    def by(self, name: str, unit: str | None = None) -> Mapping[str, float]:
        """Numbers by key, in their own unit or converted. Raises Faults."""
        parameter, _ = self.locate(name)
        if not isinstance(parameter.value, Mapping):
            raise Faults([Fault(parameter.file, parameter.line, name, "this", "is one value, not kept by key")])
        if unit is None:
            return parameter.value
        return Table({key: convert(each, parameter.unit, unit) for key, each in parameter.value.items()})

    def text(self, path: str) -> str:
        """One word, of a parameter with unit choice or text. Raises Faults."""
        parameter, _ = self.locate(path)
        if not isinstance(parameter.value, str):
            raise Faults([Fault(parameter.file, parameter.line, path, "this", "is a number, not a word")])
        return parameter.value

    def range(self, path: str) -> tuple[float, float]:
        """Low and high of one number. Raises Faults for an unknown path, ValueError for words."""
        parameter, key = self.locate(path)
        return parameter.range(key)

    def with_changes(self, changes: Mapping[str, object], place: Placed | None = None) -> Parameters:
        """A copy with some values changed. Raises Faults: every change that cannot be, at once.

        A value may leave the range of its evidence, but not what its unit allows. A parameter kept by key is
        changed by a path ending in a key, or by a mapping of some or all keys.
        place   where each change is written, for messages
        """
        return Parameters(change_all(self, changes, place))

    def with_years(self, given: ByYear, place: Placed | None = None) -> Parameters:
        """A copy with the growth of some paths given by financial year. Raises Faults: all that is wrong, at once.

        place   where each path is written, for messages
        """
        return Parameters(give_years(self, given, place))

    def with_phases(self, phases: Sequence[Phase]) -> Parameters:
        """A copy in which some values change in mid-run. Raises Faults: all that is wrong, at once."""
        return Parameters(give_phases(self, phases))

    def digest(self) -> str:
        """SHA-256 of every resolved value; changes if and only if a value does."""
        values = {name: _plain(each.value) for name, each in sorted(self.items())}
        # named only where there are any, so that all else keeps the name it had
        values |= {f"{name} by year": dict(each.by_year) for name, each in self.items() if each.by_year}
        values |= {f"{name} in phases": later for name, each in self.items() if (later := _later(each))}
        return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()

    def _close(self, path: str) -> str | None:
        return nearest(path, (*self._items, *self.paths()))


def _plain(value: Given) -> object:
    if isinstance(value, Mapping):
        return {key: float(each) for key, each in value.items()}
    return value if isinstance(value, str) else float(value)


def _converted(value: float | str, unit: str, wanted: str | None) -> float | str:
    return value if isinstance(value, str) or wanted is None else convert(value, unit, wanted)


def _later(parameter: Parameter) -> dict[str, Later]:
    """What changes in mid-run, by key."""
    return {key: changes for key in sorted(parameter.later) if (changes := settled(parameter, key))}
