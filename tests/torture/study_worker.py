"""One of the processes in which members join a group, all at the same moment.

    python -m tests.torture.study_worker URL GROUP FIRST COUNT

It writes a line when it is ready, begins when it reads one, and then writes how each join went.
"""

import asyncio
import json
import sys
import time

from bot.store.database import Database
from tests.bot.study.fakes import GUILD, Room
from tests.conftest import FixedClock

Joined = tuple[int, float, float]
"""A member, and when their join began and ended, on the clock that all processes share."""


async def joined(room: Room, group: int, member: int) -> Joined:
    began = time.monotonic()
    await room.study.seats.join(GUILD, group, member)
    return member, began, time.monotonic()


async def main(url: str, group: int, members: range) -> None:
    database = Database(url)
    room = Room(database, FixedClock())
    await room.study.get(GUILD, group)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    found = await asyncio.gather(*(joined(room, group, each) for each in members))
    sys.stdout.write(json.dumps(found))
    await database.close()


if __name__ == "__main__":
    url, group, first, count = sys.argv[1:]
    asyncio.run(main(url, int(group), range(int(first), int(first) + int(count))))
