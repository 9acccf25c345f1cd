"""How awkward an hour of the day is for somebody, by their own clock."""

from typing import Final

FINE: Final = range(9, 21)
A_LITTLE: Final = frozenset({8, 21})
QUITE: Final = frozenset({7, 22})
NIGHT: Final = 3
"""The awkwardness of hours from 23 to 7; only who says so meets then."""


def awkwardness(hour: int) -> int:
    """Return 0 for an hour from 9 to 20, 1 or 2 for an earlier or a later one, 3 at night."""
    if hour in FINE:
        return 0
    if hour in A_LITTLE:
        return 1
    return 2 if hour in QUITE else NIGHT
