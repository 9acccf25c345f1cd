from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.milestones.model import Details, Kind, Visibility
from bot.milestones.progress import Progress
from bot.milestones.typed import Part, Typed, Unfit, date_meant, fit, understood
from bot.when.errors import UnclearTime
from tests.conftest import NOW

BEFORE = Details("Learn SQL", note="Why not", due=date(2026, 12, 1), progress=Progress(40))


def test_nothing_typed_changes_nothing_and_blanks_take_away() -> None:
    assert understood(Typed(), BEFORE, NOW, "UTC").details == BEFORE
    cleared = understood(Typed(note="", due=" ", progress="none"), BEFORE, NOW, "UTC")
    assert cleared.details == Details("Learn SQL")
    assert cleared.problems == ()


def test_all_parts_are_taken_as_typed() -> None:
    typed = Typed(
        " Learn\n more  SQL ", "a\r\nb ", "3 April 2027", " data ", "3 of 10",
        "write  them", "2027-01-31", Visibility.SERVER,
    )  # fmt: skip
    meant = understood(typed, BEFORE, NOW, "UTC")
    assert meant.problems == ()
    assert meant.details == Details(
        "Learn more SQL", Kind.GOAL, "a\nb", date(2027, 4, 3), "data", Visibility.SERVER,
        Progress(3, 10), "write them", date(2027, 1, 31),
    )  # fmt: skip


def test_dates_are_local_ones() -> None:
    assert date_meant("in 12 hours", NOW, "UTC") == date(2026, 11, 25)
    assert date_meant("in 11 hours", NOW, "UTC") == date(2026, 11, 24)
    assert date_meant("in 11 hours", NOW, "Asia/Kolkata") == date(2026, 11, 25)
    assert date_meant("tomorrow", NOW, "America/Los_Angeles") == date(2026, 11, 25)
    assert date_meant("2020-02-29", NOW, "UTC") == date(2020, 2, 29)


def test_what_repeats_is_no_date() -> None:
    with pytest.raises(UnclearTime, match="repeats"):
        date_meant("every monday at 9", NOW, "UTC")


@pytest.mark.parametrize("phrase", ["when the cows come home", "2027-02-30", "every day at 9"])
def test_an_unclear_part_stays_and_is_told_of_and_the_rest_is_kept(phrase: str) -> None:
    typed = Typed("New", due=phrase, next_on=phrase, progress="half")
    meant = understood(typed, BEFORE, NOW, "UTC")
    assert meant.details == replace(BEFORE, title="New")
    assert [phrase in problem for problem in meant.problems] == [True, True, False]


@pytest.mark.parametrize("kind", [Kind.APPLICATION, Kind.INTERVIEW, Kind.OFFER])
def test_the_pipeline_stays_private(kind: Kind) -> None:
    own = Details("Acme", kind)
    meant = understood(Typed(visibility=Visibility.SERVER), own, NOW, "UTC")
    assert meant.details.visibility is Visibility.ME
    assert "stay private" in meant.problems[0]
    assert replace(own, visibility=Visibility.SERVER).private_if_must_be() == own
    assert understood(Typed(visibility=Visibility.ME), own, NOW, "UTC").problems == ()


@pytest.mark.parametrize(
    ("part", "text", "why"),
    [
        (Part.TITLE, " \n ", "empty"),
        (Part.TITLE, "x" * 4000, "4,000 characters; 100 fit"),
        (Part.NOTE, "x" * 1001, "1,001 characters; 1,000 fit"),
        (Part.NOTE, "\x07", r"U\+0007"),
        (Part.CATEGORY, "x" * 51, "50 fit"),
        (Part.NEXT_STEP, "x" * 201, "200 fit"),
    ],
)
def test_texts_that_do_not_fit_are_refused(part: Part, text: str, why: str) -> None:
    with pytest.raises(Unfit, match=why) as error:
        fit(part, text)
    assert error.value.part is part


@given(st.text(max_size=300), st.sampled_from(["UTC", "Asia/Kolkata"]))
def test_no_date_does_any_harm(phrase: str, zone: str) -> None:
    understood(Typed(due=phrase), BEFORE, NOW, zone)
