"""When a group meets: series of sessions, their changes, reminders and calendar files."""
