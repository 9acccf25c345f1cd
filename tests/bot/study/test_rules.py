"""The rules of groups, without a store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.i18n import _
from bot.study.errors import NameUnfit, NoSuchPhase
from bot.study.model import (
    TAKE_OVER_WITHIN,
    Admission,
    Entry,
    Group,
    Place,
    Rank,
    Standing,
    State,
    Wish,
)
from bot.study.overlap import hours_in_common
from bot.study.roll import Roll, heirs, is_offered, name_meant, offered

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WISH = Wish("Evenings", "", None, None, 2, Admission.OPEN, "UTC")
GROUP = Group(1, 3, WISH, Place(7, own_thread=False), State.OPEN, NOW, None, None, None, None, None)


def entry(
    number: int, standing: Standing = Standing.MEMBER, rank: Rank = Rank.MEMBER, days: int = 0
) -> Entry:
    at = NOW + timedelta(days=days)
    return Entry(number, 1, 3, 100 + number, standing, rank, at, None, refused=False)


def test_organisers_and_who_is_in_the_longest_are_asked_first_and_nobody_twice() -> None:
    asked = replace(entry(4), offered_at=NOW)
    people = (
        entry(1, days=3), entry(2, days=1), entry(3, rank=Rank.ORGANISER, days=9), asked,
        entry(5, Standing.WAITING), entry(6, Standing.AWAY, Rank.OWNER),
    )  # fmt: skip
    assert [each.id for each in heirs(Roll(GROUP, people))] == [3, 2, 1]


@pytest.mark.parametrize(
    ("given", "after", "is_theirs"),
    [
        (replace(entry(1), offered_at=NOW), timedelta(0), True),
        (replace(entry(1), offered_at=NOW), TAKE_OVER_WITHIN, False),
        (replace(entry(1), offered_at=NOW, refused=True), timedelta(0), False),
        (replace(entry(1, Standing.LEFT), offered_at=NOW), timedelta(0), False),
        (entry(1), timedelta(0), False),
    ],
)
def test_a_group_is_offered_for_a_week_unless_refused(
    given: Entry, after: timedelta, is_theirs: bool
) -> None:
    assert is_offered(given, NOW + after) is is_theirs
    assert (offered([entry(2), given], NOW + after) == given) is is_theirs


def test_places_go_to_who_waits_in_order_of_arrival() -> None:
    waiting = [entry(9, Standing.WAITING, days=-5), entry(4, Standing.WAITING, days=5)]
    roll = Roll(GROUP, (entry(1), *waiting))
    assert [each.id for each in roll.moving_up()] == [4]
    assert [roll.place_of(each) for each in (*waiting, entry(1))] == [2, 1, 0]
    assert roll.arriving is Standing.WAITING  # a free place is theirs who wait
    closed = replace(roll, group=replace(GROUP, state=State.CLOSED))
    assert closed.moving_up() == []


def test_who_asks_is_listed_in_order_of_arrival() -> None:
    there = (entry(3, Standing.ASKED), entry(1, Standing.ASKED), entry(2, Standing.WITHDREW))
    roll = Roll(GROUP, there)
    assert [each.id for each in roll.asking] == [1, 3]


def test_who_was_taken_out_has_to_ask() -> None:
    roll = Roll(GROUP, ())
    assert not roll.has_to_ask(None)
    assert not roll.has_to_ask(entry(1, Standing.LEFT))
    assert roll.has_to_ask(entry(1, Standing.REMOVED))
    assert roll.has_to_ask(entry(1, Standing.WITHDREW))
    by_request = replace(GROUP, wish=replace(WISH, admission=Admission.REQUEST))
    assert Roll(by_request, ()).has_to_ask(None)


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        ("Europe/Berlin", "Europe/Berlin", 14),
        ("Europe/Berlin", "Africa/Lagos", 14),
        ("America/Denver", "Europe/Berlin", 6),
        ("Pacific/Auckland", "Europe/London", 4),
        ("Asia/Kathmandu", "UTC", 8),
        ("Pacific/Kiritimati", "Pacific/Pago_Pago", 13),
    ],
)
def test_hours_of_day_in_common(one: str, other: str, hours: int) -> None:
    assert hours_in_common(one, other, NOW) == hours
    assert hours_in_common(other, one, NOW) == hours


def test_overlap_follows_the_clocks() -> None:
    july = datetime(2026, 7, 1, tzinfo=UTC)
    assert hours_in_common("Europe/Berlin", "Africa/Lagos", july) == 13


def test_a_name_is_one_line_of_sixty_characters() -> None:
    assert name_meant("  Red \n teams ") == "Red teams"
    assert name_meant("x" * 60) == "x" * 60
    for unfit in (" \n ", "x" * 61):
        with pytest.raises(NameUnfit):
            name_meant(unfit)


def test_an_unknown_phase_says_what_to_do() -> None:
    assert str(NoSuchPhase()).startswith(_("Pick a career first"))
