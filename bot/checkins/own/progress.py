"""A member's journey, as check-ins tick it."""

from collections.abc import Sequence
from datetime import datetime

from bot.careers.registry import RoleRegistry
from bot.checkins.model import Help, OpenTask, Reopened, Resource
from bot.journeys.service import Journeys


class JourneyProgress:
    """The open tasks of the journey a member is on, and the resources of its phase."""

    def __init__(self, journeys: Journeys, roles: RoleRegistry) -> None:
        self._journeys = journeys
        self._roles = roles

    async def open_tasks(self, guild_id: int, member_id: int) -> Sequence[OpenTask]:
        """Return what a member has still to do, in the plan's order."""
        journey = await self._journeys.active(guild_id, member_id)
        tasks = journey.open_tasks if journey else ()
        return [OpenTask(task.id, task.item.text) for task in tasks]

    async def finish(self, guild_id: int, member_id: int, ids: Sequence[int]) -> None:
        """Note that these tasks are done. Raises NoJourney or NoSuchTask."""
        await self._journeys.finish(guild_id, member_id, ids)

    async def reopen(
        self, guild_id: int, member_id: int, ids: Sequence[int], until: datetime
    ) -> Reopened:
        """Take back that these tasks are done, unless they were done again after `until`.

        Those of an earlier journey stay done.
        """
        journey = await self._journeys.active(guild_id, member_id)
        there = [task for task in journey.tasks if task.id in ids] if journey else []
        meant = [task.id for task in there if task.done_at is not None and task.done_at <= until]
        opened = await self._journeys.reopen(guild_id, member_id, meant) if meant else ()
        known = {task.id for task in there}
        elsewhere = tuple(each for each in ids if each not in known)
        return Reopened(tuple(task.id for task in opened), elsewhere)

    async def stuck_help(self, guild_id: int, member_id: int) -> Help | None:
        """Return what the pack has for the phase a member is at; None without a journey."""
        journey = await self._journeys.active(guild_id, member_id)
        phase = journey and journey.phase
        if journey is None or phase is None:
            return None
        loaded = self._roles.get(journey.role)
        theirs = loaded.role.roadmap[phase.place : phase.place + 1] if loaded else ()
        resources = [each for found in theirs for each in found.resources]
        known = tuple(Resource(each.title, str(each.url or "")) for each in resources)
        return Help(phase.title, known)
