"""A member's practice: a card for each question, and what is known of how well they know it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from bot.careers.slugs import key_of
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.known import Known
from bot.questions.model import Level

NEW_A_DAY = 10
"""Questions that a member sees for the first time on one of their days, at most."""


class Rating(IntEnum):
    """How well a member knew an answer, in their own judgement."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Phase(IntEnum):
    """How far a card has come, numbered as the library numbers it."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True)
class Memory:
    """What the scheduler knows of a card."""

    due: datetime
    phase: Phase = Phase.LEARNING
    step: int | None = 0
    stability: float | None = None
    """Days until the answer is remembered with a probability of 90 % only."""

    difficulty: float | None = None
    last_review: datetime | None = None


@dataclass(frozen=True)
class Card:
    """A question, by its key, as one member practises it. It stays though the question changes."""

    key: str
    memory: Memory
    added_at: datetime
    reviews: int = 0
    """Counts ratings; a rating says from which count it was given."""

    first_review: datetime | None = None
    suspended: bool = False

    @classmethod
    def new(cls, key: str, now: datetime) -> "Card":
        """Return the card of a question that was never rated."""
        return cls(key, Memory(now), now)

    @property
    def is_new(self) -> bool:
        """Whether it was never rated."""
        return self.reviews == 0

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be asked again now."""
        return not self.suspended and not self.is_new and self.memory.due <= now

    def reviewed(self, memory: Memory, now: datetime) -> "Card":
        """Return it after one rating more."""
        first = self.first_review or now
        return replace(self, memory=memory, reviews=self.reviews + 1, first_review=first)


@dataclass(frozen=True)
class Review:
    """A rating, and how far the card had come before it."""

    at: datetime
    rating: Rating
    before: Phase


@dataclass(frozen=True)
class Learner:
    """A member, and the server (0 in direct messages) whose own questions they may be asked."""

    member_id: int
    guild_id: int


@dataclass(frozen=True)
class Choice:
    """Which questions a member wants; role and topic by their slugs' keys, empty means any."""

    role: str = ""
    level: Level | None = None
    topic: str = ""

    def takes(self, known: Known) -> bool:
        """Return whether a question is one of those; one for no career in particular always is."""
        if self.level not in (None, known.question.level):
            return False
        of_role = not self.role or known.role is None or key_of(known.role) == self.role
        return of_role and (not self.topic or self.topic in map(key_of, known.question.topics))

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves any question out."""
        return self != Choice()


@dataclass(frozen=True)
class Asked:
    """A question that is put to a member, and when it would come again after each rating."""

    known: Known
    reviews: int
    """The state of its card, which a rating says back."""

    dates: Mapping[Rating, datetime]


@dataclass(frozen=True)
class Session:
    """What there is to practise now; `asked` is None when that is all."""

    asked: Asked | None
    due: int
    new: int
    """How many more questions may be seen for the first time today."""

    elsewhere: int
    """Due cards that the choice leaves out."""

    next_due: datetime | None
    goes_on_today: bool
    """Whether that is on the member's same day."""

    limited: bool
    """Whether there would be new ones but for the day's limit."""


@dataclass(frozen=True)
class PutIn:
    """Questions that were put into practice at one instant."""

    added: int
    """New ones, and those that had been put aside and are asked again."""

    there: int
    """Those that were in practice already."""

    at: datetime


class NothingToPractise(MemberError):
    """No question fits what was chosen."""

    def __init__(self) -> None:
        super().__init__(_("I have no questions for that. Leave out the level or the topic."))


class NoSuchTopic(MemberError):
    """No question has a topic of that name."""

    def __init__(self) -> None:
        super().__init__(_("I know no such topic. Pick one from the list while you type."))
