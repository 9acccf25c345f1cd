from simcord import InteractionResult, ResponseMessage

from tests.cogs.reading import labels, shown, text
from tests.server import Server

POLICY = "ai-trust-safety-policy-specialist"
ANALYST = "trust-safety-analyst"
RED_TEAM = "ai-red-team-engineer"


async def compared(server: Server, **roles: str) -> InteractionResult:
    return await server.maya.slash(server.channel, "role compare", **roles)


async def all_pages(server: Server, card: ResponseMessage) -> str:
    pages = [text(card)]
    while "More →" in labels(card):
        await server.maya.click(card.message, label="More →")
        pages.append(text(card))
    return "\n".join(pages)


async def test_differences_are_marked_and_stacked(server: Server) -> None:
    card = shown(await compared(server, first=POLICY, second=ANALYST))
    assert card.ephemeral
    whole = await all_pages(server, card)
    assert "**Last step's pay** ≠\n- AI Trust & Safety Policy Specialist: **$250,000" in whole
    for field in ("Difficulty", "Coding", "Time to learn", "Future demand", "Skills", "Tools"):
        assert f"**{field}**" in whole


async def test_three_roles_fit_side_by_side_and_open_from_there(server: Server) -> None:
    card = shown(await compared(server, first=POLICY, second=ANALYST, third=RED_TEAM))
    assert "AI Red-Team Engineer" in labels(card)
    await server.maya.click(card.message, label="AI Red-Team Engineer")
    assert "## AI Red-Team Engineer\nOverview" in text(card)


async def test_a_comparison_still_turns_pages_after_a_restart(server: Server) -> None:
    card = shown(await compared(server, first=POLICY, second=ANALYST, third=RED_TEAM))
    await server.env.restart_bot(server.bot())
    await server.maya.click(card.message, label="More →")
    assert "page 2 of" in text(card)


async def test_a_role_is_not_compared_with_itself(server: Server) -> None:
    answer = shown(await compared(server, first=POLICY, second=POLICY))
    assert answer.ephemeral
    assert "the same role" in answer.content


async def test_an_unknown_role_is_asked_back(server: Server) -> None:
    card = shown(await compared(server, first=POLICY, second="plumber"))
    assert "I don't know “plumber”" in text(card)
