"""The cards of `/streak`."""

import asyncio
import re
from io import BytesIO
from typing import Self

import discord
from babel.dates import format_date
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import MAX_ALT_TEXT, clip
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext, number_locale
from bot.streaks import calendar_picture
from bot.streaks.model import MOST_FREEZES, Pause, Streak

PICTURE = "streak.png"


class NotYourStreak(MemberError):
    """Somebody pressed the button of another member's streak."""

    def __init__(self) -> None:
        super().__init__(_("That is somebody else's streak. `/streak show` has yours."))


async def streak_card(interaction: discord.Interaction[Waymark]) -> Shown:
    """Return a member's streak in the server, with its calendar."""
    streaks = interaction.client.services.streaks
    streak, today = await streaks.of(interaction.guild_id or 0, interaction.user.id)
    drawn = await asyncio.to_thread(calendar_picture.draw, streak, today)
    alt_text = clip(calendar_picture.alt_text(streak, today), MAX_ALT_TEXT)
    picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt_text)
    view = card(
        heading=heading(_title(streak), _standing(streak)),
        body="\n".join(_lines(streak)),
        small_print="-# " + calendar_picture.alt_text(streak, today),
        pictures=[picture],
    )
    return Shown(view, (discord.File(BytesIO(drawn), PICTURE),))


def _title(streak: Streak) -> str:
    if not streak.current:
        return _("No streak yet")
    text = ngettext("{count} day in a row", "{count} days in a row", streak.current)
    return text.format(count=streak.current)


def _standing(streak: Streak) -> str:
    if streak.today_done:
        return _("Today is done.")
    if streak.current:
        return _("Answer today to add a day; until midnight nothing is lost.")
    return _("Answer the question of the day to begin one.")


def _lines(streak: Streak) -> list[str]:
    best = ngettext("Best: {count} day.", "Best: {count} days.", streak.best)
    freezes = _("Freezes: {count} of {most}. Seven days earn one; a missed day uses one by itself.")
    lines = [
        best.format(count=streak.best),
        freezes.format(count=streak.freezes, most=MOST_FREEZES),
    ]
    if streak.used:
        days = ", ".join(format_date(day, "medium", number_locale()) for day in streak.used[-3:])
        lines.append(_("A freeze covered: {days}.").format(days=days))
    return lines


def paused_card(pause: Pause, owner: int) -> ui.LayoutView:
    """Say until when a member rests, with the way back."""
    if pause.last is None:
        until = _("Until you resume, days neither add nor break.")
    else:
        day = format_date(pause.last, "long", number_locale())
        until = _("Until the end of {day}, days neither add nor break.").format(day=day)
    return card(
        heading=heading(_("Your streak rests"), until),
        body=_("No freeze is used meanwhile. Enjoy the break."),
        rows=[[ResumeButton(owner)]],
    )


def resumed_card() -> ui.LayoutView:
    """Say that days count again."""
    return card(
        heading=heading(_("Welcome back"), _("Your streak goes on: today counts again.")),
        body=_("`/streak show` shows where you are."),
    )


class ResumeButton(LastingButton, template=r"streak:v1:resume:(?P<owner>\d{1,20})"):
    """Ends a rest; for whose it is."""

    def __init__(self, owner: int) -> None:
        super().__init__(ui.Button(label=_("Resume now"), custom_id=f"streak:v1:resume:{owner}"))
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """End the rest."""
        if interaction.user.id != self.owner:
            raise NotYourStreak
        await in_place(interaction, self._resumed(interaction))

    async def _resumed(self, interaction: discord.Interaction[Waymark]) -> Shown:
        streaks = interaction.client.services.streaks
        await streaks.resume(interaction.guild_id or 0, self.owner)
        return Shown(resumed_card())
