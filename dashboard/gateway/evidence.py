"""Where a number comes from, in words ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dashboard.facts.levers import Evidence
from sim import inputs


def evidence(path: str, parameters: inputs.Parameters) -> Evidence:
    """What stands behind one parameter, or one key of it."""
    parameter, key = parameters.locate(path)
    source = sources().get(parameter.source)
    return Evidence(
        name=path,
        says=f"{parameter.says} ({key})" if key else parameter.says,
        value=_value(parameter, key),
        range=_range(parameter, key),
        unit=parameter.measure.says if parameter.measure.kind == "number" else "",
        source=f"{source.title}, {source.publisher}, {source.year}" if source else parameter.source,
        where=parameter.where,
        confidence=parameter.confidence,
        place=parameter.place,
        note=parameter.note,
    )


@lru_cache(maxsize=1)
def sources() -> Mapping[str, inputs.Source]:
    """Every source by its short name."""
    return inputs.load_sources()


def _value(parameter: inputs.Parameter, key: str | None) -> str:
    value = parameter.value
    if isinstance(value, Mapping):
        return number(value[key]) if key else ", ".join(f"{name} {number(each)}" for name, each in value.items())
    return value if isinstance(value, str) else number(value)


def value_in_words(parameter: inputs.Parameter) -> str:
    """The whole value, by key where it is kept so."""
    return _value(parameter, None)


def _range(parameter: inputs.Parameter, key: str | None) -> str:
    if parameter.low is None or (isinstance(parameter.low, Mapping) and key is None):
        return ""
    low, high = parameter.range(key)
    return f"{number(low)} to {number(high)}"


def number(value: float) -> str:
    """A number of the evidence to at most four significant figures."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
