"""The cards of `/streak`."""

import re
from collections.abc import Mapping
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
from bot.i18n import _, later, ngettext, number_locale
from bot.pictures.drawing import drawn
from bot.streaks import calendar_picture
from bot.streaks.model import MOST_FREEZES, DayState, Rest, Streak
from bot.streaks.service import Seen

PICTURE = "streak.png"

TODAY: Mapping[DayState, str] = {
    DayState.DONE: later("Today is done."),
    DayState.PAUSED: later(
        "It rests today: answers neither add nor break. Once you resume, today counts."
    ),
    DayState.TOO_SOON: later(
        "You have answered. It came too soon after the days before to add one, and nothing is lost."
    ),
}
NOT_TO_DO: Mapping[DayState, str] = {
    DayState.DOWN: later("I was down today, so nothing is lost. An answer still adds a day."),
    DayState.UNASKED: later(
        "There is no question for you today, so nothing is lost. An answer to an older one adds a "
        "day."
    ),
}
"""What today is for a streak that has days, if it needn't be done."""


class NotYourStreak(MemberError):
    """Somebody pressed the button of another member's streak."""

    def __init__(self) -> None:
        super().__init__(_("That is somebody else's streak. `/streak show` has yours."))


async def streak_card(interaction: discord.Interaction[Waymark]) -> Shown:
    """Return a member's streak in the server, with its calendar."""
    streaks = interaction.client.services.streaks
    seen = await streaks.of(interaction.guild_id or 0, interaction.user.id)
    streak, today = seen.streak, seen.today.date
    look = await interaction.client.services.members.look(interaction.user.id)
    png = await drawn(calendar_picture.draw, streak, today, look)
    alt_text = clip(calendar_picture.alt_text(streak, today), MAX_ALT_TEXT)
    picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt_text)
    view = card(
        heading=heading(_title(streak), _standing(seen)),
        body="\n".join(_lines(streak)),
        small_print="-# " + calendar_picture.alt_text(streak, today),
        pictures=[picture],
        rows=[[ResumeButton(interaction.user.id)]] if seen.state is DayState.PAUSED else [],
    )
    return Shown(view, (discord.File(BytesIO(png), PICTURE),))


def _title(streak: Streak) -> str:
    if not streak.current:
        return _("No streak yet")
    text = ngettext("{count} day in a row", "{count} days in a row", streak.current)
    return text.format(count=streak.current)


def _standing(seen: Seen) -> str:
    """Say what today is for the streak, and what an answer would do."""
    if seen.state in TODAY:
        return _(TODAY[seen.state])
    if not seen.streak.current:
        return _("Answer the question of the day to begin one.")
    if seen.state is DayState.OPEN:
        ends = discord.utils.format_dt(seen.today_ends, "t")
        return _("Answer today to add a day; until {time} nothing is lost.").format(time=ends)
    return _(NOT_TO_DO[seen.state])


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


def paused_card(rest: Rest, owner: int) -> ui.LayoutView:
    """Say from when until when a member rests, with the way back."""
    return card(
        heading=heading(_("Your streak rests"), _rest_in_words(rest)),
        body=_("No freeze is used meanwhile. Enjoy the break."),
        rows=[[ResumeButton(owner)]],
    )


def _rest_in_words(rest: Rest) -> str:
    last = rest.pause.last and format_date(rest.pause.last, "long", number_locale())
    if rest.after_today and last is None:
        return _(
            "Today is done and stays. From tomorrow until you resume, days neither add nor break."
        )
    if rest.after_today:
        text = _("Today is done and stays. From tomorrow to {day}, days neither add nor break.")
        return text.format(day=last)
    if last is None:
        return _("Until you resume, days neither add nor break.")
    return _("Until the end of {day}, days neither add nor break.").format(day=last)


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
