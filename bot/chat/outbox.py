"""Posting deliveries on Discord, and recognising what was posted before.

Each message carries a mark made from its delivery's nonce: the integer id of its first component,
which Discord keeps as given and hands back with the message, while it forgets the nonce.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
import structlog
from discord import ui

from bot.chat.failures import outcome_of
from bot.clock import Clock
from bot.delivery.model import Delivery, Reason, TargetKind
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable, Unwanted
from bot.i18n import _

MARKS = 2**31 - 1
"""Component ids are 32 bits wide; 0 counts as none."""

LATE_AFTER = timedelta(minutes=2)
CLOCK_SLACK = timedelta(minutes=5)
"""How far apart Discord's clock and ours may be."""

LOOKED_THROUGH = 1000
"""Messages, oldest first, of a channel that is searched for one of ours: ten requests at most."""

SENDS_PER_S = 47.0
"""Discord allows a bot 50 requests a second; answers to members don't count towards it.

A little less, as the network brings some of them closer together than they were sent.
"""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a delivery says, and whom it may ping."""

    card: ui.LayoutView
    mentions: discord.AllowedMentions
    silent: bool = False


Renderer = Callable[[Delivery], Awaitable[Letter | Undeliverable | None]]
"""Builds a delivery's text from the truth; None if it is no longer wanted.

Undeliverable says that it mustn't be posted there, so that it goes to its fallback.
"""

Act = Callable[[Delivery], Awaitable[int | Retry | None]]
"""Does on Discord what may be done twice over, such as an edit of what was posted before.

It returns the id of the message it was about; None if that is no longer wanted; Retry if it can't
be done just now.
"""

GONE = {10003, 10008}
"""Discord's codes of a channel or message that was deleted: there is nothing left to act on."""


class Outbox:
    """The dispatcher's sender. Each feature's cog registers how its kinds are rendered, or act."""

    def __init__(
        self, client: discord.Client, clock: Clock, sends_per_s: float | None = SENDS_PER_S
    ) -> None:
        self._client = client
        self._clock = clock
        self._renderers: dict[str, Renderer] = {}
        self._acts: dict[str, Act] = {}
        self._pace = Pace(sends_per_s)

    def renders(self, kind: str, renderer: Renderer) -> None:
        """Let `renderer` build what deliveries of this kind say."""
        self._renderers[kind] = renderer

    def acts(self, kind: str, act: Act) -> None:
        """Let `act` do what deliveries of this kind are for, instead of posting a message."""
        self._acts[kind] = act

    async def send(self, delivery: Delivery) -> Outcome:
        """Post it with its nonce; Discord recognises a second one for some minutes."""
        if act := self._acts.get(delivery.kind):
            return await self._acted(act, delivery)
        renderer = self._renderers.get(delivery.kind)
        if renderer is None:
            return Undeliverable(Reason.UNKNOWN_KIND)
        try:
            letter = await renderer(delivery)
            if letter is None:
                return Unwanted()
            if isinstance(letter, Undeliverable):
                return letter
            self._finish(letter.card, delivery)
            channel = await self._channel(delivery)
            await self._pace.wait()
            message = await channel.send(
                view=letter.card,
                nonce=delivery.nonce,
                allowed_mentions=letter.mentions,
                silent=letter.silent,
            )
        except Exception as error:
            return self._failed(delivery, error)
        return Sent(message.id)

    async def find(self, delivery: Delivery) -> Sent | Retry | Undeliverable | None:
        """Look for the message that an earlier try may have posted; None if there is none."""
        if delivery.tried_at is None or delivery.kind in self._acts:
            return None
        try:
            channel = await self._channel(delivery)
            looked = 0
            async for message in channel.history(
                after=delivery.tried_at - CLOCK_SLACK, oldest_first=True, limit=LOOKED_THROUGH
            ):
                looked += 1
                if message.author == self._client.user and mark_of(delivery) in marks(message):
                    return Sent(message.id)
        except Exception as error:
            outcome = self._failed(delivery, error)
            return outcome if isinstance(outcome, Retry) else Undeliverable(Reason.UNCONFIRMED)
        return Undeliverable(Reason.UNCONFIRMED) if looked == LOOKED_THROUGH else None

    async def _acted(self, act: Act, delivery: Delivery) -> Outcome:
        try:
            await self._pace.wait()
            done = await act(delivery)
        except Exception as error:
            if isinstance(error, discord.HTTPException) and error.code in GONE:
                return Unwanted(Reason.MESSAGE_GONE)
            return self._failed(delivery, error)
        if isinstance(done, Retry):
            return done
        return Unwanted() if done is None else Sent(done)

    async def _channel(self, delivery: Delivery) -> discord.abc.Messageable:
        target = delivery.target
        if target.kind is TargetKind.USER:
            await self._pace.wait()  # opening it is a request too
            return await self._client.create_dm(discord.Object(target.id))
        return self._client.get_partial_messageable(target.id, guild_id=delivery.guild_id)

    def _finish(self, card: ui.LayoutView, delivery: Delivery) -> None:
        """Mark the card, and say so if it is late."""
        card.children[0].id = mark_of(delivery)
        if delivery.late_by(self._clock.now()) >= LATE_AFTER:
            late = _("-# This was due {when}, but I couldn't send it then.")
            when = discord.utils.format_dt(delivery.due, "F")
            card.add_item(ui.TextDisplay(late.format(when=when)))

    def _failed(self, delivery: Delivery, error: Exception) -> Outcome:
        outcome = outcome_of(error)
        log.warning(
            "delivery not sent",
            delivery=delivery.id,
            kind=delivery.kind,
            outcome=type(outcome).__name__,
            error=f"{type(error).__name__}: {error}"[:200],
        )
        return outcome


class Pace:
    """Keeps sends a fixed time apart, so that a burst never meets Discord's global limit."""

    def __init__(self, per_s: float | None) -> None:
        self._apart_s = 1 / per_s if per_s else 0.0
        self._next = 0.0

    async def wait(self) -> None:
        """Wait for the next free moment."""
        now = asyncio.get_running_loop().time()
        self._next = max(now, self._next + self._apart_s)
        if self._next > now:
            await asyncio.sleep(self._next - now)


def mark_of(delivery: Delivery) -> int:
    """Return the component id that marks a delivery's message."""
    return int(delivery.nonce) % MARKS + 1


def keep_mark(card: ui.LayoutView, message: discord.Message | None) -> None:
    """Let a card that takes the place of a message's be known by the same mark."""
    if message is not None:
        card.children[0].id = next(iter(_ids(message.components)), None)


def marks(message: discord.Message) -> set[int]:
    """Return the ids of a message's outermost components."""
    return set(_ids(message.components))


def _ids(components: Iterable[Any]) -> Iterable[int]:
    return (component.id for component in components if component.id is not None)
