"""The shortest time that Discord's limits allow, compared with trying every order of sending."""

from collections.abc import Iterator
from itertools import combinations_with_replacement, count, product

import pytest

from tests.standin.rates import MessageSettings, Window, fastest

TICKS_PER_S = 2
LIMITS = ((1, 0.5), (1, 2.0), (2, 1.0), (2, 1.5), (3, 2.0))
SIZES = [size for n in (1, 2, 3) for size in combinations_with_replacement((1, 2, 4), n)]

Begun = tuple[int, int]
"""When a window began, in ticks, and how many it has let through."""

State = tuple[tuple[int, ...], Begun, tuple[Begun, ...]]
"""What each channel has left, the global window, and each channel's."""

NEVER = (-1000, 0)


def taken(window: Begun, tick: int, number: int, limit: int, length: int) -> Begun | None:
    """Return the window after `number` messages at `tick`, or None if they are too many."""
    begun, used = (tick, 0) if tick >= window[0] + length else window
    if not number:
        return window
    return (begun, used + number) if used + number <= limit else None


def steps(state: State, tick: int, settings: MessageSettings) -> Iterator[State]:
    """Yield every way to send at this tick, that of sending nothing included."""
    assert settings.per_channel
    limit, length = settings.per_channel[0], round(settings.per_channel[1] * TICKS_PER_S)
    left, everywhere, channels = state
    for numbers in product(*(range(min(limit, size) + 1) for size in left)):
        at_all = taken(everywhere, tick, sum(numbers), settings.global_per_s or 99, TICKS_PER_S)
        pairs = zip(channels, numbers, strict=True)
        each = [taken(window, tick, n, limit, length) for window, n in pairs]
        if at_all and all(each):
            rest = tuple(size - n for size, n in zip(left, numbers, strict=True))
            yield rest, at_all, tuple(window for window in each if window)


def by_trying(sizes: tuple[int, ...], settings: MessageSettings) -> float:
    states: set[State] = {(sizes, NEVER, (NEVER,) * len(sizes))}
    for tick in count():
        states = {after for state in states for after in steps(state, tick, settings)}
        if any(not any(left) for left, _, _ in states):
            return tick / TICKS_PER_S
    raise AssertionError


@pytest.mark.parametrize("per_s", [None, 1, 2, 3])
@pytest.mark.parametrize("per_channel", LIMITS)
def test_the_least_time_is_what_trying_everything_finds(
    per_s: int | None, per_channel: tuple[int, float]
) -> None:
    settings = MessageSettings(global_per_s=per_s, per_channel=per_channel)
    for sizes in SIZES:
        if sum(sizes) <= 7:
            assert fastest(dict(enumerate(sizes)), settings) == by_trying(sizes, settings), sizes


@pytest.mark.parametrize("per_s", [1, 2, 3])
def test_nothing_is_faster_where_few_requests_get_through(per_s: int) -> None:
    settings = MessageSettings(global_per_s=per_s, per_channel=(2, 3.0))
    for sizes in SIZES:
        if sum(sizes) <= 7:
            least = by_trying(sizes, settings)
            assert least - 1 <= fastest(dict(enumerate(sizes)), settings) <= least, sizes


@pytest.mark.parametrize(("messages", "seconds"), [(0, 0), (50, 0), (51, 1), (500, 9)])
def test_without_limits_on_channels_only_the_global_one_counts(messages: int, seconds: int) -> None:
    settings = MessageSettings(global_per_s=50)
    assert fastest(dict.fromkeys(range(messages), 1), settings) == seconds


def test_without_limits_there_is_nothing_to_wait_for() -> None:
    assert fastest({1: 1000}, MessageSettings()) == 0


def test_a_window_begins_with_its_first_message() -> None:
    window = Window(2, 5.0)
    assert [window.take(now) for now in (10, 14, 14.9, 15)] == [True, True, False, True]
    assert window.remaining == 1
    assert window.reset_after(16) == 4
