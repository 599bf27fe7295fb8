"""Every text of the dashboard with the file it stands in: from Python, the scripts, `parameters/` and the
glossary.

A text is a literal that goes through `_`, `mark` or `several` in Python, and through `say`, `mark` or `several` of
`upstream` in a script. Of a choice between two literals both are texts.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.jslexer import Token, tokenize, unquote_string

from dashboard.wording.choices import label_of_choice
from dashboard.wording.glossary import glossary
from sim import inputs
from sim.experiments.lessons import load_lessons
from sim.inputs.shocks import load_shocks

ROOT = Path(__file__).parents[2]
ONE, SEVERAL = ("_", "mark", "say"), "several"
OPEN, SHUT = ("(", "[", "{"), (")", "]", "}")
Message = str | tuple[str, ...]


def texts(root: Path = ROOT) -> Iterator[tuple[str, Message]]:
    """(file, text) in the order of the files; a text with a plural is a pair."""
    for ending, found in (("py", in_python), ("js", in_script)):
        for file in sorted((root / "dashboard").rglob(f"*.{ending}")):
            yield from ((str(file.relative_to(root)), each) for each in found(file.read_text(encoding="utf-8")))
    yield from (("parameters/levers.yaml", each) for each in of_levers() if each)
    yield from (("parameters/programmes.csv", each) for each in of_programmes())
    yield from (("parameters/scenarios", each) for each in of_plans() if each)
    yield from (("parameters/stress/shocks.yaml", each) for each in of_shocks())
    yield from (("parameters/lessons", each) for each in of_lessons() if any(map(str.isalpha, each)))
    yield from (("GLOSSARY.md", each) for word in glossary().values() for each in (word.title, word.meaning))


def of_levers() -> Iterator[str]:
    """Labels, units, explanations and choices of the levers."""
    for lever in inputs.load_levers():
        yield from (lever.label, lever.unit, lever.help, lever.folder)
        if lever.kind == "choice":
            yield from (*map(label_of_choice, lever.choices), *lever.choices.values())


def of_programmes() -> Iterator[str]:
    """Names of the programmes, each of which is a lever."""
    yield from (each.label for each in inputs.programmes(inputs.load_parameters()))


def of_plans() -> Iterator[str]:
    """Titles and reasons of the plans."""
    for name in inputs.scenario_names():
        scenario = inputs.load_scenario(name)
        yield from (scenario.title, scenario.why)


def of_shocks() -> Iterator[str]:
    """What happens in each shock of a stress test."""
    yield from (each.says for each in load_shocks(inputs.load_parameters()))


def of_lessons() -> Iterator[str]:
    """What the lessons say; signs of a unit such as % are said alike everywhere."""
    for spec in (each.spec for each in load_lessons()):
        yield from (spec.title, spec.idea, *spec.says, *spec.tries, spec.remember)
        yield from (text for each in spec.sliders for text in (each.label, each.unit))
        yield from (text for each in spec.numbers for text in (each.label.strip(), each.unit))
        for chart in spec.charts:
            yield from (chart.title, chart.x, chart.y, *chart.ticks, *(each.label for each in chart.series))
        asked = spec.question
        yield from (asked.asks, asked.unit, *(each.says for each in asked.choices), asked.right, asked.wrong)


def in_python(text: str) -> Iterator[Message]:
    """Texts of a Python file."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        if node.func.id in ONE:
            yield from _literals(node.args[0])
        elif node.func.id == SEVERAL and len(node.args) > 1:
            yield from zip(_literals(node.args[0]), _literals(node.args[1]), strict=True)


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))


def in_script(text: str) -> Iterator[Message]:
    """Texts of a script."""
    tokens = [each for each in tokenize(text, dotted=False) if each.type not in ("linecomment", "multilinecomment")]
    for at, token in enumerate(tokens[:-1]):
        if token.value not in (*ONE, SEVERAL) or tokens[at + 1].value != "(":
            continue
        first, second = _arguments(tokens[at + 2 :])
        if token.value != SEVERAL:
            yield from _said(first)
        else:
            yield from zip(_said(first), _said(second), strict=True)


def _arguments(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """The first two arguments of a call, from behind its bracket on."""
    found: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.value in OPEN) - (token.value in SHUT)
        if depth < 0 or (depth == 0 and token.value == "," and len(found) == 2):
            break
        if depth == 0 and token.value == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found[0], found[1] if len(found) > 1 else []


def _said(tokens: Sequence[Token]) -> Iterator[str]:
    """One text, perhaps in several literals; or one on either side of a colon. The lexer leaves question marks out."""
    values = [token.value for token in tokens]
    if ":" in values:
        colon = values.index(":")
        yield from (*_said(_last(tokens[:colon])), *_said(tokens[colon + 1 :]))
    elif tokens and all(token.type == "string" or token.value == "+" for token in tokens):
        yield "".join(unquote_string(token.value) for token in tokens if token.type == "string")


def _last(tokens: Sequence[Token]) -> Sequence[Token]:
    """The last literal, with those that are added to it."""
    begins = len(tokens) - 1
    while begins > 1 and tokens[begins - 1].value == "+":
        begins -= 2
    return tokens[begins:]
