"""Where a number comes from, in words ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dashboard.facts.levers import Evidence
from dashboard.gateway.amounts import amount, key_in_words, keyed, keyed_spans, once, span
from sim import inputs


def evidence(path: str, parameters: inputs.Parameters) -> Evidence:
    """What stands behind one parameter, or one key of it."""
    parameter, key = parameters.locate(path)
    source = sources().get(parameter.source)
    return Evidence(
        name=path,
        says=f"{parameter.says} ({key_in_words(parameter.by or '', key)})" if key else parameter.says,
        value=_value(parameter, key),
        range=_range(parameter, key),
        unit=once(parameter.measure) if parameter.keys and not key else "",
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


def value_in_words(parameter: inputs.Parameter) -> str:
    """The whole value, by key where it is kept so."""
    return _value(parameter, None)


def _value(parameter: inputs.Parameter, key: str | None) -> str:
    value = parameter.value
    if isinstance(value, Mapping):
        return amount(value[key], parameter.measure) if key else keyed(value, parameter)
    return value if isinstance(value, str) else amount(value, parameter.measure)


def range_in_words(parameter: inputs.Parameter) -> str:
    """From low to high, by key where it is kept so; empty for words."""
    if parameter.low is None:
        return ""
    return keyed_spans(parameter) if parameter.keys else span(*parameter.range(), parameter.measure)


def _range(parameter: inputs.Parameter, key: str | None) -> str:
    if parameter.low is None or key is None:
        return "" if isinstance(parameter.low, Mapping) else range_in_words(parameter)
    return span(*parameter.range(key), parameter.measure)
