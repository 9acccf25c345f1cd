"""Which career a question is about that names none: what its place and its asker stand for."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from bot.careers.registry import RoleRegistry
from bot.careers.settings import channel_career, followed, member_career
from bot.settings.model import Setting

NOWHERE = 0
"""What stands for the server where there is none, as in direct messages; no server has this id."""


class Chosen(Protocol):
    """Where what was chosen is read, as of one time; `bot.settings.service` has it."""

    async def values(self, *wanted: tuple[Setting[Any], int]) -> list[Any]:
        """Return what the owners have chosen of these settings, or the defaults."""
        ...


class Meant(NamedTuple):
    """The slug of the career that is meant, and those that the server follows; none: all."""

    career: str | None
    followed: tuple[str, ...]


class CareersMeant:
    """What members, channels and servers have chosen to ask about."""

    def __init__(self, registry: RoleRegistry, chosen: Chosen) -> None:
        self._registry = registry
        self._chosen = chosen
        self._own = member_career(registry)
        self._of_channel = channel_career(registry)
        self._followed = followed(registry)

    async def career_meant(
        self, member_id: int, guild_id: int | None, channel_ids: Sequence[int]
    ) -> Meant:
        """Return the channel's career, else the member's own, else the only one there is.

        `channel_ids` are the channel's own and, of a thread, then its parent's. What isn't loaded
        any more counts for nothing.
        """
        *careers, here = await self._chosen.values(
            *((self._of_channel, channel_id) for channel_id in channel_ids),
            (self._own, member_id),
            (self._followed, guild_id or NOWHERE),
        )
        among = here or tuple(self._registry.titles())
        only = among[0] if len(among) == 1 else None
        return Meant(next((each for each in careers if each), only), here)
