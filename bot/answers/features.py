"""What a question is recognised by: words, pairs and pieces of words, and what is named."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.answers.mentions import Found, Named
from bot.answers.words import PERSON

PIECES = (3, 4, 5)
"""Lengths in characters of the pieces of a word."""

ALWAYS_MARKED = frozenset({Named.ROLE, Named.STEP, Named.JOB, Named.PLACE, Named.COMPANY})
"""What a mark stands for wherever it is named: which role or town it is tells nothing."""

UNKNOWN = "xunknown"
NAME = "xname"
NUMBER = "xnumber"
MARKS = frozenset({*Named, UNKNOWN, NAME, NUMBER, PERSON})


def features(
    said: Sequence[str],
    found: Sequence[Found],
    is_known: Callable[[str], bool],
    capitals: frozenset[str] = frozenset(),
) -> list[str]:
    """Return the features of a question, with repetitions.

    Words that `is_known` denies count as unknown ones, or as names where they have `capitals`.
    """
    plain = list(marked(said, found, ALWAYS_MARKED))
    named = list(marked(said, found, frozenset(Named)))
    collected = [*_runs(plain), *(_runs(named) if named != plain else ())]
    for word in plain:
        if word in MARKS:
            continue
        collected.extend(pieces(word))
        if not is_known(word):
            collected.append(NAME if word in capitals else UNKNOWN)
    return collected


def marked(said: Sequence[str], found: Sequence[Found], sorts: frozenset[Named]) -> Iterator[str]:
    """Yield the words, with marks in the place of numbers and of what is named."""
    index = 0
    for span in found:
        marks = [mention.sort for mention in span.value if mention.sort in sorts]
        if not marks:
            continue
        yield from map(_number_marked, said[index : span.start])
        sort = min(marks, key=list(Named).index)
        yield (Named.ROLE if sort is Named.STEP else sort).value
        index = span.end
    yield from map(_number_marked, said[index:])


def _number_marked(word: str) -> str:
    return NUMBER if word[0].isdigit() else word


def _runs(said: Sequence[str]) -> Iterator[str]:
    """Yield the words and each two that stand side by side, the ends of the question included."""
    yield from said
    ends = ["^", *said, "$"]
    for first, second in pairwise(ends):
        yield f"{first} {second}"


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[str, ...]:
    """Return the pieces of a word, its ends marked."""
    return tuple(piece for length in PIECES for piece in pieces_of(word, length))


@lru_cache(maxsize=100_000)
def pieces_of(word: str, length: int) -> tuple[str, ...]:
    """Return the pieces of a word that have this many characters, its ends marked."""
    framed = f"<{word}>"
    return tuple(f"~{framed[at : at + length]}" for at in range(len(framed) - length + 1))
