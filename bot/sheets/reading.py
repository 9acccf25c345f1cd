"""From a file's bytes to its rows."""

from collections.abc import Callable, Iterator
from pathlib import PurePath

from bot.i18n import _
from bot.plain_text import code_point, first_control, number
from bot.sheets import json_lists, tables, yaml_lists
from bot.sheets.rows import Problem, Row, Shape, Unreadable

Reader = Callable[[str, Shape], Iterator[Row | Problem]]

READERS: dict[str, Reader] = {
    ".csv": tables.read,
    ".yaml": yaml_lists.read,
    ".yml": yaml_lists.read,
    ".json": json_lists.read,
}
"""By the ending of the file's name."""


LINE_SIGNS = dict.fromkeys(map(ord, "\n\r\t"))


def rows(name: str, data: bytes, shape: Shape, most: int) -> Iterator[Row | Problem]:
    """Return the rows of a file of at most so many bytes. Raises Unreadable, here or later."""
    reader = READERS.get(PurePath(name).suffix.casefold())
    if reader is None:
        raise Unreadable(None, _("I read files whose names end in .csv, .yaml, .yml or .json."))
    return reader(_decoded(data, most), shape)


def _decoded(data: bytes, most: int) -> str:
    """Return the file's text. Raises Unreadable if it is too large or isn't text."""
    if len(data) > most:
        problem = _("The file has {count} bytes; {limit} fit. Split it.")
        counts = {"count": number(len(data)), "limit": number(most)}
        raise Unreadable(None, problem.format(**counts))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = _("This isn't UTF-8. Save the file as UTF-8; Excel calls that “CSV UTF-8”.")
        raise Unreadable(line, problem) from None
    return _text_only(text)


def _text_only(text: str) -> str:
    if not text.strip():
        raise Unreadable(None, _("The file is empty."))
    is_plain = text.translate(LINE_SIGNS).isprintable()  # as nearly all are, found out at once
    place = None if is_plain else first_control(text)
    if place is not None:
        problem = _("There is a character here that can't be shown ({code}). Is this a text file?")
        line = text.count("\n", 0, place) + 1
        raise Unreadable(line, problem.format(code=code_point(text[place])))
    return text
