import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when import zones
from bot.when.errors import UnclearZone
from bot.when.folding import name_key
from bot.when.zone_index import index
from bot.when.zone_names import (
    ABBREVIATIONS,
    AMBIGUOUS,
    CITIES,
    METAZONES,
    OTHER_MEANINGS,
    POPULAR,
)

NOW = datetime(2026, 1, 6, 12, 4, tzinfo=UTC)
SUMMER = datetime(2026, 7, 6, 12, 4, tzinfo=UTC)


def unclear(text: str, now: datetime | None = None) -> UnclearZone:
    with pytest.raises(UnclearZone) as caught:
        zones.find(text, now)
    assert all(zones.known(choice) for choice in caught.value.choices)
    return caught.value


def meant(text: str) -> tuple[str, ...]:
    """The zone, or those that it could be."""
    try:
        return (zones.find(text, NOW),)
    except UnclearZone as error:
        return error.choices


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("AMERICA/NEW_YORK", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Iceland", "Atlantic/Reykjavik"),
        ("EST5EDT", "America/New_York"),
        ("America/Coyhaique", "America/Coyhaique"),
        ("new york", "America/New_York"),
        ("in New York", "America/New_York"),
        ("  Lagos ", "Africa/Lagos"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("St. John's", "America/St_Johns"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("kiev", "Europe/Kyiv"),
        ("ho chi minh city", "Asia/Ho_Chi_Minh"),
        ("nyc", "America/New_York"),
        ("sf", "America/Los_Angeles"),
        ("Mumbai", "Asia/Kolkata"),
        ("munich", "Europe/Berlin"),
        ("london time", "Europe/London"),
        ("Eastern time", "America/New_York"),
        ("eastern", "America/New_York"),
        ("pacific", "America/Los_Angeles"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("central european time", "Europe/Paris"),
        ("british summer time", "Europe/London"),
        ("Irish Standard Time", "Europe/Dublin"),
        ("India Standard Time", "Asia/Kolkata"),
        ("UTC", "Etc/UTC"),
        ("gmt", "Etc/UTC"),
        ("GMT+0", "Etc/UTC"),
        ("CET", "Europe/Paris"),
        ("EET", "Europe/Bucharest"),
        ("WAT", "Africa/Lagos"),
        ("JST", "Asia/Tokyo"),
        ("EDT", "America/New_York"),
        ("Germany", "Europe/Berlin"),
        ("Nigeria", "Africa/Lagos"),
        ("india", "Asia/Kolkata"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("UK", "Europe/London"),
        ("belrin", "Europe/Berlin"),
        ("new yrok", "America/New_York"),
        ("johanesburg", "Africa/Johannesburg"),
    ],
)
def test_a_zone_is_found_as_people_name_it(text: str, zone: str) -> None:
    assert zones.find(text) == zone
    assert zones.known(zone)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("IST", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem")),
        ("ect", ("America/Guayaquil", "America/Puerto_Rico")),
        ("Spain", ("Europe/Madrid", "Atlantic/Canary")),
        ("Ukraine", ("Europe/Kyiv", "Europe/Simferopol")),
        ("China", ("Asia/Shanghai", "Asia/Urumqi")),
    ],
)
def test_what_can_be_several_zones_is_asked_back(text: str, choices: tuple[str, ...]) -> None:
    error = unclear(text)
    assert error.choices == choices
    assert f"“{choices[0]}”" in str(error)


@pytest.mark.parametrize("text", [*AMBIGUOUS])
def test_an_ambiguous_abbreviation_is_asked_back(text: str) -> None:
    assert f"“{text.upper()}” can be several time zones." in str(unclear(text))


def test_a_large_country_is_asked_back_with_its_main_zone_first() -> None:
    assert unclear("USA").choices[0] == "America/New_York"
    assert unclear("australia").choices[0] == "Australia/Sydney"
    assert unclear("Russia").choices[0] == "Europe/Moscow"


@pytest.mark.parametrize("text", ["UTC+2", "utc +2", "GMT+02:00", "+2", "Etc/GMT-2"])
def test_an_offset_is_refused_with_zones_that_have_it_now(text: str) -> None:
    error = unclear(text, NOW)
    assert error.choices[:2] == ("Africa/Johannesburg", "Africa/Cairo")
    assert "wrong as soon as clocks change" in str(error)
    assert "Europe/Berlin" in unclear(text, SUMMER).choices


@pytest.mark.parametrize("text", ["UTC-5", "gmt-5", "-0500", "Etc/GMT+5"])
def test_an_offset_west_is_refused_too(text: str) -> None:
    assert unclear(text, NOW).choices[0] == "America/New_York"


def test_an_offset_is_refused_without_a_time_to_compare() -> None:
    assert unclear("utc+2").choices == ()
    assert "“Berlin”" in str(unclear("utc+2"))


def test_an_offset_of_nothing_is_refused_too() -> None:
    assert unclear("+0", NOW).choices[0] == "Etc/UTC"


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    assert "Europe/Berlin" in unclear("berlingrad").choices


@pytest.mark.parametrize("text", ["", " ", "%%%", "qqqq", "x" * 5000])
def test_no_zone_at_all_is_refused_with_an_example(text: str) -> None:
    assert "“" in str(unclear(text))
    assert len(str(unclear(text))) < 300


def test_a_typo_that_could_be_several_zones_is_asked_back() -> None:
    assert unclear("nlgeria").choices == ("Africa/Algiers", "Africa/Lagos")


@given(st.text(max_size=40))
def test_any_text_is_a_known_zone_or_unclear(text: str) -> None:
    assert all(zones.known(zone) for zone in meant(text))


@given(st.text(max_size=40))
def test_suggestions_fit_for_any_text(text: str) -> None:
    found = zones.suggestions(text, NOW)
    assert len(found) <= 25
    assert all(len(each.label) <= 100 for each in found)


def test_every_zone_of_iana_is_found_and_named_as_today() -> None:
    not_one = index().several.keys() | OTHER_MEANINGS | {"localtime"}
    for name in available_timezones():
        if name_key(name) not in not_one and not name.startswith("Etc/GMT"):
            assert zones.known(zones.find(name)), name


def test_our_own_tables_name_zones_of_today() -> None:
    named = [
        *POPULAR,
        *CITIES,
        *METAZONES.values(),
        *ABBREVIATIONS.values(),
        *(zone for several in AMBIGUOUS.values() for zone in several),
    ]
    assert [zone for zone in named if not zones.known(zone)] == []


def test_every_name_means_a_zone_of_today() -> None:
    named = {*index().one.values(), *(zone for all_ in index().several.values() for zone in all_)}
    assert named <= index().zones
    assert not index().one.keys() & index().several.keys()


def test_a_label_says_city_offset_and_time() -> None:
    assert zones.label("Europe/Berlin", NOW) == "Berlin · Europe/Berlin (UTC+1, now 13:04)"
    assert zones.label("Europe/Berlin", SUMMER) == "Berlin · Europe/Berlin (UTC+2, now 14:04)"
    assert zones.label("Asia/Kolkata", NOW) == "Kolkata · Asia/Kolkata (UTC+5:30, now 17:34)"
    assert zones.label("America/St_Johns", NOW).endswith("(UTC-3:30, now 08:34)")
    assert zones.label("Etc/UTC", NOW) == "UTC · Etc/UTC (UTC+0, now 12:04)"


def test_every_label_fits_a_choice() -> None:
    assert max(len(zones.label(zone, NOW)) for zone in index().zones) <= 100


def first(typed: str) -> list[str]:
    return [each.zone for each in zones.suggestions(typed, NOW)]


def test_popular_zones_are_suggested_before_anything_is_typed() -> None:
    assert first("") == list(POPULAR[:25])


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("be", "Europe/Berlin"),
        ("pari", "Europe/Paris"),
        ("new y", "America/New_York"),
        ("asia/calc", "Asia/Kolkata"),
        ("mumb", "Asia/Kolkata"),
        ("IST", "Asia/Kolkata"),
        ("cet", "Europe/Paris"),
        ("utc+5:30", "Asia/Kolkata"),
        ("gemrany", "Europe/Berlin"),
        ("york", "America/New_York"),
        ("são", "America/Sao_Paulo"),
    ],
)
def test_what_is_typed_is_suggested_first(typed: str, zone: str) -> None:
    assert first(typed)[0] == zone


def test_each_zone_is_suggested_once_and_within_the_limit() -> None:
    found = first("a")
    assert len(found) == len(set(found)) == 25
    assert len(zones.suggestions("a", NOW, limit=3)) == 3


def test_nothing_is_suggested_for_nonsense() -> None:
    assert zones.suggestions("xqxqxqxq", NOW) == []


def test_suggestions_are_quick() -> None:
    zones.suggestions("", NOW)
    begin = time.perf_counter()
    for typed in ("", "a", "be", "utc+2", "gemrany"):
        zones.suggestions(typed, NOW)
    assert (time.perf_counter() - begin) / 5 < 0.1  # 2 ms at rest


def test_only_names_of_today_are_known() -> None:
    assert zones.known("Europe/Kyiv")
    assert not zones.known("Europe/Kiev")
    assert not zones.known("berlin")
    assert all(ZoneInfo(zone) for zone in index().zones)


def test_the_release_of_the_data_is_told() -> None:
    assert zones.data_version()[:4].isdecimal()
