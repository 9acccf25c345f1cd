"""What facilitators see of members' journeys: a career's numbers, its picture, and a file."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Self

import discord
from discord import ui

from bot.careers.slugs import KEY_PATTERN, key_of
from bot.chat.answering import Shown, in_place
from bot.chat.cards import MAX_BODY, card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_ALT_TEXT, MAX_OPTION_TEXT, clip
from bot.chat.quoting import inert, on_one_line
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.pictures.drawing import drawn
from bot.progress import sheet
from bot.progress.figures import FEWEST, Career, Part, places
from bot.progress.picture import alt_text, draw
from cogs.faq.access import facilitating

PICTURE, FILE = "progress.png", "progress.csv"
MARK = "\ufeff"
"""Tells Excel that a file is UTF-8."""

ALL = "0"
KEY = rf"(?P<key>{KEY_PATTERN}|{ALL})"
MOST_OPTIONS = 25
SHOWN_OF_A_LINE = 150
SHOWN_OF_A_TITLE = 60
"""Characters."""


class NothingToShow(MemberError):
    """No career of a server has members enough to be shown, or none at all."""

    def __init__(self) -> None:
        text = _("Fewer than {count} members here are or were on that way, so nothing is shown.")
        super().__init__(text.format(count=FEWEST))


class CareerSelect(LastingSelect, template=r"progress:v1:career"):
    """Shows another career."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id="progress:v1:career",
                placeholder=_("Another career…"),
                options=[*options],
            )
        )

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it."""
        await in_place(interaction, _shown_by_key(interaction, value))


class CsvButton(LastingButton, template=rf"progress:v1:csv:{KEY}"):
    """Sends the numbers as a file, to a facilitator alone."""

    def __init__(self, key: str = ALL) -> None:
        super().__init__(ui.Button(label=_("As CSV"), custom_id=f"progress:v1:csv:{key}"))
        self.key = key

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(match["key"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Send it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        careers = await _careers(interaction)
        wanted = [each for each in careers if self.key in {ALL, key_of(each.role)}]
        content = f"{MARK}{sheet.written(wanted)}".encode()
        await interaction.edit_original_response(
            content=_("The same numbers as a table. Where one would show fewer, none is given."),
            attachments=[discord.File(BytesIO(content), FILE)],
        )


async def show(interaction: discord.Interaction[Waymark], role: str | None) -> Shown:
    """Return a career's numbers, or those of all. Raises NotAFacilitator or NothingToShow."""
    careers = await _careers(interaction)
    seen = [each for each in careers if each.ever is not None and role in {None, each.role}]
    if not seen:
        raise NothingToShow
    if len(seen) == 1:
        return await _career(interaction, seen[0], careers)
    return Shown(overview_card(careers))


async def _shown_by_key(interaction: discord.Interaction[Waymark], key: str) -> Shown:
    careers = await _careers(interaction)
    seen = [each for each in careers if each.ever is not None and key_of(each.role) == key]
    if not seen:
        raise NothingToShow
    return await _career(interaction, seen[0], careers)


async def _careers(interaction: discord.Interaction[Waymark]) -> list[Career]:
    """Return what may be shown to whoever acts. Raises NotAFacilitator."""
    guild_id = await facilitating(interaction)
    return await interaction.client.services.server_progress.careers(guild_id)


async def _career(
    interaction: discord.Interaction[Waymark], career: Career, careers: Sequence[Career]
) -> Shown:
    look = await interaction.client.services.members.look(interaction.user.id)
    file = discord.File(BytesIO(await drawn(draw, career, look)), PICTURE)
    return Shown(career_card(career, careers), (file,))


def career_card(career: Career, careers: Sequence[Career]) -> ui.LayoutView:
    """Show one career's numbers with the picture."""
    words = clip(alt_text(career), MAX_ALT_TEXT)
    picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=words)
    room = MAX_BODY // max(len(career.parts), 1) - 1
    lines = [clip(_part_line(part), min(room, SHOWN_OF_A_LINE)) for part in career.parts]
    return card(
        heading=heading(inert(career.title), " · ".join(_facts(career))),
        body="\n".join(lines),
        small_print="\n".join(_small_print()),
        pictures=[picture],
        rows=[[CsvButton(key_of(career.role))], *_menu(careers)],
    )


def overview_card(careers: Sequence[Career]) -> ui.LayoutView:
    """Show all careers at a glance, the largest first."""
    shown = careers[:MOST_OPTIONS]
    room = MAX_BODY // max(len(shown), 1) - 1
    lines = [clip(_career_line(each), room) for each in shown]
    return card(
        heading=heading(_("Journeys here"), _("By career; pick one for its phases")),
        body="\n".join(lines),
        small_print="\n".join(_small_print()),
        rows=[[CsvButton()], *_menu(careers)],
    )


def _menu(careers: Sequence[Career]) -> Iterator[list[ui.Item[Any]]]:
    seen = [each for each in careers if each.ever is not None][:MOST_OPTIONS]
    if len(seen) > 1:
        yield [
            CareerSelect(
                [
                    discord.SelectOption(
                        label=clip(each.title, MAX_OPTION_TEXT), value=key_of(each.role)
                    )
                    for each in seen
                ]
            )
        ]


def _career_line(career: Career) -> str:
    title = on_one_line(career.title, SHOWN_OF_A_TITLE)
    return f"- **{title}** · {' · '.join(_facts(career))}"


def _facts(career: Career) -> list[str]:
    if career.ever is None:
        return [_("fewer than {count}").format(count=FEWEST)]
    facts = [_("{n} began").format(n=career.ever)]
    if career.on_the_way is not None:
        facts.append(_("{n} on the way now").format(n=career.on_the_way))
    if career.all_the_way is not None:
        facts.append(_("{n} all the way").format(n=career.all_the_way))
    return facts


def _part_line(part: Part) -> str:
    titles = on_one_line(" / ".join(part.titles), SHOWN_OF_A_TITLE)
    facts = list[str]()
    if part.finished is not None:
        facts.append(_("{n} past it").format(n=part.finished))
    if part.dropped is not None:
        facts.append(_("{n} dropped off").format(n=part.dropped))
    if part.days is not None:
        text = ngettext("half took {n} day or less", "half took {n} days or less", round(part.days))
        facts.append(text.format(n=f"{part.days:g}"))
    return f"{places(part)}. **{titles}** · {' · '.join(facts or [_('not shown')])}"


def _small_print() -> list[str]:
    return [
        _(
            "-# Dropped off: ended, or nothing done for 30 days and not resting. Who left the "
            "server isn't counted."
        ),
        _(
            "-# Nothing that would show fewer than {count} members is given; phases are put "
            "together for it, and numbers left out."
        ).format(count=FEWEST),
    ]
