"""Kinds of value that a network file may hold, each read in one place and refused with a plain sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf, isfinite, nan
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator

from sim.inputs.faults import nearest
from sim.inputs.keys import MONTHS, WEEKDAYS
from sim.inputs.wording import written

UNLIMITED = "unlimited"
REST = "rest"
HOURS = tuple(str(hour) for hour in range(24))
WHOLE_WORDS = {
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "month": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
"""What weekdays and months may be called beside their first three letters."""

_NUMBER = r"(\d+(?:\.\d*)?|\.\d+)"
_PERCENT = re.compile(rf"\s*{_NUMBER}\s*%\s*")
_COMMA = re.compile(r"\s*(\d+),(\d+)\s*")
_UNIT = re.compile(rf"\s*{_NUMBER}\s*[a-zA-Z£]+\s*")
_FRACTION = re.compile(rf"\s*{_NUMBER}\s*/\s*{_NUMBER}\s*")


def number(value: Any) -> float:
    """A number, written as one or as a fraction of two, such as 1/1.2. Raises ValueError for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if match and float(match[2]) > 0:
        return float(match[1]) / float(match[2])
    raise ValueError(f"this is not a number{_instead(value) if isinstance(value, str) else ''}")


def _instead(text: str) -> str:
    """What to write in place of a text that was meant as a number."""
    if match := _PERCENT.fullmatch(text):
        return f"; write {float(match[1]) / 100:g} for {match[1]} %"
    if match := _COMMA.fullmatch(text):
        thousands = f", or {match[1]}{match[2]} if the comma parts thousands" if len(match[2]) == 3 else ""
        return f"; decimals stand after a point: {match[1]}.{match[2]}{thousands}"
    if match := _UNIT.fullmatch(text):
        return f"; write {match[1]} alone, without a unit"
    return " (a fraction such as 1/1.2 is one too)"


def whole_or_unlimited(value: Any) -> float:
    """A whole number of 0 or more, or the word unlimited (read as infinity)."""
    return _whole(value, f"this is neither a whole number of 0 or more nor the word {UNLIMITED}")


def _whole(value: Any, rule: str) -> float:
    """A whole number or infinity. Raises ValueError with the rule, and the word that may have been meant."""
    if value == UNLIMITED:
        return inf
    try:
        found = number(value)
    except ValueError:
        meant = f"; did you mean {UNLIMITED}?" if isinstance(value, str) and nearest(value, [UNLIMITED]) else ""
        raise ValueError(rule + meant) from None
    if found < 0 or found != int(found):
        raise ValueError(rule)
    return found


def share_or_rest(value: Any) -> float | None:
    """A share between 0 and 1, or the word rest (read as None): what the other shares leave over."""
    if value == REST:
        return None
    found = number(value)
    if not 0 <= found <= 1:
        hint = f"; write {found / 100:g} for {found:g} %" if 1 < found <= 100 else ""
        raise ValueError(f"a share must not lie outside 0 to 1{hint}")
    return found


def place_steps(value: Any) -> tuple[tuple[float, float], ...]:
    """Places as (from time, number) steps: one number, or a mapping of times to numbers, in order from 0.

    Raises ValueError, with all that is wrong with the steps.
    """
    if not isinstance(value, Mapping):
        rule = (
            f"this is neither a whole number of 0 or more nor the word {UNLIMITED}, nor steps such as {{0: 20, 30: 24}}"
        )
        return ((0.0, _whole(value, rule)),)
    wrong: list[str] = []
    steps = [(_step_time(time, wrong), _step_places(time, places, wrong)) for time, places in value.items()]
    times = [time for time, _ in steps]
    if not times or times[0] != 0:
        wrong.append("the first step must start at time 0")
    for earlier, later in pairwise(times):
        if later <= earlier:
            wrong.append(f"the times of the steps must ascend, but {later:g} comes after {earlier:g}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(steps)


def _step_time(value: Any, wrong: list[str]) -> float:
    """The time of a step; YAML and JSON may hand a key over as text."""
    try:
        return float(value)
    except (TypeError, ValueError):
        wrong.append(f"{value} is not a time")
        return nan


def _step_places(time: Any, value: Any, wrong: list[str]) -> float:
    try:
        return whole_or_unlimited(value)
    except ValueError as error:
        wrong.append(f"at time {time} {str(error).replace('this is', 'there is', 1)}")
        return 0.0


def profile(names: Sequence[str], what: str) -> Any:
    """A validator of one number for each name, given in order as a list or by name as a mapping."""

    def read(value: Any) -> Any:
        if isinstance(value, Mapping):
            value = _in_order(value, names, what)
        if not isinstance(value, list | tuple):
            raise ValueError(f"{len(names)} numbers are needed, {names[0]} first")
        if len(value) != len(names):
            raise ValueError(f"{len(names)} numbers are needed, {names[0]} first; found {len(value)}")
        return _factors(value, [f"hour {name}" for name in names] if names == HOURS else names)

    return PlainValidator(read)


def _in_order(by_name: Mapping[str, Any], names: Sequence[str], what: str) -> list[Any]:
    """Entries in the order of the names; Monday and monday are as good as Mon. Raises ValueError."""
    whole = WHOLE_WORDS.get(what, names)
    meant = {word.casefold(): name for words in (names, whole) for word, name in zip(words, names, strict=True)}
    found: dict[str, str] = {}
    wrong: list[str] = []
    for key in map(str, by_name):
        name = meant.get(key.casefold())
        if name is None:
            close = nearest(key, [*names, *whole])
            wrong.append(f"{key} is not one" + (f" (did you mean {close}?)" if close else ""))
        elif name in found:
            wrong.append(f"{name} stands twice, as {found[name]} and {key}")
        else:
            found[name] = key
    missing = [name for name in names if name not in found]
    wrong += [f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"] if missing else []
    if wrong:
        raise ValueError(f"the keys must be {', '.join(names)}; {'; '.join(wrong)}")
    return [by_name[found[name]] for name in names]


def _factors(values: Sequence[Any], names: Sequence[str]) -> tuple[float, ...]:
    """The factors, each 0 or more. Raises ValueError, with all that are not."""
    found: list[float] = []
    wrong: list[str] = []
    for name, value in zip(names, values, strict=True):
        try:
            found.append(number(value))
        except ValueError as error:
            wrong.append(f"{written(value)} for {name}: {error}")
            continue
        wrong += [f"{value} for {name} is below 0"] if found[-1] < 0 else []
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(found)


def _some_above_zero(values: tuple[float, ...]) -> tuple[float, ...]:
    if values and not any(values):
        raise ValueError("at least one number must be above 0")
    return values


Number = Annotated[float, BeforeValidator(number)]
Amount = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Chance = Annotated[Number, Field(ge=0, le=1)]
Room = Annotated[float, PlainValidator(whole_or_unlimited)]
PlaceSteps = Annotated[tuple[tuple[float, float], ...], PlainValidator(place_steps)]
ShareOrRest = Annotated[float | None, PlainValidator(share_or_rest)]
ByHour = Annotated[tuple[float, ...], profile(HOURS, "hour")]
ByWeekday = Annotated[tuple[float, ...], profile(WEEKDAYS, "weekday"), AfterValidator(_some_above_zero)]
ByMonth = Annotated[tuple[float, ...], profile(MONTHS, "month")]
