"""Bring every language file up to date: `python -m docs.words` (or `make words`).

What a file says already is kept, what nobody uses any more is dropped, and what is new is left empty, to be filled.
"""

from __future__ import annotations

from argparse import ArgumentParser

from dashboard.wording.language import CATALOGUES, ENGLISH, LANGUAGES
from docs.words.catalogues import brought_up_to_date, untranslated, write

ArgumentParser(prog="python -m docs.words", description=__doc__).parse_args()
for language in LANGUAGES:
    if language == ENGLISH:
        continue
    found = brought_up_to_date(language)
    write(found, CATALOGUES / f"{language}.po")
    left = untranslated(found)
    print(f"{language}: {len(found)} texts, {len(left)} to translate")
    for text in left:
        print(f"  {text}")
