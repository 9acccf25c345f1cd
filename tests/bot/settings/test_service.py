from datetime import timedelta

import pytest

from bot.errors import MemberError
from bot.guilds import settings as guild_settings
from bot.members import settings as member_settings
from bot.settings import types
from bot.settings.model import Owner, Registry
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


def test_a_channel_is_read_from_its_mention() -> None:
    assert types.parse_channel("<#55>") == types.parse_channel("55") == 55
    with pytest.raises(MemberError, match="channel"):
        types.parse_channel("general")


def test_a_zone_is_written_as_its_name() -> None:
    assert types.write_zone("Europe/Berlin") == "Europe/Berlin"
    assert types.write_zone(None) == ""
