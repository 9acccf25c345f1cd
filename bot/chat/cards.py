"""The frame that Waymark's cards share: a heading, a body, small print, and rows of controls."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import discord
from discord import ui

from bot.chat.limits import clip
from bot.i18n import _

ACCENT = discord.Colour(0x5865F2)
BUTTONS_PER_ROW = 5

MAX_TITLE = 350
MAX_HEADING = 500
MAX_SMALL_PRINT = 1100
MAX_BODY = 2300
"""What each part of a card may have, in characters: together within a message's 4,000."""

PAGE = 1500
"""A page of a longer body, in characters: about two screens of a phone."""

Control = TypeVar("Control", bound=ui.Item[Any])


def card(
    *,
    heading: str,
    body: str,
    small_print: str = "",
    pictures: Sequence[discord.MediaGalleryItem] = (),
    rows: Iterable[Sequence[ui.Item[Any]]] = (),
) -> ui.LayoutView:
    """Build a card; texts beyond their share of a message's limit are clipped.

    `body` may have 2,300 characters: cut longer ones into pages of `PAGE` with `limits.paged`.
    """
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=ACCENT)
    container.add_item(ui.TextDisplay(clip(heading, MAX_HEADING)))
    container.add_item(ui.Separator())
    if pictures:
        container.add_item(ui.MediaGallery(*pictures))
    container.add_item(ui.TextDisplay(clip(body, MAX_BODY)))
    if small_print:
        container.add_item(ui.TextDisplay(clip(small_print, MAX_SMALL_PRINT)))
    for row in rows:
        if row:
            container.add_item(ui.ActionRow(*row))
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def heading(title: str, subtitle: str, page: int = 0, count: int = 1) -> str:
    """Return a card's heading; `page` counts from 0 and is shown where there are several."""
    where = _(" · page {page} of {count}").format(page=page + 1, count=count) if count > 1 else ""
    return f"## {clip(title, MAX_TITLE)}\n{subtitle}{where}"


def in_rows(controls: Sequence[Control], width: int = BUTTONS_PER_ROW) -> list[Sequence[Control]]:
    """Return buttons in rows of at most `width`."""
    return [controls[start : start + width] for start in range(0, len(controls), width)]
