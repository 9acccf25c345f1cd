from datetime import date

import pytest

from bot.checkins.group import Round
from bot.checkins.model import CheckinZoneNeeded, DayState, NoProgress, Reopened
from bot.checkins.settings import HELP_CHANNEL, NUDGE_AFTER
from bot.errors import MemberError
from tests.conftest import NOW


def test_a_round_that_was_not_posted_has_no_link() -> None:
    found = Round(1, 1, 3, date(2026, 11, 24), DayState.SKIPPED, "late", 1)
    assert found.link is None


async def test_without_a_plan_there_is_nothing_to_tick() -> None:
    nothing = NoProgress()
    await nothing.finish(1, 2, [3])
    assert await nothing.open_tasks(1, 2) == ()
    assert await nothing.stuck_help(1, 2) is None
    assert await nothing.reopen(1, 2, [3], NOW) == Reopened(out_of_reach=(3,))


def test_a_reminder_of_check_ins_is_never_or_after_some_hours() -> None:
    assert [NUDGE_AFTER.parse(each) for each in ("never", "0", "2 hours", "1 Hour")] == [0, 0, 2, 1]
    assert NUDGE_AFTER.show(2, NOW) == "after 2 hours"
    assert NUDGE_AFTER.options is not None
    offered = NUDGE_AFTER.options()
    assert [NUDGE_AFTER.parse(each.text) for each in offered] == [0, 1, 2, 4, 6]
    for typed in ("soon", "3"):
        with pytest.raises(MemberError, match="from the list"):
            NUDGE_AFTER.parse(typed)
    assert HELP_CHANNEL.parse("<#7>") == 7


def test_a_round_that_was_posted_has_a_link() -> None:
    found = Round(1, 1, 3, date(2026, 11, 24), DayState.ASKED, None, 1, 5, 9)
    assert found.link == "https://discord.com/channels/3/5/9"


def test_who_has_no_zone_is_told_how_to_say_it() -> None:
    assert "/my settings" in str(CheckinZoneNeeded())
