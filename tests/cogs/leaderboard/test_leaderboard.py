"""`/leaderboard`, as members use it."""

from simcord import MemberActor, ResponseMessage

from bot.attempts.model import Asked
from bot.streaks.local_day import OwnDays
from tests.bot.streaks.room import ANSWER
from tests.cogs.reading import labels, options, shown, text
from tests.server import Server


async def answered(server: Server, member: MemberActor, days: int) -> None:
    for number in range(days):
        asked = Asked(number + 1, server.guild.id, "own:1")
        await server.app.services.attempts.send(asked, member.id, ANSWER, OwnDays("UTC"))


async def board(server: Server, member: MemberActor, **given: str) -> ResponseMessage:
    return shown(await member.slash(server.channel, "leaderboard", **given))


async def joined(server: Server, *members: MemberActor) -> None:
    for member in members:
        await server.app.services.leaderboards.join(server.guild.id, member.id)


async def test_taking_part_is_ones_own_choice_and_outlives_a_restart(server: Server) -> None:
    await answered(server, server.maya, 3)
    card = await board(server, server.maya, by="answers")
    assert card.ephemeral
    assert "You don't take part: nobody sees your numbers here." in text(card)
    await server.restart()
    card = shown(await server.maya.click(card.message, label="Take part"))
    assert "1\\. **maya** (you) · 3" in text(card)
    assert "You: rank 1, of 1 member." in text(card)
    seen = await board(server, server.jonas, by="answers")
    assert "1\\. **maya** · 3" in text(seen)
    card = shown(await server.maya.click(card.message, label="Take part no more"))
    assert "Nobody is on it yet." in text(card)
    assert labels(card) == ["Take part"]


async def test_another_ranking_is_picked_from_the_menu(server: Server) -> None:
    await joined(server, server.maya, server.jonas)
    await answered(server, server.maya, 2)
    card = await board(server, server.jonas)
    assert "Days in a row" in text(card)
    assert "1\\. **maya** · 1" in text(card)
    assert "You take part, and have no rank here yet" in text(card)
    assert options(card)[:2] == ["Days in a row", "Answers, this week"]
    card = shown(await server.jonas.select(card.message, values=["answers:month:0"]))
    assert "Answers, this month" in text(card)
    assert "1\\. **maya** · 2" in text(card)
    month = await board(server, server.jonas, period="last_month")
    assert "Answers, last month" in text(month)


async def test_equals_share_a_rank_and_there_are_pages(server: Server) -> None:
    extra = [
        server.guild.add_member(server.env.create_user(f"member{number}")) for number in range(11)
    ]
    await joined(server, server.maya, *extra)
    await answered(server, server.maya, 2)
    for member in extra:
        await answered(server, member, 1)
    card = await board(server, server.maya, by="answers")
    assert text(card).count("2\\. **member") == 9
    card = shown(await server.maya.click(card.message, label="More →"))
    assert text(card).count("2\\. **member") == 2
    assert "page 2 of 2" in text(card)
    assert "You: rank 1, of 12 members." in text(card)
    card = shown(await server.maya.click(card.message, label="← Back"))
    assert "page 1 of 2" in text(card)


async def test_who_left_the_server_is_not_shown(server: Server) -> None:
    await joined(server, server.maya, server.jonas)
    await answered(server, server.maya, 2)
    await answered(server, server.jonas, 1)
    server.guild.remove_member(server.users["maya"])
    card = await board(server, server.jonas, by="answers")
    assert "maya" not in text(card)
    assert "1\\. **jonas** (you) · 1" in text(card)


async def test_names_are_inert(server: Server) -> None:
    loud = server.guild.add_member(server.env.create_user("**@everyone** <@1>"))
    await joined(server, loud)
    await answered(server, loud, 1)
    card = await board(server, server.maya, by="answers")
    assert r"\*\*\@everyone\*\* \<\@1\>" in text(card)
