"""A server's blocks: whom they are of, told by a keyed hash, and what can't be done."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.errors import MemberError
from bot.i18n import _

MAX_REASON = 200
SHOWN_BLOCKS = 15
"""On one page."""

KEY_BYTES = 32


@dataclass(frozen=True)
class Block:
    """A member who may not use Waymark in a server; forgotten, nobody knows any more who it is."""

    id: int
    guild_id: int
    member_id: int | None
    reason: str | None
    blocked_by: int | None
    blocked_at: datetime


@dataclass(frozen=True)
class Page:
    """Some of a server's blocks; `number` counts from 0."""

    blocks: Sequence[Block]
    number: int
    count: int


class Blocked(MemberError):
    """A blocked member wants something."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This server's managers have blocked you from using me here. Ask them about it. "
                "`/my export` and `/my forget` still work."
            )
        )


class CannotBlock(MemberError):
    """Whoever manages the server can't be blocked in it, nor can a bot."""

    def __init__(self) -> None:
        super().__init__(_("You can't block yourself, a bot, or anyone who manages this server."))


class NotBlocked(MemberError):
    """There is no such block."""

    def __init__(self) -> None:
        super().__init__(_("There is no such block. `/block list` shows those there are."))


def digest(key: str, guild_id: int, member_id: int) -> str:
    """Return what stands for a member of a server: without the key nobody finds out who it is."""
    return hmac.new(bytes.fromhex(key), f"{guild_id}:{member_id}".encode(), sha256).hexdigest()
