"""Write every page."""

from docs.print_reference import FOLDER, pages

for name, text in pages().items():
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
