"""Write every file of the kit."""

from docs.print_workshop import FOLDER, files

for name, text in files().items():
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
