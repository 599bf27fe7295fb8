"""Print the reference pages from the data: `make docs`, or `python -m docs.print_reference`.

Nothing on these pages is written by hand, so a page and the number that the model uses cannot differ. A test says
so. The same data print the same bytes.
"""

from docs.print_reference.pages import FOLDER, pages

__all__ = ["FOLDER", "pages"]
