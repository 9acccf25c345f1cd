"""Joining and leaving, the waiting list, and requests."""
