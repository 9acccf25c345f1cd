"""`/journey`, as members use it; the way through on both stores."""

import shutil
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from simcord import ResponseMessage

from bot.chat.cards import card
from bot.config import Settings
from bot.paths import DATA
from cogs.journeys.change_cards import Act as JourneyAct
from cogs.journeys.change_cards import ActButton, PauseButton
from cogs.journeys.changed_cards import RepaceButton, ReturnButton
from cogs.journeys.places import Act as DraftAct
from cogs.journeys.places import Draft
from cogs.journeys.preview_card import GoButton, HoursSelect
from cogs.journeys.sheet import CsvButton
from cogs.journeys.show_card import PhaseButton, TickSelect, UndoTickButton
from cogs.journeys.task_card import Act as TaskAct
from cogs.journeys.task_card import NoteButton, TaskButton, TaskSelect
from tests.cogs.reading import labels, options, parts_of, shown, text, told
from tests.server import START, Server, running

POLICY = "ai-trust-safety-policy-specialist"
ANALYST = "trust-safety-analyst"
GALLERY = 12
DAY = timedelta(days=1)


async def said(server: Server, command: str, **given: object) -> ResponseMessage:
    """What Maya is answered."""
    return shown(await server.maya.slash(server.channel, f"journey {command}", **given))


async def begun(server: Server, **given: object) -> ResponseMessage:
    """Let Maya start; return the card that says so."""
    card = await said(server, "start", role=POLICY, **given)
    await server.maya.click(card.message, label="Start")
    return card


def ids_of(card: ResponseMessage, kind: str) -> str:
    """The custom id of the card's menu or button of that kind."""
    found = [part["custom_id"] for part in (*parts_of(card, 3), *parts_of(card, 2))]
    return next(each for each in found if each.startswith(f"journey:v1:{kind}:"))


def values(card: ResponseMessage, kind: str) -> list[str]:
    [menu] = [part for part in parts_of(card, 3) if part["custom_id"] == ids_of(card, kind)]
    return [option["value"] for option in menu["options"]]


async def tick(server: Server, card: ResponseMessage, *places: int) -> None:
    chosen = [values(card, "tick")[place] for place in places]
    await server.maya.select(card.message, chosen, custom_id=ids_of(card, "tick"))


@pytest.fixture
async def anywhere(migrated_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    """The server, once on each store."""
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(migrated_url))
    async with running(settings) as started:
        yield started


async def test_the_whole_way_on_both_stores(anywhere: Server) -> None:
    server = anywhere
    card = await said(server, "start", role="aits")
    assert card.ephemeral
    assert "Ends on **Apr 13, 2027**, in 20 weeks, at **10 hours a week**." in text(card)
    assert "1. **Foundations of AI Safety and Governance** · until Dec 22, 2026" in text(card)
    assert "10 hours a week is Waymark's own assumption" in text(card)
    assert "About 9 months until job-ready" in text(card)
    assert "19 weeks more than this plan" in text(card)
    await server.maya.select(card.message, ["20"], custom_id=ids_of(card, "hours"))
    assert "Ends on **Feb 2, 2027**, in 10 weeks, at **20 hours a week**." in text(card)
    await server.restart()
    await server.maya.click(card.message, label="Start")
    assert "You are on your way" in text(card)
    seen = await said(server, "show")
    assert "**0%** · 0 of 16 tasks · 200 hours of work left" in text(seen)
    assert "Resources" in text(seen)
    [gallery] = parts_of(seen, GALLERY)
    assert "Done: 0%, planned by today: 0%." in gallery["items"][0]["description"]
    await tick(server, seen, 0, 1, 2, 3)
    assert "✅ 4 tasks done." in text(seen)
    assert "**Foundations of AI Safety and Governance** is complete." in text(seen)
    assert "**20%** · 4 of 16 tasks" in text(seen)
    await server.restart()
    await server.maya.click(seen.message, label="Undo")
    assert "Taken back." in text(seen)
    assert "**0%**" in text(seen)
    rest = await said(server, "pause", back="in 2 weeks")
    assert "**Now:** Ends on **Feb 2, 2027**" in text(rest)
    assert "**Then:** Ends on **Feb 16, 2027**" in text(rest)
    await server.maya.click(rest.message, label="Rest")
    assert "rests until the end of Dec 7, 2026" in text(rest)
    end = await said(server, "end")
    await server.maya.click(end.message, label="End it")
    assert "Your journey has ended" in text(end)
    assert "/journey start" in text(await said(server, "show"))
    await server.maya.click(end.message, label="Undo")
    assert "Feb 16, 2027" in text(await said(server, "show"))


async def test_a_target_is_weighed_before_anything_begins(server: Server) -> None:
    card = await said(server, "start", role=POLICY, target="in 30 weeks")
    assert "at **7 hours a week**" in text(card)
    assert "In time for your target, Jun 22, 2027." in text(card)
    late = await said(server, "start", role=POLICY, target="in 30 weeks", hours=6)
    assert "after your target, Jun 22, 2027." in text(late)
    assert "7 hours a week would make it." in text(late)
    hasty = await said(server, "start", role=POLICY, target="in 2 weeks")
    assert "isn't realistic" in text(hasty)
    assert "100 hours a week" in text(hasty)
    assert "at **60 hours a week**" in text(hasty)
    assert "as much as a full-time job" in text(hasty)
    refused = await said(server, "start", role=POLICY, target="whenever")
    assert "in 20 weeks" in text(refused)
    assert "isn't after today" in text(await said(server, "start", role=POLICY, target="in 1 hour"))
    assert "don't know" in text(await said(server, "start", role="astronaut")).lower()
    assert "/journey start" in text(await said(server, "show"))


async def test_a_task_has_its_own_card(server: Server) -> None:
    await begun(server)
    card = await said(server, "show")
    first = values(card, "open")[0]
    await server.maya.select(card.message, [first], custom_id=ids_of(card, "open"))
    assert "By Dec 1, 2026." in text(card)
    assert labels(card) == ["Done", "Skip", "Note…", "My journey"]
    form = await server.maya.click(card.message, label="Note…")
    await server.restart()
    await server.maya.submit_modal(form, {"note": "Ask @everyone in **August**"})
    assert r"> Ask \@everyone in \*\*August\*\*" in text(card)
    await server.maya.click(card.message, label="Skip")
    assert "Skipped" in text(card)
    await server.maya.click(card.message, label="Take back")
    await server.maya.click(card.message, label="Done")
    assert "Done on Nov 24, 2026." in text(card)
    await server.maya.click(card.message, label="My journey")
    assert "1 of 16 tasks" in text(card)
    assert "✏️" in text(card)
    await server.maya.click(card.message, label="Phase ▶")
    assert "### 2. Policy Design and Technical Safety Tools" in text(card)
    await server.maya.click(card.message, label="◀ Phase")
    assert "### 1. Foundations of AI Safety and Governance" in text(card)
    sheet = shown(await server.maya.click(card.message, label="As CSV"))
    assert sheet.ephemeral
    assert [each.filename for each in sheet.attachments] == ["journey.csv"]


async def test_what_is_late_is_planned_from_today_and_a_pace_is_undone(server: Server) -> None:
    await begun(server)
    await server.advance(10 * DAY)
    card = await said(server, "show")
    assert "later than planned (Apr 13, 2027)" in text(card)
    pace = await said(server, "pace", hours=20)
    assert "**Now:** Ends on **Apr 23, 2027**" in text(pace)
    assert "**Then:** Ends on **Feb 12, 2027**" in text(pace)
    await server.maya.click(pace.message, label="Change the pace")
    assert "As planned." in text(await said(server, "show"))
    await server.restart()
    await server.maya.click(pace.message, label="Undo")
    assert "later than planned (Apr 13, 2027)" in text(await said(server, "show"))
    target = await said(server, "pace", target="in 40 weeks")
    assert "at **5 hours a week**" in text(target)
    await server.maya.click(target.message, label="Change the pace")
    assert "In time for your target" in text(await said(server, "show"))


async def test_a_rest_without_an_end_is_shown_before_it_ends(server: Server) -> None:
    await begun(server)
    rest = await said(server, "pause")
    await server.maya.click(rest.message, label="Rest")
    assert "until you resume" in text(rest)
    assert "rests already" in text(await said(server, "pause"))
    await server.advance(20 * DAY)
    assert "It rests until you resume" in text(await said(server, "show"))
    resume = await said(server, "resume")
    await server.maya.click(resume.message, label="Resume")
    assert "Welcome back" in text(resume)
    assert "Ends on **May 3, 2027**" in text(resume)
    await server.maya.click(rest.message, label="Resume now")
    assert "isn't resting" in text(await said(server, "resume"))


async def test_a_switch_keeps_what_is_done_and_is_undone(server: Server) -> None:
    await begun(server)
    await tick(server, await said(server, "show"), 0, 1)
    assert "already" in text(await said(server, "start", role=ANALYST))
    assert "/journey pace" in text(await said(server, "switch", role=POLICY))
    card = await said(server, "switch", role=ANALYST)
    assert "is put away with 2 tasks done" in text(card)
    stale = await said(server, "end")
    await server.maya.click(card.message, label="Switch")
    assert "Trust & Safety Analyst" in text(card)
    again = told(await server.maya.click(stale.message, label="End it"))
    assert "isn't under way any more" in text(again)
    await server.maya.click(card.message, label="Undo")
    assert "2 of 16 tasks" in text(await said(server, "show"))


async def test_others_see_a_journey_only_if_its_member_lets_them(server: Server) -> None:
    await begun(server)
    show, jonas = "journey show", server.jonas

    async def seen() -> ResponseMessage:
        return shown(await jonas.slash(server.channel, show, member=server.maya))

    assert "members choose" in text(await seen())
    overview = shown(await server.maya.slash(server.channel, "my settings"))
    menu = shown(
        await server.maya.select(
            overview.message, ["journey_visibility"], custom_id="setting:v1:change:member"
        )
    )
    assert "Only me" in options(menu)
    custom_id = "setting:v1:option:member:journey_visibility"
    await server.maya.select(menu.message, ["server"], custom_id=custom_id)
    rest = await said(server, "pause", back="in 2 weeks")
    await server.maya.click(rest.message, label="Rest")
    card = await seen()
    assert card.ephemeral
    assert f"<@{server.maya.id}> is on the way" in text(card)
    assert "rests until the end of" in text(card)
    assert labels(card) == []
    assert options(card) == []
    assert "members choose" in text(
        shown(await server.maya.slash(server.channel, show, member=server.olivia))
    )


async def test_the_setting_is_offered_typed_and_refused(server: Server) -> None:
    async def my(value: str) -> ResponseMessage:
        given = {"setting": "journey_visibility", "value": value}
        return shown(await server.maya.slash(server.channel, "my settings", **given))

    offered = await server.maya.autocomplete(
        server.channel, "my settings", "value", "", setting="journey_visibility"
    )
    assert [each["value"] for each in offered] == ["private", "server"]
    assert "The servers I'm on it in" in text(await my("server"))
    unclear = await my("everybody")
    assert labels(unclear) == ["Only me", "The servers I'm on it in"]


async def test_nobody_else_moves_it(server: Server) -> None:
    """Cards are private; here all controls are posted where anybody may use them."""
    await begun(server)
    owner = server.maya.id
    journey = await server.app.services.journeys.of(server.guild.id, owner)
    task, pace = journey.tasks[0], journey.pace
    draft = Draft(DraftAct.PACE, owner, journey=journey.id, hours=20)
    menus = [HoursSelect(draft), TickSelect(0, owner, [task]), TaskSelect(0, owner, [task])]
    rows: list[list[Any]] = [
        *([menu] for menu in menus),
        [GoButton(draft), ReturnButton(1, owner), RepaceButton(1, pace, owner)],
        [PauseButton(1, None, owner), *(ActButton(act, 1, owner) for act in JourneyAct)],
        [UndoTickButton(0, owner, START), PhaseButton(0, owner), CsvButton(owner)],
        [*(TaskButton(act, task.id, owner) for act in TaskAct), NoteButton(task.id, owner)],
    ]
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        message = await channel.send(view=card(heading="Test", body="Test", rows=rows))
    for button in [each for row in rows[3:] for each in row]:
        refused = await server.jonas.click(message, custom_id=button.custom_id)
        assert "somebody else's journey" in text(said_to(refused)), button.custom_id
    for menu, value in zip(menus, ["20", str(task.id), str(task.id)], strict=True):
        refused = await server.jonas.select(message, [value], custom_id=menu.custom_id)
        assert "somebody else's journey" in text(said_to(refused)), menu.custom_id
    assert await server.app.services.journeys.of(server.guild.id, owner) == journey


def said_to(result: Any) -> ResponseMessage:
    """What was said, beside a message or in answer."""
    return told(result) if result.followups else shown(result)


@asynccontextmanager
async def with_pack(
    tmp_path: Path, migrated: Path, pack: dict[str, object]
) -> AsyncGenerator[Server]:
    """The server with a changed pack of the first career, over the store of before."""
    file = tmp_path / "packs" / POLICY / "role.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    store = tmp_path / "var" / "waymark.sqlite3"
    if not store.exists():
        store.parent.mkdir()
        shutil.copy(migrated, store)
    async with running(Settings(data_dir=store.parent, content_path=(file.parents[1],))) as started:
        yield started


async def test_a_pack_edited_between_loses_nothing(tmp_path: Path, migrated_file: Path) -> None:
    pack = yaml.safe_load((DATA / "roles" / POLICY / "role.yaml").read_text(encoding="utf-8"))
    async with with_pack(tmp_path, migrated_file, pack) as server:
        await begun(server)
        await tick(server, await said(server, "show"), 0, 1)
        guild, member = server.guild.id, server.maya.id
    goals = pack["roadmap"][0]["goals"]
    dropped, moved = goals[0], goals.pop(1)
    goals[0] = "Something else entirely."
    pack["roadmap"][1]["goals"].append(moved)
    async with with_pack(tmp_path, migrated_file, pack) as server:
        journey = await server.app.services.journeys.of(guild, member)
        assert [task.item.text for task in journey.done_tasks] == [moved]
        assert [task.item.text for task in journey.archived] == [dropped]
        assert (server.guild.id, server.maya.id) == (guild, member)
        seen = await said(server, "show")
        assert "It no longer has, but you keep" in text(seen)
        assert "1 of 16 tasks" in text(seen)
