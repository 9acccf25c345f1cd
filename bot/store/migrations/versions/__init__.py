"""Alembic migrations; CONTRIBUTING.md says how to add one."""
