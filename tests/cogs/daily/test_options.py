import discord
import pytest
from simcord import ChannelHandle

from bot.questions.model import Kind, Level
from cogs.daily.typed import NoSuchChoice, several_meant, suggested
from cogs.questions.words import KINDS, LEVELS
from tests.cogs.daily.test_daily import manage, set_up
from tests.cogs.reading import text
from tests.server import Server


async def offered(server: Server, command: str, option: str, typed: str) -> list[str]:
    choices = await server.olivia.autocomplete(server.channel, f"daily {command}", option, typed)
    return [choice["name"] for choice in choices]


async def test_what_can_be_typed_is_offered(server: Server) -> None:
    await set_up(server)
    [named] = await offered(server, "pause", "which", "")
    assert named.startswith("#careers · every day at 13:00")
    assert await offered(server, "status", "which", "nothing like it") == []
    assert (await offered(server, "setup", "zone", "berl"))[0].startswith("Berlin")
    assert (await offered(server, "setup", "role", "trust & safety an"))[
        0
    ] == "Trust & Safety Analyst"
    assert (await offered(server, "change", "role", ""))[-1] == "every career"
    assert await offered(server, "setup", "level", "entry, ") == [
        "entry, mid",
        "entry, senior",
        "entry, lead",
    ]
    assert await offered(server, "setup", "kind", "pol") == ["policy writing", "any"]


async def test_members_are_offered_nothing(server: Server) -> None:
    await set_up(server)
    await server.allow(server.maya, "daily")
    assert await server.maya.autocomplete(server.channel, "daily pause", "which", "") == []


async def test_what_is_left_out_of_a_change_stays(server: Server) -> None:
    role = server.guild.create_role("learners")
    await set_up(server, time="every weekday at 9", level="entry", ping=role, reveal_after=3)
    card = await manage(server, "change", zone="Tokyo")
    assert "every weekday at 09:00, Asia/Tokyo time" in text(card)
    assert "entry level" in text(card)
    assert f"<@&{role.id}>" in text(card)
    assert "key points after 3 hours" in text(card)
    card = await manage(
        server, "change", time="10am", silent=True, level="any", role="trust-safety-analyst"
    )
    assert "every weekday at 10:00, Asia/Tokyo time" in text(card)
    assert "without a notification" in text(card)
    assert "Trust & Safety Analyst · every level" in text(card)
    assert "every Saturday at 10:00" in text(await manage(server, "change", weekdays="sat"))


async def test_what_the_bot_may_not_do_is_said_when_it_is_set_up(server: Server) -> None:
    role = server.guild.create_role("learners")
    channel = limited(server, create_public_threads=True, mention_everyone=True)
    card = await set_up(server, channel=channel, ping=role, thread=True)
    assert "allow anyone to mention it" in text(card)
    assert "Create Public Threads" in text(card)


async def test_where_the_bot_cannot_post_it_is_not_set_up(server: Server) -> None:
    refused = await set_up(server, channel=limited(server, send_messages=True))
    assert "I can't post there." in text(refused)


def limited(server: Server, **denied: bool) -> ChannelHandle:
    """A channel in which the bot may not do this."""
    me = server.guild.me
    assert me is not None
    overwrite = discord.PermissionOverwrite.from_pair(
        discord.Permissions.none(), discord.Permissions(**denied)
    )
    return server.guild.create_text_channel("limited", overwrites={me: overwrite})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("any", ()),
        ("", ()),
        ("entry", (Level.ENTRY,)),
        ("lead; Entry level and MID", (Level.ENTRY, Level.MID, Level.LEAD)),
        ("entry, mid, senior, lead", ()),
    ],
)
def test_several_levels_are_understood(typed: str, expected: tuple[Level, ...]) -> None:
    assert several_meant(typed, LEVELS) == expected


def test_kinds_are_understood_by_their_beginnings() -> None:
    assert several_meant("policy writing, behav", KINDS) == (Kind.BEHAVIOURAL, Kind.POLICY_WRITING)
    with pytest.raises(NoSuchChoice, match="policy writing"):
        several_meant("riddle", KINDS)


def test_what_was_typed_before_the_comma_stays() -> None:
    assert [each.value for each in suggested("case, kno", KINDS)] == ["case, knowledge"]
