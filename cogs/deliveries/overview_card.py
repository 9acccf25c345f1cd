"""A server's queue at a glance: what is next, what went wrong, what is paused."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip
from bot.chat.permissions import require_manager
from bot.client import Waymark
from bot.delivery.model import Delivery, Schedule
from bot.delivery.reasons import in_words
from bot.delivery.service import Overview
from bot.i18n import _
from cogs.deliveries.delivery_card import DeliverySelect, Titled, name_of, option, place_of

MOST_OPTIONS = 25
MAX_LINE = 110
"""Characters, so that twenty lines fit on a card."""


class ResumeButton(LastingButton, template=r"delivery:v1:resume"):
    """Ends a server's pause."""

    def __init__(self, label: str = "") -> None:
        super().__init__(ui.Button(label=label, custom_id="delivery:v1:resume"))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """End it."""
        await in_place(interaction, resumed(interaction))


async def resumed(interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
    """End the server's pause, and show the queue. Raises NotAManager."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    await interaction.client.services.deliveries.resume_all(guild_id)
    return await overview(interaction)


async def overview(interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
    """Return the card of the server's queue. Raises NotAManager."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    deliveries = interaction.client.services.deliveries
    return overview_card(await deliveries.overview(guild_id), deliveries.title_of)


def overview_card(queue: Overview, titled: Titled) -> ui.LayoutView:
    """Show a server's queue."""
    rows = [*queue.troubled, *queue.upcoming]
    options = [option(each, titled) for each in rows][:MOST_OPTIONS]
    return card(
        heading=heading(_("Deliveries"), _state(queue.paused_until)),
        body="\n\n".join(_parts(queue, titled)),
        rows=[
            [DeliverySelect(options)] if options else [],
            [ResumeButton(_("Resume"))] if queue.paused_until else [],
        ],
    )


def paused_card(until: datetime) -> ui.LayoutView:
    """Say that the server is paused, and until when."""
    when = f"{format_dt(until, 'F')} ({format_dt(until, 'R')})"
    return card(
        heading=heading(_("Paused"), _("until {when}").format(when=when)),
        body=_("Until then I post nothing here. Repeats are skipped; the rest comes afterwards."),
        rows=[[ResumeButton(_("Undo"))]],
    )


def _state(paused_until: datetime | None) -> str:
    if paused_until is None:
        return _("What I post here, and how it goes.")
    return _("**Paused** until {when}.").format(when=format_dt(paused_until, "F"))


def _parts(queue: Overview, titled: Titled) -> list[str]:
    parts = [
        _part(_("Needs you"), [_trouble(each, titled) for each in queue.troubled]),
        _part(_("Stopped"), [_stopped(each, titled) for each in queue.paused]),
        _part(_("Next"), [_next(each, titled) for each in queue.upcoming]),
    ]
    return [part for part in parts if part] or [_("Nothing is planned, and nothing went wrong.")]


def _part(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"**{title}**", *lines]) if lines else ""


def _trouble(delivery: Delivery, titled: Titled) -> str:
    line = f"{name_of(delivery, titled)} · {format_dt(delivery.due, 'R')} · {place_of(delivery)}"
    return clip(f"{line}: {in_words(delivery.reason)}", MAX_LINE)


def _stopped(schedule: Schedule, titled: Titled) -> str:
    title = _(titled(schedule.kind))
    return clip(f"{title}: {in_words(schedule.reason)}", MAX_LINE)


def _next(delivery: Delivery, titled: Titled) -> str:
    line = f"{format_dt(delivery.due, 'R')} · {name_of(delivery, titled)} · {place_of(delivery)}"
    return f"{line}: {in_words(delivery.reason)}" if delivery.reason else line
