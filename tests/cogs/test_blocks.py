"""`/block` as managers use it, and what a blocked member is told."""

from simcord import ResponseMessage

from tests.cogs.reading import shown, text
from tests.server import Server


async def block(server: Server, command: str, **given: object) -> ResponseMessage:
    return shown(await server.olivia.slash(server.channel, f"block {command}", **given))


async def test_a_blocked_member_is_refused_but_keeps_their_rights(server: Server) -> None:
    maya = server.maya
    asked = shown(await server.maya.slash(server.channel, "my forget"))
    about = {"role": "ai-red-team-engineer"}
    career = shown(await server.maya.slash(server.channel, "role info", **about))
    assert "Nobody is blocked" in text(await block(server, "list"))
    done = await block(server, "add", member=maya, reason="Spam @everyone")
    assert done.ephemeral
    for _ in range(2):
        refused = shown(await server.maya.slash(server.channel, "role list"))
        assert refused.ephemeral
        assert "have blocked you" in refused.content
        await server.restart()
    pressed = await server.maya.click(career.message, label="Roadmap")
    assert "have blocked you" in shown(pressed).content
    for command in ("my export", "my forget"):
        answer = shown(await server.maya.slash(server.channel, command))
        assert "have blocked you" not in (answer.content or text(answer))
    assert asked.ephemeral
    assert "role" not in shown(await server.jonas.slash(server.channel, "role list")).content
    assert f"<@{server.maya.id}>" in text(await block(server, "list"))
    await block(server, "remove", member=maya)
    again = shown(await server.maya.slash(server.channel, "role list"))
    assert "have blocked you" not in (again.content or "")


async def test_managers_alone_block_and_none_of_them_is_blocked(server: Server) -> None:
    await server.allow(server.maya, "block")
    given = {"member": server.jonas}
    refused = shown(await server.maya.slash(server.channel, "block add", **given))
    assert "Manage Server" in refused.content
    own = await block(server, "add", member=server.olivia)
    assert "can't block yourself" in own.content
    gone = await block(server, "remove", member=server.jonas)
    assert "no such block" in gone.content
