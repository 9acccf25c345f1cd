"""Times of groups all over the world: with zones, and as members of many languages write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.errors import UnclearTime
from bot.when.habits import Habits, habits_of
from bot.when.phrases import Once, describe, understand
from bot.when.recurrence import Recurrence

BERLIN, LAGOS, DENVER = "Europe/Berlin", "Africa/Lagos", "America/Denver"
NEW_YORK, LONDON, KOLKATA = "America/New_York", "Europe/London", "Asia/Kolkata"
NOW = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
"""A Tuesday, 12:00 in Berlin."""

SUMMER = datetime(2027, 7, 1, 11, 0, tzinfo=UTC)


def said(phrase: str, locale: str | None = None, now: datetime = NOW) -> str:
    """What is understood: the wall time with its zone, or the repeat in words."""
    moment = understand(phrase, now, BERLIN, locale)
    if isinstance(moment, Recurrence):
        return describe(moment, now)
    return f"{moment.at.astimezone(ZoneInfo(moment.zone or 'UTC')):%Y-%m-%d %H:%M} {moment.zone}"


def asked(phrase: str, locale: str | None = None, now: datetime = NOW) -> list[str]:
    """What is asked back; each choice is understood as it is."""
    with pytest.raises(UnclearTime) as caught:
        understand(phrase, now, BERLIN, locale)
    choices = list(caught.value.choices)
    assert all(understand(choice, now, BERLIN, locale) for choice in choices)
    return choices


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("next Friday 17h Lagos", f"2026-12-11 17:00 {LAGOS}"),
        ("this Tuesday at 7pm WAT", f"2026-12-01 19:00 {LAGOS}"),
        ("Tuesday 7pm (Lagos)", f"2026-12-01 19:00 {LAGOS}"),
        ("Tuesday 7pm, Lagos time", f"2026-12-01 19:00 {LAGOS}"),
        ("Lagos 7pm Tuesday", f"2026-12-01 19:00 {LAGOS}"),
        ("in 2 days at 7pm Lagos", f"2026-12-03 19:00 {LAGOS}"),
        ("2027-05-01 19:00 Africa/Lagos", f"2027-05-01 19:00 {LAGOS}"),
        ("quarter past 7 pm Lagos", f"2026-12-01 19:15 {LAGOS}"),
        ("7 o'clock tomorrow evening Lagos", f"2026-12-02 19:00 {LAGOS}"),
        ("7pm Lagos, Nigeria", f"2026-12-01 19:00 {LAGOS}"),
        ("7pm Berlin, Germany", f"2026-12-01 19:00 {BERLIN}"),
        ("7pm Denver USA", f"2026-12-01 19:00 {DENVER}"),
        ("7 PM Mountain Time", f"2026-12-01 19:00 {DENVER}"),
        ("7pm New York City", f"2026-12-01 19:00 {NEW_YORK}"),
        ("7pm ET", f"2026-12-01 19:00 {NEW_YORK}"),
        ("noon Pacific", "2026-12-01 12:00 America/Los_Angeles"),
        ("tomorrow 7pm Mexico City time", "2026-12-02 19:00 America/Mexico_City"),
        ("1 May 2027 7pm Kolkata", f"2027-05-01 19:00 {KOLKATA}"),
        ("Thu 19:00 Europe/Berlin time", f"2026-12-03 19:00 {BERLIN}"),
        ("8pm GMT", "2026-12-01 20:00 Etc/UTC"),
        ("20:00 EET", "2026-12-01 20:00 Europe/Bucharest"),
        ("20:00 EAT", "2026-12-01 20:00 Africa/Nairobi"),
        ("20:00 JST", "2026-12-02 20:00 Asia/Tokyo"),
        ("7pm MEZ", f"2026-12-01 19:00 {BERLIN}"),
        ("tuesday 19 uhr Berlin", f"2026-12-01 19:00 {BERLIN}"),
        ("1.5. um 19 Uhr", f"2027-05-01 19:00 {BERLIN}"),
        ("1.5. um 19.05 Uhr", f"2027-05-01 19:05 {BERLIN}"),
        ("tomorrow 19.05 Uhr", f"2026-12-02 19:05 {BERLIN}"),
        ("19:00 h Tuesday", f"2026-12-01 19:00 {BERLIN}"),
        ("wed 6:30p", f"2026-12-02 18:30 {BERLIN}"),
        ("7:00 p. m. Tuesday", f"2026-12-01 19:00 {BERLIN}"),
        ("seven thirty pm tomorrow", f"2026-12-02 19:30 {BERLIN}"),
        ("tomorrow 7pm my time", f"2026-12-02 19:00 {BERLIN}"),
        ("7pm local time", f"2026-12-01 19:00 {BERLIN}"),
    ],
)
def test_a_time_with_a_zone_is_understood(phrase: str, expected: str) -> None:
    assert said(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Tuesdays 7pm Berlin time", f"every Tuesday at 19:00, {BERLIN}"),
        ("at 7pm Lagos time every Tuesday", f"every Tuesday at 19:00, {LAGOS}"),
        ("every Tuesday at 7 in the evening, Denver", f"every Tuesday at 19:00, {DENVER}"),
        ("every Tuesday midnight Lagos", f"every Tuesday at 00:00, {LAGOS}"),
        ("every Tuesday night at 9", f"every Tuesday at 21:00, {BERLIN}"),
        ("tuesdays at seven thirty pm", f"every Tuesday at 19:30, {BERLIN}"),
        ("6PM NYC time Mondays", f"every Monday at 18:00, {NEW_YORK}"),
        ("noon every Friday, Nairobi", "every Friday at 12:00, Africa/Nairobi"),
        ("each Sunday 10:00 Accra", "every Sunday at 10:00, Africa/Accra"),
        ("Tue & Thu 7pm", f"every Tuesday and Thursday at 19:00, {BERLIN}"),
        ("Tue/Thu 19:00 Lagos", f"every Tuesday and Thursday at 19:00, {LAGOS}"),
        ("Mon/Wed/Fri 6pm", f"every Monday, Wednesday and Friday at 18:00, {BERLIN}"),
        ("Mon-Fri 9:00 UTC", "every weekday at 09:00, Etc/UTC"),
        ("weekends 11am Sydney", "every weekend at 11:00, Australia/Sydney"),
        ("every weekday 8:30 am Mumbai time", f"every weekday at 08:30, {KOLKATA}"),
        ("every day at noon in Tokyo", "every day at 12:00, Asia/Tokyo"),
        (
            "every other Wed at 18:30 CET",
            "every 2 weeks on Wednesday at 18:30, starting 2 December 2026, Europe/Paris",
        ),
        (
            "fortnightly on Tuesdays 7pm London",
            f"every 2 weeks on Tuesday at 19:00, starting 1 December 2026, {LONDON}",
        ),
        (
            "every other Tuesday starting 8 Dec 7pm Lagos",
            f"every 2 weeks on Tuesday at 19:00, starting 8 December 2026, {LAGOS}",
        ),
        (
            "first Monday of each month 6 PM New York",
            f"on the first Monday of each month at 18:00, {NEW_YORK}",
        ),
        (
            "1st and 3rd Tuesday 7pm",
            f"on the first Tuesday and third Tuesday of each month at 19:00, {BERLIN}",
        ),
        (
            "second and fourth Wednesday of the month 18:00 Denver",
            f"on the second Wednesday and fourth Wednesday of each month at 18:00, {DENVER}",
        ),
        (
            "every 2nd Tuesday of the month 7pm",
            f"on the second Tuesday of each month at 19:00, {BERLIN}",
        ),
        ("last Friday of the month 5pm Lagos", "on the last Friday of each month at 17:00, "
         f"{LAGOS}"),
        ("every month on the 15th at 6pm Berlin", f"on the 15th of each month at 18:00, {BERLIN}"),
        (
            "every Tuesday 7pm Lagos until 1 June",
            f"every Tuesday at 19:00, until 1 June 2027, {LAGOS}",
        ),
        ("every Tuesday 7pm Lagos, 10 times", f"every Tuesday at 19:00, 10 times, {LAGOS}"),
        (
            "Tuesdays 7pm except 29 December",
            f"every Tuesday at 19:00, except 29 December 2026, {BERLIN}",
        ),
    ],
)  # fmt: skip
def test_a_repeat_with_a_zone_is_understood(phrase: str, expected: str) -> None:
    assert said(phrase) == f"{expected} time"


@pytest.mark.parametrize(
    ("phrase", "choices"),
    [
        ("tomorrow noon PST", ["tomorrow noon America/Los_Angeles", "tomorrow noon Asia/Manila"]),
        ("Sat 10am IST", [f"saturday 10am {KOLKATA}", "saturday 10am Europe/Dublin",
                          "saturday 10am Asia/Jerusalem"]),
        ("20:00 BST", [f"20:00 {LONDON}", "20:00 Asia/Dhaka", "20:00 Pacific/Bougainville"]),
        ("20:00 CST", ["20:00 America/Chicago", "20:00 Asia/Shanghai", "20:00 America/Mexico_City",
                       "20:00 America/Havana"]),
        ("8pm GMT+1", [f"8pm {BERLIN}", "8pm Europe/Paris", f"8pm {LAGOS}", "8pm Africa/Algiers",
                       "8pm Africa/Bangui"]),
        ("18:30 every second Wednesday", ["18:30 every 2 weeks on wednesday",
                                          "18:30 2nd wednesday of every month"]),
        ("tomorrow half seven", ["tomorrow half past 7am", "tomorrow half past 7pm",
                                 "tomorrow half past 6am", "tomorrow half past 6pm"]),
        ("half 1 pm", ["half past 1pm", "half past 12pm"]),
        ("half seven in the evening", ["half past 7pm in evening", "half past 6pm in evening"]),
        ("tomorrow at 7:30", ["tomorrow 07:30", "tomorrow 19:30"]),
        ("midnight Friday", ["4 December 2026 00:00", "5 December 2026 00:00"]),
        ("biweekly Tuesday 7pm", ["every 2 weeks tuesday 7pm"]),
        ("3/4 at 5", ["3 April 2027 05:00", "3 April 2027 17:00", "4 March 2027 05:00",
                      "4 March 2027 17:00"]),
        ("7pm Berlin Lagos", []),
        ("7pm Denver, Germany", []),
        ("7pm Dallas TX", []),
        ("7pm or 8pm", []),
        ("7-8pm tomorrow", []),
    ],
)  # fmt: skip
def test_what_can_mean_several_times_is_asked_back(phrase: str, choices: list[str]) -> None:
    assert asked(phrase) == choices


@pytest.mark.parametrize(
    ("phrase", "choices"),
    [
        ("every other Wed at 18:30 CET", ["every 2 wednesday at 18:30 Europe/Paris",
                                          f"every 2 wednesday at 18:30 {LAGOS}"]),
        ("friday 18:30 MEZ", [f"friday 18:30 {BERLIN}", f"friday 18:30 {LAGOS}"]),
        ("friday 18:30 EET", ["friday 18:30 Europe/Bucharest", "friday 18:30 Africa/Maputo"]),
        ("friday 18:30 WET", ["friday 18:30 Europe/Lisbon", "friday 18:30 Africa/Abidjan"]),
        ("friday 18:30 AKST", ["friday 18:30 America/Anchorage", "friday 18:30 Pacific/Gambier"]),
        ("friday 6pm EST", [f"friday 6pm {NEW_YORK}", "friday 6pm America/Panama",
                            "friday 6pm America/Jamaica", "friday 6pm Australia/Sydney"]),
    ],
)  # fmt: skip
def test_winter_time_in_summer_is_asked_back(phrase: str, choices: list[str]) -> None:
    assert asked(phrase, now=SUMMER) == choices


def test_names_of_the_season_are_understood() -> None:
    assert said("friday 18:30 CEST", now=SUMMER) == "2027-07-02 18:30 Europe/Paris"
    assert said("friday 18:30 AEST", now=SUMMER) == "2027-07-02 18:30 Australia/Sydney"
    assert said("in 2 days at 18:30 CET") == "2026-12-03 18:30 Europe/Paris"
    assert asked("friday 18:30 AEST") == [
        "friday 18:30 Australia/Sydney",
        "friday 18:30 Australia/Brisbane",
    ]


@pytest.mark.parametrize(
    ("phrase", "locale", "expected"),
    [
        ("3/4 5pm", "en-GB", "2027-04-03 17:00"),
        ("3/4 5pm", "en-US", "2027-03-04 17:00"),
        ("03/04/2027 17:00", "de", "2027-04-03 17:00"),
        ("03/04/2027 17:00", "es-419", "2027-04-03 17:00"),
        ("03/04/2027 17:00", "pt-BR", "2027-04-03 17:00"),
        ("03/04/2027 17:00", "ja", "2027-03-04 17:00"),
        ("03/04/2027 17:00", "zh-CN", "2027-03-04 17:00"),
        ("25/4 17:00", "en-US", "2027-04-25 17:00"),
        ("4/25 17:00", "en-GB", "2027-04-25 17:00"),
    ],
)
def test_a_date_in_figures_is_read_as_the_members_language_writes_it(
    phrase: str, locale: str, expected: str
) -> None:
    assert said(phrase, locale) == f"{expected} {BERLIN}"


@pytest.mark.parametrize(
    ("phrase", "locale", "choices"),
    [
        ("3/4 at 5", "en-GB", ["3 April 2027 05:00", "3 April 2027 17:00"]),
        ("3/4 at 5", "en-US", ["4 March 2027 5am", "4 March 2027 5pm"]),
        ("3/4 at 5", "de", ["3 April 2027 05:00", "3 April 2027 17:00"]),
        ("3/4 at 5 Lagos", "hi", [f"3 April 2027 5am {LAGOS}", f"3 April 2027 5pm {LAGOS}"]),
        ("every day at 3", "en-US", ["every day at 3am", "every day at 3pm"]),
        ("every day at 3", "fr", ["every day at 03:00", "every day at 15:00"]),
        ("3/4 5pm", "xx", ["3 April 2027 5pm", "4 March 2027 5pm"]),
        ("3/4 5pm", "not a locale", ["3 April 2027 5pm", "4 March 2027 5pm"]),
    ],
)
def test_a_bare_hour_is_asked_back_as_the_members_language_writes_it(
    phrase: str, locale: str, choices: list[str]
) -> None:
    assert asked(phrase, locale) == choices


def test_dates_after_until_and_starting_are_read_so_too() -> None:
    phrase = "every tuesday 7pm starting 4/1 until 3/4/2027"
    assert said(phrase, "en-GB").startswith(
        "every Tuesday at 19:00, starting 5 January 2027, until"
    )
    moment = understand("every tuesday 7pm starting 4/1", NOW, BERLIN, "en-US")
    assert isinstance(moment, Recurrence)
    assert describe(moment, NOW, "en-US").startswith("every Tuesday at 7pm, starting 6 April 2027")


DISCORD = (
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no",
    "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
)  # fmt: skip


def test_each_language_of_discord_has_its_habits() -> None:
    habits = {locale: habits_of(locale) for locale in DISCORD}
    month_first = {locale for locale, each in habits.items() if each.month_first}
    assert month_first == {"en-US", "hu", "ja", "ko", "lt", "sv-SE", "zh-CN", "zh-TW"}
    assert {"en-US", "hi"} <= {locale for locale, each in habits.items() if each.twelve}
    assert habits_of(None) == Habits()


@given(
    st.sampled_from(["every tuesday", "mon/thu", "every other wed", "1st and 3rd friday", "daily"]),
    st.sampled_from(["7pm", "18:30", "6:30 am", "19 uhr", "noon"]),
    st.sampled_from(["", "Berlin time", "Lagos", "in Denver", "New York City", "Kathmandu"]),
    st.sampled_from(["", "until 3/4/2027", "10 times", "starting 2/3/2027"]),
    st.sampled_from(DISCORD),
)
def test_what_is_said_back_is_understood_as_the_same(
    days: str, at: str, zone: str, ends: str, locale: str
) -> None:
    moment = understand(f"{days} {at} {zone} {ends}", NOW, BERLIN, locale)
    assert not isinstance(moment, Once)
    assert understand(describe(moment, NOW, locale), NOW, None, locale) == moment
    assert understand(describe(moment, NOW), NOW, None) == moment
