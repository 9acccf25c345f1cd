"""The statements on servers' own questions."""
