"""The page of published cases, printed from a run so that no figure can be mistyped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.experiments.cases.results import CaseResult, tally

PRINTED = (
    "*Printed by `upstream validate --markdown` from a run of every case. Do not edit: change the cases and print it "
    "anew.*"
)
STATUS = (
    "**Status** says what the expected figure is: *published* at the source, *exact* from a closed form or a Markov "
    "chain, *re-run* by an independent simulation of the published inputs, or *derived* from a published claim. The "
    "interval is the 95 % interval of the mean over replications; s.e. is a standard error. How a case is written is "
    "in [the case file](case-file.md)."
)
HEADS = ("Figure", "Expected", "Found", "Tolerance", "Result", "Status")


def published_page(results: Sequence[CaseResult]) -> str:
    """The page in Markdown; the same results give the same text."""
    found = tally(results)
    counts = (
        f"{len(results)} cases with {sum(found.values())} figures and properties: {found['pass']} pass, "
        f"{found['known difference']} differ for a known reason, {found['fail']} fail."
    )
    parts = ["# Published cases", PRINTED, counts, STATUS]
    for result in results:
        parts += _case(result)
    return "\n\n".join(part for part in parts if part) + "\n"


def _case(result: CaseResult) -> Iterable[str]:
    yield f'<a id="{result.id}"></a>\n\n## {result.title}'
    yield result.says
    yield f"`upstream validate {result.id}`, {result.replications:,} replications, seed {result.seed}."
    yield f"Source: {_linked(result.source)}"
    rows = [(row.figure, row.expected, row.found, row.tolerance, row.state, row.status) for row in result.figures]
    yield _table(rows)
    yield "\n".join(f"* Known difference, {row.figure}: {row.because}" for row in result.figures if row.because)
    others = dict.fromkeys(row.source for row in result.figures if row.source != result.source)
    yield "Further sources: " + "; ".join(map(_linked, others)) if others else ""


def _table(rows: Iterable[Sequence[str]]) -> str:
    lines = [HEADS, ["---"] * len(HEADS), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _linked(text: str) -> str:
    """Addresses in pointed brackets, so that they become links whatever stands behind them."""
    words = (f"<{word.rstrip(';,')}>{word[len(word.rstrip(';,')):]}" if word.startswith("http") else word
             for word in text.split())  # fmt: skip
    return " ".join(words)
