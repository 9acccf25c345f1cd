"""Importing a member's milestones, all or none of a file's, and exporting them."""

from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.milestones import store
from bot.milestones.files import Record
from bot.milestones.importing import ImportPlan, plan_of
from bot.milestones.model import Wanted, Whose
from bot.milestones.statements import milestones as statements
from bot.sheets.parsing import Parsed
from bot.store.database import Database


class MilestoneFiles:
    """Files of members' milestones. Everything asks for the server and the member."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def plan_import(
        self, guild_id: int, member_id: int, parsed: Parsed[Record]
    ) -> ImportPlan:
        """Return what importing a file would do."""
        async with self._database.reading() as session:
            return plan_of(
                parsed, await statements.kept(session, Whose(guild_id, member_id), Wanted())
            )

    async def import_all(self, guild_id: int, member_id: int, parsed: Parsed[Record]) -> ImportPlan:
        """Add a file's milestones, all of them or, if there is a problem, none."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await store.lock_member(session, member_id)
            kept = await statements.kept(session, Whose(guild_id, member_id), Wanted())
            plan = plan_of(parsed, kept)
            for record in plan.added:
                await store.add(session, guild_id, member_id, record, now)
        return replace(plan, at=now) if plan.added else plan

    async def undo_import(self, guild_id: int, member_id: int, at: datetime) -> int:
        """Remove what an import added, but for what was changed since; return how many."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await store.lock_member(session, member_id)
            return await statements.remove_untouched(session, Whose(guild_id, member_id), at, now)

    async def export(self, guild_id: int, member_id: int) -> list[Record]:
        """Return all of a member's milestones as files have them."""
        async with self._database.reading() as session:
            kept = await statements.kept(session, Whose(guild_id, member_id), Wanted())
            steps = await statements.steps_of(session, [each.id for each in kept])
        return [
            Record(each.details, each.done_at, each.outcome, steps.get(each.id, ()))
            for each in kept
        ]
