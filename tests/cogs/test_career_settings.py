"""The settings that say which career is meant, and who facilitates."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from simcord import ChannelHandle, MemberActor, ResponseMessage

from bot.careers.settings import channel_career, followed, member_career
from bot.careers.slugs import key_of
from bot.chat.cards import card
from bot.config import Settings
from bot.guilds.settings import FACILITATOR_ROLE
from bot.settings.model import Owner, Setting
from cogs.settings.change import UndoButton, ValueButton
from cogs.settings.overview import ChangeSelect
from cogs.settings.picking import CareerChoice, ChannelChoice, DiscordRoleChoice
from cogs.settings.whose import MINE, Whose
from tests.bot.careers.samples import write_pack
from tests.cogs.reading import labels, options, parts_of, shown, text, told
from tests.server import Server, running

ANALYST, RED_TEAM = "trust-safety-analyst", "ai-red-team-engineer"
POLICY = "ai-trust-safety-policy-specialist"
COMPLIANCE = "technology-policy-compliance-specialist"
TITLES = {
    RED_TEAM: "AI Red-Team Engineer",
    POLICY: "AI Trust & Safety Policy Specialist",
    COMPLIANCE: "Technology Policy & Compliance Specialist",
    ANALYST: "Trust & Safety Analyst",
}
MENU = 3


@pytest.fixture
async def crowded(tmp_path: Path) -> AsyncIterator[Server]:
    """A server whose bot knows more careers than a menu holds."""
    for number in range(30):
        write_pack(tmp_path / "packs" / "roles", f"mapper-{number}", title=f"Mapper {number}")
    async with running(
        Settings(data_dir=tmp_path / "var", content_path=(tmp_path / "packs",))
    ) as it:
        yield it


async def value_of(server: Server, setting: Any, owner_id: int) -> Any:
    return await server.app.services.preferences.get(setting, owner_id)


def registered(server: Server, name: str) -> Setting[Any]:
    registry = server.app.services.careers.registry
    made = {each.name: each for each in (member_career(registry), channel_career(registry))}
    return (made | {"followed": followed(registry), "facilitator_role": FACILITATOR_ROLE})[name]


async def my_career(server: Server) -> str | None:
    return await value_of(server, registered(server, "career"), server.maya.id)


async def career_of(server: Server, channel: ChannelHandle) -> str | None:
    return await value_of(server, registered(server, "channel_career"), channel.id)


async def of_server(server: Server, name: str) -> Any:
    return await value_of(server, registered(server, name), server.guild.id)


async def my(server: Server, **given: str) -> ResponseMessage:
    return shown(await server.maya.slash(server.channel, "my settings", **given))


async def settings(server: Server, by: MemberActor | None = None, **given: Any) -> ResponseMessage:
    return shown(await (by or server.olivia).slash(server.channel, "settings", **given))


async def menu_of(server: Server, whose: str, name: str, **given: Any) -> ResponseMessage:
    """The menu with which a setting is picked."""
    if whose == "member":
        overview, actor = await my(server), server.maya
    else:
        overview, actor = await settings(server, **given), server.olivia
    picked = await actor.select(overview.message, [name], custom_id=f"setting:v1:change:{whose}")
    return shown(picked)


def marked(message: ResponseMessage) -> list[str]:
    [menu] = parts_of(message, MENU)
    return [each["value"] for each in menu["options"] if each.get("default")]


async def test_a_members_career_is_set_by_any_of_its_names_and_undone(server: Server) -> None:
    assert "**My career** · not set" in text(await my(server))
    saved = await my(server, setting="career", value="red-team engineer, AI")
    assert "Which one?" in text(saved)
    saved = await my(server, setting="My career", value="airt")
    assert TITLES[RED_TEAM] in text(saved)
    assert await my_career(server) == RED_TEAM
    server.clock.time = server.clock.time.replace(minute=1)
    saved = await my(server, setting="career", value=COMPLIANCE)
    assert await my_career(server) == COMPLIANCE
    await server.restart()
    await server.maya.click(saved.message, label="Undo")
    assert await my_career(server) == RED_TEAM
    assert TITLES[RED_TEAM] in text(saved)


async def test_a_career_that_may_be_several_is_asked_back(server: Server) -> None:
    asked = await my(server, setting="career", value="red teem")
    assert "I don't know the career “red teem”" in text(asked)
    assert labels(asked)[0] == TITLES[RED_TEAM]
    assert await my_career(server) is None
    await server.maya.click(asked.message, label=TITLES[RED_TEAM])
    assert await my_career(server) == RED_TEAM


async def test_careers_are_offered_while_one_is_typed(server: Server) -> None:
    offered = await server.maya.autocomplete(
        server.channel, "my settings", "value", "red", setting="career"
    )
    assert (offered[0]["name"], offered[0]["value"]) == (TITLES[RED_TEAM], RED_TEAM)


async def test_a_members_career_is_picked_from_a_menu_and_put_back(server: Server) -> None:
    menu = await menu_of(server, "member", "career")
    assert options(menu) == list(TITLES.values())
    assert marked(menu) == labels(menu) == []
    await server.maya.select(menu.message, [ANALYST], custom_id="setting:v1:career:member:career")
    assert await my_career(server) == ANALYST
    assert TITLES[ANALYST] in text(menu)
    menu = await menu_of(server, "member", "career")
    assert marked(menu) == [ANALYST]
    await server.maya.click(menu.message, label="Back to the default")
    assert await my_career(server) is None
    await server.maya.click(menu.message, label="Undo")
    assert await my_career(server) == ANALYST


async def test_a_career_whose_pack_is_gone_reads_as_the_default(server: Server) -> None:
    preferences = server.app.services.preferences
    await preferences.set(registered(server, "career"), server.maya.id, "nurse", by=1)
    assert await my_career(server) is None
    card_text = text(await my(server))
    assert "**My career** · not set" in card_text
    assert "No longer here: nurse." in card_text
    saved = await my(server, setting="career", value=ANALYST)
    await server.maya.click(saved.message, label="Undo")
    assert await my_career(server) is None


async def test_careers_are_followed_by_name_and_undone(server: Server) -> None:
    assert "**Careers followed** · all that I know" in text(await settings(server))
    saved = await settings(server, setting="followed", value=f"airt, {ANALYST}")
    assert f"{TITLES[RED_TEAM]}, {TITLES[ANALYST]}" in text(saved)
    assert await of_server(server, "followed") == (RED_TEAM, ANALYST)
    server.clock.time = server.clock.time.replace(minute=1)
    saved = await settings(server, setting="followed", value="default")
    assert await of_server(server, "followed") == ()
    await server.olivia.click(saved.message, label="Undo")
    assert await of_server(server, "followed") == (RED_TEAM, ANALYST)


async def test_one_unclear_name_among_several_is_asked_back_alone(server: Server) -> None:
    value = "AIRT, red teem tester, trust & safety analyst"
    asked = await settings(server, setting="followed", value=value)
    assert "“red teem tester”" in text(asked)
    assert await of_server(server, "followed") == ()
    await server.olivia.click(asked.message, label=TITLES[POLICY])
    assert await of_server(server, "followed") == (RED_TEAM, POLICY, ANALYST)


async def test_careers_are_followed_from_a_menu(server: Server) -> None:
    await settings(server, setting="followed", value=ANALYST)
    server.clock.time = server.clock.time.replace(minute=1)
    menu = await menu_of(server, "guild", "followed")
    assert marked(menu) == [ANALYST]
    custom_id = "setting:v1:career:guild:followed"
    await server.olivia.select(menu.message, [RED_TEAM, POLICY], custom_id=custom_id)
    assert await of_server(server, "followed") == (RED_TEAM, POLICY)
    await server.olivia.click(menu.message, label="Undo")
    assert await of_server(server, "followed") == (ANALYST,)


async def test_lists_of_careers_are_completed_while_they_are_typed(server: Server) -> None:
    async def offered(so_far: str) -> list[dict[str, Any]]:
        return await server.olivia.autocomplete(
            server.channel, "settings", "value", so_far, setting="followed"
        )

    assert (await offered("red"))[0]["name"] == TITLES[RED_TEAM]
    [first, *_] = await offered("airt, trust & safety an")
    assert first["name"] == f"{TITLES[RED_TEAM]}, {TITLES[ANALYST]}"
    await settings(server, setting="followed", value=first["value"])
    assert await of_server(server, "followed") == (RED_TEAM, ANALYST)
    assert len(await offered("airt,")) == len(TITLES) - 1
    assert await offered("nobody knows, ana") == []


async def test_followed_careers_whose_packs_are_gone_are_left_out(server: Server) -> None:
    preferences, setting = server.app.services.preferences, registered(server, "followed")
    await preferences.set(setting, server.guild.id, ("nurse", ANALYST), by=server.olivia.id)
    assert await of_server(server, "followed") == (ANALYST,)
    listed = text(await settings(server, setting="followed"))
    assert f"**Careers followed** · {TITLES[ANALYST]}" in listed
    assert "No longer here: nurse." in listed


async def typed(server: Server, names: str) -> ResponseMessage:
    """The answer to the names of careers to follow, typed into the form."""
    overview = await settings(server)
    form = await server.olivia.select(
        overview.message, ["followed"], custom_id="setting:v1:change:guild"
    )
    return shown(await server.olivia.submit_modal(form, {"value": names}))


async def test_where_a_menu_cannot_hold_all_careers_they_are_typed(crowded: Server) -> None:
    names = ", ".join(f"Mapper {number}" for number in range(10))
    assert "10 careers at most" in text(await typed(crowded, f"{names}, Mapper 10"))
    assert labels(await typed(crowded, names)) == ["Undo"]
    assert len(await of_server(crowded, "followed")) == 10
    offered = await crowded.olivia.autocomplete(
        crowded.channel, "settings", "value", f"{names},", setting="followed"
    )
    assert max(len(choice["value"]) for choice in offered) <= 100


async def test_what_was_before_is_said_where_undo_would_be_too_long(crowded: Server) -> None:
    names = ", ".join(f"Mapper {number}" for number in range(10))
    await typed(crowded, names)
    crowded.clock.time = crowded.clock.time.replace(minute=1)
    saved = await settings(crowded, setting="followed", value="Mapper 1")
    assert labels(saved) == []
    assert "Before: Mapper 0, Mapper 1, Mapper 2" in text(saved)


async def test_the_facilitators_role_is_named_picked_and_undone(server: Server) -> None:
    mentors, staff = server.guild.create_role("Mentors"), server.guild.create_role("Staff")
    assert "**Facilitators** · not set" in text(await settings(server))
    saved = await settings(server, setting="facilitator_role", value="@mentors")
    assert f"<@&{mentors.id}>" in text(saved)
    assert await of_server(server, "facilitator_role") == mentors.id
    server.clock.time = server.clock.time.replace(minute=1)
    menu = await menu_of(server, "guild", "facilitator_role")
    await server.olivia.select(
        menu.message, [staff], custom_id="setting:v1:role:guild:facilitator_role"
    )
    assert await of_server(server, "facilitator_role") == staff.id
    await server.olivia.click(menu.message, label="Undo")
    assert await of_server(server, "facilitator_role") == mentors.id
    offered = await server.olivia.autocomplete(
        server.channel, "settings", "value", "sta", setting="facilitator_role"
    )
    assert [(each["name"], each["value"]) for each in offered] == [("@Staff", str(staff.id))]


async def test_everyone_and_unknown_roles_cannot_facilitate(server: Server) -> None:
    for value in ("@everyone", "everyone", str(server.guild.id)):
        refused = await settings(server, setting="facilitator_role", value=value)
        assert "everyone is everybody" in text(refused)
    refused = await settings(server, setting="facilitator_role", value="123456")
    assert "role isn't here" in text(refused)
    refused = await settings(server, setting="facilitator_role", value="nobody")
    assert "isn't a role" in text(refused)
    menu = await menu_of(server, "guild", "facilitator_role")
    refused = told(
        await server.olivia.select(
            menu.message,
            [server.guild.default_role],
            custom_id="setting:v1:role:guild:facilitator_role",
        )
    )
    assert "everyone is everybody" in text(refused)
    assert await of_server(server, "facilitator_role") is None


async def test_a_channels_career_is_shown_named_picked_and_undone(server: Server) -> None:
    forum = server.guild.create_forum_channel("questions")
    listed = await settings(server, channel=forum)
    assert "Channel settings" in text(listed)
    assert f"<#{forum.id}>" in text(listed)
    assert options(listed) == ["This channel's career"]
    saved = await settings(server, channel=forum, setting="channel_career", value=COMPLIANCE)
    assert await career_of(server, forum) == COMPLIANCE
    assert await career_of(server, server.channel) is None
    server.clock.time = server.clock.time.replace(minute=1)
    menu = await menu_of(server, f"channel.{forum.id}", "channel_career", channel=forum)
    assert marked(menu) == [COMPLIANCE]
    custom_id = f"setting:v1:career:channel.{forum.id}:channel_career"
    await server.olivia.select(menu.message, [ANALYST], custom_id=custom_id)
    assert await career_of(server, forum) == ANALYST
    await server.restart()
    await server.olivia.click(menu.message, label="Undo")
    assert await career_of(server, forum) == COMPLIANCE
    refused = told(await server.olivia.click(saved.message, label="Undo"))
    assert "changed again" in text(refused)
    assert f"Set by <@{server.olivia.id}>" in text(await settings(server, channel=forum))


async def test_what_is_offered_fits_the_channel(server: Server) -> None:
    offered = await server.olivia.autocomplete(
        server.channel, "settings", "setting", "", channel=server.channel
    )
    assert [choice["value"] for choice in offered] == ["channel_career"]
    offered = await server.olivia.autocomplete(
        server.channel, "settings", "value", "red", channel=server.channel, setting="channel_career"
    )
    assert offered[0]["value"] == RED_TEAM
    refused = await settings(server, channel=server.channel, setting="zone", value="Berlin")
    assert "no such setting" in text(refused)


@pytest.mark.parametrize("name", ["followed", "facilitator_role", "channel_career"])
async def test_members_change_nothing_of_a_server(server: Server, name: str) -> None:
    await server.allow(server.maya, "settings")
    given: dict[str, Any] = {"channel": server.channel} if name == "channel_career" else {}
    refused = await settings(server, server.maya, setting=name, value=ANALYST, **given)
    assert "Manage Server" in text(refused)
    refused = await settings(server, server.maya, **given)
    assert "Manage Server" in text(refused)


async def posted(server: Server, *controls: Any) -> Any:
    """A message of the bot's in the channel, which anybody may use."""
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        return await channel.send(
            view=card(heading="Test", body="Test", rows=[[each] for each in controls])
        )


async def test_each_press_is_checked_against_who_presses(server: Server) -> None:
    whose = Whose(Owner.CHANNEL, server.channel.id)
    value = ValueButton(whose, "channel_career", key_of(ANALYST), "Analyst")
    undo = UndoButton(whose, "channel_career", 0, "")
    menu = ChangeSelect(whose, [registered(server, "channel_career")])
    message = await posted(server, value, undo, menu)
    pressed = [
        await server.maya.click(message, label="Analyst"),
        await server.maya.click(message, label="Undo"),
    ]
    for result in pressed:
        assert "Manage Server" in text(told(result))
    chosen = await server.maya.select(message, ["channel_career"])
    assert "Manage Server" in text(shown(chosen))
    assert await career_of(server, server.channel) is None
    await server.olivia.click(message, label="Analyst")
    assert await career_of(server, server.channel) == ANALYST


async def test_another_servers_channel_is_refused(server: Server) -> None:
    with server.env.time_context():
        foreign = server.env.create_guild("Other").create_text_channel("theirs")
    whose = Whose(Owner.CHANNEL, foreign.id)
    value = ValueButton(whose, "channel_career", key_of(ANALYST), "Analyst")
    undo = UndoButton(whose, "channel_career", 0, "")
    menu = ChangeSelect(whose, [registered(server, "channel_career")])
    message = await posted(server, value, undo, menu)
    for label in ("Analyst", "Undo"):
        assert "channel isn't here" in text(told(await server.olivia.click(message, label=label)))
    chosen = await server.olivia.select(message, ["channel_career"])
    assert "channel isn't here" in text(shown(chosen))
    assert await career_of(server, foreign) is None


async def test_what_is_gone_cannot_be_put_back(server: Server) -> None:
    message = await posted(server, UndoButton(MINE, "career", 0, key_of("nurse")))
    refused = told(await server.maya.click(message, label="Undo"))
    assert "isn't here any more" in text(refused)
    assert await my_career(server) is None


def test_custom_ids_stay_within_discords_limit() -> None:
    longest = Whose(Owner.CHANNEL, 2**64 - 1)
    key = key_of(COMPLIANCE)
    controls: list[Any] = [
        ChangeSelect(longest),
        ChannelChoice(longest, "channel_career"),
        DiscordRoleChoice(longest, "channel_career"),
        CareerChoice(longest, "channel_career"),
        ValueButton(longest, "channel_career", key),
        UndoButton(longest, "channel_career", 10**16 - 1, key),
        UndoButton(Whose(Owner.GUILD), "followed", 10**16 - 1, ",".join([key] * 5)),
    ]
    assert max(len(control.custom_id) for control in controls) <= 100
