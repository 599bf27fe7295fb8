"""The shelf: named scenarios, and sessions of workshops, in SQLite in a file of one's own or Postgres by its URL."""
