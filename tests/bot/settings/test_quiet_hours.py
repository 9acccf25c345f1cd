import pytest

from bot.errors import MemberError
from bot.settings import quiet_hours
from bot.when.quiet_hours import QuietHours


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22-7", QuietHours(22, 7)),
        ("22:00 – 7:00", QuietHours(22, 7)),
        ("22:00 to 07:00", QuietHours(22, 7)),
        ("0 until 6", QuietHours(0, 6)),
        (" None ", None),
    ],
)
def test_what_may_be_typed(typed: str, meant: QuietHours | None) -> None:
    assert quiet_hours.parse(typed) == meant


@pytest.mark.parametrize("typed", ["", "22", "24-7", "7-7", "22:30-7", "at night"])
def test_what_is_refused_says_what_to_type(typed: str) -> None:
    with pytest.raises(MemberError, match="22-7"):
        quiet_hours.parse(typed)


def test_what_is_offered_is_read_back_and_fits_a_menu() -> None:
    options = quiet_hours.options()
    assert len(options) == 25
    assert [quiet_hours.write(quiet_hours.parse(each.text)) for each in options] == [
        each.text for each in options
    ]


def test_how_they_are_shown() -> None:
    assert quiet_hours.show(None) == "none"
    assert quiet_hours.show(QuietHours(22, 7)).replace("\u202f", " ") == "10:00 PM to 7:00 AM"
