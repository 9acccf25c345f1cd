import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.commands.model import fingerprint, scope_of
from bot.commands.service import CommandSyncs
from bot.store.database import Database


async def test_a_recorded_sync_is_current_only_in_its_application_and_scope(
    database: Database, clock: Clock
) -> None:
    syncs = CommandSyncs(database, clock)
    assert not await syncs.is_current(1, None, "a")
    await syncs.record(1, None, "a")
    assert await syncs.is_current(1, None, "a")
    assert not await syncs.is_current(1, None, "b")
    assert not await syncs.is_current(1, 5, "a")
    assert not await syncs.is_current(2, None, "a")


async def test_the_newest_sync_counts(database: Database, clock: Clock) -> None:
    syncs = CommandSyncs(database, clock)
    await syncs.record(1, 5, "a")
    await syncs.record(1, 5, "b")
    assert await syncs.is_current(1, 5, "b")
    assert not await syncs.is_current(1, 5, "a")


async def test_two_processes_may_record_at_once(database: Database, clock: Clock) -> None:
    syncs = CommandSyncs(database, clock)
    await asyncio.gather(*(syncs.record(1, None, "same") for _ in range(8)))
    assert await syncs.is_current(1, None, "same")


def test_scopes_are_told_apart() -> None:
    assert scope_of(None) == "global"
    assert scope_of(42) == "42"


@given(st.permutations([{"name": "a"}, {"name": "b", "options": [1]}, {"name": "c"}]))
def test_a_fingerprint_does_not_depend_on_the_order(payloads: list[dict[str, object]]) -> None:
    assert fingerprint(payloads) == fingerprint(payloads[::-1])


def test_a_fingerprint_changes_with_any_part_of_a_command() -> None:
    assert fingerprint([{"name": "a"}]) != fingerprint([{"name": "a", "nsfw": True}])
