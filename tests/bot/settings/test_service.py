from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import MemberError
from bot.guilds import settings as guild_settings
from bot.members import settings as member_settings
from bot.settings import types
from bot.settings.model import Kept, Option, Owner, Registry, UnclearValue
from bot.settings.service import ChangedSince, Preferences
from bot.store.database import Database
from tests.conftest import NOW, FixedClock

ZONE, CHANNEL = member_settings.ZONE, guild_settings.NOTICE_CHANNEL


@pytest.fixture
def preferences(database: Database, clock: FixedClock) -> Preferences:
    registry = Registry()
    registry.register(ZONE)
    registry.register(guild_settings.ZONE)
    registry.register(CHANNEL)
    return Preferences(database, clock, registry)


async def test_the_default_holds_until_something_is_chosen(preferences: Preferences) -> None:
    assert await preferences.get(ZONE, 1) is None
    [choice] = await preferences.all(Owner.MEMBER, 1)
    assert choice.is_default


async def test_a_choice_is_kept_with_who_made_it(preferences: Preferences) -> None:
    change = await preferences.set(ZONE, 1, "Europe/Berlin", by=1)
    assert (change.before.value, change.after.value) == (None, "Europe/Berlin")
    assert await preferences.get(ZONE, 1) == "Europe/Berlin"
    [choice] = await preferences.all(Owner.MEMBER, 1)
    assert (choice.changed_by, choice.changed_at, choice.is_default) == (1, NOW, False)


async def test_owners_do_not_share_choices(preferences: Preferences) -> None:
    await preferences.set(ZONE, 1, "Europe/Berlin", by=1)
    assert await preferences.get(ZONE, 2) is None
    assert await preferences.get(guild_settings.ZONE, 1) is None


async def test_a_choice_can_be_taken_back(preferences: Preferences) -> None:
    await preferences.set(CHANNEL, 1, 42, by=1)
    assert (await preferences.reset(CHANNEL, 1)).before.value == 42
    assert await preferences.get(CHANNEL, 1) is None


async def test_a_change_can_be_undone(preferences: Preferences, clock: FixedClock) -> None:
    first = await preferences.set(CHANNEL, 1, 42, by=1)
    clock.time += timedelta(microseconds=1)
    second = await preferences.set(CHANNEL, 1, 43, by=2)
    undone = await preferences.undo(CHANNEL, 1, second.after.changed_at, "42", by=2)
    assert (undone.value, await preferences.get(CHANNEL, 1)) == (42, 42)
    await preferences.undo(CHANNEL, 1, undone.changed_at, None, by=2)
    assert await preferences.get(CHANNEL, 1) is None
    assert first.before.is_default


async def test_nobody_undoes_a_later_change(preferences: Preferences, clock: FixedClock) -> None:
    first = await preferences.set(CHANNEL, 1, 42, by=1)
    clock.time += timedelta(microseconds=1)
    await preferences.set(CHANNEL, 1, 43, by=2)
    with pytest.raises(ChangedSince):
        await preferences.undo(CHANNEL, 1, first.after.changed_at, None, by=1)
    assert await preferences.get(CHANNEL, 1) == 43


async def test_what_is_no_longer_valid_is_the_default(preferences: Preferences) -> None:
    await preferences.set(ZONE, 1, "Mars/Olympus", by=1)
    assert await preferences.get(ZONE, 1) is None


async def test_several_are_read_as_of_one_time(preferences: Preferences) -> None:
    await preferences.set(ZONE, 1, "Europe/Berlin", by=1)
    await preferences.set(CHANNEL, 7, 42, by=1)
    assert await preferences.values((CHANNEL, 7), (ZONE, 1), (ZONE, 2)) == [
        42, "Europe/Berlin", None,
    ]  # fmt: skip
    assert (await preferences.choice(CHANNEL, 7)).changed_by == 1


async def test_what_is_partly_gone_is_read_without_it_and_can_be_undone(
    database: Database, clock: FixedClock
) -> None:
    def read(written: str) -> Kept[str | None]:
        here, _, gone = written.partition("+")
        return Kept(here, (gone,))

    def write(zone: str | None) -> str:
        return f"{zone}+Mars/Olympus"

    registry = Registry()
    setting = replace(ZONE, read=read, write=write)
    registry.register(setting)
    preferences = Preferences(database, clock, registry)
    change = await preferences.set(setting, 1, "Europe/Berlin", by=1)
    choice = await preferences.choice(setting, 1)
    assert (choice.value, choice.gone) == ("Europe/Berlin", ("Mars/Olympus",))
    await preferences.undo(setting, 1, change.after.changed_at, None, by=1)
    assert (await preferences.choice(setting, 1)).is_default


def test_a_setting_is_registered_once() -> None:
    registry = Registry()
    registry.register(ZONE)
    with pytest.raises(ValueError, match="zone"):
        registry.register(ZONE)
    assert registry.named(Owner.MEMBER, "zone") is ZONE
    assert registry.named(Owner.GUILD, "zone") is None


def test_values_are_shown_for_people() -> None:
    assert types.show_zone(None, NOW) == "not set"
    assert "Europe/Berlin" in types.show_zone("Europe/Berlin", NOW)
    assert types.show_channel(None, NOW) == "not set"
    assert types.show_channel(5, NOW) == "<#5>"


def test_a_role_is_read_from_its_mention_and_shown_as_one() -> None:
    assert types.parse_role("<@&55>") == types.parse_role(types.write_role(55)) == 55
    assert types.show_role(55, NOW) == "<@&55>"
    assert types.show_role(None, NOW) == "not set"
    with pytest.raises(MemberError, match="role"):
        types.parse_role("Mentors")


def test_an_unclear_zone_offers_what_may_be_meant() -> None:
    with pytest.raises(UnclearValue) as problem:
        ZONE.parse("IST")
    assert Option("Asia/Kolkata", "Asia/Kolkata") in problem.value.options


def test_a_channel_is_read_from_its_mention() -> None:
    assert types.parse_channel("<#55>") == types.parse_channel("55") == 55
    with pytest.raises(MemberError, match="channel"):
        types.parse_channel("general")


def test_a_zone_is_written_as_its_name() -> None:
    assert types.write_zone("Europe/Berlin") == "Europe/Berlin"
    assert types.write_zone(None) == ""
