"""Which local days acts add to a streak: each day once, and no more days than time has passed."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.streaks.model import DAY, JOURNEY, Act

EARLIEST = DAY + JOURNEY
"""How long before its turn an act counts.

Who answers just before midnight and just after it is a day early, and clock changes add to that.
"""


def credited(acts: Iterable[Act]) -> frozenset[date]:
    """Return the dates that the acts add to a streak.

    Each takes 24 hours, in the order of the acts' instants, and may come 27 hours before those are
    over. So at most two days are added within 21 hours, three within 45, and so on: more than that
    only a changed zone can ask for. An act that comes too soon leaves its day to a later one.
    """
    days: set[date] = set()
    taken: datetime | None = None
    for act in sorted(acts, key=_order):
        if act.day.date in days or (taken and act.at < taken - EARLIEST):
            continue
        days.add(act.day.date)
        taken = max(taken or act.at, act.at) + DAY
    return frozenset(days)


def _order(act: Act) -> tuple[datetime, date, timedelta]:
    return act.at, act.day.date, act.day.ahead
