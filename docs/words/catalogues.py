"""Language files: what they must hold, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from babel.plural import to_gettext

from dashboard.wording.language import catalogue
from docs.words.sources import Message, texts

HEADER = "# Texts of the dashboard in {language}. English is the key; see docs/how-to/add-a-language.md.\n"
WIDTH = 110


def brought_up_to_date(language: str, found: Iterable[tuple[str, Message]] | None = None) -> Catalog:
    """A language's catalogue with the texts that are used now, and what it says of them already."""
    before, after = catalogue(language), fresh(language)
    for file, message in texts() if found is None else found:
        after.add(message, locations=[(file, 1)])
    for message in after:
        known = before.get(message.id) if before and message.id else None
        if known and known.pluralizable == message.pluralizable:
            message.string = known.string
    return after


def fresh(language: str) -> Catalog:
    """A catalogue without texts; its forms of a plural are those of the Unicode locale data."""
    after = Catalog(locale=language, charset="utf-8", fuzzy=False)
    after.mime_headers = [
        ("Language", language),
        ("Plural-Forms", to_gettext(Locale.parse(language).plural_form)),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    after.header_comment = ""
    return after


def untranslated(found: Catalog) -> list[str]:
    """Texts that say nothing yet, in any form of their plural."""
    return [str(each.id) for each in found if each.id and not is_said(each.string)]


def is_said(said: Message) -> bool:
    """Whether a text, in every form of its plural, says something."""
    return all(said) if isinstance(said, (tuple, list)) else bool(said)


def write(found: Catalog, file: Path) -> None:
    """Write a language file in the order of the sources, without what changes by itself; it is whole or as it was."""
    target = BytesIO()
    write_po(target, found, width=WIDTH, include_lineno=False, sort_by_file=True)
    lines = target.getvalue().decode("utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Project-Id-Version', '"Report-Msgid')
    kept = [line for line in lines if not line.startswith((*dated, '"Last-Translator', '"Language-Team'))]
    name = str(found.locale.get_language_name("en")) if found.locale else file.stem
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(HEADER.format(language=name) + "".join(kept).lstrip(), encoding="utf-8", newline="\n")
    unfinished.replace(file)
