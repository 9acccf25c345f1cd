"""What is found in a file of answers, whatever its format: rows and problems, with their lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from bot.errors import MemberError
from bot.faq.model import MAX_ENTRIES
from bot.faq.text import MAX_ALIAS, EntryText, Part, Unfit, name_key, number, shown
from bot.i18n import _

MOST_PROBLEMS = 25
"""Problems of a file that are listed; the others are counted."""


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file (from 1); None if it is wrong as a whole."""

    line: int | None
    message: str


@dataclass(frozen=True)
class Parsed:
    """The answers of a file with their lines, or else what is wrong: then there are none."""

    entries: tuple[tuple[int, EntryText], ...]
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are listed."""


@dataclass(frozen=True)
class Field:
    """A part of an answer as the file has it: text, None, a list of texts or something else."""

    name: str
    value: object
    line: int


@dataclass(frozen=True)
class Found:
    """An answer of a file, not checked yet."""

    line: int
    text: EntryText
    lines: dict[Part, int]
    """In which line each part is."""


class Unreadable(MemberError):
    """A file makes no sense from a place on."""

    def __init__(self, line: int | None, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, text)


def parsed(found: Iterable[Found | Problem]) -> Parsed:
    """Return the answers, or all problems if there is one."""
    problems: list[Problem] = []
    entries: list[tuple[int, EntryText]] = []
    for each in found:
        checked = _checked(each) if isinstance(each, Found) else each
        if isinstance(checked, Problem):
            problems.append(checked)
        else:
            entries.append(checked)
    problems += [*_repeated(entries), *_miscounted(len(entries), problems)]
    return refused(problems) if problems else Parsed(tuple(entries))


def refused(problems: Sequence[Problem]) -> Parsed:
    """Return the first problems, by line, and how many more there are."""
    ordered = sorted(problems, key=lambda problem: problem.line or 0)
    listed = tuple(ordered[:MOST_PROBLEMS])
    return Parsed((), listed, len(ordered) - len(listed))


def from_fields(line: int, fields: Sequence[Field]) -> Iterator[Found | Problem]:
    """Return the answer that fields make, or what is wrong with them."""
    problems = [*_wrong_fields(fields)]
    if problems:
        yield from problems
        return
    values = {field.name: field.value for field in fields}
    text = EntryText(
        question=str(values.get(Part.QUESTION) or ""),
        aliases=_texts(values.get(Part.ALIASES)),
        answer=str(values.get(Part.ANSWER) or ""),
        role=_text(values.get(Part.ROLE)),
        source=_text(values.get(Part.SOURCE)),
    )
    yield Found(line, text, {Part(field.name): field.line for field in fields})


def unknown_part(line: int, name: str) -> Problem:
    """Return the problem of a column or field that no answer has."""
    text = _("I don't know “{name}”. An answer has {parts}.")
    parts = ", ".join(part.value for part in Part)
    return Problem(line, text.format(name=shown(name, MAX_ALIAS), parts=parts))


def repeated_part(line: int, name: str) -> Problem:
    """Return the problem of a column or field that is there twice."""
    return Problem(line, _("“{name}” is there twice. Leave one.").format(name=name))


def _wrong_fields(fields: Sequence[Field]) -> Iterator[Problem]:
    seen: set[str] = set()
    for field in fields:
        if field.name not in {*Part}:
            yield unknown_part(field.line, field.name)
        elif field.name in seen:
            yield repeated_part(field.line, field.name)
        elif not _has_fitting_type(field):
            yield _mistyped(field)
        seen.add(field.name)


def _has_fitting_type(field: Field) -> bool:
    if field.name == Part.ALIASES and field.value is not None:
        return _is_list_of_texts(field.value)
    return field.value is None or isinstance(field.value, str)


def _is_list_of_texts(value: object) -> bool:
    items = cast("list[object]", value)
    return isinstance(value, list) and all(isinstance(item, str) for item in items)


def _mistyped(field: Field) -> Problem:
    text = _("“{name}” must be text. Put it between quotes.")
    if field.name == Part.ALIASES:
        text = _("“{name}” must be a list of texts.")
    return Problem(field.line, text.format(name=field.name))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, cast("list[object]", value or [])))


def _checked(found: Found) -> tuple[int, EntryText] | Problem:
    try:
        return found.line, found.text.checked()
    except Unfit as problem:
        return Problem(found.lines.get(problem.part, found.line), str(problem))


def _repeated(entries: Iterable[tuple[int, EntryText]]) -> Iterator[Problem]:
    """Return a problem for each name that two answers of the file have."""
    first: dict[str, int] = {}
    for line, text in entries:
        for name in (text.question, *text.aliases):
            key = name_key(name)
            if key in first:
                problem = _("“{name}” is a name of the answer in line {line} already.")
                yield Problem(line, problem.format(name=name, line=first[key]))
            first.setdefault(key, line)


def _miscounted(count: int, problems: Sequence[Problem]) -> Iterator[Problem]:
    if count > MAX_ENTRIES:
        text = _("The file has {count} answers; {limit} fit in a server.")
        yield Problem(None, text.format(count=number(count), limit=number(MAX_ENTRIES)))
    if not count and not problems:
        yield Problem(None, _("There is no answer in the file."))
