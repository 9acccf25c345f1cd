"""Personal reminders."""
