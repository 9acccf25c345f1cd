"""Reading a server's answers from files and writing them into files."""

from collections.abc import Iterable, Iterator

from bot.faq.model import MAX_ENTRIES, MAX_FILE
from bot.faq.text import EntryText, Part, Unfit, entry_of, name_key
from bot.i18n import _, later
from bot.plain_text import number
from bot.sheets import parsing, tables, yaml_lists
from bot.sheets.parsing import Lines
from bot.sheets.reading import rows
from bot.sheets.rows import Problem, Row, Shape, Unreadable

SHAPE = Shape(
    later("An answer"),
    later("answers"),
    tuple(part.value for part in Part),
    lists=frozenset({Part.ALIASES}),
    needed=(Part.QUESTION.value, Part.ANSWER.value),
    under="entries",
    formulas=True,  # an answer may well begin with a - or a +
)

Parsed = parsing.Parsed[EntryText]


def read_file(name: str, data: bytes) -> Parsed:
    """Return the answers of a file, or what is wrong with it; never raises.

    Takes seconds for the largest files: call it in a thread.
    """
    nothing = _("There is no answer in the file.")
    try:
        return parsing.parsed(rows(name, data, SHAPE, MAX_FILE), _checked, _wrong_together, nothing)
    except Unreadable as error:
        return Parsed((), (error.problem,))


def write_csv(entries: Iterable[EntryText]) -> bytes:
    """Return a CSV file, with the mark by which spreadsheets know UTF-8."""
    return tables.write((each.values() for each in entries), SHAPE).encode("utf-8-sig")


def write_yaml(entries: Iterable[EntryText]) -> bytes:
    """Return a YAML file in UTF-8."""
    return yaml_lists.write((each.values() for each in entries), SHAPE).encode()


def _checked(row: Row) -> EntryText | Problem:
    try:
        return entry_of(row.values).checked()
    except Unfit as problem:
        return Problem(row.lines.get(problem.part, row.line), str(problem))


def _wrong_together(entries: Lines[EntryText]) -> Iterator[Problem]:
    yield from _repeated(entries)
    if len(entries) > MAX_ENTRIES:
        text = _("The file has {count} answers; {limit} fit in a server.")
        counts = {"count": number(len(entries)), "limit": number(MAX_ENTRIES)}
        yield Problem(None, text.format(**counts))


def _repeated(entries: Lines[EntryText]) -> Iterator[Problem]:
    """Return a problem for each name that two answers of the file have."""
    first: dict[str, int] = {}
    for line, text in entries:
        for name in (text.question, *text.aliases):
            key = name_key(name)
            if key in first:
                problem = _("“{name}” is a name of the answer in line {line} already.")
                yield Problem(line, problem.format(name=name, line=first[key]))
            first.setdefault(key, line)
