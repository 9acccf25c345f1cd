"""Reading a server's questions from files and writing them into files."""

from collections.abc import Iterable, Iterator

from bot.i18n import _, later
from bot.plain_text import number
from bot.questions.own import MAX_FILE, MAX_QUESTIONS
from bot.questions.text import LISTS, Part, QuestionText, Unfit, checked
from bot.sheets import parsing, tables, yaml_lists
from bot.sheets.parsing import Lines
from bot.sheets.reading import rows
from bot.sheets.rows import Problem, Row, Shape, Unreadable

SHAPE = Shape(
    later("A question"),
    later("questions"),
    tuple(part.value for part in Part),
    lists=LISTS,
    numbers=frozenset({Part.MINUTES}),
    needed=(Part.TEXT.value, Part.LEVEL.value, Part.KIND.value, Part.KEY_POINTS.value),
    under="questions",
)

Parsed = parsing.Parsed[QuestionText]


def read_file(name: str, data: bytes) -> Parsed:
    """Return the questions of a file, or what is wrong with it; never raises.

    Takes seconds for the largest files: call it in a thread.
    """
    nothing = _("There is no question in the file.")
    try:
        return parsing.parsed(rows(name, data, SHAPE, MAX_FILE), _checked, _wrong_together, nothing)
    except Unreadable as error:
        return Parsed((), (error.problem,))


def write_csv(questions: Iterable[QuestionText]) -> bytes:
    """Return a CSV file, with the mark by which spreadsheets know UTF-8."""
    return tables.write((each.values() for each in questions), SHAPE).encode("utf-8-sig")


def write_yaml(questions: Iterable[QuestionText]) -> bytes:
    """Return a YAML file in UTF-8."""
    return yaml_lists.write((each.values() for each in questions), SHAPE).encode()


def _checked(row: Row) -> QuestionText | Problem:
    try:
        return checked(row.values)
    except Unfit as problem:
        return Problem(row.lines.get(problem.part, row.line), str(problem))


def _wrong_together(questions: Lines[QuestionText]) -> Iterator[Problem]:
    yield from _repeated(questions)
    if len(questions) > MAX_QUESTIONS:
        text = _("The file has {count} questions; {limit} fit in a server.")
        counts = {"count": number(len(questions)), "limit": number(MAX_QUESTIONS)}
        yield Problem(None, text.format(**counts))


def _repeated(questions: Lines[QuestionText]) -> Iterator[Problem]:
    """Return a problem for each question that is in the file twice."""
    first: dict[str, int] = {}
    for line, question in questions:
        if question.name in first:
            problem = _("This question is in line {line} already. Leave one.")
            yield Problem(line, problem.format(line=first[question.name]))
        first.setdefault(question.name, line)
