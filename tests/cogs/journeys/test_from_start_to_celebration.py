"""A member's way from a plan to what is celebrated, on both stores."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import discord
from simcord import InteractionResult

from bot.celebrations import settings as celebration_settings
from tests.cogs.journeys.test_journey import DAY, GALLERY, anywhere, begun, said
from tests.cogs.phase_roles.test_phase_roles import FOUNDATIONS, botrole, choose, roles_of
from tests.cogs.reading import custom_ids, inbox, labels, parts_of, shown, text, told
from tests.e2e.processes import ROOT
from tests.server import Server

__all__ = ["anywhere"]

TITLE = "AI Trust & Safety Policy Specialist"
HOUR = timedelta(hours=1)
SCREENSHOTS = ROOT / "build" / "screenshots"


async def prepared(server: Server) -> int:
    """Let the server celebrate in its channel and give a role; return the role's id."""
    channel, guild = server.channel.id, server.guild.id
    preferences = server.app.services.preferences
    await preferences.set(celebration_settings.CHANNEL, guild, channel, by=server.olivia.id)
    botrole(server)
    graduate = server.guild.create_role("Graduate")
    await choose(server, graduate)
    return graduate.id


def letter(server: Server) -> discord.Message:
    """The newest check-in."""
    return next(each for each in reversed(inbox(server.users["maya"])) if is_checkin(each))


def is_checkin(message: discord.Message) -> bool:
    return any("checkin:" in part for part in custom_ids(message))


async def done(server: Server, tasks: list[int], note: str) -> InteractionResult:
    """Let Maya tick tasks in the newest check-in."""
    maya = server.users["maya"]
    form = await maya.click(letter(server), label="Done something")
    await server.restart()
    return await maya.submit_modal(form, {"tasks": [*map(str, tasks)], "q0": note})


async def foundations(server: Server) -> list[int]:
    journey = await server.app.services.journeys.of(server.guild.id, server.maya.id)
    return [task.id for task in journey.phases[0].tasks]


async def exported(server: Server) -> dict[str, list[dict[str, object]]]:
    card = shown(await server.maya.slash(server.channel, "my export"))
    (file,) = card.attachments
    with ZipFile(BytesIO(await file.read())) as archive:
        return json.loads(archive.read("data.json"))["held"]


async def test_from_a_plan_to_what_is_celebrated(anywhere: Server) -> None:
    server, maya = anywhere, anywhere.users["maya"]
    graduate = await prepared(server)
    for setting, value in (("zone", "UTC"), ("announce_phases", "always")):
        chosen = {"setting": setting, "value": value}
        shown(await server.maya.slash(server.channel, "my settings", **chosen))
    await begun(server)
    shown(await server.maya.slash(server.channel, "checkin setup", time="13:00"))

    await server.advance(HOUR)
    first, *rest = await foundations(server)
    await done(server, [first], "Read the glossary")
    assert "1 task ticked." in text(letter(server))

    await server.advance(DAY)
    await maya.click(letter(server), label="On track")

    pace = await said(server, "pace", hours=20)
    assert "**Now:** Ends on **Apr 6, 2027**" in text(pace)
    await server.maya.click(pace.message, label="Change the pace")
    assert "20 hours a week" in text(pace)

    await server.advance(DAY)
    await maya.click(letter(server), label="Stuck")
    assert f"You are at **{FOUNDATIONS}**" in text(letter(server))

    await server.advance(DAY)
    offered = told(await done(server, rest, "All of it"))
    assert f"Finished a phase on the way to {TITLE}: **{FOUNDATIONS}**" in text(offered)
    await server.deliver()
    assert roles_of(server, server.maya) == [graduate]
    await maya.click(offered.message, label="Undo")
    assert labels(offered) == ["Announce it"]
    await server.advance(HOUR)
    assert server.channel.history() == []

    seen = await said(server, "show")
    assert "**20%** · 4 of 16 tasks" in text(seen)
    [gallery] = parts_of(seen, GALLERY)
    assert "Done: 20%, planned by today: " in gallery["items"][0]["description"]
    [picture] = seen.attachments
    keep(await picture.read())

    held = await exported(server)
    assert {"journeys", "journey_tasks", "checkin_days", "celebrations", "phase_role_grants"} <= {
        *held
    }
    days = sorted(held["checkin_days"], key=lambda row: str(row["day"]))
    assert [day["answer"] for day in days] == ["done", "on_track", "stuck", "done"]
    assert "Read the glossary" in json.dumps(held)


def keep(picture: bytes) -> None:
    """Leave the picture where it can be looked at."""
    assert picture.startswith(b"\x89PNG")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / "journey.png").write_bytes(picture)
