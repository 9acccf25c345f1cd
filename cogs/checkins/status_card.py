"""A member's check-ins as they stand, and what they can do with them."""

import re
from collections.abc import Awaitable, Callable
from typing import Self

import discord
from discord import ui

from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.quoting import inert
from bot.checkins.model import Away, Standing, Status
from bot.client import Waymark
from bot.i18n import _
from cogs.checkins import words
from cogs.checkins.places import GUILD, OWNER, Manage
from cogs.checkins.prompt_card import answered_card, prompt_card, require_own, where_it_was


class ManageButton(
    LastingButton, template=rf"checkin:v1:m:(?P<act>{'|'.join(Manage)}):{GUILD}:{OWNER}"
):
    """Does one thing with a member's check-ins, for them alone."""

    def __init__(self, act: Manage, guild_id: int, owner: int, label: str = "…") -> None:
        custom_id = f"checkin:v1:m:{act}:{guild_id}:{owner}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.act = act
        self.guild_id = guild_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Manage(match["act"]), int(match["guild"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how they stand now."""
        require_own(interaction, self.owner)
        await where_it_was(interaction, done(interaction, self.act, self.guild_id))


async def done(
    interaction: discord.Interaction[Waymark], act: Manage, guild_id: int
) -> ui.LayoutView:
    """Do something with the check-ins of whoever acts, and return a card with the way back."""
    checkins, member_id = interaction.client.services.checkins, interaction.user.id
    if act is Manage.NOW:
        return await now_card(interaction, guild_id)
    if act is Manage.BACK:
        await checkins.absences.back(guild_id, member_id)
        return back_card()
    does: dict[Manage, Callable[[int, int], Awaitable[Standing]]] = {
        Manage.SHOW: checkins.get,
        Manage.PAUSE: checkins.pause,
        Manage.RESUME: checkins.resume,
        Manage.OFF: checkins.off,
    }
    return standing_card(await does[act](guild_id, member_id))


async def now_card(interaction: discord.Interaction[Waymark], guild_id: int) -> ui.LayoutView:
    """Return today's check-in: to be answered, or as it was answered."""
    prompt = await interaction.client.services.checkins.now(guild_id, interaction.user.id)
    return prompt_card(prompt) if prompt.day.answer is None else answered_card(prompt)


def standing_card(standing: Standing, title: str = "") -> ui.LayoutView:
    """Show how a member's check-ins stand."""
    config = standing.config
    asked = [f"- {inert(each)}" for each in words.questions(config.asked)]
    facts = [
        _("**Next** {when}").format(when=words.comes(standing)),
        _("**Asks**"),
        *asked,
        *_besides(standing),
    ]
    place = f"{words.rule(standing)} · {words.where(config)}"
    hint = _("-# A reminder if you forget: `/my settings`. In another zone it stays at its hour.")
    return card(
        heading=heading(title or _("Your check-ins"), place),
        body="\n".join(facts),
        small_print=hint,
        rows=[_controls(standing)],
    )


def _besides(standing: Standing) -> list[str]:
    away, lines = standing.away, list[str]()
    if away is not None:
        lines.append(_("**Away** until {day}").format(day=words.written(away.back)))
    if standing.course.left_out:
        lines.append(words.lost(standing.course.left_out))
    return lines


def _controls(standing: Standing) -> list[ManageButton]:
    def button(act: Manage, label: str) -> ManageButton:
        return ManageButton(act, standing.config.guild_id, standing.config.member_id, label)

    if standing.config.state is Status.OFF:
        return [button(Manage.RESUME, _("Undo"))]
    if standing.is_new:
        return [button(Manage.OFF, _("Undo")), button(Manage.NOW, _("Check in now"))]
    off = button(Manage.OFF, _("Turn off"))
    if standing.upcoming is None:
        return [button(Manage.RESUME, _("Resume")), off]
    return [button(Manage.NOW, _("Check in now")), button(Manage.PAUSE, _("Pause")), off]


def away_card(span: Away, guild_id: int, owner: int) -> ui.LayoutView:
    """Say until when a member isn't asked."""
    text = _("Nothing is asked until you are back on {day}, and your streak rests meanwhile.")
    return card(
        heading=heading(_("Away"), text.format(day=words.written(span.back))),
        body=_("You needn't do anything to come back. Have a good time!"),
        rows=[[ManageButton(Manage.BACK, guild_id, owner, _("I'm back"))]],
    )


def back_card() -> ui.LayoutView:
    """Welcome a member who is back early."""
    return card(
        heading=heading(_("Welcome back!"), ""),
        body=_("You are asked as usual again, and today counts for your streak."),
    )
