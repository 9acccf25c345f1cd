"""Writing what an import does to a server's answers, and what undoing it does."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.importing import ImportPlan, ImportUndo
from bot.faq.model import What
from bot.faq.statements import entries


async def put(
    session: AsyncSession, guild_id: int, plan: ImportPlan, by: int | None, now: datetime
) -> None:
    """Write the answers of a file; those that change free their old names first."""
    what = What.IMPORTED
    changed = [each.before.changed(each.after, what, by, now) for each in plan.changed]
    await entries.put_all(session, guild_id, changed, what)
    await entries.add_all(session, guild_id, plan.added, what, by=by, now=now)


async def put_back(
    session: AsyncSession, guild_id: int, undo: ImportUndo, by: int, now: datetime
) -> None:
    """Write the next versions of what an import had written; names are freed first."""
    gone, back = What.REMOVED, What.RESTORED
    removed = [each.changed(each.text, gone, by, now) for each in undo.removed]
    restored = [each.before.changed(each.after, back, by, now) for each in undo.restored]
    await entries.put_all(session, guild_id, removed, gone)
    await entries.put_all(session, guild_id, restored, back)
