"""Picking the questions of a set: of several kinds, and as many as the minutes allow."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, zip_longest
from random import Random

from bot.practice.interviews.model import LEAST_QUESTIONS, MOST_QUESTIONS
from bot.questions.known import Known
from bot.questions.model import Kind


def picked(
    pool: Sequence[Known], minutes: int, seen: Collection[str], random: Random
) -> list[Known]:
    """Return three to six questions within the minutes, by kinds in turn; unseen ones first.

    The three shortest are taken where no three fit; fewer where there are fewer.
    """
    chosen: list[Known] = []
    turns = _in_turns(pool, seen, random)
    for each in turns:
        if len(chosen) == MOST_QUESTIONS:
            break
        rest = [other for other in turns if other not in chosen and other is not each]
        needed = _shortest(rest, LEAST_QUESTIONS - len(chosen) - 1)
        if _minutes([*chosen, each, *needed]) <= minutes:
            chosen.append(each)
    return chosen if len(chosen) >= LEAST_QUESTIONS else _shortest(turns, LEAST_QUESTIONS)


def _in_turns(pool: Sequence[Known], seen: Collection[str], random: Random) -> list[Known]:
    """Return all questions, one of each kind by turns, those that were seen before at the end."""
    mixed = random.sample(pool, len(pool))
    unseen = [each for each in mixed if each.key not in seen]
    return [*_by_kind(unseen), *_by_kind(each for each in mixed if each.key in seen)]


def _by_kind(questions: Iterable[Known]) -> list[Known]:
    kinds: defaultdict[Kind, list[Known]] = defaultdict(list)
    for each in questions:
        kinds[each.question.kind].append(each)
    turns = chain.from_iterable(zip_longest(*kinds.values()))
    return [each for each in turns if each is not None]


def _shortest(questions: Sequence[Known], count: int) -> list[Known]:
    return sorted(questions, key=lambda each: each.question.minutes)[: max(0, count)]


def _minutes(questions: Iterable[Known]) -> int:
    return sum(each.question.minutes for each in questions)
