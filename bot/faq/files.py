"""Reading answers from files and writing them into files."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from bot.faq import csv_files, json_files, yaml_files
from bot.faq.model import MAX_FILE
from bot.faq.rows import Found, Parsed, Problem, Unreadable, parsed, refused
from bot.faq.text import EntryText, code_point, first_control, number
from bot.i18n import _

__all__ = ["Parsed", "Problem", "read_file", "write_csv", "write_yaml"]

Reader = Callable[[str], Iterator[Found | Problem]]

READERS: dict[str, Reader] = {
    ".csv": csv_files.read,
    ".yaml": yaml_files.read,
    ".yml": yaml_files.read,
    ".json": json_files.read,
}
"""By the ending of the file's name."""


def read_file(name: str, data: bytes) -> Parsed:
    """Return the answers of a file, or what is wrong with it; never raises.

    Takes seconds for the largest files: call it in a thread.
    """
    try:
        read = _reader(name)
        return parsed(read(_decoded(data)))
    except Unreadable as error:
        return refused([error.problem])


def write_csv(entries: Iterable[EntryText]) -> bytes:
    """Return a CSV file, with the mark by which spreadsheets know UTF-8."""
    return csv_files.write(entries).encode("utf-8-sig")


def write_yaml(entries: Iterable[EntryText]) -> bytes:
    """Return a YAML file in UTF-8."""
    return yaml_files.write(entries).encode()


def _reader(name: str) -> Reader:
    read = READERS.get(PurePath(name).suffix.casefold())
    if read is None:
        problem = _("I read files whose names end in .csv, .yaml, .yml or .json.")
        raise Unreadable(None, problem)
    return read


def _decoded(data: bytes) -> str:
    """Return the file's text. Raises Unreadable if it is too large or isn't text."""
    if len(data) > MAX_FILE:
        problem = _("The file has {count} bytes; {limit} fit. Split it.")
        counts = {"count": number(len(data)), "limit": number(MAX_FILE)}
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
    place = first_control(text)
    if place is not None:
        problem = _("There is a character here that can't be shown ({code}). Is this a text file?")
        line = text.count("\n", 0, place) + 1
        raise Unreadable(line, problem.format(code=code_point(text[place])))
    return text
