"""What becomes of a journey's tasks when its pack has changed: nothing a member did is lost.

Each task is looked for in the changed roadmap: by the same words in the same phase, by the same
words anywhere, then by the likest words. One task becomes one task. What isn't found again is
archived with its state; what has no task yet is added.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.journeys.model import Item, Task

REWORDED_FROM = 75
"""The likeness (rapidfuzz's token_sort_ratio, 0 to 100) from which words are the same task's.

Different tasks of one built-in pack reach 57 at most, those of different packs 62.
"""


@dataclass(frozen=True)
class Reconciled:
    """How a journey's tasks and a roadmap fit together."""

    kept: tuple[tuple[Task, Item], ...]
    """Each task that was found again, with what the roadmap says of it now."""

    added: tuple[Item, ...]
    archived: tuple[Task, ...]
    """Those that are archived from now on, or still are."""


def reconcile(tasks: Iterable[Task], items: Iterable[Item]) -> Reconciled:
    """Fit a journey's tasks to a roadmap."""
    left, new = list(tasks), list(items)
    kept = [
        *_same(left, new, lambda item: item.key),
        *_same(left, new, lambda item: _plain(item.text)),
        *_alike(left, new),
    ]
    return Reconciled(tuple(kept), tuple(new), tuple(left))


def _same(
    left: list[Task], new: list[Item], said: Callable[[Item], str]
) -> list[tuple[Task, Item]]:
    """Take the pairs of which the same is said out of both lists; the living come first."""
    pairs: list[tuple[Task, Item]] = []
    for task in sorted(left, key=lambda task: task.archived):
        item = next((item for item in new if said(item) == said(task.item)), None)
        if item is not None:
            pairs.append((task, item))
            left.remove(task)
            new.remove(item)
    return pairs


def _alike(left: list[Task], new: list[Item]) -> list[tuple[Task, Item]]:
    """Take the likest pairs out of both lists, the likest one first."""
    pairs: list[tuple[Task, Item]] = []
    for _likeness, task, item in _likest(left, new):
        if task in left and item in new:
            pairs.append((task, item))
            left.remove(task)
            new.remove(item)
    return pairs


def _likest(left: Sequence[Task], new: Sequence[Item]) -> list[tuple[float, Task, Item]]:
    scored = [(_likeness(task.item.text, item.text), task, item) for task in left for item in new]
    likely = [each for each in scored if each[0] >= REWORDED_FROM]
    return sorted(likely, key=lambda each: (-each[0], each[1].archived))


def _likeness(one: str, other: str) -> float:
    return fuzz.token_sort_ratio(_plain(one), _plain(other))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
