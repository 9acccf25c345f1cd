"""Check-ins: how it goes, asked on a member's days at their hour, or of a whole channel."""
