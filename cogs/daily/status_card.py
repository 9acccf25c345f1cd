"""A server's daily questions as they stand, and what managers can do with each."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip
from bot.chat.permissions import require_manager
from bot.client import Waymark
from bot.daily.model import ConfigState, NothingSetUp, Standing, WhichOne
from bot.i18n import _
from cogs.daily import words
from cogs.daily.places import ID, Act

DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
SHOWN_OF_EACH = 190
"""Characters of each, so that ten fit on a card."""


class DailyButton(LastingButton, template=rf"daily:v1:(?P<act>{'|'.join(Act)}):{ID}"):
    """Does one thing with one daily question, for managers."""

    def __init__(self, act: Act, config_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"daily:v1:{act}:{config_id}"))
        self.act = act
        self.config_id = config_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Act(match["act"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how it stands now."""
        await in_place(interaction, done(interaction, self.act, self.config_id))


class UnskipButton(LastingButton, template=rf"daily:v1:unskip:{ID}:{DAY}"):
    """Takes back that a day is left out."""

    def __init__(self, config_id: int, day: date) -> None:
        custom_id = f"daily:v1:unskip:{config_id}:{day.isoformat()}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.config_id = config_id
        self.day = day

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), date.fromisoformat(match["day"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it back."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        guild_id = await managing(interaction)
        daily = interaction.client.services.daily
        standing = await daily.unskip(guild_id, self.config_id, self.day)
        return standing_card(interaction, standing, _("It isn't skipped"))


class DailySelect(LastingSelect, template=r"daily:v1:pick"):
    """Opens one of several."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        menu = ui.Select[ui.LayoutView](
            custom_id="daily:v1:pick", placeholder=_("Open one…"), options=[*options]
        )
        super().__init__(menu)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it in place of the list."""
        await in_place(interaction, done(interaction, Act.SHOW, int(value)))


async def managing(interaction: discord.Interaction[Waymark]) -> int:
    """Return the server that whoever acts manages. Raises NotAManager."""
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    return guild_id


async def meant(interaction: discord.Interaction[Waymark], which: int | None) -> Standing:
    """Return the daily question that is meant. Raises NotAManager, NothingSetUp, WhichOne."""
    guild_id = await managing(interaction)
    daily = interaction.client.services.daily
    if which is not None:
        return await daily.get(guild_id, which)
    there = await daily.all(guild_id)
    if not there:
        raise NothingSetUp
    if len(there) > 1:
        raise WhichOne
    return there[0]


async def done(
    interaction: discord.Interaction[Waymark], act: Act, config_id: int
) -> ui.LayoutView:
    """Do something with a daily question, and return a card with the way back."""
    guild_id = await managing(interaction)
    daily = interaction.client.services.daily
    if act is Act.SKIP:
        return _skipped_card(config_id, await daily.skip(guild_id, config_id))
    if act is Act.REMOVE:
        return _removed_card(interaction, await daily.remove(guild_id, config_id))
    does = {
        Act.SHOW: daily.get,
        Act.PAUSE: daily.pause,
        Act.RESUME: daily.resume,
        Act.BACK: daily.bring_back,
    }[act]
    return standing_card(interaction, await does(guild_id, config_id))


async def status(interaction: discord.Interaction[Waymark], which: int | None) -> ui.LayoutView:
    """Return the card of one daily question, or of all where there are several."""
    guild_id = await managing(interaction)
    daily = interaction.client.services.daily
    if which is not None:
        return standing_card(interaction, await daily.get(guild_id, which))
    there = await daily.all(guild_id)
    if not there:
        raise NothingSetUp
    if len(there) > 1:
        return _all_card(interaction, there)
    return standing_card(interaction, await daily.get(guild_id, there[0].config.id))


def titles_of(interaction: discord.Interaction[Waymark]) -> Mapping[str, str]:
    """Return what careers are called, by their slugs."""
    return interaction.client.services.careers.registry.titles()


def channel_name(interaction: discord.Interaction[Waymark], channel_id: int) -> str:
    """Return a channel's name where mentions don't show."""
    channel = interaction.guild and interaction.guild.get_channel_or_thread(channel_id)
    return f"#{channel.name}" if channel else _("a deleted channel")


def named(interaction: discord.Interaction[Waymark], standing: Standing) -> str:
    """Return a daily question's name for a menu."""
    channel = channel_name(interaction, standing.target.id)
    return clip(words.named(standing, channel, titles_of(interaction)), MAX_OPTION_TEXT)


def standing_card(
    interaction: discord.Interaction[Waymark],
    standing: Standing,
    title: str = "",
    hints: Sequence[str] = (),
) -> ui.LayoutView:
    """Show how a daily question stands."""
    where = f"<#{standing.target.id}> · {words.rule(standing)}"
    days = [words.day_line(post) for post in standing.posts]
    notes = [*hints, _("-# Its time is in its own zone; Discord shows the next one in yours.")]
    return card(
        heading=heading(title or _("Daily question"), where),
        body="\n".join([*_facts(standing, titles_of(interaction)), *days]),
        small_print="\n".join(notes),
        rows=[_controls(standing)],
    )


def _facts(standing: Standing, titles: Mapping[str, str]) -> list[str]:
    facts = [
        _("**Next** {when}").format(when=words.comes(standing)),
        _("**Asks** {what}").format(what=words.asked(standing.config, titles)),
        _("**How** {how}").format(how=words.how(standing.config)),
    ]
    if standing.counts is not None:
        facts.append(_("**Left** {left}").format(left=words.left(standing.counts)))
    if standing.counts is not None and not standing.counts.pool:
        facts.append(_("No question fits yet. Write some with `/questions add`."))
    return [*facts, "", _("**Last days**")] if standing.posts else facts


def _controls(standing: Standing) -> list[LastingButton]:
    config_id = standing.config.id
    if standing.is_new:
        return [DailyButton(Act.REMOVE, config_id, _("Undo"))]
    remove = DailyButton(Act.REMOVE, config_id, _("Remove"))
    rests = standing.config.state is ConfigState.PAUSED or standing.stopped is not None
    if rests:
        return [DailyButton(Act.RESUME, config_id, _("Resume")), remove]
    pause = DailyButton(Act.PAUSE, config_id, _("Pause"))
    return [pause, DailyButton(Act.SKIP, config_id, _("Skip the next")), remove]


def _skipped_card(config_id: int, day: date) -> ui.LayoutView:
    text = _("There is no question on {day}.").format(day=words.written(day))
    rows = [[UnskipButton(config_id, day), DailyButton(Act.SHOW, config_id, _("Status"))]]
    hint = _("The one that would have come is asked the next time.")
    return card(heading=heading(_("Skipped"), text), body=hint, rows=rows)


def _removed_card(interaction: discord.Interaction[Waymark], standing: Standing) -> ui.LayoutView:
    body = words.named(standing, f"<#{standing.target.id}>", titles_of(interaction))
    return card(
        heading=heading(_("Removed"), _("You can bring it back for a day.")),
        body=body,
        rows=[[DailyButton(Act.BACK, standing.config.id, _("Undo"))]],
    )


def _all_card(
    interaction: discord.Interaction[Waymark], there: Sequence[Standing]
) -> ui.LayoutView:
    titles = titles_of(interaction)
    lines = [
        clip(f"{n}. {words.named(each, f'<#{each.target.id}>', titles)}", SHOWN_OF_EACH)
        + f" · {words.comes_in_short(each)}"
        for n, each in enumerate(there, 1)
    ]
    options = [
        discord.SelectOption(label=named(interaction, each), value=str(each.config.id))
        for each in there
    ]
    return card(
        heading=heading(_("Daily questions"), ""),
        body="\n".join(lines),
        rows=[[DailySelect(options)]],
    )
