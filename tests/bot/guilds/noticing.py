"""Notices over a store, for services that report to them."""

from bot.clock import Clock
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.guilds import settings
from bot.guilds.model import NOTICE, RECOVERY
from bot.guilds.service import Notices
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database


def notices_over(database: Database, clock: Clock, planner: Planner) -> Notices:
    """Return a service of notices; its kinds are registered with the planner's."""
    registry = Registry()
    registry.register(settings.ZONE, settings.NOTICE_CHANNEL)
    deliveries = Deliveries(database, clock, planner)
    notices = Notices(database, clock, planner, deliveries, Preferences(database, clock, registry))
    planner.kinds.register(NOTICE, notices.elsewhere)
    planner.kinds.register(RECOVERY, notices.elsewhere)
    return notices
