from simcord import ResponseMessage

from bot.guilds.settings import NOTICE_CHANNEL
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.settings import DAY_START, ZONE
from tests.cogs.reading import labels, options, shown, text, told
from tests.server import Server


async def zone_of(server: Server) -> str | None:
    return await server.app.services.preferences.get(ZONE, server.maya.id)


async def notice_channel(server: Server) -> int | None:
    return await server.app.services.preferences.get(NOTICE_CHANNEL, server.guild.id)


async def my(server: Server, **given: str) -> ResponseMessage:
    return shown(await server.maya.slash(server.channel, "my settings", **given))


async def test_a_member_sees_their_settings_privately(server: Server) -> None:
    card = await my(server)
    assert card.ephemeral
    assert "**Time zone** · not set" in text(card)
    assert options(card) == [
        "Time zone",
        "Start of your day",
        "My career",
        "Who sees my journey",
        "Pictures",
        "Reminder of check-ins",
        "Quiet hours",
        "Announce phases",
        "Announce journeys",
        "Announce goals",
        "Announce interviews",
        "Announce offers",
    ]


async def test_a_zone_is_offered_while_it_is_typed(server: Server) -> None:
    offered = await server.maya.autocomplete(
        server.channel, "my settings", "value", "kolk", setting="zone"
    )
    assert [choice["value"] for choice in offered] == ["Asia/Kolkata"]
    assert "UTC+5:30" in offered[0]["name"]
    named = await server.maya.autocomplete(server.channel, "my settings", "setting", "zon")
    assert [choice["value"] for choice in named] == ["zone"]


async def test_a_change_is_kept_and_undone_after_a_restart(server: Server) -> None:
    card = await my(server, setting="zone", value="Berlin")
    assert "Europe/Berlin" in text(card)
    await server.restart()
    assert await zone_of(server) == "Europe/Berlin"
    await server.maya.click(card.message, label="Undo")
    assert await zone_of(server) is None
    assert "not set" in text(card)


async def test_an_old_undo_does_not_undo_a_later_change(server: Server) -> None:
    card = await my(server, setting="zone", value="Berlin")
    server.clock.time = server.clock.time.replace(minute=1)
    await my(server, setting="zone", value="Lagos")
    refused = told(await server.maya.click(card.message, label="Undo"))
    assert "changed again" in text(refused)
    assert await zone_of(server) == "Africa/Lagos"


async def test_default_puts_a_setting_back(server: Server) -> None:
    await my(server, setting="zone", value="Berlin")
    card = await my(server, setting="Time zone", value="default")
    assert "not set" in text(card)
    await server.maya.click(card.message, label="Undo")
    assert await zone_of(server) == "Europe/Berlin"


async def test_an_ambiguous_zone_is_asked_back(server: Server) -> None:
    card = await my(server, setting="zone", value="IST")
    assert "Asia/Kolkata" in labels(card)
    await server.maya.click(card.message, label="Asia/Kolkata")
    assert await zone_of(server) == "Asia/Kolkata"


async def test_a_setting_is_changed_from_its_card(server: Server) -> None:
    card = await my(server)
    form = await server.maya.select(card.message, ["zone"], custom_id="setting:v1:change:member")
    saved = shown(await server.maya.submit_modal(form, {"value": "New York"}))
    assert "America/New_York" in text(saved)


async def test_an_unknown_setting_is_refused(server: Server) -> None:
    assert "no such setting" in text(await my(server, setting="colour", value="blue"))


async def test_managers_alone_change_a_servers_settings(server: Server) -> None:
    await server.allow(server.maya, "settings")
    refused = shown(
        await server.maya.slash(server.channel, "settings", setting="zone", value="Berlin")
    )
    assert "Manage Server" in text(refused)
    card = shown(
        await server.olivia.slash(server.channel, "settings", setting="zone", value="Berlin")
    )
    assert "Europe/Berlin" in text(card)
    assert card.ephemeral
    assert await server.app.services.preferences.get(GUILD_ZONE, server.guild.id)
    listed = shown(await server.olivia.slash(server.channel, "settings"))
    assert f"Set by <@{server.olivia.id}>" in text(listed)


async def test_the_notice_channel_is_picked_or_named(server: Server) -> None:
    card = shown(await server.olivia.slash(server.channel, "settings", setting="notice_channel"))
    menu = shown(
        await server.olivia.select(
            card.message, ["notice_channel"], custom_id="setting:v1:change:guild"
        )
    )
    await server.olivia.select(
        menu.message, [server.channel], custom_id="setting:v1:channel:guild:notice_channel"
    )
    assert await notice_channel(server) == server.channel.id
    staff = server.guild.create_text_channel("staff")
    offered = await server.olivia.autocomplete(
        server.channel, "settings", "value", "sta", setting="notice_channel"
    )
    assert [choice["value"] for choice in offered] == [str(staff.id)]
    given = {"setting": "notice_channel", "value": "#staff"}
    card = shown(await server.olivia.slash(server.channel, "settings", **given))
    assert await notice_channel(server) == staff.id
    await server.olivia.click(card.message, label="Undo")
    assert await notice_channel(server) == server.channel.id


async def test_a_channel_that_it_cannot_post_in_is_refused(server: Server) -> None:
    given = {"setting": "notice_channel", "value": "123456"}
    refused = shown(await server.olivia.slash(server.channel, "settings", **given))
    assert "can't post there" in text(refused)
    given = {"setting": "notice_channel", "value": "nowhere"}
    refused = shown(await server.olivia.slash(server.channel, "settings", **given))
    assert "isn't a channel" in text(refused)


async def test_an_hour_is_typed_or_picked_from_a_menu(server: Server) -> None:
    async def day_start() -> int:
        return await server.app.services.preferences.get(DAY_START, server.maya.id)

    refused = await my(server, setting="day_start", value="25")
    assert "isn't a full hour" in text(refused)
    card = await my(server, setting="day_start", value="04:00")
    assert "4:00" in text(card)
    assert await day_start() == 4
    offered = await server.maya.autocomplete(
        server.channel, "my settings", "value", "5:00", setting="day_start"
    )
    assert [choice["value"] for choice in offered] == ["5:00", "17:00"]
    overview = await my(server)
    menu = shown(await server.maya.select(overview.message, values=["day_start"]))
    await server.restart()
    await server.maya.select(menu.message, values=["6:00"])
    assert await day_start() == 6
