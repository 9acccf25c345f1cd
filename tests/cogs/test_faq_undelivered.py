"""Answers that reach who asked neither by direct message nor where they asked: told later."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from simcord import InteractionResult, MemberActor

from tests.cogs import notes
from tests.cogs.faq import ANSWER, QUESTION, Faq, facilitated
from tests.cogs.reading import labels, shown, text

SECRET = "Ask in <#1>, not @everyone."


@pytest.fixture
async def faq(tmp_path: Path, migrated_url: str) -> AsyncIterator[Faq]:
    async with facilitated(tmp_path / "var", migrated_url) as started:
        started.close_dms("maya")
        yield started


async def answered(faq: Faq, waiting_id: int, answer: str = SECRET) -> None:
    """Let Mia answer a question, and the bot try to tell who asked."""
    server = faq.server
    await server.app.services.faq.reply(server.guild.id, waiting_id, answer, faq.mia.id)
    for _ in range(3):
        await server.deliver()


async def command(faq: Faq, by: MemberActor | None = None) -> InteractionResult:
    """Let Maya use any command."""
    return await (by or faq.server.maya).slash(faq.server.channel, "faq list")


async def test_the_answer_is_a_button_away_after_the_next_command(faq: Faq) -> None:
    await answered(faq, await faq.wait(in_channel=False))
    assert faq.server.channel.last_message is None
    assert (await command(faq, faq.server.jonas)).followups == []
    [notice] = (await command(faq)).followups
    assert notice.ephemeral
    assert "Your question was answered" in text(notice)
    assert f"> {QUESTION}" in text(notice)
    assert "Direct messages from me are closed" in text(notice)
    assert "remind" not in text(notice)
    assert (await command(faq)).followups == []
    await faq.server.restart()
    opened = shown(await faq.server.maya.click(notice.message, label="Show it to me"))
    assert opened.ephemeral
    assert SECRET in text(opened)


async def test_each_of_several_answers_is_told(faq: Faq) -> None:
    for question in ("One?", "Two?"):
        await answered(faq, await faq.wait(question, in_channel=False), f"To {question}")
    notices = (await command(faq)).followups
    assert ["> One?" in text(each) for each in notices] == [True, False]
    for notice, answer in zip(notices, ("To One?", "To Two?"), strict=True):
        opened = shown(await faq.server.maya.click(notice.message, label="Show it to me"))
        assert answer in text(opened)


async def test_so_it_is_where_the_channel_is_gone(faq: Faq) -> None:
    notes.delete_channel(faq.server, faq.server.channel.id)
    await answered(faq, await faq.wait())
    [notice] = (await command(faq)).followups
    assert "Direct messages from me are closed" in text(notice)
    assert "Pick another one" not in text(notice)
    assert labels(notice) == ["Show it to me"]


async def test_so_it_is_where_who_asked_sees_the_channel_no_more(faq: Faq) -> None:
    server, unseen = faq.server, discord.PermissionOverwrite(view_channel=False)
    closed = server.guild.create_text_channel("closed", overwrites={server.maya: unseen})
    waiting = await server.app.services.faq.wait(
        server.guild.id, server.maya.id, closed.id, QUESTION, None
    )
    await answered(faq, waiting.id)
    assert closed.last_message is None
    [notice] = (await command(faq)).followups
    assert f"> {QUESTION}" in text(notice)


async def test_an_answer_that_was_erased_since_is_not_told(faq: Faq) -> None:
    await answered(faq, await faq.wait(in_channel=False))
    faq.server.clock.time += timedelta(days=91)
    await faq.server.app.services.faq.forget_old()
    assert (await command(faq)).followups == []


async def test_an_answer_that_came_too_late_says_nothing_of_direct_messages(faq: Faq) -> None:
    waiting_id = await faq.wait(in_channel=False)
    server = faq.server
    await server.app.services.faq.reply(server.guild.id, waiting_id, ANSWER, faq.mia.id)
    server.clock.time += timedelta(days=8)
    await server.deliver()
    [notice] = (await command(faq)).followups
    assert "Direct messages" not in text(notice)
    opened = shown(await server.maya.click(notice.message, label="Show it to me"))
    assert ANSWER in text(opened)
