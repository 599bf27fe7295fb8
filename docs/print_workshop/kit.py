"""Every printed file of the kit, by its name in docs/workshop."""

from __future__ import annotations

from docs.print_workshop.guide import guide
from docs.print_workshop.places import FOLDER
from docs.print_workshop.roles import briefings, load_roles, role_page
from docs.print_workshop.slides import deck, load_decks


def files() -> dict[str, str]:
    """Briefings (one page each to read, all of them to print), slides, and the guide with its tables."""
    roles = load_roles()
    return {
        "facilitator-guide.md": guide((FOLDER / "facilitator-guide.md").read_text(encoding="utf-8")),
        **{f"roles/{each.role}.md": role_page(each) for each in roles},
        "roles/briefings.html": briefings(roles),
        **{f"slides/{name.replace('_', '-')}.html": deck(name, slides) for name, slides in load_decks().items()},
    }
