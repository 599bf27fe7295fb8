"""A little HTML: texts with **strong** words, `code` and filled numbers, and the page around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from docs.print_workshop.filling import filled


def inline(text: str) -> str:
    """One text as HTML, its numbers filled, with a true minus before them."""
    made = escape(minus(filled(text)), quote=False)
    strong = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", made)
    return re.sub(r"`(.+?)`", r"<code>\1</code>", strong)


def minus(text: str) -> str:
    return re.sub(r"(?<![\w.,-])-(?=[£\d])", "\N{MINUS SIGN}", text)


def listed(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{inline(each)}</li>" for each in texts) + "</ul>"


def whole(title: str, style: str, body: str, script: str = "") -> str:
    """A page that stands by itself: nothing is fetched."""
    run = f"<script>\n{script}</script>\n" if script else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<!-- Printed by `make docs`. Do not edit. -->\n"
        f"<style>\n{style}</style>\n</head>\n"
        f"<body>\n{body}\n{run}</body>\n</html>\n"
    )
