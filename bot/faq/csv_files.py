"""Answers as a table for spreadsheets, in which no cell runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from bot.faq.rows import Field, Found, Problem, Unreadable, from_fields, repeated_part, unknown_part
from bot.faq.text import EntryText, Part
from bot.i18n import _

COLUMNS = tuple(part.value for part in Part)
DELIMITERS = ",;"
LONGEST_HEADER = 1000

FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How cells begin that a spreadsheet would run, after our own marks; a ' keeps it from that."""

BETWEEN_ALIASES = re.compile(r"(?<!\\)\|")

Line = tuple[int, list[str]]
"""The number of the line in which a row begins, and the row's cells."""


def read(text: str) -> Iterator[Found | Problem]:
    """Return the rows below the header. Raises Unreadable."""
    lines = _lines(text, _delimiter(text))
    line, header = next(lines)
    columns = _columns(header)
    problems = [*_wrong_columns(line, columns)]
    yield from problems
    for line, cells in lines if not problems else ():
        yield from _row(line, columns, cells)


def write(entries: Iterable[EntryText]) -> str:
    """Return the answers as a table with a header."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, entries))
    return table.getvalue()


def _delimiter(text: str) -> str:
    """Return what separates the columns of the header."""
    first = next(filter(str.strip, text.splitlines()))[:LONGEST_HEADER]
    for delimiter in DELIMITERS:
        if Part.QUESTION in _columns(next(csv.reader([first], delimiter=delimiter))):
            return delimiter
    problem = _("The first line must name the columns: {columns}.")
    raise Unreadable(1, problem.format(columns=",".join(COLUMNS)))


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """Return the lines that aren't blank; those in a quoted cell belong to one."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = rows.line_num + 1
    except csv.Error:
        problem = _(
            'A " is missing here: quotes within a quoted cell are doubled, and it ends by one.'
        )
        raise Unreadable(line, problem) from None


def _columns(header: Sequence[str]) -> list[str]:
    """Return the names of the columns, without blank ones at the end."""
    names = [name.strip().casefold() for name in header]
    while names and not names[-1]:
        names.pop()
    return names


def _wrong_columns(line: int, columns: Sequence[str]) -> Iterator[Problem]:
    for place, name in enumerate(columns):
        if name not in COLUMNS:
            yield unknown_part(line, name)
        elif name in columns[:place]:
            yield repeated_part(line, name)
    if Part.ANSWER not in columns:
        yield Problem(line, _("The column “answer” is missing."))


def _row(line: int, columns: Sequence[str], cells: Sequence[str]) -> Iterator[Found | Problem]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        text = _("There are more cells than columns. Put a cell that has a {sign} into quotes.")
        yield Problem(line, text.format(sign=" / ".join(DELIMITERS)))
        return
    fields = [
        Field(name, _value(name, cell), line) for name, cell in zip(columns, cells, strict=False)
    ]
    yield from from_fields(line, fields)


def _value(name: str, cell: str) -> str | list[str]:
    text = cell.removeprefix("'") if FORMULA.match(cell) else cell
    if name != Part.ALIASES:
        return text
    return [alias.replace(r"\|", "|") for alias in BETWEEN_ALIASES.split(text)]


def _cells(entry: EntryText) -> list[str]:
    aliases = " | ".join(alias.replace("|", r"\|") for alias in entry.aliases)
    cells = (entry.question, aliases, entry.answer, entry.role or "", entry.source or "")
    return [f"'{cell}" if FORMULA.match(cell) else cell for cell in cells]
