"""Reading a server's questions from files and writing them into files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.faq.text import number
from bot.i18n import _
from bot.questions.own import MAX_FILE, MAX_QUESTIONS
from bot.questions.text import LISTS, Part, QuestionText, Unfit, checked
from bot.sheets import tables, yaml_lists
from bot.sheets.reading import rows
from bot.sheets.rows import MOST_PROBLEMS, Problem, Row, Shape, Unreadable

SHAPE = Shape(
    tuple(part.value for part in Part),
    LISTS,
    needed=(Part.TEXT.value, Part.LEVEL.value, Part.KIND.value, Part.KEY_POINTS.value),
    under="questions",
)


@dataclass(frozen=True)
class Parsed:
    """The questions of a file with their lines, or else what is wrong: then there are none."""

    questions: tuple[tuple[int, QuestionText], ...]
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are listed."""


def read_file(name: str, data: bytes) -> Parsed:
    """Return the questions of a file, or what is wrong with it; never raises.

    Takes seconds for the largest files: call it in a thread.
    """
    try:
        return parsed(rows(name, data, SHAPE, MAX_FILE))
    except Unreadable as error:
        return refused([error.problem])


def write_csv(questions: Iterable[QuestionText]) -> bytes:
    """Return a CSV file, with the mark by which spreadsheets know UTF-8."""
    return tables.write((each.values() for each in questions), SHAPE).encode("utf-8-sig")


def write_yaml(questions: Iterable[QuestionText]) -> bytes:
    """Return a YAML file in UTF-8."""
    return yaml_lists.write((each.values() for each in questions), SHAPE).encode()


def parsed(found: Iterable[Row | Problem]) -> Parsed:
    """Return the questions, or all problems if there is one."""
    problems: list[Problem] = []
    questions: list[tuple[int, QuestionText]] = []
    for each in found:
        question = _checked(each) if isinstance(each, Row) else each
        if isinstance(question, Problem):
            problems.append(question)
        else:
            questions.append(question)
    problems += [*_repeated(questions), *_miscounted(len(questions), problems)]
    return refused(problems) if problems else Parsed(tuple(questions))


def refused(problems: Sequence[Problem]) -> Parsed:
    """Return the first problems, by line, and how many more there are."""
    ordered = sorted(problems, key=lambda problem: problem.line or 0)
    listed = tuple(ordered[:MOST_PROBLEMS])
    return Parsed((), listed, len(ordered) - len(listed))


def _checked(row: Row) -> tuple[int, QuestionText] | Problem:
    try:
        return row.line, checked(row.values)
    except Unfit as problem:
        return Problem(row.lines.get(problem.part, row.line), str(problem))


def _repeated(questions: Iterable[tuple[int, QuestionText]]) -> Iterator[Problem]:
    """Return a problem for each question that is in the file twice."""
    first: dict[str, int] = {}
    for line, question in questions:
        if question.name in first:
            problem = _("This question is in line {line} already. Leave one.")
            yield Problem(line, problem.format(line=first[question.name]))
        first.setdefault(question.name, line)


def _miscounted(count: int, problems: Sequence[Problem]) -> Iterator[Problem]:
    if count > MAX_QUESTIONS:
        text = _("The file has {count} questions; {limit} fit in a server.")
        yield Problem(None, text.format(count=number(count), limit=number(MAX_QUESTIONS)))
    if not count and not problems:
        yield Problem(None, _("There is no question in the file."))
