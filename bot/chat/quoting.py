"""Members' texts on cards: they can't act there, and they can be read back from there."""

import re

from bot.chat.limits import clip

ACTING = re.compile(r"[\\*_~|`#<>@\[\]]")
"""What formats, mentions or links, wherever it stands."""

STARTING = re.compile(r"^(\d*)([-+.])")
"""What makes a list where a text begins."""

LINKING = "://"
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn the direction of what follows them."""

QUOTE = "> "

MAX_IN_TITLE = 150
"""Characters of a question in a card's heading; escaped, they may be twice as many."""


def inert(text: str) -> str:
    """Return a text as it is to be shown: nothing in it formats, mentions or links."""
    escaped = ACTING.sub(r"\\\g<0>", text.translate(TURNING))
    return STARTING.sub(r"\1\\\2", escaped).replace(LINKING, r":\//")


def on_one_line(text: str, limit: int) -> str:
    """Return a text that can't act, on one line, within a limit."""
    return clip(inert(_on_one_line(text)), limit)


def as_typed(text: str) -> str:
    """Return the text that `inert` made this of."""
    return ESCAPED.sub(r"\1", text)


def titled(text: str) -> str:
    """Return a text, on one line, for a heading."""
    return inert(clip(_on_one_line(text), MAX_IN_TITLE))


def quoted(question: str) -> str:
    """Return a question as one quoted line, from which `quote_in` reads it back."""
    return f"{QUOTE}{inert(_on_one_line(question))}"


def quote_in(text: str) -> str | None:
    """Return the question that a card's text begins with, if it quotes one."""
    first = text.partition("\n")[0]
    return as_typed(first.removeprefix(QUOTE)) if first.startswith(QUOTE) else None


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
