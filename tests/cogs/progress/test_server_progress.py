"""`/progress server`, as facilitators use it."""

from bot.guilds.settings import FACILITATOR_ROLE
from bot.journeys.service import Way
from tests.cogs.reading import GALLERY, labels, options, parts_of, shown, text
from tests.server import Server

POLICY = "ai-trust-safety-policy-specialist"
ANALYST = "trust-safety-analyst"
SOMEBODY = 88_000_000_000


async def begun(
    server: Server, count: int, role: str, *, finished: int = 0, first: int = 0
) -> None:
    """Let so many members begin, and some of them finish the first phase."""
    journeys = server.app.services.journeys
    for number in range(count):
        whose = server.guild.id, SOMEBODY + first + number
        journey = await journeys.begin(*whose, Way(role))
        if number < finished:
            await journeys.finish(*whose, [task.id for task in journey.phases[0].tasks])


async def test_facilitators_see_the_numbers_and_members_do_not(server: Server) -> None:
    mentors = server.guild.create_role("Mentors")
    mia = server.guild.add_member(server.env.create_user("mia"), roles=[mentors])
    await server.app.services.preferences.set(
        FACILITATOR_ROLE, server.guild.id, mentors.id, by=server.olivia.id
    )
    await begun(server, 12, POLICY, finished=6)
    refused = shown(await server.maya.slash(server.channel, "progress server"))
    assert "Only facilitators" in text(refused)
    seen = shown(await mia.slash(server.channel, "progress server"))
    assert seen.ephemeral
    assert "12 began" in text(seen)
    assert "6 past it" in text(seen)
    [gallery] = parts_of(seen, GALLERY)
    assert "12 began" in gallery["items"][0]["description"]
    assert str(SOMEBODY)[:9] not in text(seen)
    assert labels(seen) == ["As CSV"]
    await server.restart()
    file = await mia.click(seen.message, label="As CSV")
    [attachment] = shown(file).message.attachments
    assert attachment.filename == "progress.csv"
    server.env.backend.remove_member_role(server.guild.id, mia.id, mentors.id)
    refused = shown(await mia.click(seen.message, label="As CSV"))
    assert "Only facilitators" in text(refused)


async def test_of_several_careers_one_is_picked_and_small_ones_stay_hidden(server: Server) -> None:
    empty = shown(await server.olivia.slash(server.channel, "progress server"))
    assert "Fewer than 5 members" in text(empty)
    await begun(server, 7, POLICY)
    await begun(server, 3, ANALYST, first=10)
    alone = shown(await server.olivia.slash(server.channel, "progress server", role=ANALYST))
    assert "Fewer than 5 members" in text(alone)
    await begun(server, 5, ANALYST, first=20)
    several = shown(await server.olivia.slash(server.channel, "progress server"))
    assert "Journeys here" in text(several)
    assert len(options(several)) == 2
    [menu] = parts_of(several, 3)
    await server.olivia.select(several.message, [menu["options"][1]["value"]])
    assert "7 began" in text(several)
