"""Streaks: what a member's answers, local days, pauses and freezes add up to."""
