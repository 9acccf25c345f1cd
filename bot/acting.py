"""Who it is that something is being done for."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

_member: ContextVar[int | None] = ContextVar("acting_member", default=None)


@contextmanager
def acting(member_id: int) -> Generator[None]:
    """Do what follows for a member."""
    before = _member.set(member_id)
    try:
        yield
    finally:
        _member.reset(before)


def acting_member() -> int | None:
    """Return whom this is done for; None for what Waymark does on its own."""
    return _member.get()
