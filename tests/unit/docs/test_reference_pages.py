"""The documentation is true of the code: printed pages are what the data say, names exist, links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.print_reference import pages
from sim.inputs import load_parameters, load_sources, scenario_names
from sim.network import network_files
from sim.results.measures import CATALOGUE

pytestmark = pytest.mark.unit
ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
NOT_OURS = {"node_modules", "build", "dist", "runs"}


@cache
def printed() -> dict[str, str]:
    """The pages as the command would print them now."""
    return pages()


def is_ours(path: Path) -> bool:
    return not any(part in NOT_OURS or part.startswith(".") for part in path.relative_to(ROOT).parts[:-1])


TEXTS = [path for path in sorted(ROOT.rglob("*.md")) if is_ours(path)]
"""Every Markdown file of the project."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PRINTED = (
    "parameters.md", "programmes.md", "sources.md", "measures.md", "assumptions.md", "calibration.md", "networks.md",
    "equations.md", "impact.md",
)  # fmt: skip


def test_every_page_that_is_printed_is_looked_at():
    assert set(PRINTED) == set(printed())


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_page_is_what_the_data_say(name):
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == printed()[name], "run `make docs`"


def test_every_parameter_source_and_measure_has_its_place():
    numbers = printed()["parameters.md"] + printed()["programmes.md"]
    wanted = [name for name in load_parameters() if not name.endswith((".label", ".family"))]
    assert not [name for name in wanted if f"`{name}`" not in numbers]
    assert not [name for name in load_sources() if f'<a id="{name}">' not in printed()["sources.md"]]
    assert not [name for name in CATALOGUE if f"`{name}`" not in printed()["measures.md"]]


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_link_leads_somewhere(path):
    """Relative links: the file is there, and so is the heading."""
    broken = []
    for link in links(path.read_text(encoding="utf-8")):
        file, _, heading = unquote(link).partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (heading and heading not in anchors(target)):
            broken.append(link)
    assert not broken


def links(text: str) -> list[str]:
    """Where links and pictures lead, those to other sites left out."""
    found = re.findall(r"\]\(([^)\s]+)(?:\s[^)]*)?\)", without_code(text))
    return [link for link in found if not re.match(r"[a-z]+:", link)]


@cache
def anchors(path: Path) -> set[str]:
    """Every place in a page that a link may lead to."""
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", without_code(text, inline=False), flags=re.MULTILINE)
    return {_slug(heading) for heading in headings} | set(re.findall(r'<a id="([^"]+)">', text))


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def without_code(text: str, *, inline: bool = True) -> str:
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text) if inline else text


def test_the_map_leads_to_every_page():
    """No page is an orphan: docs/index.md names them all."""
    named = {(DOCS / link.partition("#")[0]).resolve() for link in links((DOCS / "index.md").read_text())}
    pages = {path.resolve() for path in DOCS.rglob("*.md")} - {(DOCS / "index.md").resolve()}
    assert pages <= named


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    page = (DOCS / "explanation" / "dependencies.md").read_text()
    assert not [each for each in wanted if f"`{re.split('[<>=~!; ]', each)[0]}`" not in page]


@cache
def parameter_paths() -> set[str]:
    known = load_parameters()
    return {*known, *known.paths()}


PATH = re.compile(
    r"`((?:demand|stay|flow|capacity|finance|workforce|policy|target|run|programme)\.[a-z0-9_]+(?:\.[a-z0-9_+-]+)*)`"
)


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_every_parameter_that_is_named_exists(path):
    """A page that speaks of a parameter uses a name that can be typed."""
    named = [name for name in PATH.findall(path.read_text(encoding="utf-8")) if not name.endswith(".yaml")]
    assert not [name for name in named if name not in parameter_paths()]


COMMAND = re.compile(r"^ *(?:\.venv/bin/)?upstream (.+?)(?: *#.*)?$", re.MULTILINE)


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_scenarios_and_networks_in_examples_exist(path):
    """Names in commands; whatever ends in .yaml is the reader's own file."""
    for line in COMMAND.findall(path.read_text(encoding="utf-8")):
        words = line.split()
        if words[0] in ("compare", "network"):
            named = [word for word in _before_options(words[1:]) if not word.endswith(".yaml")]
            assert {part for word in named for part in word.split("+")} <= {*scenario_names(), *network_files()}, line


def _before_options(words: list[str]) -> list[str]:
    first = next((place for place, word in enumerate(words) if word.startswith(("-", "["))), len(words))
    return words[:first]
