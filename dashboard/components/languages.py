"""Ways to the same page in another language, and the texts that scripts need in it."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps

from dash import html

from dashboard.wording.language import ENGLISH, IN_LINKS, LANGUAGES, TAGS, for_scripts, spoken


def languages() -> Sequence[html.A]:
    """A way to every language but the one spoken, in its own words; the scripts know the address at the time."""
    return [_way(code, name) for code, name in LANGUAGES.items() if code != spoken()]


def _way(code: str, name: str) -> html.A:
    says = {"lang": TAGS.get(code, code), "hrefLang": TAGS.get(code, code), "data-language": code}
    return html.A(name, href=f"?{IN_LINKS}={code}", className="bar-button", **says)


def words_for_scripts() -> str:
    """A block of data for the head of a page; English needs none."""
    if spoken() == ENGLISH:
        return ""
    data = dumps(for_scripts(spoken()), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="words">{data}</script>'
