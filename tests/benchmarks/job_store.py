"""The peer: APScheduler's own `SQLAlchemyJobStore`, on SQLite as Waymark sets it up."""

# APScheduler 3 has no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
import logging
import pickle
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.util import datetime_to_utc_timestamp
from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")


@contextmanager
def started(file: Path, *, paused: bool = False) -> Generator[Any]:
    """Open a job store and start its scheduler in the running loop."""
    made = unstarted(file)
    made.start(paused=paused)
    try:
        yield made
    finally:
        made.shutdown(wait=False)


def unstarted(file: Path) -> Any:
    """Return a scheduler over a job store, to be started; it says nothing of jobs it leaves out."""
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    return AsyncIOScheduler(jobstores={"default": _store(file)}, timezone=UTC)


def fill(
    file: Path,
    numbers: Sequence[int],
    due: datetime,
    work: Callable[[int], object],
    grace_s: int | None = None,
) -> None:
    """Store many jobs as `add_job` would, but in one commit.

    One that is later than `grace_s` never runs. APScheduler's default is 1; None is any lateness.
    """
    store = _store(file)
    store.jobs_t.create(store.engine, checkfirst=True)
    made: Any = AsyncIOScheduler(timezone=UTC)
    rows = [_row(made, number, due, work, grace_s) for number in numbers]
    with store.engine.begin() as connection:
        connection.execute(store.jobs_t.insert(), rows)
    store.shutdown()


def _row(
    made: Any, number: int, due: datetime, work: Callable[[int], object], grace_s: int | None
) -> dict[str, Any]:
    job: Any = Job(
        made, id=f"note:{number}", name="note", func=work, args=(number,), kwargs={},
        trigger=DateTrigger(due), executor="default", coalesce=True, max_instances=1,
        misfire_grace_time=grace_s, next_run_time=due,
    )  # fmt: skip
    state = pickle.dumps(job.__getstate__(), pickle.HIGHEST_PROTOCOL)
    timestamp = datetime_to_utc_timestamp(due)
    return {"id": job.id, "next_run_time": timestamp, "job_state": state}


def _store(file: Path) -> Any:
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _set_up)
    return SQLAlchemyJobStore(engine=engine)


def _set_up(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
