"""Load every parameter from a folder, and report every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.inputs.document import read_yaml, shown
from sim.inputs.entries import Known, read_entries
from sim.inputs.faults import Fault, Faults, raise_any
from sim.inputs.fit import laid_over
from sim.inputs.folders import default_folder
from sim.inputs.keys import KEY_SETS
from sim.inputs.parameter import Parameter
from sim.inputs.parameters import Parameters
from sim.inputs.programme_rows import ProgrammeTable, Study, programme_parameters, read_programmes
from sim.inputs.sources import load_sources

NOT_PARAMETERS = ("sources.yaml", "levers.yaml", "behaviour.yaml")
PRICE_INDEX = "finance.price_index"


def load_parameters(folder: Path | None = None) -> Parameters:
    """Every parameter of a folder; None means the folder shipped with the code.

    Reads each .yaml file in the folder itself (not sources, levers and behaviour) and programmes.csv, and lays the
    stored fit over them. Raises Faults: every fault of every file.
    """
    folder = folder or default_folder()
    return Parameters(laid_over(load_written(folder).values(), folder))


def load_written(folder: Path | None = None) -> Parameters:
    """Every parameter as it is written, without the stored fit. Raises Faults."""
    folder = folder or default_folder()
    if not folder.is_dir():
        raise Faults([Fault(shown(folder), 0, "", "the folder of parameters", "is not there")])
    faults: list[Fault] = []
    sources = _sources(folder, faults)
    table = _programmes(folder, faults)
    found = _from_files(folder, sources, table.ids if table else None, faults)
    found += programme_parameters(table, Known(sources, KEY_SETS), faults) if table else []
    faults += _twice(found)
    raise_any(faults)
    return Parameters(_in_base_prices(found))


def load_studies(folder: Path | None = None) -> tuple[Study, ...]:
    """What studies found about programmes, including those that found nothing or harm. Raises Faults."""
    faults: list[Fault] = []
    table = read_programmes((folder or default_folder()) / "programmes.csv", faults)
    raise_any(faults)
    return table.studies


def _sources(folder: Path, faults: list[Fault]) -> tuple[str, ...] | None:
    try:
        return tuple(load_sources(folder))
    except Faults as error:
        faults += error.faults
        return None


def _programmes(folder: Path, faults: list[Fault]) -> ProgrammeTable | None:
    try:
        return read_programmes(folder / "programmes.csv", faults)
    except Faults as error:
        faults += error.faults
        return None


def _from_files(
    folder: Path, sources: tuple[str, ...] | None, programmes: tuple[str, ...] | None, faults: list[Fault]
) -> list[Parameter]:
    documents = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in NOT_PARAMETERS:
            try:
                documents.append(read_yaml(path))
            except Faults as error:
                faults += error.faults
    data = [each.data for each in documents if isinstance(each.data, dict)]
    years = next((_price_years(each[PRICE_INDEX]) for each in data if PRICE_INDEX in each), ())
    known = Known(sources, {**KEY_SETS, "programme": programmes, "price_year": years})
    return [parameter for document in documents for parameter in read_entries(document, known, faults)]


def _price_years(entry: object) -> tuple[str, ...]:
    value = entry.get("value") if isinstance(entry, dict) else None
    return tuple(value) if isinstance(value, dict) else ()


def _twice(found: list[Parameter]) -> list[Fault]:
    first: dict[str, Parameter] = {}
    faults = []
    for parameter in found:
        earlier = first.setdefault(parameter.name, parameter)
        if earlier is not parameter:
            rule = f"is already in {earlier.file}, line {earlier.line}"
            faults.append(Fault(parameter.file, parameter.line, parameter.name, "this name", rule))
    return faults


def _in_base_prices(found: list[Parameter]) -> list[Parameter]:
    index = next((each.value for each in found if each.name == PRICE_INDEX), None)
    if not isinstance(index, Mapping):
        return found
    return [each if each.prices is None else each.scaled(index[each.prices]) for each in found]
