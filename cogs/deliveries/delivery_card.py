"""One delivery: how it stands, why, and what a manager can do."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.permissions import require_manager
from bot.client import Waymark
from bot.delivery.model import Delivery, State, TargetKind
from bot.delivery.reasons import in_words
from bot.errors import MemberError
from bot.i18n import _, later, ngettext

STATES = {
    State.WAITING: later("waiting"),
    State.LEASED: later("being posted"),
    State.SENT: later("posted"),
    State.EXPIRED: later("too late"),
    State.FAILED: later("failed"),
    State.CANCELLED: later("cancelled"),
}

Titled = Callable[[str], str]
"""Returns what a kind of delivery is called."""


class Act(StrEnum):
    """What a manager can do with a delivery."""

    RETRY = "retry"
    CANCEL = "cancel"
    STOP = "stop"


DOABLE = {
    Act.RETRY: (State.FAILED, State.EXPIRED),
    Act.CANCEL: (State.WAITING, State.LEASED),
    Act.STOP: (State.WAITING, State.LEASED),
}
LABELS = {
    Act.RETRY: later("Try again"),
    Act.CANCEL: later("Cancel it"),
    Act.STOP: later("Stop the repeat"),
}


class NotDoable(MemberError):
    """There is no such delivery here, or it is past what was to be done with it."""

    def __init__(self) -> None:
        super().__init__(
            _("I have nothing of that number to do that with. `/deliveries show` lists them.")
        )


class DeliveryButton(
    LastingButton, template=rf"delivery:v1:(?P<act>{'|'.join(Act)}):(?P<id>\d{{1,19}})"
):
    """Retries or cancels a delivery, or stops what repeats."""

    def __init__(self, act: Act, delivery_id: int) -> None:
        label = _(LABELS[act])
        super().__init__(ui.Button(label=label, custom_id=f"delivery:v1:{act}:{delivery_id}"))
        self.act = act
        self.delivery_id = delivery_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how the delivery stands now."""
        await in_place(interaction, done(interaction, self.act, self.delivery_id))


class DeliverySelect(LastingSelect, template=r"delivery:v1:open"):
    """Opens one of the deliveries."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id="delivery:v1:open", placeholder=_("Look at one…"), options=[*options]
            )
        )

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it in place of the list."""
        await in_place(interaction, opened(interaction, int(value)))


async def done(
    interaction: discord.Interaction[Waymark], act: Act, delivery_id: int
) -> ui.LayoutView:
    """Retry, cancel or stop a delivery of this server. Raises NotAManager or NotDoable."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    deliveries = interaction.client.services.deliveries
    act_on = {
        Act.RETRY: deliveries.retry,
        Act.CANCEL: deliveries.cancel,
        Act.STOP: deliveries.stop,
    }[act]
    if not await act_on(delivery_id, guild_id):
        raise NotDoable
    return await opened(interaction, delivery_id)


async def opened(interaction: discord.Interaction[Waymark], delivery_id: int) -> ui.LayoutView:
    """Return the card of a delivery of this server. Raises NotAManager or NotDoable."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    deliveries = interaction.client.services.deliveries
    delivery = await deliveries.get(delivery_id, guild_id)
    if delivery is None:
        raise NotDoable
    return delivery_card(delivery, deliveries.title_of)


def delivery_card(delivery: Delivery, titled: Titled) -> ui.LayoutView:
    """Show one delivery."""
    return card(
        heading=heading(name_of(delivery, titled), _(STATES[delivery.state])),
        body="\n".join(_facts(delivery)),
        rows=[[DeliveryButton(act, delivery.id) for act in Act if doable(act, delivery)]],
    )


def doable(act: Act, delivery: Delivery) -> bool:
    """Return whether that can be done with a delivery as it stands."""
    repeats = delivery.schedule_id is not None
    return delivery.state in DOABLE[act] and (repeats or act is not Act.STOP)


def option(delivery: Delivery, titled: Titled) -> discord.SelectOption:
    """Return the delivery as a choice of a menu."""
    return discord.SelectOption(
        label=clip(name_of(delivery, titled), MAX_OPTION_TEXT),
        description=_(STATES[delivery.state]),
        value=str(delivery.id),
    )


def name_of(delivery: Delivery, titled: Titled) -> str:
    """Return what a delivery is called: its kind and number."""
    title = _(titled(delivery.kind))
    return f"{title} #{delivery.id}"


def place_of(delivery: Delivery) -> str:
    """Return where a delivery goes."""
    if delivery.target.kind is TargetKind.CHANNEL:
        return f"<#{delivery.target.id}>"
    return _("a direct message to <@{member}>").format(member=delivery.target.id)


def _facts(delivery: Delivery) -> list[str]:
    due = f"{format_dt(delivery.due, 'F')} ({format_dt(delivery.due, 'R')})"
    facts = [
        _("**Due** {when}").format(when=due),
        _("**Where** {place}").format(place=place_of(delivery)),
    ]
    if delivery.reason is not None:
        facts.append(_("**Why** {reason}").format(reason=in_words(delivery.reason)))
    if delivery.attempts:
        tries = ngettext("{count} try so far", "{count} tries so far", delivery.attempts)
        facts.append(tries.format(count=delivery.attempts))
    if delivery.state is State.WAITING and delivery.attempts and delivery.next_try:
        following = _("**Next try** {when}")
        facts.append(following.format(when=format_dt(delivery.next_try, "R")))
    return facts
