"""The posts that announce it."""
