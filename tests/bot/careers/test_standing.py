import pytest

from bot.careers.registry import RoleRegistry
from bot.careers.settings import channel_career, followed, member_career
from bot.careers.standing import CareersMeant, Meant
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.careers.samples import loaded
from tests.conftest import FixedClock

ROLES = RoleRegistry([loaded("potter"), loaded("weaver"), loaded("smith")])
OWN, CHANNEL, FOLLOWED = member_career(ROLES), channel_career(ROLES), followed(ROLES)
MEMBER, GUILD, THREAD, PARENT = 1, 2, 3, 4


@pytest.fixture
def preferences(database: Database, clock: FixedClock) -> Preferences:
    registry = Registry()
    registry.register(OWN, CHANNEL, FOLLOWED)
    return Preferences(database, clock, registry)


@pytest.fixture
def careers(preferences: Preferences) -> CareersMeant:
    return CareersMeant(ROLES, preferences)


async def test_nothing_is_meant_until_something_is_chosen(careers: CareersMeant) -> None:
    assert await careers.career_meant(MEMBER, GUILD, [THREAD, PARENT]) == (None, ())
    assert await careers.career_meant(MEMBER, None, []) == (None, ())


async def test_the_nearest_choice_is_meant(careers: CareersMeant, preferences: Preferences) -> None:
    await preferences.set(FOLLOWED, GUILD, ("smith",), by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, [THREAD, PARENT]) == ("smith", ("smith",))
    await preferences.set(OWN, MEMBER, "weaver", by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, [THREAD, PARENT]) == ("weaver", ("smith",))
    await preferences.set(CHANNEL, PARENT, "potter", by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, [THREAD, PARENT]) == ("potter", ("smith",))
    await preferences.set(CHANNEL, THREAD, "smith", by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, [THREAD, PARENT]) == ("smith", ("smith",))


async def test_in_direct_messages_ones_own_career_is_meant(
    careers: CareersMeant, preferences: Preferences
) -> None:
    await preferences.set(FOLLOWED, GUILD, ("smith",), by=MEMBER)
    await preferences.set(OWN, MEMBER, "weaver", by=MEMBER)
    assert await careers.career_meant(MEMBER, None, [9]) == Meant("weaver", ())


async def test_of_several_followed_careers_none_is_meant(
    careers: CareersMeant, preferences: Preferences
) -> None:
    await preferences.set(FOLLOWED, GUILD, ("weaver", "potter"), by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, []) == (None, ("weaver", "potter"))


async def test_what_is_not_loaded_counts_for_nothing(
    careers: CareersMeant, preferences: Preferences
) -> None:
    await preferences.set(CHANNEL, THREAD, "nurse", by=MEMBER)
    await preferences.set(OWN, MEMBER, "clerk", by=MEMBER)
    await preferences.set(FOLLOWED, GUILD, ("nurse", "weaver"), by=MEMBER)
    assert await careers.career_meant(MEMBER, GUILD, [THREAD]) == ("weaver", ("weaver",))


async def test_the_only_career_there_is_is_meant(preferences: Preferences) -> None:
    only = CareersMeant(RoleRegistry([loaded("potter")]), preferences)
    assert await only.career_meant(MEMBER, GUILD, []) == ("potter", ())
