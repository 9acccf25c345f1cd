"""Discord's limits on text, and keeping within them. discord.py checks almost none.

Sources: Discord's message and component reference; the 4,000 characters over all text displays
are stated by discord.py, the byte limit by bug reports (discord-api-docs #8554).
"""

import re
from collections.abc import Iterable

MAX_CARD_TEXT = 4000
"""Characters over all text displays of one message."""

MAX_BUTTON_LABEL = 80
MAX_OPTION_TEXT = 100
MAX_CHOICE_NAME = 100
MAX_ALT_TEXT = 1024
MAX_CONTENT = 2000
MAX_CUSTOM_ID = 100

BYTES_PER_CHARACTER = 2.5
"""About 10,170 bytes of text fail though they are under 4,000 characters; this stays clear."""

ELLIPSIS = "…"


def cost(text: str) -> int:
    """Return how much of a limit the text uses up, in characters.

    Counted as UTF-16 units, which is never less than Discord counts, and more for scripts
    whose UTF-8 is long.
    """
    units = len(text.encode("utf-16-le")) // 2
    return max(units, round(len(text.encode()) / BYTES_PER_CHARACTER))


def clip(text: str, limit: int) -> str:
    """Return the text, or its beginning with an ellipsis, within `limit` characters."""
    if cost(text) <= limit:
        return text
    head = _longest_head(text, limit, ELLIPSIS)
    return f"{_at_a_break(head)}{ELLIPSIS}"


def split(text: str, limit: int) -> list[str]:
    """Return the text in pieces of at most `limit` characters, cut at lines, then at words."""
    pieces: list[str] = []
    rest = text.strip()
    while cost(rest) > limit:
        head = _at_a_break(_longest_head(rest, limit) or rest[0])
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*pieces, rest]


def paged(entries: Iterable[str], limit: int) -> list[str]:
    """Return the entries joined into pages of at most `limit` characters.

    An entry is cut only if it is longer than a page. There is always at least one page.
    """
    pages: list[str] = [""]
    for entry in entries:
        for piece in filter(None, split(entry, limit)):
            joined = _joined(pages[-1], piece)
            if cost(joined) <= limit:
                pages[-1] = joined
            else:
                pages.append(piece)
    return pages


def _joined(page: str, entry: str) -> str:
    """Join by a blank line around an entry of several lines, else by a line end."""
    if not page:
        return entry
    several_lines = "\n" in entry or "\n" in page
    return f"{page}\n\n{entry}" if several_lines and "\n" in entry else f"{page}\n{entry}"


def _longest_head(text: str, limit: int, tail: str = "") -> str:
    """Return as much of the text's beginning as fits together with what follows it."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = cost(text[:middle] + tail) <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low]


def _at_a_break(head: str) -> str:
    """Cut back to the last line or word end, unless that would lose more than half."""
    for pattern in (r"\n", r"\s"):
        ends = [match.start() for match in re.finditer(pattern, head)]
        if ends and ends[-1] > len(head) // 2:
            return head[: ends[-1]]
    return head
