"""What the queue has of reminders."""
