"""From the rows of a file to what a feature makes of them: all of it, or what is wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.sheets.rows import MOST_PROBLEMS, Problem, Row

Item = TypeVar("Item")
Lines = Sequence[tuple[int, Item]]
"""Items with the lines in which they begin."""


@dataclass(frozen=True)
class Parsed(Generic[Item]):
    """The items of a file with their lines, or else what is wrong: then there are none."""

    items: tuple[tuple[int, Item], ...]
    problems: tuple[Problem, ...] = ()
    more: int = 0
    """Problems beyond those that are listed."""


def parsed(
    found: Iterable[Row | Problem],
    checked: Callable[[Row], Item | Problem],
    among: Callable[[Lines[Item]], Iterable[Problem]],
    none: str,
) -> Parsed[Item]:
    """Return the items, or all problems if there is one.

    `checked` makes an item of a row, `among` finds what is wrong with items only together; `none`
    is what is said of a file that has no row. Raises Unreadable, as reading the rows does.
    """
    problems: list[Problem] = []
    items: list[tuple[int, Item]] = []
    for each in found:
        if isinstance(each, Problem):
            problems.append(each)
        elif isinstance(item := checked(each), Problem):
            problems.append(item)
        else:
            items.append((each.line, item))
    problems += among(items)
    if not items and not problems:
        problems.append(Problem(None, none))
    return Parsed((), *listed(problems)) if problems else Parsed(tuple(items))


def listed(problems: Sequence[Problem]) -> tuple[tuple[Problem, ...], int]:
    """Return the first problems, by line, and how many more there are."""
    ordered = sorted(problems, key=lambda problem: problem.line or 0)
    first = tuple(ordered[:MOST_PROBLEMS])
    return first, len(ordered) - len(first)
