"""What the cards share on which a file is looked at, imported, and taken back."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import discord
from discord import ui

from bot.chat.cards import heading
from bot.chat.failures import NETWORK_ERRORS
from bot.chat.limits import clip
from bot.chat.parts import file_on, paragraph, parted
from bot.chat.quoting import inert, on_one_line
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.plain_text import number

MAX_PROBLEM = 125
"""Characters of each problem; 25 fit on a card."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class FileTooLarge(MemberError):
    """A file is larger than can be read, or sent."""


class Wrong(Protocol):
    """What is wrong in a line of a file, or with it as a whole."""

    @property
    def line(self) -> int | None:
        """The line, from 1."""
        ...

    @property
    def message(self) -> str:
        """What is wrong, in words."""
        ...


def written_instant(at: datetime) -> str:
    """Return an instant to the microsecond for a custom id; at most 17 characters."""
    return str((at - EPOCH) // MICROSECOND)


def read_instant(written: str) -> datetime:
    """Return the instant that `written_instant` wrote."""
    return EPOCH + int(written) * MICROSECOND


def check_size(file: discord.Attachment, most: int) -> None:
    """Raise FileTooLarge for a file of more bytes, before any of it is fetched."""
    if file.size > most:
        text = _("That file has {count} bytes; {limit} fit. Split it.")
        raise FileTooLarge(text.format(count=number(file.size), limit=number(most)))


async def data_of(file: discord.Attachment, gone: Callable[[], MemberError]) -> bytes:
    """Return what is in a file. Raises the error if it can't be read."""
    try:
        return await file.read()
    except (discord.HTTPException, *NETWORK_ERRORS) as error:
        raise gone() from error


async def file_again(
    interaction: discord.Interaction[Any], gone: Callable[[], MemberError]
) -> tuple[str, bytes]:
    """Return the name and the content of the card's file. Raises the error if it is gone."""
    try:
        file = await file_on(interaction)
    except (discord.HTTPException, *NETWORK_ERRORS) as error:
        raise gone() from error
    if file is None:
        raise gone()
    return file


def problems_card(problems: Sequence[Wrong], more: int) -> ui.LayoutView:
    """List what is wrong with a file, by line, and how much more there is."""
    lines = [clip(_in_words(problem), MAX_PROBLEM) for problem in problems]
    if more:
        text = ngettext("… and {count} more.", "… and {count} more.", more)
        lines.append(text.format(count=number(more)))
    title = heading(_("Not imported"), _("Nothing was changed. Mend this and try again:"))
    return parted(title, [paragraph("\n".join(lines))])


def counted(added: int, changed: int, unchanged: int) -> str:
    """Say how many are new, worded differently, and as they were."""
    return joined(
        [
            (ngettext("{count} added", "{count} added", added), added),
            (ngettext("{count} changed", "{count} changed", changed), changed),
            (ngettext("{count} unchanged", "{count} unchanged", unchanged), unchanged),
        ]
    )


def joined(counts: Sequence[tuple[str, int]]) -> str:
    """Return texts with their counts filled in, on one line."""
    return " · ".join(text.format(count=number(count)) for text, count in counts)


def listed(title: str, texts: Sequence[str], most: int, limit: int) -> Iterator[str]:
    """Return a title, the first texts on a line each, and how many more there are."""
    if not texts:
        return
    yield title
    for text in texts[:most]:
        yield f"- {on_one_line(text, limit)}"
    more = len(texts) - most
    if more > 0:
        yield ngettext("- … and {count} more", "- … and {count} more", more).format(
            count=number(more)
        )


def _in_words(problem: Wrong) -> str:
    message = inert(problem.message)
    if problem.line is None:
        return message
    return _("Line {line}: {problem}").format(line=problem.line, problem=message)
