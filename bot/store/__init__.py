"""The store: one database, reached through units of work."""
