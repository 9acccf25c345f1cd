"""Times and repeats as people type them, and the time zones they live in."""
