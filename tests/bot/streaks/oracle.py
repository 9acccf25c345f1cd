"""A streak told day by day, as somebody would who sits beside the member with a diary.

It shares no code with `bot.streaks` but the types: each day is looked at alone, with loops over
everything, and days are instants that begin and end instead of dates with an offset.
"""

from datetime import UTC, date, datetime, time, timedelta

from bot.streaks.model import Act, DayState, History, LocalDay

HOUR = timedelta(hours=1)
ONE = timedelta(days=1)


def begins(day: LocalDay) -> datetime:
    return datetime.combine(day.date, time(), UTC) - day.ahead


class Diary:
    """What was written down until today."""

    def __init__(self, history: History, today: LocalDay) -> None:
        self.history, self.today = history, today
        self.acted = {act.day.date for act in history.acts}
        self.counting = self.counting_days()
        self.current = self.best = self.freezes = 0
        self.used: list[date] = []
        self.states: dict[date, DayState] = {}
        self.wanting: dict[date, int] = {}
        self.rested = date.min
        day = min(self.acted, default=None)
        while day is not None and day <= max(self.acted | {today.date}):
            self.states[day] = self.written(day)
            day += ONE

    def counting_days(self) -> set[date]:
        """Each act in turn counts unless too many counted within too short a time before it."""
        counted: list[Act] = []
        for act in sorted(self.history.acts, key=lambda act: (act.at, act.day.date)):
            known = any(other.day.date == act.day.date for other in counted)
            crowded = any(
                act.at - other.at < 24 * HOUR * (len(counted) - place - 1) - 3 * HOUR
                for place, other in enumerate(counted)
            )
            if not known and not crowded and not self.is_paused(act.day.date):
                counted.append(act)
        return {act.day.date for act in counted}

    def is_paused(self, day: date) -> bool:
        for pause in self.history.pauses:
            if day >= pause.first and (pause.last is None or day <= pause.last):
                return True
        return False

    def written(self, day: date) -> DayState:
        if self.is_paused(day):
            return DayState.PAUSED
        if day in self.counting:
            return self.done()
        if day in self.acted:
            return DayState.TOO_SOON
        if day in self.history.outages:
            return DayState.DOWN
        if self.history.asked is not None and day not in self.history.asked:
            return DayState.UNASKED
        return DayState.OPEN if day >= self.today.date else self.not_done(day)

    def done(self) -> DayState:
        self.current += 1
        self.best = max(self.best, self.current)
        if self.current in range(0, 10_000, 7) and self.freezes < 2:
            self.freezes += 1
        return DayState.DONE

    def not_done(self, day: date) -> DayState:
        if self.is_excused(day):
            return DayState.TRAVELLED
        if self.freezes:
            self.freezes -= 1
            self.used.append(day)
            return DayState.FROZEN
        self.current, self.used = 0, []
        return DayState.MISSED

    def is_excused(self, day: date) -> bool:
        """Only the first days of a gap are: those that never were, then one that lacked hours."""
        before, lost = self.lacking(day)
        place = self.wanting[before] = self.wanting.get(before, 0) + 1
        never_were = 0
        while lost >= ONE:
            never_were, lost = never_were + 1, lost - ONE
        if place <= never_were:
            return True
        lacked = place == never_were + 1 and lost >= 3 * HOUR and day >= self.rested
        if lacked:
            self.rested = day + 7 * ONE
        return lacked

    def lacking(self, day: date) -> tuple[date, timedelta]:
        """The acted date before a day, and the hours that the dates from it to the next lack."""
        days = [act.day for act in self.history.acts]
        if all(each.date < self.today.date for each in days):
            days.append(self.today)
        before = max(each.date for each in days if each.date < day)
        after = min(each.date for each in days if each.date > day)
        end = max(begins(each) + ONE for each in days if each.date == before)
        begin = min(begins(each) for each in days if each.date == after)
        return before, ONE * ((after - before).days - 1) - (begin - end)
