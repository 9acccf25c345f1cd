"""A channel of the stand-in: its messages, and the nonces they came with."""

import sys
import time
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.standin.api_errors import ChannelState, invalid, unknown_message
from tests.standin.message_rules import Json

GUILD_ID = 3
DM_BIT = 1 << 62
"""Set in the ids of DM channels, and in no snowflake of this century."""


def dm_channel(user: int) -> int:
    """Return the id of the DM channel with a user."""
    return user | DM_BIT


@dataclass
class Channel:
    """The messages of a channel, and the nonces they came with."""

    id: int
    state: ChannelState = ChannelState.FINE
    _messages: dict[int, Json] = field(default_factory=dict[int, Json])
    _ids: list[int] = field(default_factory=list[int])
    _nonces: dict[str, tuple[int, float]] = field(default_factory=dict[str, tuple[int, float]])

    def add(self, message: Json, nonce: str | None) -> None:
        message_id = int(message["id"])
        self._messages[message_id] = message
        self._ids.append(message_id)
        if nonce is not None:
            self._nonces[nonce] = message_id, time.monotonic()

    def sent_with(self, nonce: str, memory_s: float) -> int | None:
        """Return the id of the message that this nonce made, if it isn't forgotten."""
        message_id, at = self._nonces.get(nonce, (None, 0.0))
        return message_id if time.monotonic() < at + memory_s else None

    def get(self, message_id: int) -> Json:
        if message_id not in self._messages:
            raise unknown_message()
        return self._messages[message_id]

    def replace(self, message_id: int, message: Json) -> None:
        self._messages[message_id] = message

    def delete(self, message_id: int) -> None:
        self.get(message_id)
        del self._messages[message_id]
        del self._ids[bisect_left(self._ids, message_id)]

    def history(self, query: Mapping[str, str]) -> list[Json]:
        """Return a page, newest first: the nearest before, after or around an id, or the newest."""
        limit = int(query.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise invalid(limit="Must be from 1 to 100.")
        return [self._messages[each] for each in reversed(self._ids[self._page(query, limit)])]

    def _page(self, query: Mapping[str, str], limit: int) -> slice:
        if "around" in query:
            begin = max(0, bisect_left(self._ids, int(query["around"])) - limit // 2)
            return slice(begin, begin + limit)
        if "after" in query:
            begin = bisect_right(self._ids, int(query["after"]))
            return slice(begin, begin + limit)
        end = bisect_left(self._ids, int(query.get("before", str(sys.maxsize))))
        return slice(max(0, end - limit), end)

    def described(self) -> Json:
        if self.id & DM_BIT:
            person = {"id": str(self.id ^ DM_BIT), "username": "member", "discriminator": "0"}
            return {"id": str(self.id), "type": 1, "recipients": [person | {"avatar": None}]}
        place = {"guild_id": str(GUILD_ID), "name": "general", "position": 0, "parent_id": None}
        about: Json = {"permission_overwrites": [], "nsfw": False, "topic": None}
        return {"id": str(self.id), "type": 0, **place, **about}
