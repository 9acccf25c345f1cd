"""Keeping the books: each configured day that is over has its row, with its post or a reason."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.daily.model import DAILY, Config, ConfigState, Post, PostState, Skip
from bot.daily.statements import configs, days
from bot.daily.times import Times
from bot.delivery import listing
from bot.delivery.model import Delivery, Reason, Schedule, ScheduleState, State

JUST_BEFORE = timedelta(microseconds=1)
FAILURES_TO_STOP = 3
"""After so many in a row the queue stops a schedule."""

FURTHEST_CHANGE = timedelta(days=3)
"""A change of zone moves the date by two days at most."""

HARMLESS = frozenset([*Skip, Reason.DISCORD_DOWN, Reason.RATE_LIMITED])
"""Reasons that don't count towards stopping."""


async def give_up_under_way(session: AsyncSession, config: Config, reason: Skip) -> None:
    """Note that what was being posted isn't any more, as its deliveries were cancelled."""
    under_way = await days.chosen(session, config.id)
    await days.give_up(session, [post.id for post in under_way], reason)


async def account(
    session: AsyncSession, config: Config, schedule: Schedule, now: datetime
) -> Config:
    """Give each configured day until now that has no row one with its reason."""
    await _give_up_cancelled(session, config)
    rows = await listing.of_schedule(session, schedule.id, config.recorded_until)
    pending = min((row.due for row in rows if row.next_try is not None), default=None)
    until = min(now, pending - JUST_BEFORE) if pending else now
    if until <= config.recorded_until:
        return config
    times = Times.of(schedule.recurrence)
    posted = {row.due for row in rows if row.state is State.SENT}
    dues = times.dues(schedule.recurrence, config.recorded_until, until)
    missed = [due for due in dues if due not in posted]
    if missed:
        usual = await _usual_reason(session, config, schedule, until)
        skips = _skips(config, times, missed, rows, usual)
        await days.add_all(session, [*skips])
    return await configs.change(session, config.id, recorded_until=until)


def skip_values(
    config: Config,
    times: Times,
    due: datetime,
    reason: str,
    delivery_id: int | None = None,
) -> dict[str, Any]:
    """Return the row of a day without a post."""
    return {
        "config_id": config.id,
        "guild_id": config.guild_id,
        "day": times.day_of(due),
        "due": due,
        "delivery_id": delivery_id,
        "state": PostState.SKIPPED.value,
        "reason": reason,
    }


async def account_for_change(
    session: AsyncSession, config: Config, schedule: Schedule, now: datetime
) -> None:
    """Give days that a change of the time or zone left out their rows; the schedule is the new."""
    times = Times.of(schedule.recurrence)
    last = await days.last(session, config.id, 1, now)
    newest = last[0].day if last else times.local_day(config.created_at)
    since = now - FURTHEST_CHANGE
    lost = [
        skip_values(config, times, due, Skip.CHANGED)
        for due in times.dues(times.recurrence(since), since, now)
        if times.day_of(due) > newest
    ]
    await days.add_all(session, lost)


def _skips(
    config: Config,
    times: Times,
    missed: Sequence[datetime],
    rows: Sequence[Delivery],
    usual: Skip,
) -> Iterator[dict[str, Any]]:
    cancelled = {row.due for row in rows if row.state is State.CANCELLED}
    for due in missed:
        reason = Skip.MANAGER if usual is Skip.DOWN and due in cancelled else usual
        yield skip_values(config, times, due, reason)


async def _usual_reason(
    session: AsyncSession, config: Config, schedule: Schedule, until: datetime
) -> Skip:
    """Return why days have no row of which the queue knows nothing."""
    rests = schedule.state is ScheduleState.PAUSED
    if config.state is ConfigState.PAUSED or (rests and schedule.reason == Reason.PAUSED):
        return Skip.PAUSED
    if rests:
        return Skip.STOPPED
    before = await days.last(session, config.id, FAILURES_TO_STOP, until)
    failed = [post for post in before if _has_failed(post)]
    return Skip.STOPPED if len(failed) == FAILURES_TO_STOP else Skip.DOWN


def _has_failed(post: Post) -> bool:
    return post.state is PostState.SKIPPED and post.reason not in HARMLESS


async def _give_up_cancelled(session: AsyncSession, config: Config) -> None:
    """Note which questions aren't posted any more as somebody has cancelled their delivery."""
    chosen = await days.chosen(session, config.id)
    if chosen:
        rows = await listing.of_subjects(session, DAILY.name, [config.id])
        under_way = {row.id for row in rows}
        gone = [post.id for post in chosen if post.delivery_id not in under_way]
        await days.give_up(session, gone, Skip.MANAGER)
