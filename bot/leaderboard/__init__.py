"""Leaderboards of a server, for those who take part."""
