"""Who may see what of a member: each command, for each viewer, whatever the member shares.

Maya leaves a mark in her journey, milestones, check-ins, reminders, hours and group; not yet in
answers to questions, practice and suggestions. Every command of the tree is used by everybody
else, with all that an option can name of hers; a new command is used here too, and a new option
that nothing is known for fails the test.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from discord import AppCommandOptionType, app_commands
from simcord import ChannelHandle, GuildHandle, InteractionResult, MemberActor, ResponseMessage

from bot.guilds.settings import FACILITATOR_ROLE
from bot.journeys.service import Way
from bot.journeys.settings import SERVER, VISIBILITY
from tests.cogs.reading import shown
from tests.conftest import TORTURE
from tests.server import Server

POLICY = "ai-trust-safety-policy-specialist"
MARK = "zq-"
"""In all that Maya wrote; what she shares is marked `zq-shared-…`."""

MARKED = re.compile(rf"{MARK}[a-z-]+")
SHARED = f"{MARK}shared-"
HER_PLACE = "Chatham"
"""Her zone, which says where she lives."""

HER_HOURS = "AM-5:00"
"""When she has time, as her own card says it."""

VIEWERS = ("member", "facilitator", "manager", "elsewhere")
EACH = [*product(VIEWERS, (False, True))]
LOOKS = EACH if TORTURE else [("facilitator", False), ("manager", True), ("elsewhere", True)]
"""Who looks, and whether Maya shares what she can."""


@dataclass
class Seen:
    """All that a viewer was shown."""

    parts: list[str] = field(default_factory=list[str])

    def __contains__(self, what: str) -> bool:
        return any(what in part for part in self.parts)

    def marks(self) -> set[str]:
        """The marked words that were seen."""
        return {*MARKED.findall(" ".join(self.parts))}


@pytest.fixture
async def lived(server: Server) -> Server:
    """Maya has used what keeps something of hers."""
    maya, here = server.maya, server.channel
    shown(await maya.slash(here, "my settings", setting="zone", value="Pacific/Chatham"))
    shown(await maya.slash(here, "my availability", hours="Mon 4:30am-5am"))
    await begin_journey(server)
    goals = (("zq-private-goal", "me"), ("zq-shared-goal", "server"))
    for title, visibility in goals:
        given = {"title": title, "note": f"zq-note-of-{title[3:]}", "visibility": visibility}
        shown(await maya.slash(here, "milestone add", **given))
    application = {"kind": "application", "note": "zq-salary", "stage": "offer"}
    shown(await maya.slash(here, "milestone add", title="zq-employer", **application))
    asked = {"time": "9:00", "questions": "zq-own-question?"}
    shown(await maya.slash(here, "checkin setup", **asked))
    today = shown(await maya.slash(here, "checkin now"))
    form = await maya.click(today.message, label="Done something")
    await maya.submit_modal(form, {"tasks": [], "q0": "zq-check-in-answer"})
    for where in ("dm", "here"):
        given = {"when": "in 9 days", "what": f"zq-reminder-{where}", "where": where}
        shown(await maya.slash(here, "remind me", **given))
    await maya.slash(here, "streak pause", days=3)
    shown(await maya.slash(here, "study create", name="zq-shared-group", topic="zq-shared-topic"))
    return server


async def begin_journey(server: Server) -> None:
    """Begin it by hand, with a note on a task."""
    journeys, guild, maya = server.app.services.journeys, server.guild.id, server.maya.id
    journey = await journeys.begin(guild, maya, Way(POLICY))
    await journeys.write_note(guild, maya, journey.tasks[0].id, "zq-journey-note")
    await journeys.finish(guild, maya, [journey.tasks[0].id])


@dataclass(frozen=True)
class Viewer:
    """Who looks, from where, and Maya as she is found there."""

    actor: MemberActor
    channel: ChannelHandle
    guild: GuildHandle
    maya: MemberActor


async def viewer(server: Server, who: str) -> Viewer:
    if who == "elsewhere":
        nora = server.env.create_user("nora")
        guild = server.env.create_guild("Elsewhere", owner=nora)
        maya = guild.add_member(server.users["maya"])
        return Viewer(guild.add_member(nora), guild.create_text_channel("general"), guild, maya)
    known = {"self": server.maya, "member": server.jonas, "manager": server.olivia}
    actor = known.get(who) or await facilitator(server)
    return Viewer(actor, server.channel, server.guild, server.maya)


async def facilitator(server: Server) -> MemberActor:
    role = server.guild.create_role("Facilitators")
    preferences = server.app.services.preferences
    await preferences.set(FACILITATOR_ROLE, server.guild.id, role.id, by=server.olivia.id)
    return server.guild.add_member(server.env.create_user("nora"), roles=[role])


Given = dict[str, Any]
STARTS = ("", MARK) if TORTURE else ("",)
"""What is typed where something is offered."""

REPLACES = ("self", "checkin setup")
"""Who replaces something of Maya's by using a command, and which."""

GUESSED = {
    "question": "What is Maya's own question?", "role": POLICY, "first": POLICY, "second": POLICY,
    "milestone": "zq-private-goal", "title": "Mine", "time": "9:00", "until": "tomorrow",
    "when": "tomorrow", "what": "Mine", "entry": "zq", "number": 1, "phase": "1",
    "name": "Mine",
}  # fmt: skip
"""What is typed where something must be, by the option's name; hers where it can be."""


def leaves(server: Server) -> list[app_commands.Command[Any, ..., Any]]:
    """Return every command that can be typed."""
    walked = server.client.tree.walk_commands()
    return [each for each in walked if isinstance(each, app_commands.Command)]


def filled(command: app_commands.Command[Any, ..., Any], looking: Viewer) -> Given:
    """Return options for a command: the required ones, and whoever is named is Maya."""
    given: Given = {}
    for option in command.parameters:
        if option.type is AppCommandOptionType.user:
            given[option.name] = looking.maya
        elif option.type is AppCommandOptionType.role and option.required:
            given[option.name] = looking.guild.create_role("Mine")
        elif option.type is AppCommandOptionType.attachment:
            given[option.name] = ("mine.csv", b"title\nMine\n")
        elif option.required and option.choices:
            given[option.name] = option.choices[0].value
        elif option.required:
            given[option.name] = GUESSED.get(option.name)
            assert given[option.name] is not None, f"nothing is known for {option.name}"
    return given


async def look(server: Server, who: str) -> Seen:
    """Let somebody use every command, and read whatever is offered to them meanwhile."""
    looking, seen = await viewer(server, who), Seen()
    commands = [each for each in leaves(server) if (who, each.qualified_name) != REPLACES]
    for root in {each.qualified_name.split()[0] for each in commands}:
        if who != "elsewhere":
            await server.allow(looking.actor, root)
    for command in commands:
        seen.parts += [part async for part in used(command, looking)]
    return seen


async def used(command: app_commands.Command[Any, ..., Any], looking: Viewer) -> AsyncIterator[str]:
    """Yield all that somebody is shown of a command, from its options on."""
    actor, typed = looking.actor, (looking.channel, command.qualified_name)
    for option in command.parameters:
        for start in STARTS if option.autocomplete else ():
            yield str(await actor.autocomplete(*typed, option.name, start))
    async for part in read(await actor.slash(*typed, **filled(command, looking))):
        yield part


async def read(result: InteractionResult) -> AsyncIterator[str]:
    """Yield all that came of an interaction: words of cards and forms, alt texts, files."""
    yield str(result.modal)
    for message in (*filter(None, [result.response]), *result.followups):
        yield message.content
        yield str(message.components)
        async for part in files(message):
            yield part


async def files(message: ResponseMessage) -> AsyncIterator[str]:
    for file in message.attachments:
        content = await file.read()
        for part in unpacked(content):
            yield part.decode(errors="replace")


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file, and what is in it."""
    yield content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


async def share_all(server: Server) -> None:
    preferences = server.app.services.preferences
    await preferences.set(VISIBILITY, server.maya.id, SERVER, by=server.maya.id)


GROUP = ("zq-shared-group", "zq-shared-topic")
"""What Maya has called her group, which is there for everybody in the server."""

PROGRESS = "Done: "
"""With which the words of a journey's picture begin."""


async def test_a_member_sees_all_of_their_own(lived: Server) -> None:
    seen = await look(lived, "self")
    wanted = (
        "private-goal", "note-of-private-goal", "shared-goal", "note-of-shared-goal", "employer",
        "salary", "journey-note", "own-question", "check-in-answer", "reminder-dm", "reminder-here",
    )  # fmt: skip
    assert [mark for mark in wanted if MARK + mark not in seen] == []
    assert HER_PLACE in seen
    assert HER_HOURS in seen
    assert PROGRESS in seen


@pytest.mark.parametrize(("who", "shares"), LOOKS)
async def test_others_see_what_is_shared_with_them_alone(
    lived: Server, who: str, shares: bool
) -> None:
    if shares:
        await share_all(lived)
    seen = await look(lived, who)
    there = who != "elsewhere"
    assert seen.marks() == ({"zq-shared-goal", *GROUP} if there else set())
    assert HER_PLACE not in seen
    assert HER_HOURS not in seen
    assert (PROGRESS in seen) is (shares and there)
