"""Text as it is shown: on one line, cut, without what can't be seen; and numbers."""

import unicodedata

from babel.numbers import format_decimal

from bot.i18n import number_locale

UNSEEN = ("Cc", "Cs")
"""Unicode's categories of control characters and of halves of characters."""


def folded(text: str) -> str:
    """Return the text on one line, with one space between words."""
    return " ".join(text.split())


def shown(text: str, limit: int) -> str:
    """Return the text on one line, without what can't be shown, cut to `limit` characters."""
    seen = "".join(char for char in folded(text) if not _is_unseen(char))
    return seen if len(seen) <= limit else f"{seen[: limit - 1].rstrip()}…"


def number(count: int) -> str:
    """Return a number as the reader's language writes it, such as 2,345."""
    return format_decimal(count, locale=number_locale())


def first_control(text: str) -> int | None:
    """Return the place of the first character that can't be shown, None if all can be."""
    unseen = (place for place, char in enumerate(text) if _is_unseen(char) and char not in "\n\r\t")
    return next(unseen, None)


def code_point(char: str) -> str:
    """Return how Unicode calls a character, such as U+0007."""
    return f"U+{ord(char):04X}"


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN
