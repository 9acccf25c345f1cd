"""What everybody sees of what a member has finished, with a way to congratulate."""

import re
from typing import Self

import discord
from discord import ui

from bot.celebrations.model import Announcement, CelebrationGone, NotYourCelebration, YourOwn
from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.outbox import keep_mark
from bot.client import Waymark
from bot.i18n import _
from cogs.celebrations import words

POST = r"(?P<post>\d{1,18})"


class CongratulateButton(LastingButton, template=rf"celebrate:v1:congratulate:{POST}"):
    """Congratulates; pressed again, takes that back."""

    def __init__(self, post_id: int, count: int = 0) -> None:
        custom_id = f"celebrate:v1:congratulate:{post_id}"
        super().__init__(ui.Button(label=label_of(count), emoji="🎉", custom_id=custom_id))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep it, and show how many have; its member may take the post off instead."""
        await interaction.response.defer()
        posts, presser = interaction.client.services.celebrations.posts, interaction.user.id
        guild_id, message = interaction.guild_id or 0, interaction.message
        if message is not None:
            await posts.seen(guild_id, self.post_id, message.channel.id, message.id)
        try:
            await posts.congratulate(guild_id, self.post_id, presser)
        except YourOwn as own:
            view = own_card(self.post_id, presser, str(own))
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await self._show(interaction, guild_id)

    async def _show(self, interaction: discord.Interaction[Waymark], guild_id: int) -> None:
        """Show the post as it is by now; once more if it says something else meanwhile."""
        posts = interaction.client.services.celebrations.posts
        shown = None
        for _try in range(2):
            now = await posts.shown(guild_id, self.post_id)
            if shown is not None and shown.told == now.told:
                return
            view, shown = post_card(now), now
            keep_mark(view, interaction.message)
            try:
                await interaction.edit_original_response(view=view)
            except discord.NotFound as gone:
                raise CelebrationGone from gone


class TakeOffButton(LastingButton, template=rf"celebrate:v1:off:{POST}:(?P<owner>\d{{1,20}})"):
    """Takes a post off, for who it is about."""

    def __init__(self, post_id: int, owner: int) -> None:
        custom_id = f"celebrate:v1:off:{post_id}:{owner}"
        super().__init__(ui.Button(label=_("Take it off"), custom_id=custom_id))
        self.post_id = post_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it off."""
        if interaction.user.id != self.owner:
            raise NotYourCelebration
        await in_place(interaction, self._taken_off(interaction))

    async def _taken_off(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        posts = interaction.client.services.celebrations.posts
        await posts.take_off(interaction.guild_id or 0, self.post_id, self.owner)
        return card(
            heading=heading(_("Taken off"), ""),
            body=_("The post goes in a moment. What you have done stays done."),
        )


def post_card(announcement: Announcement) -> ui.LayoutView:
    """Show what a member has finished."""
    post = announcement.post
    return card(
        heading=heading(_("🎉 Something to celebrate"), f"<@{post.member_id}>"),
        body=words.lines(announcement.told),
        rows=[[CongratulateButton(post.id, announcement.count)]],
    )


def own_card(post_id: int, owner: int, text: str) -> ui.LayoutView:
    """Tell a member, alone, that the post is about them, with the way to take it off."""
    return card(
        heading=heading(_("Well done!"), ""), body=text, rows=[[TakeOffButton(post_id, owner)]]
    )


def label_of(count: int) -> str:
    """Return the label of the button, with how many have congratulated."""
    return _("Congratulate ({count})").format(count=count) if count else _("Congratulate")
