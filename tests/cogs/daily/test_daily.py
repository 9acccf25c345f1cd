from datetime import date, timedelta
from typing import Any

import discord
import pytest
from simcord import ResponseMessage

from bot.daily.model import Post, PostState, Skip
from bot.guilds.settings import NOTICE_CHANNEL
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.questions.known import BuiltIn
from bot.questions.model import Kind, Level
from bot.questions.text import QuestionText
from cogs.daily.letter import thread_name
from tests.cogs.reading import custom_ids, inbox, labels, shown, text
from tests.server import Server

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANALYST = "trust-safety-analyst"


async def set_up(server: Server, **given: Any) -> ResponseMessage:
    """Let Olivia set up a question at 13:00 UTC, an hour from the start."""
    options = {"time": "13:00", "zone": "UTC"} | given
    return shown(await server.olivia.slash(server.channel, "daily setup", **options))


async def manage(server: Server, command: str, **given: Any) -> ResponseMessage:
    return shown(await server.olivia.slash(server.channel, f"daily {command}", **given))


def posted(server: Server) -> list[discord.Message]:
    """What the bot has posted for everyone, oldest first."""
    return [
        each
        for each in server.channel.history()
        if each.author == server.client.user and each.type is discord.MessageType.default
    ]


async def days(server: Server, config_id: int = 1) -> list[Post]:
    """The days of a daily question, newest first."""
    return [*(await server.app.services.daily.get(server.guild.id, config_id)).posts]


async def own_question(server: Server, question: str, **given: Any) -> int:
    values: dict[str, Any] = {"level": Level.LEAD, "kind": Kind.CASE} | given
    written = QuestionText(question, ("Names the harm.", "Says who decides."), **values)
    own = await server.app.services.questions.add(server.guild.id, written, by=1)
    return own.id


async def test_it_is_set_up_in_words_and_undone(server: Server) -> None:
    card = await set_up(server, time="every weekday at 9 Berlin", level="entry, mid", kind="case")
    assert card.ephemeral
    assert "every weekday at 09:00, Europe/Berlin time" in text(card)
    assert "entry level, mid level · case" in text(card)
    assert labels(card) == ["Undo"]
    await server.olivia.click(card.message, label="Undo")
    assert "Removed" in text(card)
    await server.advance(21 * HOUR)
    assert posted(server) == []
    await server.olivia.click(card.message, label="Undo")
    assert [post.reason for post in await days(server)] == [Skip.PAUSED]
    await server.advance(23 * HOUR)
    assert len(posted(server)) == 1


async def test_the_servers_zone_holds_unless_another_is_named(server: Server) -> None:
    refused = await server.olivia.slash(server.channel, "daily setup", time="9:00")
    assert "In which time zone?" in text(shown(refused))
    await server.app.services.preferences.set(GUILD_ZONE, server.guild.id, "Asia/Tokyo", by=1)
    card = shown(await server.olivia.slash(server.channel, "daily setup", time="9:00"))
    assert "every day at 09:00, Asia/Tokyo time" in text(card)


async def test_a_question_is_posted_gives_a_hint_and_is_revealed(server: Server) -> None:
    await set_up(server, role=ANALYST, reveal_after=2)
    await server.advance(HOUR)
    (message,) = posted(server)
    assert "Question of the day" in text(message)
    assert labels(message) == ["Answer", "Hint", "Save for practice"]
    assert message.flags.suppress_notifications
    [post] = await days(server)
    known = await server.app.services.questions.get(server.guild.id, post.question_key or "")
    await server.restart()
    hint = shown(await server.maya.click(message, label="Hint"))
    assert hint.ephemeral
    assert known.question.hint[:20] in text(hint)
    assert "A strong answer covers" not in text(message)
    await server.advance(2 * HOUR)
    (message,) = posted(server)
    assert "A strong answer covers" in text(message)
    assert "essential" in text(message)
    assert "Common mistakes" in text(message)
    assert "What may be asked next" in text(message)
    assert labels(message) == ["Answer", "Read others' answers", "Save for practice"]
    await server.deliver()
    assert len(posted(server)) == 1
    [post] = await days(server)
    assert post.revealed_at is not None


async def test_a_question_is_saved_for_practice_and_taken_out_again(server: Server) -> None:
    await set_up(server, role=ANALYST)
    await server.advance(HOUR)
    (message,) = posted(server)
    saved = shown(await server.maya.click(message, label="Save for practice"))
    assert saved.ephemeral
    assert "Saved" in text(saved)
    assert labels(saved) == ["Practise now", "Undo"]
    again = shown(await server.maya.click(message, label="Save for practice"))
    assert "in your practice already" in text(again)
    assert labels(again) == ["Practise now"]
    await server.restart()
    await server.maya.click(saved.message, label="Undo")
    assert "isn't in your practice any more" in text(saved)
    once_more = shown(await server.jonas.click(message, label="Save for practice"))
    asked = shown(await server.jonas.click(once_more.message, label="Practise now"))
    [post] = await days(server)
    known = await server.app.services.questions.get(server.guild.id, post.question_key or "")
    assert known.question.text[:30] in text(asked)


async def test_the_role_alone_is_notified(server: Server) -> None:
    role = server.guild.create_role("learners")
    await own_question(server, "@everyone <@&1> What is <@1>?")
    await set_up(server, ping=role, level="lead", kind="case", role=ANALYST)
    await server.advance(HOUR)
    (message,) = posted(server)
    stored = server.env.backend.get_message(message.channel.id, message.id)
    assert not stored.mention_everyone
    assert {*stored.ping_role_ids} <= {role.id}
    assert f"<@&{role.id}>" in text(message)
    assert not message.flags.suppress_notifications


async def test_everyone_is_nobody_to_notify(server: Server) -> None:
    everyone = server.guild.default_role
    refused = await server.olivia.slash(
        server.channel, "daily setup", time="9:00", zone="UTC", ping=everyone
    )
    assert "@everyone is everybody" in text(shown(refused))


async def test_a_late_question_of_today_says_so_and_an_older_one_is_skipped(
    server: Server,
) -> None:
    await set_up(server)
    await server.advance(4 * HOUR)
    (message,) = posted(server)
    assert "This was due" in text(message)
    await server.advance(timedelta(days=3, hours=-7))
    assert len(posted(server)) == 1
    await server.advance(4 * HOUR)
    assert len(posted(server)) == 2
    assert [post.reason for post in await days(server)] == [None, Skip.LATE, Skip.LATE, None]
    card = await manage(server, "status")
    assert "I came back too late for it." in text(card)
    assert "round 1" in text(card)


async def test_a_question_that_a_moderator_deleted_is_let_be(server: Server) -> None:
    await set_up(server)
    await server.advance(HOUR)
    (message,) = posted(server)
    await message.delete()
    await server.advance(8 * HOUR)
    assert posted(server) == []
    [post] = await days(server)
    assert (post.state, post.reveal_reason) == (PostState.POSTED, "message_gone")
    assert "The message it was about was deleted." in text(await manage(server, "status"))
    assert inbox(server.users["olivia"]) == []


async def test_a_question_that_was_retired_meanwhile_is_still_revealed(server: Server) -> None:
    own_id = await own_question(server, "Who decides?", role=ANALYST)
    server.app.services.questions.built_in = BuiltIn({})
    await set_up(server, level="lead", kind="case", role=ANALYST)
    await server.advance(HOUR)
    await server.app.services.questions.retire(server.guild.id, own_id, by=1)
    await server.advance(8 * HOUR)
    assert "Says who decides." in text(posted(server)[-1])


async def test_a_thread_is_opened_and_named_by_date_and_question(server: Server) -> None:
    await set_up(server, thread=True)
    await server.advance(HOUR)
    (message,) = posted(server)
    [post] = await days(server)
    assert post.thread_id == message.id
    guild = server.client.get_guild(server.guild.id)
    thread = guild and guild.get_thread(message.id)
    assert thread is not None
    assert thread.name.startswith("2026-11-24 ")


async def test_failing_to_open_a_thread_leaves_the_question(server: Server) -> None:
    path = "/channels/*/messages/*/threads"
    server.env.inject_error("POST", path, status=403, code=50013, times=None)
    await set_up(server, thread=True)
    await server.advance(HOUR)
    assert len(posted(server)) == 1
    [post] = await days(server)
    assert (post.state, post.thread_id, post.thread_reason) == (
        PostState.POSTED,
        None,
        "no_permission",
    )
    assert "no thread" in text(await manage(server, "status"))
    assert inbox(server.users["olivia"]) == []


def test_a_threads_name_keeps_within_its_limit() -> None:
    assert thread_name(date(2026, 11, 24), "What\nis it?") == "2026-11-24 What is it?"
    assert len(thread_name(date(2026, 11, 24), "why " * 200)) <= 100


async def test_pausing_skipping_and_going_on(server: Server) -> None:
    await set_up(server)
    card = await manage(server, "skip")
    assert "2026-11-24" in text(card)
    await server.olivia.click(card.message, label="Undo")
    await server.advance(HOUR)
    assert len(posted(server)) == 1
    card = await manage(server, "skip")
    await server.advance(DAY)
    assert len(posted(server)) == 1
    late = await server.olivia.click(card.message, label="Undo")
    assert "too late" in text(late.followups[-1])
    card = await manage(server, "pause")
    await server.advance(2 * DAY)
    assert len(posted(server)) == 1
    await server.olivia.click(card.message, label="Resume")
    await server.advance(DAY)
    assert len(posted(server)) == 2
    reasons = [post.reason for post in await days(server)]
    assert reasons == [None, Skip.PAUSED, Skip.PAUSED, Skip.MANAGER, None]


async def test_what_is_previewed_is_what_comes(server: Server) -> None:
    await set_up(server)
    card = await manage(server, "preview")
    assert card.ephemeral
    await server.advance(HOUR)
    (message,) = posted(server)
    question = next(line for line in text(card).splitlines() if line.startswith("**"))
    assert question in text(message)


async def test_now_posts_today_and_the_usual_time_posts_no_second_one(server: Server) -> None:
    await set_up(server)
    await manage(server, "now")
    await server.deliver()
    assert len(posted(server)) == 1
    again = await manage(server, "now")
    assert "there already" in text(again)
    await server.advance(HOUR)
    assert len(posted(server)) == 1
    await server.advance(DAY)
    assert len(posted(server)) == 2


async def test_one_of_several_is_picked(server: Server) -> None:
    await set_up(server)
    await set_up(server, time="15:00", kind="case")
    assert "option `which`" in text(await manage(server, "pause"))
    card = await manage(server, "status")
    await server.olivia.select(card.message, ["2"], custom_id="daily:v1:pick")
    assert "15:00" in text(card)
    assert custom_ids(card) == ["daily:v1:pause:2", "daily:v1:skip:2", "daily:v1:remove:2"]
    changed = await manage(server, "change", which=2, weekdays="mon, wed", thread=True)
    assert "every Monday and Wednesday at 15:00" in text(changed)
    assert "with a thread" in text(changed)
    assert "Before: " in text(changed)


async def test_members_may_do_nothing_with_it(server: Server) -> None:
    await server.allow(server.maya, "daily")
    refused = await server.maya.slash(server.channel, "daily setup", time="9:00", zone="UTC")
    assert "Manage Server" in text(shown(refused))
    card = await set_up(server)
    for command in ("status", "preview", "pause", "resume", "skip", "now", "remove"):
        refused = await server.maya.slash(server.channel, f"daily {command}")
        assert "Manage Server" in text(shown(refused)), command
    assert labels(card) == ["Undo"]


async def test_who_manages_no_longer_can_press_nothing(server: Server) -> None:
    role = server.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    await server.allow(server.maya, "daily")
    server.env.backend.add_member_role(server.guild.id, server.maya.id, role.id)
    card = shown(await server.maya.slash(server.channel, "daily setup", time="9:00", zone="UTC"))
    server.env.backend.remove_member_role(server.guild.id, server.maya.id, role.id)
    refused = await server.maya.click(card.message, label="Undo")
    assert "Manage Server" in text(refused.followups[-1])


async def test_nothing_crosses_servers(server: Server) -> None:
    await set_up(server)
    await server.advance(HOUR)
    (message,) = posted(server)
    other = server.env.create_guild("Other", owner=server.users["maya"])
    channel = other.create_text_channel("there")
    maya = other.add_member(server.users["maya"])
    for command in ("status", "pause", "remove"):
        refused = shown(await maya.slash(channel, f"daily {command}", which=1))
        assert "is gone" in text(refused)
    assert labels(message) == ["Answer", "Hint", "Save for practice"]
    daily = server.app.services.daily
    with pytest.raises(Exception, match="too old"):
        await daily.poster.get(other.id, 1)


async def test_managers_are_told_once_that_questions_run_low_or_out(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    questions = server.app.services.questions
    pool = await questions.pool(server.guild.id, [ANALYST], [Level.LEAD], [Kind.CASE])
    assert len(pool) < 7
    own_id = await own_question(server, "Who decides?")
    await set_up(server, role=ANALYST, level="lead", kind="case")
    await server.advance(HOUR)
    for _ in range(3):
        await server.advance(DAY)
    (notice,) = staff.history()
    assert "run low" in text(notice)
    server.app.services.questions.built_in = BuiltIn({})
    await questions.retire(server.guild.id, own_id, by=1)
    for _ in range(3):
        await server.advance(DAY)
    _, notice = staff.history()
    assert "No question left" in text(notice)
    assert [post.reason for post in await days(server)][:3] == [Skip.EMPTY] * 3


async def test_a_forbidden_channel_is_told_and_another_takes_its_place(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    other = server.guild.create_text_channel("other")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    await set_up(server)
    path = f"/channels/{server.channel.id}/messages"
    server.env.inject_error("POST", path, status=403, code=50013, times=None)
    await server.advance(HOUR)
    await server.deliver()
    (notice,) = staff.history()
    [post] = await days(server)
    assert (post.state, post.reason) == (PostState.SKIPPED, "no_permission")
    menu = shown(await server.olivia.click(notice, label="Pick a channel"))
    await server.olivia.select(menu.message, [str(other.id)], custom_id="notice:v1:move:1")
    await server.deliver()
    assert len(other.history()) == 1
    [post] = await days(server)
    assert post.state is PostState.POSTED
    await server.advance(8 * HOUR)
    assert "A strong answer covers" in text(other.history()[0])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"time": "gibberish"}, "as a time"),
        ({"time": "5"}, "17:00"),
        ({"time": "9:00", "level": "boss"}, "Pick from: entry"),
        ({"time": "9:00", "kind": "riddle"}, "policy writing"),
        ({"time": "9:00", "role": "astronaut"}, "nearest that I know"),
        ({"time": "9:00", "weekdays": "someday"}, "those days"),
        ({"time": "9:00", "zone": "EST5"}, "zone"),
        ({"time": "every 2 days at 9"}, "daily or on weekdays"),
    ],
)
async def test_what_is_not_understood_is_asked_back(
    server: Server, given: dict[str, Any], expected: str
) -> None:
    refused = await server.olivia.slash(server.channel, "daily setup", **{"zone": "UTC"} | given)
    assert expected in text(shown(refused))


async def test_a_server_has_ten_at_most(server: Server) -> None:
    for hour in range(10):
        await set_up(server, time=f"{hour:02}:00")
    assert "the most I keep" in text(await set_up(server))
    card = await manage(server, "status")
    assert "10. " in text(card)
