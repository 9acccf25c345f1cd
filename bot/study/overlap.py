"""How much of two days, in two zones, one is awake in both."""

from datetime import datetime
from zoneinfo import ZoneInfo

AWAKE = 14
"""Hours: from 8:00 to 22:00."""

ENOUGH = 6
"""Hours in common in which meeting is easy for both."""

A_DAY = 24
SECONDS = 3600


def hours_in_common(one: str, other: str, at: datetime) -> int:
    """Return for how many whole hours of a day it is from 8:00 to 22:00 in both zones."""
    apart = abs(_offset(one, at) - _offset(other, at)) % A_DAY
    return int(max(0.0, AWAKE - apart) + max(0.0, AWAKE - (A_DAY - apart)))


def _offset(zone: str, at: datetime) -> float:
    """Return how many hours a zone is ahead of UTC."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    return offset.total_seconds() / SECONDS if offset else 0.0
