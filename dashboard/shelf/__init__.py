"""The shelf: named scenarios kept in a database, SQLite in a file of one's own or Postgres by its URL."""
