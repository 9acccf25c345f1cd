"""Weekly hours as people type them, and as they are said back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.availability.awkwardness import awkwardness
from bot.availability.model import HALVES_A_WEEK, UnclearHours, WeeklyHours
from bot.availability.parts import fitting, keys, part_names, picked
from bot.availability.reading import read
from bot.availability.wording import shown, written


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("weekdays 18-22, Sat 10-14", "Mon-Fri 18:00-22:00; Sat 10:00-14:00"),
        ("Mon/Wed evenings", "Mon, Wed 18:00-22:00"),
        ("Sun all day", "Sun 00:00-24:00"),
        ("weekend any time", "Sat, Sun 00:00-24:00"),
        (
            "Mon, Wed and Fri 6-10pm; weekend 9am-12pm",
            "Mon, Wed, Fri 18:00-22:00; Sat, Sun 09:00-12:00",
        ),
        ("tues 9:30-noon", "Tue 09:30-12:00"),
        ("Fri 22-2", "Fri 22:00-02:00"),
        ("Fri 10pm-2am", "Fri 22:00-02:00"),
        ("Fri 10pm-2", "Fri 22:00-02:00"),
        ("Sun 22-02:00", "Sun 22:00-02:00"),
        ("Mon-Fri from 18:00 to 22:00", "Mon-Fri 18:00-22:00"),
        ("Mon to Thu 19.30–21.30", "Mon-Thu 19:30-21:30"),
        ("every day after 6pm", "Mon-Sun 18:00-24:00"),
        ("daily after 18", "Mon-Sun 18:00-24:00"),
        ("mondays 8-10am, 18h-22h", "Mon 08:00-10:00, 18:00-22:00"),
        ("Sat 10 - 14, 16 - 18 and Sun 12-15", "Sat 10:00-14:00, 16:00-18:00; Sun 12:00-15:00"),
        ("Fri-Mon 18-20", "Mon, Fri, Sat, Sun 18:00-20:00"),
        ("mon 10-2pm", "Mon 10:00-14:00"),
        ("mon 9am-5", "Mon 09:00-17:00"),
        ("mon 12-2pm", "Mon 12:00-14:00"),
        ("mon noon-midnight", "Mon 12:00-24:00"),
        ("mon midnight-2am", "Mon 00:00-02:00"),
        ("mon 18-20, mon 19-21", "Mon 18:00-21:00"),
        ("mon 0-24 and tue 00:00-12:00", "Mon 00:00-24:00; Tue 00:00-12:00"),
        ("Di 18-22".replace("Di", "tue"), "Tue 18:00-22:00"),
        ("wed 19 uhr - 21 uhr", "Wed 19:00-21:00"),
        ("thu 7p-9p", "Thu 19:00-21:00"),
        ("every morning".replace("every", "every day"), "Mon-Sun 08:00-12:00"),
        ("Monday afternoon, Thursday 17pm-20pm", "Mon 12:00-18:00; Thu 17:00-20:00"),
    ],
)
def test_hours_are_understood(typed: str, expected: str) -> None:
    assert written(read(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "what", "choices"),
    [
        ("", "On which days", []),
        ("6-10", "On which days?", ["weekdays 6-10", "every day 6-10"]),
        ("evenings", "On which days?", ["weekdays evenings", "every day evenings"]),
        ("Mon 6-10", "“6-10” can be", ["mon 6am-10am", "mon 6pm-10pm"]),
        ("Mon 9-12, Tue 18-20", "“9-12” can be", ["mon 9am-12pm, tue 18-20",
         "mon 9pm-12am, tue 18-20"]),
        ("Mon 9-5", "“9-5” can be", ["mon 9am-5pm", "mon 9pm-5am"]),
        ("Mon 9.30-11", "“9.30-11” can be", ["mon 9:30am-11am", "mon 9:30pm-11pm"]),
        ("mon after 6", "“after 6” can be", ["mon after 6am", "mon after 6pm"]),
        ("Mon 18-22 Tue", "Which hours", ["mon 18-22 tue evening", "mon 18-22 tue all day"]),
        ("weekends", "Which hours", ["weekends evening", "weekends all day"]),
        ("Mon 18:15-22", "“18:15” is too exact", []),
        ("Mon 25-27", "no time “25”", []),
        ("Mon 24:30-2am", "no time “24:30”", []),
        ("Mon 18-18", "From when to when?", []),
        ("Mon 18", "understand “18”", []),
        ("Mon 18-22 but not in May", "understand “but not in may”", []),
        ("weekdays 18-22 except Wed", "understand “except wed”", []),
        ("@everyone", "understand “@everyone”", []),
    ],
)  # fmt: skip
def test_what_is_unclear_is_asked_back(typed: str, what: str, choices: list[str]) -> None:
    with pytest.raises(UnclearHours) as caught:
        read(typed)
    assert what in str(caught.value)
    assert list(caught.value.choices) == choices


@given(st.frozensets(st.integers(0, HALVES_A_WEEK - 1), min_size=1))
def test_any_half_hours_are_said_back_so_that_they_are_understood(halves: frozenset[int]) -> None:
    hours = WeeklyHours(halves)
    assert read(written(hours)) == hours
    assert WeeklyHours.decoded(hours.encoded()) == hours
    assert len(hours.encoded()) == 56


@given(st.lists(st.tuples(st.integers(0, HALVES_A_WEEK - 1), st.integers(1, 200)), min_size=1))
def test_any_long_hours_are_said_back_so_that_they_are_understood(
    runs: list[tuple[int, int]],
) -> None:
    halves = {half % HALVES_A_WEEK for first, n in runs for half in range(first, first + n)}
    hours = WeeklyHours(frozenset(halves))
    assert read(written(hours)) == hours


@given(st.text("mon tue-6810apm:;,09fr wkdys@é٣", max_size=60))
def test_any_text_is_understood_or_refused_with_what_would_be(typed: str) -> None:
    hours = understood(typed)
    if isinstance(hours, UnclearHours):
        assert "“" in str(hours)
    else:
        assert read(written(hours)) == hours


def understood(typed: str) -> WeeklyHours | UnclearHours:
    try:
        return read(typed)
    except UnclearHours as error:
        return error


def test_hours_are_shown_in_lines() -> None:
    lines = shown(read("Mon-Wed 18-22; Sat all day; Sun 22-2"))
    spaces = [line.replace("\N{NARROW NO-BREAK SPACE}", " ") for line in lines]
    assert spaces == [
        "**Mon-Wed** · 6:00 PM-10:00 PM",
        "**Sat** · all day",
        "**Sun** · 10:00 PM-2:00 AM",
    ]
    assert shown(WeeklyHours(frozenset(range(HALVES_A_WEEK)))) == ["**Mon-Sun** · all day"]


def test_parts_of_days_are_picked() -> None:
    hours = picked(["0 morning", "0 afternoon", "6 evening", "7 evening", "nonsense"])
    assert written(hours) == "Mon 08:00-18:00; Sun 18:00-22:00"
    assert fitting(hours) == ["0 morning", "0 afternoon", "6 evening"]
    assert len(keys()) == 21
    assert {key.split()[1] for key in keys()} == {*part_names()}
    assert not picked([])


def test_early_and_late_hours_are_awkward_and_night_most() -> None:
    assert [awkwardness(hour) for hour in (6, 7, 8, 9, 20, 21, 22, 23)] == [3, 2, 1, 0, 0, 1, 2, 3]


def test_hours_on_several_lines_are_asked_back_on_one() -> None:
    with pytest.raises(UnclearHours) as raised:
        read("Mon 6-10\nTue 18-20")
    assert raised.value.choices
    assert not any("\n" in each for each in raised.value.choices)
