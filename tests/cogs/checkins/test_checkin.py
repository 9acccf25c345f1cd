from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import discord
from simcord import ResponseMessage

from bot.checkins.model import DayState, Help, OpenTask, Place, Reopened, Resource, Wish
from bot.checkins.settings import HELP_CHANNEL, NUDGE_AFTER
from bot.daily.times import Times
from bot.delivery.model import Reason
from bot.journeys.service import Way
from bot.members.settings import ZONE
from tests.cogs.notes import delete_channel
from tests.cogs.reading import custom_ids, inbox, labels, options, shown, text
from tests.server import Server

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FOUR = ["Done something", "On track", "Stuck", "Skip today"]


@dataclass
class FakeProgress:
    """A plan with two tasks in a phase."""

    tasks: dict[int, str] = field(default_factory=lambda: {1: "Read the *code*", 2: "Write it up"})
    done: dict[int, str] = field(default_factory=dict[int, str])

    async def open_tasks(self, guild_id: int, member_id: int) -> Sequence[OpenTask]:
        return [OpenTask(*each) for each in self.tasks.items()]

    async def finish(self, guild_id: int, member_id: int, ids: Sequence[int]) -> None:
        for each in ids:
            self.done[each] = self.tasks.pop(each)

    async def reopen(
        self, guild_id: int, member_id: int, ids: Sequence[int], until: datetime
    ) -> Reopened:
        for each in ids:
            self.tasks[each] = self.done.pop(each)
        return Reopened(tuple(ids))

    async def stuck_help(self, guild_id: int, member_id: int) -> Help | None:
        return Help("Foundations", (Resource("A course", "https://example.org/a"),))


async def checkin(server: Server, command: str, **given: Any) -> ResponseMessage:
    """Let Maya give a command of `/checkin`."""
    return shown(await server.maya.slash(server.channel, f"checkin {command}", **given))


async def in_utc(server: Server, **given: Any) -> ResponseMessage:
    """Let Maya be asked at 13:00 UTC, an hour from the start."""
    await server.app.services.preferences.set(ZONE, server.maya.id, "UTC", by=server.maya.id)
    return await checkin(server, "setup", time="13:00", **given)


def letters(server: Server) -> list[discord.Message]:
    return inbox(server.users["maya"])


async def test_a_member_is_asked_ticks_tasks_and_says_how_it_goes(server: Server) -> None:
    progress = server.app.services.checkins.answers.progress = FakeProgress()
    maya = server.users["maya"]
    card = await in_utc(server)
    assert card.ephemeral
    assert "every day at 13:00, Etc/UTC time" in text(card)
    assert "by direct message" in text(card)
    await server.advance(HOUR)
    (asked,) = letters(server)
    assert labels(asked) == FOUR
    await server.restart()
    form = await maya.click(asked, label="Done something")
    await server.restart()
    await maya.submit_modal(form, {"tasks": ["1"], "q0": "The @everyone chapter"})
    assert progress.tasks == {2: "Write it up"}
    (answered,) = letters(server)
    assert "1 task ticked." in text(answered)
    assert "The \\@everyone chapter" in text(answered)
    assert labels(answered) == ["Change", "Undo"]
    await server.advance(DAY)
    second = letters(server)[-1]
    await maya.click(second, label="On track")
    assert "Good to hear" in text(letters(server)[-1])
    form = await maya.click(letters(server)[-1], label="Add a note")
    assert "The @everyone chapter" in str(form.modal)
    await server.advance(DAY)
    await maya.click(letters(server)[-1], label="Skip today")
    assert labels(letters(server)[-1]) == ["Undo"]
    await maya.click(letters(server)[-1], label="Undo")
    assert labels(letters(server)[-1]) == FOUR
    await server.advance(DAY)
    assert len(letters(server)) == 4


async def test_who_is_stuck_sees_what_helps_and_tells_facilitators_by_choice(
    server: Server,
) -> None:
    server.app.services.checkins.answers.progress = FakeProgress()
    maya, desk = server.users["maya"], server.guild.create_text_channel("desk")
    await in_utc(server)
    await server.advance(HOUR)
    (asked,) = letters(server)
    await maya.click(asked, label="Stuck")
    assert "You are at **Foundations**" in text(letters(server)[0])
    assert "https://example.org/a" in text(letters(server)[0])
    assert labels(letters(server)[0]) == ["Add a note", "Undo"]
    preferences = server.app.services.preferences
    await preferences.set(HELP_CHANNEL, server.guild.id, desk.id, by=server.olivia.id)
    await maya.click(letters(server)[0], label="Undo")
    await maya.click(letters(server)[0], label="Stuck")
    form = await maya.click(letters(server)[0], label="Ask for help…")
    assert desk.history() == []
    await server.restart()
    await maya.submit_modal(form, {"help": "Regex\n<@1> again"})
    await server.deliver()
    (note,) = desk.history()
    assert f"<@{server.maya.id}> is stuck at **Foundations**" in text(note)
    assert "> Regex\n> \\<\\@1\\> again" in text(note)
    stored = server.env.backend.get_message(desk.id, note.id)
    assert [*stored.ping_user_ids] == []
    assert "Facilitators were told" in text(letters(server)[0])


async def test_in_a_channel_it_is_for_its_member_alone(server: Server) -> None:
    await in_utc(server, where="here", questions="How *was* it?|What next?")
    await server.advance(HOUR)
    posted = server.channel.last_message
    assert posted is not None
    assert [each.id for each in posted.mentions] == [server.maya.id]
    assert "How \\*was\\* it?" in text(posted)
    refused = shown(await server.jonas.click(posted, label="On track"))
    assert refused.ephemeral
    assert "somebody else's check-in" in text(refused)
    form = await server.maya.click(posted, label="Done something")
    answered = shown(await server.maya.submit_modal(form, {"q0": "Fine", "q1": "More"}))
    assert answered.ephemeral
    assert "Fine" in text(answered)
    assert "Fine" not in text(posted)
    assert labels(posted) == FOUR
    delete_channel(server, server.channel.id)
    await server.advance(DAY)
    (fallback,) = letters(server)
    assert labels(fallback) == FOUR


async def test_who_may_not_write_there_any_more_is_asked_directly_and_who_left_is_noted(
    server: Server,
) -> None:
    services, whose = server.app.services, (server.guild.id, server.maya.id)
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={server.maya: quiet})
    wish = Wish(Times(time(13), "UTC"), place=Place.HERE, channel_id=rules.id)
    await services.checkins.setup(*whose, wish)
    await server.advance(HOUR)
    assert rules.history() == []
    (asked,) = letters(server)
    assert labels(asked) == FOUR
    server.guild.remove_member(server.users["maya"])
    await server.advance(DAY)
    assert (rules.history(), len(letters(server))) == ([], 1)
    assert await services.leavings.away(server.guild.id) == {server.maya.id}
    today = (await services.checkins.get(*whose)).today
    assert today is not None
    assert (today.state, today.reason) == (DayState.SKIPPED, Reason.MEMBER_LEFT)


async def test_closed_direct_messages_are_told_after_the_next_command(server: Server) -> None:
    await in_utc(server)
    path = f"/channels/{server.users['maya'].dm_channel.id}/messages"
    server.env.inject_error("POST", path, status=403, code=50007, times=None)
    await server.advance(HOUR)
    result = await server.maya.slash(server.channel, "checkin status")
    assert "Your check-in couldn't reach you" in text(result.followups[-1])
    card = await checkin(server, "now")
    assert labels(card) == FOUR
    await server.maya.click(card.message, label="On track")
    assert "Good to hear" in text(card)


async def test_one_nudge_for_who_asked_for_it(server: Server) -> None:
    maya = server.maya.id
    await server.app.services.preferences.set(NUDGE_AFTER, maya, 2, by=maya)
    await in_utc(server)
    await server.advance(HOUR)
    await server.advance(2 * HOUR)
    assert len(letters(server)) == 2
    assert "still open" in text(letters(server)[1])
    await server.advance(6 * HOUR)
    assert len(letters(server)) == 2
    await server.advance(16 * HOUR)
    await server.users["maya"].click(letters(server)[2], label="On track")
    await server.advance(3 * HOUR)
    assert len(letters(server)) == 3


async def test_who_is_away_is_not_asked_and_comes_back_by_itself(server: Server) -> None:
    await in_utc(server)
    card = await checkin(server, "away", until="27 november")
    assert "Fri, Nov 27" in text(card)
    assert "Away" in text(await checkin(server, "status"))
    await server.advance(HOUR)
    await server.advance(2 * DAY)
    assert letters(server) == []
    await server.advance(DAY)
    (back,) = letters(server)
    assert "Welcome back!" in text(back)
    await server.advance(DAY)
    assert "Welcome back!" not in text(letters(server)[1])
    card = await checkin(server, "away", until="in 2 weeks")
    await server.maya.click(card.message, label="I'm back")
    assert "Welcome back!" in text(card)
    await server.advance(DAY)
    assert len(letters(server)) == 3
    refused = await checkin(server, "away", until="every monday")
    assert "On which day are you back?" in text(refused)


async def test_a_new_zone_never_asks_twice_and_says_what_it_cost(server: Server) -> None:
    await in_utc(server)
    await server.advance(HOUR)
    preferences, maya = server.app.services.preferences, server.maya.id
    await preferences.set(ZONE, maya, "Pacific/Auckland", by=maya)
    assert "13:00, Pacific/Auckland" in text(await checkin(server, "status"))
    await server.advance(12 * HOUR)
    assert len(letters(server)) == 1
    await server.advance(23 * HOUR)
    assert "you weren't asked on Wed, Nov 25" in text(letters(server)[1])
    standing = await server.app.services.checkins.get(server.guild.id, maya)
    assert standing.course.covered == date(2026, 11, 26)


async def test_it_is_changed_paused_turned_off_and_brought_back(server: Server) -> None:
    assert "You have no check-ins here yet" in text(await checkin(server, "status"))
    assert "In which time zone?" in text(await checkin(server, "setup", time="13:00"))
    card = await in_utc(server)
    await server.maya.click(card.message, label="Undo")
    assert "they are off" in text(card)
    await server.advance(HOUR)
    assert letters(server) == []
    await server.maya.click(card.message, label="Undo")
    card = await checkin(server, "change", weekdays="mon wed", questions="Why?")
    assert "every Monday and Wednesday at 13:00" in text(card)
    assert "Why?" in text(card)
    await server.maya.click(card.message, label="Pause")
    await server.advance(DAY)
    assert letters(server) == []
    await checkin(server, "resume")
    assert labels(await checkin(server, "change", questions="standard"))[1] == "Pause"
    await server.advance(5 * DAY)
    assert len(letters(server)) == 1
    assert "Change" not in labels(await checkin(server, "now"))
    await server.advance(2 * DAY)
    assert len(letters(server)) == 2
    assert custom_ids(letters(server)[1])[0].endswith(str(server.maya.id))
    assert options(letters(server)[1]) == []


async def test_a_late_question_of_today_says_so_and_an_older_one_is_left(server: Server) -> None:
    await in_utc(server)
    await server.advance(5 * HOUR)
    (late,) = letters(server)
    assert "This was due" in text(late)
    await server.advance(DAY + 16 * HOUR)
    assert len(letters(server)) == 1


async def test_the_tasks_are_those_of_ones_journey(server: Server) -> None:
    services, whose = server.app.services, (server.guild.id, server.maya.id)
    journey = await services.journeys.begin(*whose, Way("trust-safety-analyst"))
    await in_utc(server)
    card = await checkin(server, "now")
    await server.maya.click(card.message, label="Stuck")
    assert f"You are at **{journey.phases[0].title}**" in text(card)
    assert "https://" in text(card)
    form = await server.maya.click(card.message, label="Add a note")
    first = journey.open_tasks[0]
    await server.maya.submit_modal(form, {"tasks": [str(first.id)], "q0": ""})
    assert "1 task ticked." in text(card)
    now = await services.journeys.of(*whose)
    assert [task.id for task in now.done_tasks] == [first.id]
