"""A parameter with everything behind it, as plain values."""

from __future__ import annotations

from sim.inputs import Parameter, Parameters, load_fit, load_levers, load_scenario, load_sources, scenario_names
from sim.inputs.fit import Numbers, Reached
from sim.inputs.folders import default_folder


def parameter_document(parameters: Parameters, path: str) -> dict[str, object]:
    """One parameter, or one key of it: value, range, unit, witness, and who uses it. Raises Faults."""
    found, key = parameters.locate(path)
    used = users_of(found.name)
    return {
        "name": path,
        "says": found.says,
        **_value(found, key),
        "unit": found.measure.says,
        "place": found.place,
        "source": source_in_words(found.source),
        "where": found.where,
        "confidence": found.confidence,
        **_fitted(found),
        "note": found.note or "-",
        "written in": f"{found.file}, line {found.line}",
        "moved by levers": ", ".join(used["levers"]) or "-",
        "changed by scenarios": ", ".join(used["scenarios"]) or "-",
    }


def source_in_words(name: str) -> str:
    """A source by its short name: title, publisher, year and link."""
    source = load_sources().get(name)
    if source is None:
        return name
    return ", ".join(part for part in (f"{source.title} ({source.publisher}, {source.year})", source.link) if part)


def users_of(name: str) -> dict[str, list[str]]:
    """Labels of the levers that move a parameter or lean on it, and names of the scenarios that change it."""
    levers = [each.label for each in load_levers() if _among(name, (each.path, *each.also, *each.evidence))]
    scenarios = [each for each in scenario_names() if _among(name, tuple(load_scenario(each).change))]
    return {"levers": levers, "scenarios": scenarios}


def _fitted(found: Parameter) -> dict[str, object]:
    """How the value was fitted, and what became of the targets that it serves; nothing where it was not."""
    fit = load_fit(default_folder()) if found.fitted else None
    if fit is None:
        return {}
    served = fit.values[found.name].serves
    return {
        "fitted": found.fitted,
        "written as": value_in_words(fit.values[found.name].written),
        "fitted to": "; ".join(f"{name} {_residual(fit.targets[name])}" for name in served),
    }


def _residual(target: Reached) -> str:
    flow = target.flow if target.flow is not None else target.target
    return f"{flow:.4g} against {target.target:.4g} ({target.residual or 0.0:+.2f} of its tolerance)"


def value_in_words(value: Numbers) -> str:
    """A number, or numbers by key, in a line."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {number:g}" for key, number in value.items())
    return f"{value:g}"


def _among(name: str, paths: tuple[str, ...]) -> bool:
    return any(path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for path in paths)


def _value(found: Parameter, key: str | None) -> dict[str, object]:
    """The value and its range, by key where it is kept by key."""
    if found.keys and key is None:
        return {"kept by": found.by, "values": [_row(found, each) for each in found.keys]}
    row = _row(found, key)
    words = {"choices": ", ".join(found.choices)} if found.choices else {"range": f"{row['low']} to {row['high']}"}
    return {"value": row["value"], **words, "values": None}


def _row(found: Parameter, key: str | None) -> dict[str, object]:
    value = found.value
    if isinstance(value, str):
        return {"key": key or "", "value": value, "low": "-", "high": "-"}
    one = value if isinstance(value, float | int) else value[key or ""]
    low, high = found.range(key)
    return {"key": key or "", "value": one, "low": low, "high": high}
