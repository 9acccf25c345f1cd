"""Very many members join one group at once, from several processes over one PostgreSQL.

Who had their answer before somebody else began stands before them; the others may be in any order.
"""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process

import pytest

from bot.store.database import Database
from tests.architecture.pure import ROOT
from tests.bot.study.fakes import ANNA, GUILD, HERE, Room, wish
from tests.conftest import TORTURE, FixedClock
from tests.standin.process import unmeasured

PROCESSES = 3
MEMBERS = 200 if TORTURE else 60
SIZE, FIRST = 8, 1000

pytestmark = pytest.mark.process


async def started(url: str, group: int, first: int, count: int) -> Process:
    arguments = ("-m", "tests.torture.study_worker", url, str(group), str(first), str(count))
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdin=PIPE, stdout=PIPE, cwd=ROOT, env=unmeasured()
    )


async def ready(process: Process) -> None:
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"


async def test_exactly_as_many_come_in_as_there_are_places_and_the_rest_wait_in_order(
    migrated_postgres_url: str,
) -> None:
    database = Database(migrated_postgres_url)
    room = Room(database, FixedClock())
    group = (await room.study.create(GUILD, wish(size=SIZE), HERE, ANNA)).group.id
    each = -(-MEMBERS // PROCESSES)
    counts = [min(each, MEMBERS - each * number) for number in range(PROCESSES)]
    processes = [
        await started(migrated_postgres_url, group, FIRST + each * number, count)
        for number, count in enumerate(counts)
    ]
    await asyncio.gather(*map(ready, processes))
    answers = await asyncio.gather(*(process.communicate(b"\n") for process in processes))
    joined = [tuple(one) for output, _ in answers for one in json.loads(output)]
    roll = await room.study.get(GUILD, group)
    await database.close()
    assert [process.returncode for process in processes] == [0] * PROCESSES
    assert len(joined) == MEMBERS
    assert len(roll.members) == SIZE
    assert len(roll.waiting) == MEMBERS - (SIZE - 1)  # its owner has a place
    came = [entry.member_id for entry in roll.entries if entry.member_id != ANNA]
    in_front = [entry.member_id for entry in roll.members if entry.member_id != ANNA]
    assert [*in_front, *(entry.member_id for entry in roll.waiting)] == came
    assert overtaken(came, joined) == []


def overtaken(came: list[int], joined: list[tuple[int, float, float]]) -> list[tuple[int, int]]:
    """Return who stands behind somebody that began only after their own join had ended."""
    times = {member: (began, ended) for member, began, ended in joined}
    return [
        (late, early)
        for number, late in enumerate(came)
        for early in came[:number]
        if times[late][1] < times[early][0]
    ]


def test_overtaking_would_be_seen() -> None:
    assert overtaken([2, 1], [(1, 0.0, 1.0), (2, 2.0, 3.0)]) == [(1, 2)]
    assert overtaken([1, 2], [(1, 0.0, 1.0), (2, 2.0, 3.0)]) == []
