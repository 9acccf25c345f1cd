"""A streak as a fold over what was stored: nothing is counted up, so nothing has to be reset."""

from dataclasses import dataclass, replace
from datetime import date

from bot.streaks.crediting import credited
from bot.streaks.model import (
    CREDITS_PER_FREEZE,
    DAY,
    MOST_FREEZES,
    Day,
    DayState,
    History,
    LocalDay,
    Streak,
)
from bot.streaks.travelling import excused, gaps


@dataclass(frozen=True)
class Run:
    """How a streak stands after some days."""

    current: int = 0
    best: int = 0
    freezes: int = 0
    used: tuple[date, ...] = ()

    def after(self, day: Day) -> tuple["Run", DayState]:
        """Return how it stands after one more day, and what that day was."""
        if day.state is DayState.DONE:
            return self._longer(), day.state
        if day.state is not DayState.MISSED:
            return self, day.state
        if not self.freezes:
            return Run(best=self.best), day.state
        used = (*self.used, day.date)
        return replace(self, freezes=self.freezes - 1, used=used), DayState.FROZEN

    def _longer(self) -> "Run":
        current = self.current + 1
        earned = current % CREDITS_PER_FREEZE == 0 and self.freezes < MOST_FREEZES
        return replace(
            self, current=current, best=max(self.best, current), freezes=self.freezes + earned
        )


def fold(history: History, today: LocalDay) -> Streak:
    """Return the streak that a history adds up to, seen on the member's local day `today`."""
    run, days = Run(), list[Day]()
    for day in _judged(history, today):
        run, state = run.after(day)
        days.append(replace(day, state=state))
    done = Day(today.date, DayState.DONE) in days
    return Streak(run.current, run.best, run.freezes, run.used, done, tuple(days))


def state_of_today(history: History, streak: Streak, today: LocalDay) -> DayState:
    """Return what today is for a streak that a history adds up to, also before the first act."""
    states = {day.date: day.state for day in streak.days}
    return states.get(today.date) or _idle(history, today.date, today)


def _judged(history: History, today: LocalDay) -> list[Day]:
    """Return the days in order as they are before freezes are used."""
    if not history.acts:
        return []
    working = [act for act in history.acts if not _paused(history, act.day.date)]
    done, acted = credited(working), {act.day.date for act in history.acts}
    states = {day: _idle(history, day, today) for day in _dates(acted, today)}
    states |= dict.fromkeys((act.day.date for act in working), DayState.TOO_SOON)
    states |= dict.fromkeys(done, DayState.DONE)
    missed = [day for day, state in states.items() if state is DayState.MISSED]
    states |= dict.fromkeys(excused(gaps(history.acts, today), missed), DayState.TRAVELLED)
    return [Day(day, state) for day, state in states.items()]


def _dates(acted: set[date], today: LocalDay) -> list[date]:
    """Return the dates from the first act until today, or until a later one seen elsewhere."""
    first, last = min(acted), max(*acted, today.date)
    return [first + DAY * number for number in range((last - first).days + 1)]


def _idle(history: History, day: date, today: LocalDay) -> DayState:
    """Return what a day is without an act that counts."""
    if _paused(history, day):
        return DayState.PAUSED
    if day in history.outages:
        return DayState.DOWN
    if history.asked is not None and day not in history.asked:
        return DayState.UNASKED
    return DayState.MISSED if day < today.date else DayState.OPEN


def _paused(history: History, day: date) -> bool:
    return any(day in pause for pause in history.pauses)
