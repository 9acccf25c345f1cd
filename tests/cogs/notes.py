"""A feature of the tests' own, which posts notes in channels."""

from datetime import timedelta

import discord

from bot.chat.cards import card
from bot.chat.outbox import Letter
from bot.delivery.model import CatchUp, Delivery, Kind, Plan, SchedulePlan, Target
from bot.when.recurrence import Recurrence
from tests.server import START, Server

NOTE = Kind("note", timedelta(days=1), CatchUp.EACH, title="Notes")
HOURLY = "FREQ=HOURLY"


async def render(delivery: Delivery) -> Letter:
    return Letter(
        card(heading="## Note", body=f"note {delivery.id}"), discord.AllowedMentions.none()
    )


def install(server: Server) -> None:
    """Let the bot know notes; again after each restart."""
    if server.app.planner.kinds.get(NOTE.name) is None:
        server.app.planner.kinds.register(NOTE)
    server.client.outbox.renders(NOTE.name, render)


async def plan(server: Server, minutes: int, channel: int | None = None, key: str = "a") -> int:
    """Plan a note that Jonas has configured; return its number."""
    async with server.app.database.writing() as session:
        planned = await server.app.planner.plan(
            session,
            Plan(
                NOTE.name,
                f"note:{key}",
                Target.channel(channel or server.channel.id),
                START + timedelta(minutes=minutes),
                subject_id=1,
                guild_id=server.guild.id,
                configured_by=server.jonas.id,
            ),
        )
    assert planned is not None
    return planned.id


async def begin(server: Server, channel: int) -> None:
    """Begin a note each hour, from an hour after the start."""
    async with server.app.database.writing() as session:
        await server.app.planner.begin(
            session,
            SchedulePlan(
                NOTE.name,
                subject_id=1,
                target=Target.channel(channel),
                recurrence=Recurrence(HOURLY, START.replace(tzinfo=None), "UTC"),
                guild_id=server.guild.id,
                configured_by=server.jonas.id,
            ),
        )


def delete_channel(server: Server, channel: int, times: int | None = None) -> None:
    """Let Discord answer as if the channel were deleted."""
    path = f"/channels/{channel}/messages"
    server.env.inject_error("POST", path, status=404, code=10003, times=times)
