"""Reminders of the next steps of applications."""
