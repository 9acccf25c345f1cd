"""`/phase-roles`, as managers and members use it."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import MemberActor, ResponseMessage

from bot.guilds.settings import FACILITATOR_ROLE, NOTICE_CHANNEL
from tests.cogs.reading import labels, options, shown, text
from tests.server import Server

POLICY = "ai-trust-safety-policy-specialist"
FOUNDATIONS = "Foundations of AI Safety and Governance"
ROLES = discord.Permissions(manage_roles=True)
HOUR = timedelta(hours=1)


def botrole(server: Server) -> int:
    """Let the bot manage roles; return the id of its own role."""
    guild = server.env.backend.get_guild(server.guild.id)
    [own] = guild.members[server.env.backend.bot_user.id].role_ids
    server.env.backend.edit_role(server.guild.id, own, {"permissions": ROLES.value | 0x400})
    return own


def move(server: Server, role_id: int, position: int) -> None:
    server.env.backend.reorder_roles(server.guild.id, [{"id": str(role_id), "position": position}])


def roles_of(server: Server, member: MemberActor) -> list[int]:
    return server.env.backend.get_member(server.guild.id, member.id).role_ids


async def choose(server: Server, role: object, phase: str = FOUNDATIONS) -> ResponseMessage:
    given = {"role": POLICY, "phase": phase, "gives": role}
    return shown(await server.olivia.slash(server.channel, "phase-roles set", **given))


async def finish(server: Server) -> None:
    """Let Maya finish the first phase."""
    journeys = server.app.services.journeys
    whose = server.guild.id, server.maya.id
    if await journeys.active(*whose) is None:
        begun = shown(await server.maya.slash(server.channel, "journey start", role=POLICY))
        await server.maya.click(begun.message, label="Start")
    journey = await journeys.of(*whose)
    await journeys.finish(*whose, [task.id for task in journey.phases[0].tasks])
    await server.deliver()


async def test_a_finished_phase_gives_the_role_and_reopening_takes_it(server: Server) -> None:
    botrole(server)
    graduate = server.guild.create_role("Graduate")
    card = await choose(server, graduate)
    assert card.ephemeral
    assert f"<@&{graduate.id}> is given to who finishes it" in text(card)
    assert FOUNDATIONS in text(card)
    await finish(server)
    assert roles_of(server, server.maya) == [graduate.id]
    listed = shown(await server.olivia.slash(server.channel, "phase-roles list"))
    assert "1 has it" in text(listed)
    journeys, whose = server.app.services.journeys, (server.guild.id, server.maya.id)
    await journeys.reopen(*whose, [(await journeys.of(*whose)).tasks[0].id])
    await server.deliver()
    assert roles_of(server, server.maya) == []
    await finish(server)
    await server.restart()
    await server.olivia.click(card.message, label="Undo")
    await server.deliver()
    assert roles_of(server, server.maya) == []
    await server.olivia.click(card.message, label="Undo")
    await server.deliver()
    assert roles_of(server, server.maya) == [graduate.id]


async def test_a_role_above_the_bots_is_told_of_and_given_once_it_is_below(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    own = botrole(server)
    graduate = server.guild.create_role("Graduate")
    move(server, graduate.id, 9)
    card = await choose(server, graduate)
    assert "It is kept, but I can't give it yet. The role isn't below my own." in text(card)
    await finish(server)
    await server.deliver()
    assert roles_of(server, server.maya) == []
    [notice] = staff.history()
    assert f"<@&{graduate.id}>" in text(notice)
    assert "drag mine above it" in text(notice)
    refused = shown(await server.maya.click(notice, label="Try again"))
    assert "Manage Server" in text(refused)
    still = shown(await server.olivia.click(notice, label="Try again"))
    assert "Not yet" in text(still)
    move(server, own, 10)
    await server.env.settle()
    await server.deliver()
    assert roles_of(server, server.maya) == [graduate.id]
    assert len(staff.history()) == 1


async def test_a_deleted_role_is_told_of_and_another_is_given_to_all(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    botrole(server)
    first, second = server.guild.create_role("First"), server.guild.create_role("Second")
    await choose(server, first)
    await finish(server)
    server.env.backend.delete_role(server.guild.id, first.id)
    await server.env.settle()
    await server.deliver()
    [notice] = staff.history()
    assert "The role was deleted" in text(notice)
    await choose(server, second)
    await server.deliver()
    assert roles_of(server, server.maya) == [second.id]
    late = shown(await server.olivia.click(notice, label="Try again"))
    assert "Trying again" in text(late)
    assert len(staff.history()) == 1


async def test_who_left_gets_nothing_and_is_noted(server: Server) -> None:
    botrole(server)
    graduate = server.guild.create_role("Graduate")
    await choose(server, graduate)
    begun = shown(await server.maya.slash(server.channel, "journey start", role=POLICY))
    await server.maya.click(begun.message, label="Start")
    server.guild.remove_member(server.maya)
    await finish(server)
    assert server.maya.id in await server.app.services.leavings.away(server.guild.id)
    maya = server.guild.add_member(server.users["maya"])
    await server.app.services.leavings.seen(server.guild.id, maya.id)
    await server.deliver()
    assert roles_of(server, maya) == [graduate.id]


@pytest.mark.parametrize(
    ("permissions", "position", "said"),
    [
        (discord.Permissions(manage_messages=True), None, "may moderate or manage"),
        (discord.Permissions(mute_members=True), None, "may moderate or manage"),
        (discord.Permissions.none(), 9, "isn't below your own highest one"),
    ],
)
async def test_managers_give_away_only_what_is_harmless_and_below_them(
    server: Server, permissions: discord.Permissions, position: int | None, said: str
) -> None:
    botrole(server)
    manager = discord.Permissions(manage_guild=True, manage_roles=True)
    lead = server.guild.create_role("Lead", permissions=manager)
    backend = server.env.backend
    backend.add_member_role(server.guild.id, server.jonas.id, lead.id)
    role = server.guild.create_role("Prize", permissions=permissions)
    if position is not None:
        move(server, role.id, position)
    given = {"role": POLICY, "phase": "*", "gives": role}
    refused = shown(await server.jonas.slash(server.channel, "phase-roles set", **given))
    assert said in text(refused)
    assert await server.app.services.phase_roles.all(server.guild.id) == []


async def test_managing_roles_in_a_channel_alone_isnt_enough(server: Server) -> None:
    botrole(server)
    lead = server.guild.create_role("Lead", permissions=discord.Permissions(manage_guild=True))
    server.env.backend.add_member_role(server.guild.id, server.jonas.id, lead.id)
    theirs = discord.PermissionOverwrite(manage_roles=True)
    place = server.guild.create_text_channel("theirs", overwrites={server.jonas: theirs})
    await server.allow(server.jonas, "phase-roles")
    refused = shown(await server.jonas.slash(place, "phase-roles list"))
    assert "Manage Server and Manage Roles" in text(refused)


async def test_the_facilitators_role_is_not_given(server: Server) -> None:
    botrole(server)
    mentors, preferences = server.guild.create_role("Mentors"), server.app.services.preferences
    await choose(server, mentors)
    await preferences.set(FACILITATOR_ROLE, server.guild.id, mentors.id, by=1)
    await finish(server)
    assert roles_of(server, server.maya) == []
    assert "facilitators' role" in text(await choose(server, mentors))


async def test_what_cant_be_given_just_now_waits_and_what_a_moderator_gave_stays(
    server: Server,
) -> None:
    botrole(server)
    graduate = server.guild.create_role("Graduate")
    await choose(server, graduate)
    client: Any = server.client
    guild = client.get_guild(server.guild.id)
    client._connection._remove_guild(guild)
    await finish(server)
    client._connection._add_guild(guild)
    await server.app.services.phase_roles.look_after()
    guild.unavailable = True
    await server.deliver()
    guild.unavailable = False
    path = f"/guilds/{guild.id}/members/{server.maya.id}/roles/{graduate.id}"
    server.env.inject_error("PUT", path, status=403, code=50013)
    await server.advance(HOUR)
    [standing] = await server.app.services.phase_roles.all(guild.id)
    assert standing.stuck == 1
    server.env.backend.add_member_role(guild.id, server.maya.id, graduate.id)
    await server.app.services.phase_roles.look_after()
    await server.deliver()
    journeys, whose = server.app.services.journeys, (guild.id, server.maya.id)
    await journeys.reopen(*whose, [(await journeys.of(*whose)).tasks[0].id])
    await server.deliver()
    assert roles_of(server, server.maya) == [graduate.id]


async def test_everybodys_and_apps_roles_are_not_given_and_members_choose_nothing(
    server: Server,
) -> None:
    own = botrole(server)
    everybody = await choose(server, server.guild.default_role)
    assert "@everyone is everybody" in text(everybody)
    bots = await choose(server, {role.id: role for role in server.guild.roles.values()}[own])
    assert "gives that role by itself" in text(bots)
    wrong = await choose(server, server.guild.create_role("Prize"), phase="Nonsense")
    assert "no such phase" in text(wrong)
    await server.allow(server.maya, "phase-roles")
    refused = shown(await server.maya.slash(server.channel, "phase-roles list"))
    assert "Manage Server and Manage Roles" in text(refused)


async def test_one_is_changed_removed_and_brought_back(server: Server) -> None:
    botrole(server)
    first, second = server.guild.create_role("First"), server.guild.create_role("Second")
    await choose(server, first, phase="the whole journey")
    changed = await choose(server, second, phase="*")
    await server.olivia.click(changed.message, label="Undo")
    assert f"<@&{first.id}>" in text(changed)
    listed = shown(await server.olivia.slash(server.channel, "phase-roles list"))
    assert "the whole journey" in options(listed)[0]
    given = {"role": POLICY, "phase": "*"}
    gone = shown(await server.olivia.slash(server.channel, "phase-roles remove", **given))
    assert labels(gone) == ["Undo", "Take it back from them too"]
    empty = shown(await server.olivia.slash(server.channel, "phase-roles list"))
    assert "None yet" in text(empty)
    await server.olivia.click(gone.message, label="Undo")
    assert f"<@&{first.id}>" in text(gone)
    await server.olivia.click(gone.message, label="Undo")
    assert "Whoever has got it keeps it" in text(gone)
    await server.olivia.click(gone.message, label="Undo")
    [standing] = await server.app.services.phase_roles.all(server.guild.id)
    assert standing.rule.prize.role_id == first.id
    await server.olivia.select(listed.message, [str(standing.rule.id)])
    assert await server.app.services.phase_roles.all(server.guild.id) == []
    again = shown(await server.olivia.slash(server.channel, "phase-roles remove", **given))
    assert "No role is given for that" in text(again)
