"""Read case files: every fault at once, with file, line and the nearest right answer, before anything is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from sim.experiments.cases.case import BASE, Case, Figure, Property
from sim.experiments.cases.check import WITHIN, fault_at, quantity_faults, replication_faults
from sim.experiments.cases.schema import CaseSpec, FigureSpec, PropertySpec
from sim.experiments.cases.shape import CaseShape, shape_of
from sim.experiments.cases.variants import Variants
from sim.inputs.document import Document, Steps, read_yaml
from sim.inputs.faults import Fault, Faults, nearest, raise_any
from sim.inputs.folders import default_folder
from sim.inputs.kinds import NOUNS, kind_of, refuse_others
from sim.network.findings import Finding
from sim.network.load import FOR_EACH, find_network, load_network

Expected = TypeVar("Expected", FigureSpec, PropertySpec)

YAML = (".yaml", ".yml")


def case_files(folder: Path | None = None) -> dict[str, Path]:
    """The shipped case files by name."""
    files = sorted(((folder or default_folder()) / "cases").glob("*.yaml"))
    return {file.stem: file for file in files}


def find_case(text: str, folder: Path | None = None) -> Path:
    """The case file meant: a path that is there or looks like one, else a shipped name. Raises Faults."""
    path, files = Path(text), case_files(folder)
    if path.is_file() or path.suffix in YAML:
        return path
    name = text.strip().lower().replace(" ", "_").replace("-", "_")
    if name not in files:
        rule = f"is not a case we have: {', '.join(files)}"
        raise Faults([Fault("", 0, text, "this name", rule, nearest(name, files))])
    return files[name]


def load_case(path: Path | str) -> Case:
    """Read one case file and the network it is about. Raises Faults."""
    path = Path(path)
    document = read_yaml(path)
    refuse_others(document, "case")
    shape = shape_of(document)
    variants = Variants(shape, _network(shape, path.parent))
    figures = [_figure(each, place, shape.case, variants) for place, each in shape.figures.items()]
    properties = [_property(each, place, shape.case, variants) for place, each in shape.properties.items()]
    variants.check_all()
    raise_any(list(dict.fromkeys([*shape.faults, *variants.faults])))
    return Case(
        id=path.stem,
        title=shape.case.name,
        says=" ".join(shape.case.says.split()),
        source=" ".join(shape.case.source.split()),
        file=shape.document.name,
        seed=shape.case.seed,
        networks=variants.used(),
        figures=tuple(figures),
        properties=tuple(properties),
    )


def _network(shape: CaseShape, folder: Path) -> Document:
    """The network file, in order by itself; Faults, those of the shape too, where it is not."""
    name = shape.case.network
    here = (shape.document.name, shape.document.line(("network",)), "network", f'"{name}"')
    try:
        if not name:
            raise Faults(())
        file = folder / name if name.endswith(YAML) else find_network(name)
        document = read_yaml(file)
        raise_any([Fault("", 0, "", "", rule) for rule in _unfit(document.data)])
        load_network(file)
        return document
    except Faults as error:
        found = [each if each.line else Fault(*here, each.rule, each.suggestion) for each in error.faults]
        raise Faults([*shape.faults, *found]) from error


def _unfit(data: Any) -> Iterator[str]:
    """Why a file cannot be the network of a case, whatever stands in it."""
    kind = kind_of(data)
    if kind not in (None, "network"):
        yield f"is {NOUNS[kind]}, not {NOUNS['network']}"
    elif isinstance(data, Mapping) and FOR_EACH in data:
        yield "is a template, to be filled in from the parameters; a case needs a network that stands by itself"


def _figure(spec: FigureSpec, place: int, case: CaseSpec, variants: Variants) -> Figure:
    path: Steps = ("figures", place)
    spec = _filled(spec, case)
    if spec.value is not None:
        _needs_tolerance(spec, "a value", variants, path)
    name = spec.variant or BASE
    network = variants.network(name, (*path, "variant"))
    if network is not None:
        variants.faults += quantity_faults(spec, network, variants.document, path)
        variants.faults += replication_faults(spec, network, variants.document, path)
    return Figure(name, spec)


def _property(spec: PropertySpec, place: int, case: CaseSpec, variants: Variants) -> Property:
    path: Steps = ("properties", place)
    spec = _filled(spec, case)
    if spec.shape in WITHIN:
        _needs_tolerance(spec, spec.shape, variants, path)
    names = spec.variants or variants.sweep(spec, path)
    for name in names:
        network = variants.network(name, (*path, "variants"))
        if network is not None:
            variants.faults += replication_faults(spec, network, variants.document, path)
        for part, where in ((spec, path), (spec.there, (*path, "there"))):
            if network is not None and part is not None:
                variants.faults += quantity_faults(part, network, variants.document, where)
    swept = next(iter(spec.sweep.values()), list(names))
    numbers = [float(each) for each in swept if isinstance(each, int | float)]
    shown = tuple(f"{each:g}" if isinstance(each, int | float) else str(each) for each in swept)
    return Property(names, shown, tuple(numbers) if len(numbers) == len(names) else (), spec)


def _needs_tolerance(spec: Expected, what: str, variants: Variants, path: Steps) -> None:
    if spec.tolerance is None and "tolerance" not in variants.shape.left_out:
        finding = Finding((), what, "needs a tolerance, here or for the whole case, such as {standard_errors: 3}")
        variants.faults.append(fault_at(finding, variants.document, path))


def _filled(spec: Expected, case: CaseSpec) -> Expected:
    """With status, source and tolerance of the case where it has none of its own."""
    filled = {name: getattr(spec, name) or getattr(case, name) for name in ("status", "source", "tolerance")}
    return spec.model_copy(update=filled | {"source": " ".join(filled["source"].split())})
