"""`/milestone` as members use it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import InteractionResult, MemberActor, ResponseMessage, SetupError

from bot.chat.cards import card as card_of
from bot.milestones.files import Record
from bot.milestones.importing import ImportPlan
from bot.milestones.model import Details, Kind, State, Visibility, Wanted
from bot.milestones.reminding.service import NoNextStep
from bot.milestones.stages import Outcome, Stage
from bot.milestones.typed import Typed
from cogs.milestones.files import ImportButton, done_card
from cogs.milestones.list_card import ListPlace, list_card
from cogs.milestones.milestone_card import milestone_card, removed_card
from cogs.milestones.pipeline_card import pipeline_card
from cogs.milestones.shared_card import SharedButton
from tests.bot.milestones.samples import HOSTILE
from tests.cogs.reading import SELECT, custom_ids, labels, options, parts_of, shown, text, told
from tests.server import Server

DAY = timedelta(days=1)
CSV = "title,kind,due,done\nLearn R,goal,2027-01-01,\nAcme,application,,\nOld,goal,,2026-01-01\n"


async def run(
    server: Server, command: str, by: MemberActor | None = None, **given: Any
) -> InteractionResult:
    """Let Maya, or somebody else, use a command of `/milestone`."""
    return await (by or server.maya).slash(server.channel, f"milestone {command}", **given)


async def card(
    server: Server, command: str, by: MemberActor | None = None, **given: Any
) -> ResponseMessage:
    """Let Maya, or somebody else, use a command that answers with a card, privately."""
    answer = shown(await run(server, command, by, **given))
    assert answer.ephemeral
    return answer


async def test_one_is_added_done_undone_edited_removed_and_brought_back(server: Server) -> None:
    added = await card(
        server, "add", title="Learn SQL", due="3 april 2027", progress="3 of 10", note="For *work*"
    )
    assert "## Learn SQL" in text(added)
    assert "goal · open · only you see it" in text(added)
    assert "Due April 3, 2027" in text(added)
    assert "3 of 10 (30 %)" in text(added)
    assert r"> For \*work\*" in text(added)
    assert labels(added) == ["Done", "Edit", "Show to the server", "Undo"]
    listed = await card(server, "list")
    assert "1 milestone" in text(listed)
    assert options(listed) == ["Learn SQL"]
    await server.restart()
    await server.maya.click(listed.message, label="Done")
    assert "Done: **Learn SQL**. Well done!" in text(listed)
    assert "0 milestones" in text(listed)
    await server.restart()
    await server.maya.click(listed.message, label="Undo")
    assert "1 milestone" in text(listed)
    await server.maya.select(listed.message, ["1"], custom_id=f"milestone:v1:pick:{server.maya.id}")
    assert f"It was done <t:{int(server.clock.time.timestamp())}:D>" in text(listed)
    form = await server.maya.click(listed.message, label="Edit")
    typed = {"title": "Learn R", "due": "in 2 weeks", "note": "", "category": "data"}
    await server.restart()
    await server.maya.submit_modal(form, {**typed, "progress": ""})
    assert "## Learn R" in text(listed)
    assert "Due December 8, 2026" in text(listed)
    assert "Progress" not in text(listed)
    await server.maya.click(listed.message, label="Remove")
    assert "Removed" in text(listed)
    await server.restart()
    await server.maya.click(listed.message, label="Undo")
    assert "## Learn R" in text(listed)
    assert "Category: data" in text(listed)


async def test_commands_find_one_by_its_title(server: Server) -> None:
    for title in ("Learn SQL", "Learn R", "Apply"):
        await card(server, "add", title=title)
    offered = await server.maya.autocomplete(server.channel, "milestone done", "milestone", "learn")
    assert [each["name"] for each in offered] == ["Learn SQL", "Learn R"]
    assert await server.jonas.autocomplete(server.channel, "milestone done", "milestone", "") == []
    done = await card(server, "done", milestone=offered[0]["value"])
    assert "Well done!" in text(done)
    again = await card(server, "done", milestone="Learn SQL")
    assert text(again) == text(done)
    refused = shown(await run(server, "done", milestone="learn to fly"))
    assert "I don't know which milestone" in text(refused)
    undone = await card(server, "undo")
    assert "It is back." in text(undone)
    assert "## Learn SQL" in text(undone)
    await card(server, "remove", milestone="apply")
    offered = await server.maya.autocomplete(server.channel, "milestone undo", "milestone", "")
    assert [each["name"] for each in offered] == ["Apply"]
    form = await run(server, "edit", milestone="Learn R")
    fields = {"title": "Learn R well", "due": "", "note": "", "category": "", "progress": "1 of 2"}
    edited = shown(await server.maya.submit_modal(form, fields))
    assert "1 of 2 (50 %)" in text(edited)
    offered = await server.maya.autocomplete(server.channel, "milestone edit", "milestone", "")
    assert len(offered) == 2
    await card(server, "undo", milestone="Apply")
    nothing = shown(await run(server, "undo", server.jonas))
    assert "nothing to undo" in text(nothing)


async def test_what_is_unclear_is_kept_and_told_of(server: Server) -> None:
    added = await card(
        server, "add", title="A", due="**whenever**", progress="half", visibility="me"
    )
    assert r"couldn't read “\*\*whenever\*\*” as a date" in text(added)
    assert "“3 of 10”" in text(added)
    private = await card(server, "add", title="B", kind="offer", visibility="server")
    assert "stay private" in text(private)
    assert "Show to the server" not in labels(private)
    blank = shown(await run(server, "add", title=" "))
    assert "title is empty" in text(blank)


async def test_hostile_titles_do_nothing(server: Server) -> None:
    await card(
        server, "add", title=HOSTILE, visibility="server", note=HOSTILE, category=HOSTILE[:40]
    )
    with pytest.raises(SetupError):
        await run(server, "add", title="x" * 4000)
    own = await card(server, "list")
    others = await card(server, "list", server.jonas, member=server.maya)
    for seen in (own, others):
        assert "**bold**" not in text(seen)
        assert "[x](" not in text(seen)
        assert "\u202e" not in text(seen)
        assert r"\@everyone" in text(seen)
        assert not seen.message.mention_everyone
    assert server.channel.last_message is None


async def posted(server: Server, view: discord.ui.LayoutView) -> discord.Message:
    """A card as anybody could press it."""
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        return await channel.send(view=view)


async def test_another_members_press_changes_nothing(server: Server) -> None:
    milestones, whose = server.app.services.milestones, (server.guild.id, server.maya.id)
    await milestones.add(*whose, Typed("Learn SQL"))
    for n in range(6):
        await milestones.add(*whose, Typed(f"Place {n}"), Kind.APPLICATION)
    ticked = (await milestones.done(*whose, 1)).milestone
    await milestones.reopen(*whose, 1)
    maya, before = server.maya.id, await milestones.open_of(*whose)
    place = ListPlace(maya, Wanted())
    plan = ImportPlan((Record(Details("A")),), at=server.clock.time)
    views = [
        milestone_card(await milestones.get(*whose, 1)),
        milestone_card(await milestones.get(*whose, 2)),
        removed_card(ticked),
        list_card(await milestones.page(*whose, Wanted()), place, ticked),
        pipeline_card(await milestones.pipeline(*whose), maya),
        done_card(plan, maya),
        card_of(heading="A", body="A", rows=[[ImportButton(maya), SharedButton(maya, maya, 0)]]),
    ]
    for view in views:
        message = await posted(server, view)
        for custom_id in custom_ids(message):
            refused = await server.jonas.click(message, custom_id=custom_id)
            assert "somebody else's" in text(told_or_shown(refused)), custom_id
        for menu in parts_of(message, SELECT):
            value = menu["options"][0]["value"]
            refused = await server.jonas.select(message, [value], custom_id=menu["custom_id"])
            assert "somebody else's" in text(told_or_shown(refused)), menu["custom_id"]
    assert await milestones.open_of(*whose) == before


def told_or_shown(result: InteractionResult) -> ResponseMessage:
    return told(result) if result.followups else shown(result)


async def test_others_see_only_what_is_shown_in_this_server(server: Server) -> None:
    await card(server, "add", title="Private")
    added = await card(server, "add", title="Shown")
    for n in range(7):
        await card(server, "add", title=f"Seen {n}", visibility="server")
    await server.maya.click(added.message, label="Show to the server")
    assert "members of this server can see it" in text(added)
    seen = await card(server, "list", server.jonas, member=server.maya)
    assert "shows 8 milestones here · page 1 of 2" in text(seen)
    assert "Private" not in text(seen)
    assert labels(seen) == ["Next"]
    await server.restart()
    await server.jonas.click(seen.message, label="Next")
    assert labels(seen) == ["Back"]
    await server.jonas.click(seen.message, label="Back")
    await server.maya.click(added.message, label="Make private")
    await server.jonas.click(seen.message, label="Next")
    assert "**Shown**" not in text(await card(server, "list", server.jonas, member=server.maya))
    own = await card(server, "list", member=server.maya)
    assert "Private" in text(own)
    elsewhere = server.env.create_guild("Elsewhere", owner=server.users["olivia"])
    channel = elsewhere.create_text_channel("general")
    maya, jonas = (elsewhere.add_member(server.users[name]) for name in ("maya", "jonas"))
    none = shown(await jonas.slash(channel, "milestone list", member=maya))
    assert "shows 0 milestones here" in text(none)
    assert "None here" in text(shown(await maya.slash(channel, "milestone list")))
    gone = shown(await maya.slash(channel, "milestone done", milestone="milestone:1"))
    assert "I don't know which milestone" in text(gone)


async def test_the_list_turns_pages_and_filters(server: Server) -> None:
    milestones, whose = server.app.services.milestones, (server.guild.id, server.maya.id)
    for n in range(14):
        await milestones.add(*whose, Typed(f"Goal {n}"))
    await milestones.add(*whose, Typed("Acme"), Kind.APPLICATION)
    listed = await card(server, "list", kind="goal")
    assert "14 milestones · page 1 of 3" in text(listed)
    await server.maya.click(listed.message, label="Next")
    await server.restart()
    await server.maya.click(listed.message, label="Next")
    assert "page 3 of 3" in text(listed)
    await server.maya.click(listed.message, label="Back")
    assert "page 2 of 3" in text(listed)
    await server.maya.click(listed.message, label="Done ones")
    assert "What you have done" in text(listed)
    assert "None here" in text(listed)
    await server.maya.click(listed.message, label="Open ones")
    assert "page 1 of 3" in text(listed)
    assert "15 milestones" in text(await card(server, "list", state="all"))
    assert "saved" in text(await card(server, "list", kind="application"))


async def test_an_application_goes_its_way_in_private(server: Server) -> None:
    added = await card(server, "add", title="Acme", kind="application", stage="applied")
    assert "Stage: applied" in text(added)
    stage = f"milestone:v1:stage:1:{server.maya.id}"
    await server.advance(DAY)
    await server.restart()
    await server.maya.select(added.message, ["interview"], custom_id=stage)
    assert f"- interview: <t:{int(server.clock.time.timestamp())}:D>" in text(added)
    form = await server.maya.click(added.message, label="Edit")
    fields = {
        "title": "Acme",
        "due": "",
        "note": "",
        "next": "Send @here thanks",
        "next_on": "2026-12-01",
    }
    await server.maya.submit_modal(form, fields)
    assert r"Next: Send \@here thanks · December 1, 2026" in text(added)
    await remind_twice(server, added)
    piped = await card(server, "pipeline")
    assert "1 in all → 1 sent → 1 came to an interview → 0 to an offer" in text(piped)
    assert "**Interview (1)**" in text(piped)
    await server.maya.select(piped.message, ["1"], custom_id=f"milestone:v1:pick:{server.maya.id}")
    assert "## Acme" in text(piped)
    asked = await card(server, "done", milestone="Acme")
    assert "How did it end?" in text(asked)
    await server.advance(DAY)
    await server.maya.select(asked.message, ["closed:rejected"], custom_id=stage)
    assert "Stage: closed: rejected" in text(asked)
    assert "It was effort, and it counts." in text(asked)
    piped = await card(server, "pipeline")
    assert "1 closed: 1 rejected" in text(piped)
    assert "It is effort, and it counts." in text(piped)
    await server.maya.click(asked.message, label="Undo")
    assert "Stage: interview" in text(asked)
    nothing = await card(server, "list", server.jonas, member=server.maya)
    assert "Acme" not in text(nothing)
    assert "No applications yet" in text(await card(server, "pipeline", server.jonas))
    assert server.channel.last_message is None


async def remind_twice(server: Server, application: ResponseMessage) -> None:
    """A reminder of the next step asks for the zone first, and a second one moves it."""
    asked = shown(await server.maya.click(application.message, label="Remind me"))
    assert "When is that?" in text(asked)
    form = await server.maya.click(asked.message, label="Set my time zone")
    await server.maya.submit_modal(form, {"city": "Berlin"})
    due = int(datetime(2026, 12, 1, 8, tzinfo=UTC).timestamp())
    assert f"<t:{due}:F>" in text(asked)
    reminders = server.app.services.reminders
    [first] = await reminders.kept(server.maya.id)
    await reminders.delete(first.reminder.id, server.maya.id)
    for _ in range(2):
        planned = shown(await server.maya.click(application.message, label="Remind me"))
        assert planned.ephemeral
        assert r"Acme: Send @here thanks" in text(planned)
        assert f"<t:{due}:F>" in text(planned)
    [planned] = await reminders.kept(server.maya.id)
    await reminders.delete(planned.reminder.id, server.maya.id)
    await server.maya.click(application.message, label="Remind me")
    assert len(await reminders.kept(server.maya.id)) == 1


async def test_the_pipeline_turns_pages(server: Server) -> None:
    milestones, whose = server.app.services.milestones, (server.guild.id, server.maya.id)
    for n in range(12):
        await milestones.add(*whose, Typed(f"Place {n}"), Kind.APPLICATION)
    for n in range(3):
        await milestones.add(*whose, Typed(f"Talk {n}", due="2026-12-01"), Kind.INTERVIEW)
    piped = await card(server, "pipeline")
    assert "Talk 0 · interview · due December 1, 2026" in text(piped)
    assert "… and 1 more" in text(piped)
    await server.maya.click(piped.message, label="Next")
    await server.restart()
    await server.maya.click(piped.message, label="Next")
    assert "page 3 of 3" in text(piped)
    await server.maya.click(piped.message, label="Back")
    assert "page 2 of 3" in text(piped)


async def test_a_file_is_looked_at_first_then_imported_and_undone(server: Server) -> None:
    looked_at = await card(server, "import", file=("mine.csv", CSV.encode()))
    assert "3 new · 0 there already" in text(looked_at)
    milestones, whose = server.app.services.milestones, (server.guild.id, server.maya.id)
    assert await milestones.open_of(*whose) == ()
    await server.restart()
    await server.maya.click(looked_at.message, label="Import these")
    assert "Imported" in text(looked_at)
    sql, acme = await milestones.open_of(*whose)
    assert (sql.details.due, acme.stage) == (date(2027, 1, 1), Stage.SAVED)
    exported = await card(server, "export")
    assert "3 milestones" in text(exported)
    again = await card(server, "import", file=("mine.csv", CSV.encode()))
    assert "You have all of it already" in text(again)
    assert labels(again) == []
    server.clock.time += DAY
    await milestones.done(*whose, sql.id)
    await server.restart()
    await server.maya.click(looked_at.message, label="Undo")
    assert "2 removed" in text(looked_at)
    assert "there's nothing" not in text(looked_at)
    [left] = await server.app.services.milestone_files.export(*whose)
    assert (left.details.title, left.done_at) == ("Learn R", datetime(2026, 11, 25, 12, tzinfo=UTC))
    wrong = await card(server, "import", file=("mine.csv", b"title,kind\nA,wish\n"))
    assert "Line 2: “wish” isn't a kind" in text(wrong)
    assert "end in .csv" in text(await card(server, "import", file=("mine.exe", b"x")))
    large = shown(await run(server, "import", file=("mine.csv", b"x" * 2_000_001)))
    assert "2,000,000 fit" in text(large)
    none = shown(await run(server, "export", server.jonas))
    assert "no milestones here yet" in text(none)


async def test_a_card_whose_file_is_gone_says_what_to_do(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = await card(server, "import", file=("mine.csv", CSV.encode()))

    async def fail(_interaction: object) -> None:
        raise TimeoutError

    async def nothing(_interaction: object) -> None:
        return None

    for reading in (fail, nothing):
        monkeypatch.setattr("bot.chat.importing.file_on", reading)
        answer = told(await server.maya.click(looked_at.message, label="Import these"))
        assert "Use `/milestone import` again" in text(answer)


async def test_what_was_confirmed_is_kept_by_the_store(server: Server) -> None:
    milestones, whose = server.app.services.milestones, (server.guild.id, server.maya.id)
    added = await card(server, "add", title="Acme", kind="application")
    stage = f"milestone:v1:stage:1:{server.maya.id}"
    await server.maya.select(added.message, ["closed:accepted"], custom_id=stage)
    own = (await milestones.get(*whose, 1)).milestone
    assert (own.state, own.outcome, own.times_done) == (State.DONE, Outcome.ACCEPTED, 1)
    assert own.details.visibility is Visibility.ME
    with pytest.raises(NoNextStep):
        await server.app.services.next_steps.remind(*whose, 1)
    assert "Well done!" in text(added)
