"""Waymark: a self-hosted Discord bot for career communities."""

__version__ = "0.1.0"
