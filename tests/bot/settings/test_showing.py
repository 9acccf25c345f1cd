"""How settings say what they are."""

import pytest

from bot.errors import MemberError
from bot.journeys.settings import VISIBILITY
from bot.pictures.settings import LOOK
from bot.settings import types
from tests.conftest import NOW


def test_a_choice_is_shown_by_its_label() -> None:
    assert VISIBILITY.show(VISIBILITY.parse("private"), NOW) == "Only me"
    assert LOOK.show(LOOK.parse("light"), NOW) == "Light"


def test_a_full_hour_is_read_and_shown() -> None:
    assert [types.parse_hour(each) for each in ("4", "4:00", "04:00")] == [4, 4, 4]
    assert [types.parse_hour(each.text) for each in types.hours()] == [*range(24)]
    with pytest.raises(MemberError, match="full hour"):
        types.parse_hour("24")
