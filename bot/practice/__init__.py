"""Practising interview questions: spaced repetition, and sets as in an interview."""
