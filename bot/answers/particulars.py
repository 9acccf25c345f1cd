"""What makes two nearly equal texts mean different things: numbers, days, seasons, a "not"."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from bot.answers.cues import cues

SCOPE = 1
"""Words of weight behind a "not" that it turns round: "without any experience"."""

_NUMBER = re.compile(r"\d+")


def differ(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Return whether two texts, in words as `words` gives them, speak of different things.

    Each names a number, a day, a month or a season that the other doesn't name, or one denies
    what the other says.
    """
    sorts: list[Callable[[Sequence[str]], set[str]]] = [_days, _seasons, _numbers]
    return any(_apart(of(asked), of(known)) for of in sorts) or _denied(asked, known)


def _apart(asked: set[str], known: set[str]) -> bool:
    return bool(asked - known and known - asked)


def _days(said: Sequence[str]) -> set[str]:
    return {word.removesuffix("s") for word in said if word in cues().days}


def _seasons(said: Sequence[str]) -> set[str]:
    return {word for word in said if word in cues().seasons}


def _numbers(said: Sequence[str]) -> set[str]:
    return {number for word in said for number in _NUMBER.findall(word)}


def _denied(asked: Sequence[str], known: Sequence[str]) -> bool:
    denied, also = set(_under_not(asked)), set(_under_not(known))
    return bool((denied - also) & {*known} or (also - denied) & {*asked})


def _under_not(said: Sequence[str]) -> Iterator[str]:
    for index, word in enumerate(said):
        if word in cues().nots:
            heavy = (each for each in said[index + 1 :] if each not in cues().light)
            yield from islice(heavy, SCOPE)
