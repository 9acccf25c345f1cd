"""How practice goes: reviews and what was remembered, week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.practice.model import Phase, Rating, Review
from bot.streaks.local_day import local_day

WEEKS = 12
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Week:
    """A week's reviews; those of cards that had been learnt say what was remembered."""

    monday: date
    reviews: int = 0
    tested: int = 0
    recalled: int = 0

    @property
    def retention(self) -> float | None:
        """The share that was remembered; None where nothing was tested."""
        return self.recalled / self.tested if self.tested else None


@dataclass(frozen=True)
class Progress:
    """A member's practice in numbers."""

    reviews: int
    due: int
    learnt: int
    """Cards that come again after days, not minutes."""

    suspended: int
    weeks: tuple[Week, ...]
    """The newest last."""

    @property
    def tested(self) -> int:
        """Reviews of learnt cards in all these weeks."""
        return sum(week.tested for week in self.weeks)

    @property
    def retention(self) -> float | None:
        """The share of them that was remembered."""
        return sum(week.recalled for week in self.weeks) / self.tested if self.tested else None


def first_monday(now: datetime, zone: str) -> date:
    """Return the Monday with which the weeks that are shown begin, in the member's zone."""
    today = local_day(now, zone).date
    return today - timedelta(days=today.weekday()) - (WEEKS - 1) * WEEK


def weeks_of(reviews: Iterable[Review], now: datetime, zone: str) -> tuple[Week, ...]:
    """Return the last weeks, in the member's zone."""
    first = first_monday(now, zone)
    by_week: list[list[Review]] = [[] for _ in range(WEEKS)]
    for review in reviews:
        number = (local_day(review.at, zone).date - first).days // WEEK.days
        if 0 <= number < WEEKS:
            by_week[number].append(review)
    return tuple(_week(first + number * WEEK, each) for number, each in enumerate(by_week))


def _week(monday: date, reviews: Sequence[Review]) -> Week:
    tested = [each for each in reviews if each.before is Phase.REVIEW]
    recalled = sum(each.rating is not Rating.AGAIN for each in tested)
    return Week(monday, len(reviews), len(tested), recalled)
