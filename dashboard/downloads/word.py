"""Plain HTML components as a Word file: headings, paragraphs, lists and tables. Drawings become their description.

A picture in a Word file must be made of dots, and nothing here makes such pictures; the tables hold the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO

from dash import html
from dash.development.base_component import Component
from docx import Document
from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row

from dashboard.pages.report import Made

HEADINGS = {"H1": 0, "H2": 1, "H3": 2, "H4": 3}
SMALL = Pt(8.5)
USUAL = Pt(10.5)
A4 = (Mm(210), Mm(297))
MARGIN = Mm(18)
UNREADABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Signs that no XML may hold."""


def word_bytes(part: Component, title: str, made: Made, language: str) -> bytes:
    """A tree of plain components as a file for Word.

    made       says of which day it is
    language   of the text, as HTML calls it
    """
    paper = Document()
    _set_up(paper, title, made, language)
    _put(paper, part)
    payload = BytesIO()
    paper.save(payload)
    return payload.getvalue()


def _set_up(paper: Paper, title: str, made: Made, language: str) -> None:
    section, properties, usual = paper.sections[0], paper.core_properties, paper.styles["Normal"]
    section.page_width, section.page_height = A4
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    when = datetime.combine(made.on, time())
    properties.title, properties.author, properties.language = _clean(title), "Upstream", language
    properties.created = properties.modified = when
    usual.font.name, usual.font.size = "Arial", USUAL
    usual.paragraph_format.space_after = Pt(4)


def _put(paper: Paper, part: object) -> None:
    """A component where the file ends now; what only groups others is looked into."""
    if isinstance(part, (list, tuple)):
        for each in part:
            _put(paper, each)
    elif isinstance(part, Component):
        _put_one(paper, part, type(part).__name__)
    elif part is not None and str(part).strip():
        paper.add_paragraph(_clean(str(part)))


def _put_one(paper: Paper, part: Component, kind: str) -> None:
    if kind in HEADINGS:
        paper.add_heading(text_of(part), HEADINGS[kind])
    elif kind in ("P", "Figcaption", "Summary"):
        _paragraph(paper, text_of(part))
    elif kind == "Li":
        paper.add_paragraph(text_of(part), style="List Bullet")
    elif kind == "Pre":
        _code(paper, text_of(part))
    elif kind == "Img":
        paper.add_paragraph(_clean(str(part.alt)))
    elif kind == "Table":
        _table(paper, part)
    elif kind == "Dl":
        terms, words = _all(part, html.Dt), _all(part, html.Dd)
        _rows(paper, [[text_of(each) for each in pair] for pair in zip(terms, words, strict=True)])
    elif (cards := _cards(part)) is not None:
        _rows(paper, cards)
    else:
        _put(paper, getattr(part, "children", None))


def _cards(part: Component) -> list[list[str]] | None:
    """Headline cards as rows of a table: what it is, its value, and the rest in one cell."""
    if getattr(part, "className", "") != "report-cards":
        return None
    rows = []
    for card in part.children:
        name, value, *rest = [text_of(line) for line in card.children]
        rows.append([name, value, "; ".join(rest)])
    return rows


def _table(paper: Paper, part: Component) -> None:
    for caption in _all(part, html.Caption):
        paper.add_paragraph(text_of(caption)).paragraph_format.keep_with_next = True
    rows = [[text_of(cell) for cell in _all(row, (html.Th, html.Td))] for row in _all(part, html.Tr)]
    _rows(paper, rows, headed=bool(_all(part, html.Thead)))


def _rows(paper: Paper, rows: Sequence[Sequence[str]], *, headed: bool = False) -> None:
    """A table of texts; its heading is repeated on every page, and no row is cut in two."""
    if not rows:
        return
    table = paper.add_table(rows=len(rows), cols=max(map(len, rows)), style="Light Grid Accent 1")
    for at, texts in enumerate(rows):
        line = table.rows[at]
        _say(line, "w:cantSplit")
        if headed and at == 0:
            _say(line, "w:tblHeader")
        for cell, text in zip(line.cells, texts, strict=False):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.size = SMALL
    paper.add_paragraph()


def _say(row: _Row, what: str) -> None:
    """Something about a row that the library has no word for."""
    element = OxmlElement(what)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _paragraph(paper: Paper, text: str) -> None:
    if text:
        paper.add_paragraph(text)


def _code(paper: Paper, text: str) -> None:
    run = paper.add_paragraph().add_run(text)
    run.font.name, run.font.size = "Courier New", SMALL


def _all(part: object, kind: type | tuple[type, ...]) -> list[Component]:
    """Every component of a kind within another, in order."""
    return [each for each in _every(part) if isinstance(each, kind)]


def _every(part: object) -> Iterator[Component]:
    inside = getattr(part, "children", None)
    for each in inside if isinstance(inside, (list, tuple)) else [inside]:
        if isinstance(each, Component):
            yield each
            yield from _every(each)


def text_of(part: object) -> str:
    """All the text within a component."""
    if isinstance(part, (list, tuple)):
        return "".join(map(text_of, part))
    if isinstance(part, Component):
        return text_of(getattr(part, "children", None))
    return "" if part is None else _clean(str(part))


def _clean(text: str) -> str:
    return text.translate(UNREADABLE)
