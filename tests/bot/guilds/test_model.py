from dataclasses import replace

from bot.delivery.model import Reason, Target
from bot.guilds.model import Trouble, after, is_channel, key_of_place, route

CHANNEL, OTHER = Target.channel(5), Target.channel(6)


def trouble(member_id: int | None = None, configured_by: int | None = 8) -> Trouble:
    return Trouble(CHANNEL, "question", Reason.CHANNEL_GONE, 3, member_id, configured_by)


def test_managers_are_told_in_their_channel_then_who_set_it_up_then_the_owner() -> None:
    assert route(trouble(), 6, 9) == (OTHER, Target.user(8), Target.user(9))


def test_nobody_is_told_twice_nor_where_the_trouble_is() -> None:
    assert route(trouble(), 5, 8) == (Target.user(8),)
    assert route(trouble(configured_by=None), None, None) == ()


def test_a_route_goes_on_to_its_end() -> None:
    places = (OTHER, Target.user(8))
    assert after(places, OTHER) == Target.user(8)
    assert after(places, Target.user(8)) is None
    assert after(places, CHANNEL) == OTHER


def test_one_place_is_one_trouble_and_so_is_one_member() -> None:
    assert trouble().key == key_of_place(3, CHANNEL) == "guild:3:channel:5"
    assert trouble(member_id=7).key == "member:7:question"


def test_where_a_member_is_told_of_each_thing_each_is_one_trouble() -> None:
    assert replace(trouble(member_id=7), subject_id=12).key == "member:7:question:12"
    longest = Trouble(CHANNEL, "x" * 32, Reason.LATE, None, 2**63 - 1, subject_id=2**63 - 1)
    assert len(longest.key) <= 80


def test_only_channels_can_be_replaced() -> None:
    assert is_channel(CHANNEL)
    assert not is_channel(Target.user(5))
