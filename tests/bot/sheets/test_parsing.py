"""What a feature makes of the rows of a file, and what it says of wrong ones."""

from collections.abc import Iterator

from bot.sheets.parsing import Lines, Parsed, listed, parsed
from bot.sheets.rows import MOST_PROBLEMS, Problem, Row


def row(line: int, name: str) -> Row:
    return Row(line, {"name": name}, {"name": line})


def checked(found: Row) -> str | Problem:
    name = str(found.values["name"])
    return name or Problem(found.line, "No name.")


def twice(names: Lines[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, name in names:
        if name in seen:
            yield Problem(line, f"{name} again.")
        seen.add(name)


def made(*found: Row | Problem) -> Parsed[str]:
    return parsed(found, checked, twice, "There is nothing.")


def test_all_rows_become_items_with_their_lines() -> None:
    assert made(row(2, "a"), row(5, "b")) == Parsed(((2, "a"), (5, "b")))


def test_one_problem_and_there_are_no_items() -> None:
    wrong = Problem(9, "Odd.")
    found = made(wrong, row(2, "a"), row(3, ""), row(4, "a"))
    assert found == Parsed((), (Problem(3, "No name."), Problem(4, "a again."), wrong))


def test_a_file_without_rows_is_a_problem_unless_it_has_another() -> None:
    assert made() == Parsed((), (Problem(None, "There is nothing."),))
    assert made(Problem(1, "Odd.")) == Parsed((), (Problem(1, "Odd."),))


def test_the_first_problems_are_listed_and_the_others_counted() -> None:
    problems = [Problem(line, "Odd.") for line in range(MOST_PROBLEMS + 3, 0, -1)]
    first, more = listed([*problems, Problem(None, "Whole.")])
    assert [each.line for each in first] == [None, *range(1, MOST_PROBLEMS)]
    assert more == 4
