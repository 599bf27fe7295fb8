"""Blocks as a page of HTML that stands by itself: no script, no font, no address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from sim.results.page import Block, Heading, Table

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; margin: 1rem 0 2rem; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { padding: 0.2rem 0.7rem; border-bottom: 1px solid #d0d0d0; text-align: right; vertical-align: top; }
th.word, td.word { text-align: left; }
.wide { overflow-x: auto; }
"""

WORD = ' class="word"'
"""Of a cell that is set to the left."""


def html_page(title: str, printed: str, blocks: Iterable[Block]) -> str:
    """Blocks as a whole page, in English.

    printed   how the page was made, and on which version
    """
    body = "\n".join([f"<h1>{_text(title)}</h1>", f"<p><em>{_text(printed)}</em></p>", *map(_block, blocks)])
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body>\n{body}\n</body></html>\n'
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h2>{_text(block.text)}</h2>"
    return f"<p>{_text(block)}</p>" if isinstance(block, str) else _table(block)


def _table(table: Table) -> str:
    head = _row("th", table.columns, table.words, ' scope="col"')
    rows = "\n".join(_row("td", row, table.words) for row in table.rows)
    caption = f"<caption>{_text(table.title)}</caption>"
    return f'<div class="wide"><table>{caption}\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody></table></div>'


def _row(tag: str, cells: Iterable[str], words: int, more: str = "") -> str:
    told = (f"<{tag}{more}{WORD if place < words else ''}>{_text(cell)}</{tag}>" for place, cell in enumerate(cells))
    return f"<tr>{''.join(told)}</tr>"


def _text(text: str) -> str:
    """Escaped, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
