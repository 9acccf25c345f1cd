"""Check-ins of a whole channel: rounds, replies in a thread, the wrap-up."""
