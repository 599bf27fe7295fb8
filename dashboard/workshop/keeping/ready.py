"""The ready workshops: their files, read again only when they change."""

from __future__ import annotations

from functools import lru_cache

from sim.inputs.folders import default_folder
from sim.workshop import Template, load_template, template_names, text_of
from sim.workshop.template_file import FOLDER


def ready() -> tuple[Template, ...]:
    """The ready workshops, the shortest first. Raises Faults."""
    found = (_template(name, _changed(name)) for name in template_names())
    return tuple(sorted(found, key=lambda each: each.minutes))


def text_of_ready(name: str) -> str:
    """The file of a ready workshop. KeyError for one that there is none of; raises Faults."""
    if name not in template_names():
        raise KeyError(name)
    return text_of(default_folder() / FOLDER / f"{name}.yaml")


def _changed(name: str) -> int:
    return (default_folder() / FOLDER / f"{name}.yaml").stat().st_mtime_ns


@lru_cache(maxsize=32)
def _template(name: str, _changed: int) -> Template:
    return load_template(name)
