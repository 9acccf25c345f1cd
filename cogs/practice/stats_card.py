"""How practice goes: a picture of the last weeks, and its numbers in words."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Self

import discord
from babel.dates import format_date
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import MAX_ALT_TEXT, clip
from bot.client import Waymark
from bot.i18n import _, ngettext, number_locale
from bot.pictures.drawing import drawn
from bot.practice.model import Choice
from bot.practice.progress import WEEKS, Progress
from bot.practice.progress_picture import alt_text, draw, percent
from bot.practice.scheduling import DESIRED_RETENTION
from cogs.practice.places import learner_of
from cogs.practice.question_card import STATS, GoButton

FILE = "practice.png"


class StatsButton(LastingButton, template=STATS):
    """Shows how practice goes."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=_("How it goes"), custom_id=STATS))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it to who pressed."""
        await in_place(interaction, stats(interaction))


class AskAgainButton(LastingButton, template=r"practice:v1:askagain"):
    """Asks all questions again that were put aside."""

    def __init__(self, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id="practice:v1:askagain"))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take them back."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> Shown:
        count = await interaction.client.services.practice.resume_all(learner_of(interaction))
        news = ngettext("{count} is asked again.", "{count} are asked again.", count)
        return await stats(interaction, news.format(count=count))


async def stats(interaction: discord.Interaction[Waymark], news: str = "") -> Shown:
    """Return a member's card of how it goes, with its picture."""
    services = interaction.client.services
    progress = await services.practice.progress(learner_of(interaction))
    picture = await drawn(draw, progress, await services.members.look(interaction.user.id))
    return Shown(stats_card(progress, news), (discord.File(BytesIO(picture), FILE),))


def stats_card(progress: Progress, news: str = "") -> ui.LayoutView:
    """Show the picture `practice.png` and its numbers."""
    words = clip(alt_text(progress), MAX_ALT_TEXT)
    buttons: list[ui.Item[Any]] = [GoButton(Choice(), _("Practise"))]
    if progress.suspended:
        label = _("Ask those put aside again ({count})")
        buttons.append(AskAgainButton(label.format(count=progress.suspended)))
    return card(
        heading=heading(_("Your practice"), news or _("The last {n} weeks").format(n=WEEKS)),
        body="\n".join(_numbers(progress)),
        small_print="\n".join(_weeks(progress)),
        pictures=[discord.MediaGalleryItem(f"attachment://{FILE}", description=words)],
        rows=[buttons],
    )


def _numbers(progress: Progress) -> Iterator[str]:
    yield _("**Reviews:** {count}").format(count=progress.reviews)
    yield _("**Due now:** {count}").format(count=progress.due)
    yield _("**Learnt:** {count}").format(count=progress.learnt)
    if progress.retention is None:
        yield _("**Remembered:** nothing that was learnt has come again yet")
        return
    text = _("**Remembered:** {share} of {count} that had been learnt (the goal is {goal})")
    share, goal = percent(progress.retention), percent(DESIRED_RETENTION)
    yield text.format(share=share, count=progress.tested, goal=goal)


def _weeks(progress: Progress) -> Iterator[str]:
    """Return the weeks in which there was something, newest first."""
    for week in reversed(progress.weeks):
        if not week.reviews:
            continue
        when = format_date(week.monday, "medium", locale=number_locale())
        counted = ngettext("{count} review", "{count} reviews", week.reviews)
        line = _("-# Week of {when}: {reviews}").format(
            when=when, reviews=counted.format(count=week.reviews)
        )
        if week.retention is not None:
            text = _(", {share} remembered of {tested}")
            line += text.format(share=percent(week.retention), tested=week.tested)
        yield line
