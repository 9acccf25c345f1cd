"""What the message stand-in is told to do, and Discord's rate limits in fixed windows."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Self


@dataclass(frozen=True)
class MessageSettings:
    """How the stand-in behaves. Without any, it is fast and nothing goes wrong.

    Faults are probabilities, of which a request meets at most one: together they are at most 1.
    """

    seed: int = 0
    nonce_memory_s: float = 180.0

    drop_reply: float = 0.0
    """Does what is asked, then cuts the connection without an answer."""

    refuse: float = 0.0
    """Cuts the connection without doing anything."""

    server_error: float = 0.0
    server_error_statuses: tuple[int, ...] = (500, 502, 503)
    """Drawn from evenly. discord.py tries 500 and 502 again by itself, after seconds; not 503."""

    late_error: float = 0.0
    """Does what is asked, then answers with one of these server errors, as a gateway may."""

    too_many: float = 0.0
    retry_after_s: float = 0.05

    slow: float = 0.0
    """Does what is asked at once, and answers `slow_s` seconds later."""

    slow_s: float = 0.5

    global_per_s: int | None = None
    """Requests a second over everything but logging in. Discord's is 50."""

    per_channel: tuple[int, float] | None = None
    """New messages a channel in so many seconds. Discord's is about (5, 5.0)."""

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return these with some changed, as read from JSON: lists become tuples."""
        given = {name: tuple(v) if isinstance(v, list) else v for name, v in changes.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return replace(self, **given)


@dataclass
class Window:
    """Lets `count` requests through in `per_s` seconds, beginning with the first of them."""

    count: int
    per_s: float
    begun: float = -math.inf
    used: int = 0

    def take(self, now: float) -> bool:
        """Use up one, unless none is left."""
        if now >= self.begun + self.per_s:
            self.begun, self.used = now, 0
        if self.used == self.count:
            return False
        self.used += 1
        return True

    @property
    def remaining(self) -> int:
        return self.count - self.used

    def reset_after(self, now: float) -> float:
        """Return the seconds until all are free again, rounded up to the next millisecond."""
        return math.ceil((self.begun + self.per_s - now) * 1000) / 1000


class Limits:
    """The window over all requests, and one over the new messages of each channel."""

    def __init__(self, settings: MessageSettings) -> None:
        self._settings = settings
        self._channels: dict[int, Window] = {}
        per_s = settings.global_per_s
        self.all_requests = Window(per_s, 1.0) if per_s else None

    def channel(self, channel: int) -> Window | None:
        """Return the channel's window, or None where nothing is limited."""
        if self._settings.per_channel is None:
            return None
        return self._channels.setdefault(channel, Window(*self._settings.per_channel))


def fastest(counts_per_channel: Mapping[int, int], settings: MessageSettings) -> float:
    """Return the least seconds from a burst's first request to the acceptance of its last.

    Nothing is faster; where a channel's window lasts several seconds and few requests get through
    in each, the least that is possible may be up to a second more.
    The windows are those of a stand-in that was just reset, and nothing but these messages is
    asked of it: opening DM channels and reading count against the global limit as well.
    """
    sizes = [count for count in counts_per_channel.values() if count > 0]
    if not sizes:
        return 0.0
    seconds = _windows_to_wait(sum(sizes), settings.global_per_s)
    if settings.per_channel is None:
        return float(seconds)
    count, per_s = settings.per_channel[0], Fraction(settings.per_channel[1])
    windows = _windows_to_wait(max(sizes), count)
    if settings.global_per_s is None:
        return float(windows * per_s)
    ends = {a + b * per_s for a in range(seconds + 1) for b in range(windows + 1)}
    enough = sorted(end for end in ends if end >= windows * per_s)
    possible = (end for end in enough if _fits(sizes, end, settings.global_per_s, settings))
    return float(next(possible))


def _windows_to_wait(messages: int, count: int | None) -> int:
    return (messages - 1) // count if count else 0


def _fits(sizes: Sequence[int], end: Fraction, per_s: int, settings: MessageSettings) -> bool:
    """Say whether each second lets through what can't wait for a later one."""
    if sum(sizes) > per_s * (math.floor(end) + 1):
        return False
    seconds = range(1, math.floor(end) + 1)
    return all(_urgent(sizes, end - second, settings) <= per_s * second for second in seconds)


def _urgent(sizes: Sequence[int], left: Fraction, settings: MessageSettings) -> int:
    """Return how many must have been accepted earlier than `left` seconds before the end.

    A channel can open a window at the end and one each `per_s` before it, and have one open at
    `left` of which only the first message was used.
    """
    assert settings.per_channel is not None
    count, per_s = settings.per_channel[0], Fraction(settings.per_channel[1])
    later = count * (math.floor(left / per_s) + 1)
    return sum(max(1, size - later - (count - 1)) for size in sizes if size > later)
