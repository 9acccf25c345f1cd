"""Cards of several parts, to which files may belong."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

import discord
from discord import ui

from bot.chat.cards import ACCENT, MAX_HEADING
from bot.chat.limits import clip, cost

MAX_PARTS = 3300
"""Characters of what is below a heading."""

Item = ui.Item[Any]


def paragraph(text: str, number: int | None = None) -> Item:
    """Return a text; by its number it is found again on the message."""
    return ui.TextDisplay(text, id=number)


def line() -> Item:
    """Return a line between parts."""
    return ui.Separator()


def with_button(text: str, button: Item) -> Item:
    """Return a text with a button beside it."""
    return ui.Section(text, accessory=button)


def in_a_row(*controls: Item) -> Item:
    """Return controls between parts."""
    return ui.ActionRow(*controls)


def attached(file_name: str) -> Item:
    """Return a file that is sent along."""
    return ui.File(f"attachment://{file_name}")


def parted(
    heading: str, parts: Iterable[Item], rows: Iterable[Sequence[Item]] = ()
) -> ui.LayoutView:
    """Build a card of several parts; the caller keeps their texts within `MAX_PARTS`."""
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ACCENT)
    container.add_item(ui.TextDisplay(clip(heading, MAX_HEADING)))
    container.add_item(ui.Separator())
    for part in parts:
        container.add_item(part)
    for row in filter(None, rows):
        container.add_item(ui.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def grouped(texts: Sequence[str], room: int, most: int) -> list[range]:
    """Return which texts stand together: at most so many, of at most `room` characters."""
    groups: list[range] = []
    start = used = 0
    for place, text in enumerate(texts):
        if place > start and (place - start == most or used + cost(text) > room):
            groups.append(range(start, place))
            start, used = place, 0
        used += cost(text)
    return [*groups, range(start, len(texts))]


def parts_on(message: discord.Message | None) -> list[discord.Component]:
    """Return the parts of a card that is there, nested ones too."""
    return [*_walk(message.components)] if message else []


async def file_on(interaction: discord.Interaction[Any]) -> tuple[str, bytes] | None:
    """Return the name and the content of the file that a card shows, or None.

    Discord leaves such files out of a message's attachments: only their part knows them.
    Raises discord.HTTPException and what the network raises.
    """
    for part in parts_on(interaction.message):
        if isinstance(part, discord.FileComponent):
            url = part.media.url
            content = await interaction.client.http.get_from_cdn(url)
            return PurePath(urlsplit(url).path).name, content
    return None


def _walk(components: Sequence[Any]) -> Iterator[discord.Component]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))
