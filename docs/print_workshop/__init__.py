"""Print the workshop kit: role briefings, slides, and the tables of the facilitator's guide.

What people say stands in `docs/workshop/roles/roles.yaml` and `docs/workshop/slides/*.yaml`; every lever comes from the
workshop's own file and every number from the pages of expected results or from the parameters. A test says that what is
printed is what these say now.
"""

from docs.print_workshop.kit import FOLDER, files

__all__ = ["FOLDER", "files"]
