from bot.members.service import Members
from bot.pictures.looks import DARK, LIGHT
from bot.pictures.settings import LOOK
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.conftest import FixedClock


async def test_pictures_look_as_their_member_wants(database: Database, clock: FixedClock) -> None:
    registry = Registry()
    registry.register(LOOK)
    preferences = Preferences(database, clock, registry)
    members = Members(database, clock, preferences)
    assert await members.look(7) == DARK
    await preferences.set(LOOK, 7, "Light", by=7)
    assert (await members.look(7), await members.look(8)) == (LIGHT, DARK)
