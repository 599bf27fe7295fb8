"""Kinds of value that a network file may hold, each read in one place and refused with a plain sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf, isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from sim.inputs.keys import MONTHS, WEEKDAYS

UNLIMITED = "unlimited"
REST = "rest"
HOURS = tuple(str(hour) for hour in range(24))
_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_FRACTION = re.compile(rf"\s*{_NUMBER}\s*/\s*{_NUMBER}\s*")


def number(value: Any) -> float:
    """A number, written as one or as a fraction of two, such as 1/1.2. Raises ValueError for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if match and float(match[2]) > 0:
        return float(match[1]) / float(match[2])
    raise ValueError(f"{value!r} is not a number (a fraction such as 1/1.2 is one too)")


def whole_or_unlimited(value: Any) -> float:
    """A whole number of 0 or more, or the word unlimited (read as infinity)."""
    if value == UNLIMITED:
        return inf
    found = number(value)
    if found < 0 or found != int(found):
        raise ValueError(f"{value!r} is neither a whole number of 0 or more nor the word {UNLIMITED}")
    return found


def share_or_rest(value: Any) -> float | None:
    """A share between 0 and 1, or the word rest (read as None): what the other shares leave over."""
    if value == REST:
        return None
    found = number(value)
    if not 0 <= found <= 1:
        raise ValueError(f"a share of {value!r} lies outside 0 to 1")
    return found


def place_steps(value: Any) -> tuple[tuple[float, float], ...]:
    """Places as (from time, number) steps: one number, or a mapping of times to numbers, in order from 0."""
    if not isinstance(value, Mapping):
        return ((0.0, whole_or_unlimited(value)),)
    steps = tuple((_step_time(time), whole_or_unlimited(places)) for time, places in value.items())
    times = [time for time, _ in steps]
    if not times or times[0] != 0:
        raise ValueError("the first step must start at time 0")
    if any(later <= earlier for earlier, later in pairwise(times)):
        raise ValueError("the times of the steps must ascend")
    return steps


def _step_time(value: Any) -> float:
    """The time of a step; YAML and JSON may hand a key over as text."""
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a time") from None


def profile(names: Sequence[str]) -> Any:
    """A validator of one number for each name, given in order as a list or by name as a mapping."""

    def read(value: Any) -> Any:
        if isinstance(value, Mapping):
            value = _in_order(value, names)
        if not isinstance(value, list | tuple) or len(value) != len(names):
            raise ValueError(f"{len(names)} numbers are needed, {names[0]} first")
        return tuple(_factor(entry) for entry in value)

    return PlainValidator(read)


def _in_order(by_name: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """Entries in the order of the names; Monday and monday are as good as Mon."""
    short = {str(key)[:3].title(): entry for key, entry in by_name.items()}
    if set(short) != set(names):
        raise ValueError(f"the keys must be {', '.join(names)}")
    return [short[name] for name in names]


def _factor(value: Any) -> float:
    found = number(value)
    if found < 0:
        raise ValueError(f"a factor of {value!r} is below 0")
    return found


def _some_above_zero(values: tuple[float, ...]) -> tuple[float, ...]:
    if values and not any(values):
        raise ValueError("at least one number must be above 0")
    return values


Number = Annotated[float, BeforeValidator(number)]
Amount = Annotated[Number, Field(ge=0)]
Chance = Annotated[Number, Field(ge=0, le=1)]
Room = Annotated[float, PlainValidator(whole_or_unlimited)]
PlaceSteps = Annotated[tuple[tuple[float, float], ...], PlainValidator(place_steps)]
ShareOrRest = Annotated[float | None, PlainValidator(share_or_rest)]
ByHour = Annotated[tuple[float, ...], profile(HOURS)]
ByWeekday = Annotated[tuple[float, ...], profile(WEEKDAYS), AfterValidator(_some_above_zero)]
ByMonth = Annotated[tuple[float, ...], profile(MONTHS)]
