"""What is found in a file of rows, whatever its format: rows and problems, with their lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from bot.errors import MemberError
from bot.i18n import _
from bot.plain_text import shown

MOST_PROBLEMS = 25
"""Problems of a file that are listed; the others are counted."""

MAX_NAME = 60
"""Characters that are shown of a name that isn't known."""

Value = str | tuple[str, ...]
"""A text, or those of a part that is a list."""


@dataclass(frozen=True)
class Shape:
    """What the rows of a file have, by the names of columns or fields."""

    one: str
    """What a row is called at the beginning of a sentence, such as "A question"."""

    many: str
    """What rows are called within a sentence."""

    names: tuple[str, ...]
    lists: frozenset[str] = frozenset()
    """Those that are lists of texts."""

    numbers: frozenset[str] = frozenset()
    """Those that may be whole numbers where a format knows numbers."""

    needed: tuple[str, ...] = ()
    """Columns that a table can't be without; the first is also how its header is known."""

    under: str = "rows"
    """The only key of a YAML file that isn't a list itself."""

    formulas: bool = False
    """Whether cells of a table may begin like formulas that nobody has marked as text."""

    def says(self, text: str, **more: object) -> str:
        """Fill in what rows are called, and more, in a text that is translated already."""
        return text.format(row=_(self.one), rows=_(self.many), **more)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file (from 1); None if it is wrong as a whole."""

    line: int | None
    message: str


@dataclass(frozen=True)
class Field:
    """A part of a row as the file has it: a text, None, a list of texts or something else."""

    name: str
    value: object
    line: int


@dataclass(frozen=True)
class Row:
    """A row of a file: what it says, and in which line each part is."""

    line: int
    values: Mapping[str, Value]
    lines: Mapping[str, int]


class Unreadable(MemberError):
    """A file makes no sense from a place on."""

    def __init__(self, line: int | None, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, text)


def row_of(line: int, fields: Sequence[Field], shape: Shape) -> Iterator[Row | Problem]:
    """Return the row that fields make, or what is wrong with them."""
    problems = [*_wrong_fields(fields, shape)]
    if problems:
        yield from problems
        return
    values = {each.name: _value(each) for each in fields if each.value is not None}
    yield Row(line, values, {each.name: each.line for each in fields})


def unknown_name(line: int, name: str, shape: Shape) -> Problem:
    """Return the problem of a column or field that no row has."""
    text = _("I don't know “{name}”. {row} has {names}.")
    names = ", ".join(shape.names)
    return Problem(line, shape.says(text, name=shown(name, MAX_NAME), names=names))


def repeated_name(line: int, name: str) -> Problem:
    """Return the problem of a column or field that is there twice."""
    return Problem(line, _("“{name}” is there twice. Leave one.").format(name=name))


def too_deep(line: int | None, shape: Shape) -> Unreadable:
    """Return the error for lists in lists in lists."""
    text = _("There are lists in lists here. {row} has only texts and lists of texts.")
    return Unreadable(line, shape.says(text))


def _wrong_fields(fields: Sequence[Field], shape: Shape) -> Iterator[Problem]:
    seen: set[str] = set()
    for field in fields:
        if field.name not in shape.names:
            yield unknown_name(field.line, field.name, shape)
        elif field.name in seen:
            yield repeated_name(field.line, field.name)
        elif not _fits(field, shape):
            yield _mistyped(field, shape)
        seen.add(field.name)


def _fits(field: Field, shape: Shape) -> bool:
    if field.value is None:
        return True
    if field.name in shape.lists:
        items = cast("list[object]", field.value)
        return isinstance(field.value, list) and all(isinstance(item, str) for item in items)
    is_number = type(field.value) is int and field.name in shape.numbers
    return isinstance(field.value, str) or is_number


def _mistyped(field: Field, shape: Shape) -> Problem:
    text = _("“{name}” must be text. Put it between quotes.")
    if field.name in shape.lists:
        text = _("“{name}” must be a list of texts.")
    return Problem(field.line, text.format(name=field.name))


def _value(field: Field) -> Value:
    items = cast("list[str]", field.value)
    return tuple(items) if isinstance(field.value, list) else str(field.value)
