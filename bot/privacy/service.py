"""Giving members what is held on them, and forgetting them."""

import asyncio
import secrets
from datetime import datetime

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.privacy.bundle import bundle
from bot.privacy.model import (
    EVERYWHERE,
    NothingHeld,
    Part,
    Receipt,
    Scope,
    Sheet,
    TooMuchToSend,
    summed,
)
from bot.privacy.statements import erasing, exporting
from bot.privacy.statements.reach import Reach
from bot.store.database import Database, on_postgres
from bot.store.held import Gone

MOST_ROWS = 20_000
"""Rows of each table in an export, the newest; fewer where the file would be too large."""

FEWEST_ROWS = 100
WAIT_S = 0.25
MOST_PASSES = 3
PATIENCE = 40
"""How often it is looked whether something is still being sent: for ten seconds together."""

DEADLOCK = "40P01"
"""PostgreSQL's code of the one of two transactions that was given up for the other."""

log = structlog.stdlib.get_logger(__name__)


class Privacy:
    """What is held on members, by what the tables declare (`bot.store.held`)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.reach = Reach()

    def when_gone(self, table: str, gone: Gone) -> None:
        """Let a feature make right what a forgotten member's rows of another's table counted to."""
        self.reach.gone[table].append(gone)

    async def held(self, member_id: int, scope: Scope) -> list[Part]:
        """Return how much is held on a member. Raises NothingHeld."""
        async with self._database.reading() as session:
            return await self._parts(session, member_id, scope)

    async def export(self, member_id: int, scope: Scope, where: str, limit: int) -> bytes:
        """Return what is held on a member, zipped, in at most `limit` bytes.

        `where` says in words which servers it is of. Raises NothingHeld or TooMuchToSend.
        """
        most = MOST_ROWS
        while most >= FEWEST_ROWS:
            sheets = await self._sheets(member_id, scope, most)
            packed = await asyncio.to_thread(bundle, sheets, where, self._clock.now())
            if len(packed) <= limit:
                return packed
            most //= 2
        raise TooMuchToSend

    async def forget(self, member_id: int, scope: Scope, *, but: int | None = None) -> Receipt:
        """Delete what is a member's and take their name out of the rest, in one transaction.

        What is being sent to them this instant is let arrive first, for ten seconds at most; `but`
        is the delivery that asks for it. Raises NothingHeld.
        """
        for _turn in range(PATIENCE):
            receipt = await self._forgotten(member_id, scope, but, patient=True)
            if receipt is not None:
                return receipt
            await asyncio.sleep(WAIT_S)
        receipt = await self._forgotten(member_id, scope, but, patient=False)
        if receipt is None:
            raise TimeoutError("the member's rows were locked for too long")
        return receipt

    async def erase_guild(self, scope: Scope) -> None:
        """Delete what is a server's, its members' rows in it too."""
        async with self._database.writing() as session:
            await erasing.erase_guild(session, self.reach, scope)
        log.info("server erased", guild=scope.guild_id)

    async def guilds_of(self, session: AsyncSession, member_id: int) -> set[int]:
        """Return the servers in which something is held on a member."""
        return await exporting.guilds_of(session, self.reach, member_id)

    async def used_since(self, session: AsyncSession, member_id: int, since: datetime) -> bool:
        """Return whether anything that a member has in no server was written since then."""
        return await exporting.used_since(session, self.reach, member_id, since)

    async def _sheets(self, member_id: int, scope: Scope, most: int) -> list[Sheet]:
        async with self._database.reading() as session:
            sheets = await exporting.sheets(session, self.reach, member_id, scope, most)
        if not sheets:
            raise NothingHeld
        return sheets

    async def _forgotten(
        self, member_id: int, scope: Scope, but: int | None, *, patient: bool
    ) -> Receipt | None:
        """Forget a member; None if something of theirs was under way and is to be waited for."""
        try:
            async with self._database.writing(forgets=member_id) as session:
                if await self._is_under_way(session, member_id, scope, but) and patient:
                    return None
                receipt = await self._erased(session, member_id, scope)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
            return None
        everywhere = scope == EVERYWHERE
        rows = {"deleted": receipt.own, "unnamed": receipt.named}
        log.info("member forgotten", reference=receipt.reference, everywhere=everywhere, **rows)
        return receipt

    async def _is_under_way(
        self, session: AsyncSession, member_id: int, scope: Scope, but: int | None
    ) -> bool:
        await erasing.lock_schedules(session, self.reach, member_id, scope)
        now = self._clock.now()
        return await erasing.being_sent(session, self.reach, member_id, scope, now, but=but)

    async def _erased(self, session: AsyncSession, member_id: int, scope: Scope) -> Receipt:
        parts = await self._parts(session, member_id, scope)
        reference = secrets.token_hex(4).upper()
        await erasing.erase_member(session, self.reach, member_id, scope, reference)
        if on_postgres(session):  # others may have written of them while their rows were waited for
            for _pass in range(MOST_PASSES):
                if not summed(await erasing.counted(session, self.reach, member_id, scope)):
                    break
                await erasing.erase_member(session, self.reach, member_id, scope, reference)
        return Receipt(reference, self._clock.now(), parts)

    async def _parts(self, session: AsyncSession, member_id: int, scope: Scope) -> list[Part]:
        parts = summed(await erasing.counted(session, self.reach, member_id, scope))
        if not parts:
            raise NothingHeld
        return parts
