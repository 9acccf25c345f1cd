"""Sessions that a member can't both be at."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from bot.meetings.model import Session


def overlapping(sessions: Iterable[Session]) -> Iterator[tuple[Session, Session]]:
    """Yield each pair that overlaps, the one that begins first before the other, in order.

    Sessions of which one begins as the other ends don't overlap.
    """
    running: list[Session] = []
    for session in sorted(sessions, key=attrgetter("start", "id")):
        running = [each for each in running if each.end > session.start]
        yield from ((each, session) for each in running)
        running.append(session)
