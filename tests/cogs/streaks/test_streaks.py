"""`/streak`, as members use it, on both stores."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr

from bot.attempts.model import Asked
from bot.config import Settings
from bot.streaks.local_day import OwnDays
from tests.bot.streaks.room import ANSWER
from tests.cogs.reading import labels, shown, text
from tests.server import START, Server, running


@pytest.fixture
async def server(migrated_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(migrated_url))
    async with running(settings) as started:
        yield started


async def asked(server: Server) -> None:
    """Let there be a question today."""
    async with server.app.database.writing() as session:
        await server.app.services.streaks.asked(session, server.guild.id)


async def answered(server: Server, days: int) -> None:
    """Let Maya answer on so many days in a row, the last of which is today."""
    for number in range(days):
        await asked(server)
        post = Asked(number + 1, server.guild.id, "own:1")
        await server.app.services.attempts.send(post, server.maya.id, ANSWER, OwnDays("UTC"))
        if number + 1 < days:
            await server.advance(timedelta(days=1))


async def test_a_newcomer_is_told_how_to_begin(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert card.ephemeral
    assert "No streak yet" in text(card)
    assert "Answer the question of the day to begin one." in text(card)


async def test_a_streak_is_shown_with_a_calendar_and_its_numbers_in_words(server: Server) -> None:
    await answered(server, 8)
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert "8 days in a row" in text(card)
    assert "Today is done." in text(card)
    assert "Best: 8 days." in text(card)
    assert "Freezes: 1 of 2." in text(card)
    assert "Streak calendar" in text(card)


async def test_a_freeze_that_was_used_is_named(server: Server) -> None:
    await answered(server, 7)
    await server.advance(timedelta(days=1))
    await asked(server)
    await server.advance(timedelta(days=1))
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert "7 days in a row" in text(card)
    assert "A freeze covered: Dec 1, 2026." in text(card)
    assert START.day == 24


async def test_a_rest_is_begun_and_ended_even_after_a_restart(server: Server) -> None:
    await answered(server, 2)
    await server.advance(timedelta(days=1))
    card = shown(await server.maya.slash(server.channel, "streak pause", days=3))
    assert "Until the end of November 28, 2026" in text(card)
    assert labels(card) == ["Resume now"]
    await server.restart()
    back = shown(await server.maya.click(card.message, label="Resume now"))
    assert "Welcome back" in text(back)
    again = shown(await server.maya.slash(server.channel, "streak resume"))
    assert "isn't resting" in text(again)


async def test_a_rest_after_todays_answer_leaves_today_as_it_is(server: Server) -> None:
    await answered(server, 7)
    card = shown(await server.maya.slash(server.channel, "streak pause", days=2))
    assert "Today is done and stays. From tomorrow to December 2, 2026," in text(card)
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert "7 days in a row" in text(card)
    assert "Today is done." in text(card)
    assert "Freezes: 1 of 2." in text(card)
    await server.advance(timedelta(days=1))
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert "It rests today" in text(card)
    assert "Answer today" not in text(card)
    assert "Welcome back" in text(shown(await server.maya.click(card.message, label="Resume now")))
    endless = shown(await server.maya.slash(server.channel, "streak pause"))
    assert "Until you resume" in text(endless)


async def test_what_an_answer_would_do_today_is_said(server: Server) -> None:
    await answered(server, 1)
    rest = shown(await server.maya.slash(server.channel, "streak pause"))
    assert "From tomorrow until you resume" in text(rest)
    await server.maya.slash(server.channel, "streak resume")
    await server.advance(timedelta(days=1))
    card = shown(await server.maya.slash(server.channel, "streak show"))
    assert "no question for you today" in text(card)
    assert labels(card) == []
    await asked(server)
    card = shown(await server.maya.slash(server.channel, "streak show"))
    midnight = discord.utils.format_dt(START.replace(hour=0) + timedelta(days=2), "t")
    assert f"until {midnight} nothing is lost" in text(card)


async def test_a_rest_may_have_no_end(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "streak pause"))
    assert "Until you resume" in text(card)
    twice = shown(await server.maya.slash(server.channel, "streak pause"))
    assert "rests already" in text(twice)
    ended = shown(await server.maya.slash(server.channel, "streak resume"))
    assert "today counts again" in text(ended)
