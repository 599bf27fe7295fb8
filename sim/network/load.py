"""Read network files: every fault at once, with file, line and the nearest right answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.inputs.document import Document, Steps, read_yaml
from sim.inputs.faults import Fault, Faults, faults_from_validation, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.kinds import refuse_others
from sim.network import schema
from sim.network.build import network_from
from sim.network.checks import BY_STATION, check_forgotten, check_names, check_network, check_parts
from sim.network.families import DistributionSpec
from sim.network.fields import number
from sim.network.findings import Finding, fault_from
from sim.network.model import CareNetwork

FOR_EACH = "for_each"
"""The key that makes a file a template."""

STAND_INS = {"name": "?", "says": "?", "source": "?", "time_unit": "days"}
"""Put in place of what is missing or wrong, so that the rest of a file can still be checked."""


def load_network(path: Path | str) -> CareNetwork:
    """Read one network file that stands by itself. Raises Faults."""
    document = read_yaml(Path(path))
    refuse_others(document, "network")
    raise_any([fault_from(finding, document) for finding in _not_by_itself(document.data)])
    return network_from_document(document, document.data)


def network_from_document(document: Document, data: Any) -> CareNetwork:
    """The network in a document's data, or in data made from them. Raises Faults."""
    if not isinstance(data, Mapping):
        raise Faults([Fault(document.name, 1, "", "the file", "must hold keys and values, such as name: ...")])
    spec, faults, places = _shape(document, data)
    if spec is None:
        raise Faults(_once(faults))
    names = check_names(spec, list(data["stations"]), list(data["groups"]))
    network = network_from(spec)
    troubled = _troubled([*places, *(finding.path for finding in names)])
    if faults or names:
        found = check_parts(network, troubled)
    else:
        found = [*check_network(network), *check_forgotten(spec, network)]
    raise_any(_once([*faults, *(fault_from(finding, document) for finding in [*names, *found])]))
    return network


def network_files(folder: Path | None = None) -> dict[str, Path]:
    """The shipped network files, templates included, by name."""
    files = sorted(((folder or default_folder()) / "networks").glob("*.yaml"))
    return {file.stem: file for file in files}


def find_network(name: str, folder: Path | None = None) -> Path:
    """The shipped network file of this name. Raises Faults with the nearest name."""
    files = network_files(folder)
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_").removesuffix(".yaml")
    if wanted not in files:
        rule = f"is not a network we have: {', '.join(files)}"
        raise Faults([Fault("", 0, name, "this name", rule, nearest(wanted, files))])
    return files[wanted]


def references_in(data: Any, path: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """Every text that begins with =, and so names a parameter, with its path."""
    if isinstance(data, str) and data.startswith("="):
        yield path, data
    elif isinstance(data, Mapping):
        for key, entry in data.items():
            yield from references_in(entry, (*path, key))
    elif isinstance(data, list):
        for position, entry in enumerate(data):
            yield from references_in(entry, (*path, position))


def _not_by_itself(data: Any) -> Iterator[Finding]:
    """What only a template may hold."""
    if isinstance(data, Mapping) and FOR_EACH in data:
        yield Finding((FOR_EACH,), "this file", "is a template; it needs parameters, people and localities")
        return
    for path, text in references_in(data):
        yield Finding(path, f'"{text}"', "names a parameter, which only a template can do; write the number")


def _shape(document: Document, data: Mapping[str, Any]) -> tuple[schema.NetworkSpec | None, list[Fault], list[Steps]]:
    """The shape of a file without the entries that are wrong (None when too much is wrong), and those."""
    try:
        return schema.NetworkSpec.model_validate(data), [], []
    except ValidationError as error:
        faults = _shape_faults(error, document)
        places = [detail["loc"] for detail in error.errors(include_url=False)]
    try:
        return schema.NetworkSpec.model_validate(_without(data, places)), faults, places
    except ValidationError:
        return None, faults, places


def _shape_faults(error: ValidationError, document: Document) -> list[Fault]:
    faults = faults_from_validation(error, document, ())
    details = error.errors(include_url=False)
    return [_with_nearest_word(fault, detail) for fault, detail in zip(faults, details, strict=True)]


def _with_nearest_word(fault: Fault, detail: Any) -> Fault:
    """Suggest the nearest key of the part in question, or the nearest of a closed list of words."""
    if detail["type"] != "extra_forbidden":
        return fault
    key, part = detail["loc"][-1], schema.part_at(detail["loc"][:-1])
    if key == "rate" and part is DistributionSpec:
        return replace(fault, rule=f"is not read here; mean is missing, and mean is 1/rate{_mean(detail['input'])}")
    return replace(fault, suggestion=nearest(key, schema.keys_at(detail["loc"][:-1])))


def _mean(rate: Any) -> str:
    """What to write in place of a rate, where it is a number above 0."""
    try:
        found = number(rate)
    except ValueError:
        return ""
    return f": write mean: {1 / found:g}" if found > 0 else ""


def _without(data: Mapping[str, Any], places: Iterable[Steps]) -> dict[str, Any]:
    """The data without the entries in which something is wrong, or with something harmless in their stead."""
    kept: dict[str, Any] = STAND_INS | deepcopy(dict(data))
    for place in places:
        part: Any = kept
        for step in _entry(place)[:-1]:
            part = part.get(step) if isinstance(part, dict) else None
        if isinstance(part, dict):
            part.pop(_entry(place)[-1], None)
            part |= {"places": 1} if place[0] == "stations" and "places" not in part else {}
    return STAND_INS | kept


def _entry(place: Steps) -> Steps:
    """The entry to leave out for a fault at this place: a whole stay or row of routes, else a whole key."""
    if place[0] == "defaults":
        return place[:3]
    if place[0] == "groups":
        return place[:4] if len(place) > 3 and place[2] in BY_STATION else place[:3]
    return place[:3] if place[0] == "stations" else place[:1]


def _troubled(places: Iterable[Steps]) -> set[str]:
    """Groups that cannot be followed on their way, since something is wrong in them; * means any."""
    found = {str(place[1]) for place in places if place[0] == "groups" and len(place) > 1}
    return found | {"*" for place in places if place[0] == "defaults"}


def _once(faults: Iterable[Fault]) -> list[Fault]:
    """Faults without repetitions, as a template or the defaults bring them for every group."""
    return list({(fault.line, fault.found, fault.rule): fault for fault in faults}.values())
