"""A simulated year of groups everywhere, against an oracle that counts days and minutes."""

# ruff: noqa: S311 - no secret

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.meetings.model import Series, SessionId
from bot.meetings.reminders import LEADS, Answer, Attendee, Rsvp, Way, reminders
from bot.meetings.series import occurrences
from bot.when.quiet_hours import Quiet, QuietHours
from tests.bot.meetings.oracle import Book, Person, expected
from tests.bot.meetings.samples import YEAR_BEGINS, YEAR_ENDS, ZONES, Organiser
from tests.conftest import TORTURE

GROUPS_A_ZONE = 5 if TORTURE else 1
MEMBERS = 8 if TORTURE else 3


@dataclass
class Member:
    """The same member as Waymark and as the oracle knows them."""

    person: Person
    quiet: QuietHours | None
    lead: timedelta | None
    answers: dict[SessionId, Rsvp] = field(default_factory=dict[SessionId, Rsvp])

    @classmethod
    def drawn(cls, number: int, random: Random) -> "Member":
        quiet = random.choice([None, QuietHours(22, 7), QuietHours(9, 17), QuietHours(0, 6)])
        lead = random.choice([None, None, timedelta(hours=3), timedelta(minutes=20), timedelta()])
        hours = frozenset(hour for hour in range(24) if quiet and hour in quiet)
        leads = [*LEADS] if lead is None else [lead]
        way = random.choice(["channel", "channel", "dm", "none"])
        return cls(Person(number, way, leads, random.choice(ZONES), hours), quiet, lead)

    def answer(self, series: Series, random: Random) -> None:
        for session in occurrences(series, YEAR_BEGINS, YEAR_ENDS):
            answer = random.choice(["going", "maybe", "cant", None])
            if answer:
                self.answers[session.id] = Rsvp(Answer(answer), session.start)
                key = (session.id.series, session.id.original)
                self.person.answers[key] = (answer, session.start)

    @property
    def attendee(self) -> Attendee:
        quiet = Quiet(self.quiet, self.person.zone)
        way = Way(self.person.way)
        return Attendee(self.person.id, quiet, self.answers, way, self.lead)


@dataclass
class Year:
    """A group through a year: what Waymark and the oracle make of the same deeds."""

    series: list[Series]
    books: list[Book]
    members: list[Member]

    @classmethod
    def lived(cls, random: Random, zone: str | None = None) -> "Year":
        organiser = Organiser(random, zone)
        series = organiser.series("group")
        year = cls([series], [Book.opened("group", series.when, series.minutes)], [])
        year.members = [Member.drawn(number, random) for number in range(1, MEMBERS + 1)]
        year._answer(random)
        for deed, act in organiser.deeds(series, random.randrange(8)):
            year.series[-1:] = act.after
            year.books[-1:] = year.books[-1].done(deed)
            if random.random() < 0.3:
                year._answer(random)
        return year

    def _answer(self, random: Random) -> None:
        for member in self.members:
            member.answer(self.series[-1], random)

    def check(self) -> int:
        """Compare both; return how many reminders there are."""
        listed = {
            ((each.id.series, each.id.original), each.start, each.minutes)
            for series in self.series
            for each in occurrences(series, YEAR_BEGINS, YEAR_ENDS)
        }
        written = {each for book in self.books for each in book.sessions()}
        assert listed == {each for each in written if YEAR_BEGINS <= each[1] < YEAR_ENDS}
        everyone = [member.attendee for member in self.members]
        found = [
            ((each.session.series, each.session.original), each.due, each.member, each.way.value)
            for series in self.series
            for each in reminders(series, LEADS, everyone, YEAR_BEGINS, YEAR_ENDS)
        ]
        people = [member.person for member in self.members]
        assert sorted(found) == sorted(expected(self.books, people, YEAR_BEGINS, YEAR_ENDS))
        return len(found)


@pytest.mark.parametrize("zone", ZONES)
def test_reminders_of_a_year_are_exactly_those_of_the_oracle(zone: str) -> None:
    years = [Year.lived(Random(f"{zone} {number}"), zone) for number in range(GROUPS_A_ZONE)]
    for year in years:
        year.check()


@settings(max_examples=400 if TORTURE else 15)
@given(st.integers(0, 2**32))
def test_whatever_organisers_and_members_do(seed: int) -> None:
    Year.lived(Random(seed)).check()


def test_the_comparison_has_reminders_to_compare() -> None:
    assert sum(Year.lived(Random(seed), "Europe/Berlin").check() for seed in range(3)) > 30


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_it_is_at_the_same_wall_time_all_year(zone: str) -> None:
    series = Organiser(Random(1), zone).series("group")
    for session in occurrences(series, YEAR_BEGINS, YEAR_ENDS):
        local = session.start.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
        assert local == session.id.original
