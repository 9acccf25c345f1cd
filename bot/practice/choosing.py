"""Which question comes next: what is due first, then new ones, as many as the day allows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.careers.slugs import key_of
from bot.practice.model import NEW_A_DAY, Card, Choice, Learner
from bot.questions.known import Known
from bot.questions.model import Level
from bot.streaks.local_day import local_day

LEVELS = [*Level]


@dataclass(frozen=True)
class Queue:
    """What a member has to practise: due questions, then new ones, in the order they come."""

    due: tuple[Known, ...]
    new: tuple[Known, ...]
    """As many as the day allows."""

    elsewhere: int
    next_due: datetime | None
    limited: bool

    @property
    def next(self) -> Known | None:
        """The question that comes next."""
        return next(iter((*self.due, *self.new)), None)


def queue(
    learner: Learner,
    pool: Sequence[Known],
    cards: Mapping[str, Card],
    choice: Choice,
    *,
    now: datetime,
    new_left: int,
) -> Queue:
    """Return what there is to practise; cards whose question isn't in the pool rest."""
    due = [each for each in pool if each.key in cards and cards[each.key].is_due(now)]
    due.sort(key=lambda each: (cards[each.key].memory.due, each.key))
    wanted = [each for each in pool if choice.takes(each)]
    new = _new(learner, wanted, cards)
    chosen = tuple(each for each in due if choice.takes(each))
    return Queue(
        due=chosen,
        new=tuple(new[:new_left]),
        elsewhere=len(due) - len(chosen),
        next_due=_next_due(wanted, cards, now),
        limited=len(new) > new_left,
    )


def new_left(first_reviews: Iterable[datetime], now: datetime, zone: str) -> int:
    """Return how many questions may still be new on the member's day."""
    today = local_day(now, zone).date
    seen = sum(local_day(at, zone).date == today for at in first_reviews)
    return max(0, NEW_A_DAY - seen)


def _new(learner: Learner, pool: Iterable[Known], cards: Mapping[str, Card]) -> list[Known]:
    """Return what was never rated: what the member put in, then by level, in an order of theirs."""

    def order(known: Known) -> tuple[bool, float, int, str]:
        card = cards.get(known.key)
        put_in = card.added_at.timestamp() if card else 0.0
        mixed = key_of(f"{learner.member_id} {known.key}")
        return card is None, put_in, LEVELS.index(known.question.level), mixed

    return sorted((each for each in pool if _is_new(cards.get(each.key))), key=order)


def _is_new(card: Card | None) -> bool:
    return card is None or (card.is_new and not card.suspended)


def _next_due(pool: Iterable[Known], cards: Mapping[str, Card], now: datetime) -> datetime | None:
    dates = [
        cards[each.key].memory.due
        for each in pool
        if each.key in cards and not cards[each.key].is_new and not cards[each.key].suspended
    ]
    return min((date for date in dates if date > now), default=None)
