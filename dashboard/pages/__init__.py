"""Pages: layout, then its callbacks."""
