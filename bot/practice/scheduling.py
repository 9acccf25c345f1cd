"""When a card comes again: FSRS, by its own library.

Nothing is added to what the library says; docs/decisions/0011-fsrs.md says how it is set.
"""

from collections.abc import Mapping
from datetime import datetime

import fsrs

from bot.practice.model import Memory, Phase, Rating

DESIRED_RETENTION = 0.9

SCHEDULER = fsrs.Scheduler(desired_retention=DESIRED_RETENTION, enable_fuzzing=False)

ANY_CARD = 0
"""The library's number of a card, which we have no use for."""


def after(memory: Memory, rating: Rating, now: datetime) -> Memory:
    """Return what is known of a card once it was rated at an instant, in UTC."""
    card, _ = SCHEDULER.review_card(_to_library(memory), fsrs.Rating(rating), now)
    return _from_library(card)


def forecast(memory: Memory, now: datetime) -> Mapping[Rating, datetime]:
    """Return when a card would come again after each rating."""
    return {rating: after(memory, rating, now).due for rating in Rating}


def _to_library(memory: Memory) -> fsrs.Card:
    return fsrs.Card(
        card_id=ANY_CARD,
        state=fsrs.State(memory.phase),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )


def _from_library(card: fsrs.Card) -> Memory:
    return Memory(
        due=card.due,
        phase=Phase(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        last_review=card.last_review,
    )
