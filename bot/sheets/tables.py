"""Rows as a table for spreadsheets, in which no cell runs as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.i18n import _
from bot.plain_text import shown
from bot.sheets.rows import (
    Field,
    Problem,
    Row,
    Shape,
    Unreadable,
    Value,
    repeated_name,
    row_of,
    unknown_name,
)

DELIMITERS = ",;"
LONGEST_HEADER = 1000
MAX_CELL_SHOWN = 30
"""Characters."""

WIDE = "\uff1d\uff0b\uff20\uff0d"
"""Signs as wide as Chinese ones, which spreadsheets may take for = + @ -"""

RISKY = re.compile(rf"'*[=+\-@\t\r{WIDE}]")
"""How cells begin that a spreadsheet may run, after our own marks; one ' more prevents that."""

WITHIN = re.compile(rf"(?<=[;\n\r\t])(?='*(?:[=+@{WIDE}]|-(?! )))")
"""Where a cell begins for a spreadsheet to which ; separates cells, and may be run there."""

WITHIN_MARKED = re.compile(rf"(?<=[;\n\r\t])'(?='*(?:[=+@{WIDE}]|-(?! )))")
"""Our own mark in such a place."""

FORMULA = re.compile(rf"[=+@\t\r{WIDE}]|-\S")
"""How cells begin that nobody has marked as text; a - before a space only begins a list."""

BETWEEN_TEXTS = re.compile(r"(?<!\\)\||\n")

Line = tuple[int, list[str]]
"""The number of the line in which a row begins, and the row's cells."""


def read(text: str, shape: Shape) -> Iterator[Row | Problem]:
    """Return the rows below the header. Raises Unreadable."""
    lines = _lines(text, _delimiter(text, shape))
    line, header = next(lines)
    columns = _columns(header)
    problems = [*_wrong_columns(line, columns, shape)]
    yield from problems
    for line, cells in lines if not problems else ():
        yield from _row(line, columns, cells, shape)


def write(rows: Iterable[Mapping[str, Value]], shape: Shape) -> str:
    """Return the rows as a table with a header."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(shape.names)
    writer.writerows([_cell(row.get(name, "")) for name in shape.names] for row in rows)
    return table.getvalue()


def _delimiter(text: str, shape: Shape) -> str:
    """Return what separates the columns of the header."""
    first = next(filter(str.strip, text.splitlines()))[:LONGEST_HEADER]
    for delimiter in DELIMITERS:
        if shape.needed[0] in _columns(next(csv.reader([first], delimiter=delimiter))):
            return delimiter
    problem = _("The first line must name the columns: {columns}.")
    raise Unreadable(1, problem.format(columns=",".join(shape.names)))


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


def _wrong_columns(line: int, columns: Sequence[str], shape: Shape) -> Iterator[Problem]:
    for place, name in enumerate(columns):
        if name not in shape.names:
            yield unknown_name(line, name, shape)
        elif name in columns[:place]:
            yield repeated_name(line, name)
    for name in shape.needed:
        if name not in columns:
            yield Problem(line, _("The column “{name}” is missing.").format(name=name))


def _row(
    line: int, columns: Sequence[str], cells: Sequence[str], shape: Shape
) -> Iterator[Row | Problem]:
    problems = [*_wrong_cells(line, columns, cells, shape)]
    if problems:
        yield from problems
        return
    fields = [
        Field(name, _value(cell, is_list=name in shape.lists), line)
        for name, cell in zip(columns, cells, strict=False)
    ]
    yield from row_of(line, fields, shape)


def _wrong_cells(
    line: int, columns: Sequence[str], cells: Sequence[str], shape: Shape
) -> Iterator[Problem]:
    if any(cell.strip() for cell in cells[len(columns) :]):
        text = _("There are more cells than columns. Put a cell that has a {sign} into quotes.")
        yield Problem(line, text.format(sign=" / ".join(DELIMITERS)))
    for cell in () if shape.formulas else filter(FORMULA.match, cells):
        text = _("“{cell}” begins like a formula. If it is text, put a ' before it.")
        yield Problem(line, text.format(cell=shown(cell, MAX_CELL_SHOWN)))


def _value(cell: str, *, is_list: bool) -> str | list[str]:
    text = cell.removeprefix("'") if RISKY.match(cell) else cell
    text = WITHIN_MARKED.sub("", text)
    if not is_list:
        return text
    return [each.replace(r"\|", "|") for each in BETWEEN_TEXTS.split(text)]


def _cell(value: Value) -> str:
    cell = value if isinstance(value, str) else " | ".join(map(_escaped, value))
    cell = WITHIN.sub("'", cell)
    return f"'{cell}" if RISKY.match(cell) else cell


def _escaped(text: str) -> str:
    return text.replace("|", r"\|")
