"""How versions of what people wrote are listed: who made one and when, and what it says."""

from collections.abc import Iterator
from datetime import datetime

from discord.utils import format_dt

from bot.chat.quoting import on_one_line
from bot.i18n import _


def version_line(number: int, done: str, by: int | None, at: datetime) -> str:
    """Say who made a version, and when; None is nobody on Discord."""
    text = _("**Version {number}** · {done} by <@{member}> {when}")
    if by is None:
        text = _("**Version {number}** · {done} {when}")
    return text.format(number=number, done=done, member=by, when=format_dt(at, "R"))


def part_lines(title: str, text: str, limit: int, *, is_new: bool) -> Iterator[str]:
    """Return what a version says in a part, within a limit; nothing of a new one's blank part."""
    if text or not is_new:
        shown = on_one_line(text, limit) or _("(taken out)")
        yield f"-# {title}: {shown}"
