"""Every card of `/journey` stays within Discord's limits, whatever a pack or a member writes."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole
from bot.careers.model import Role
from bot.chat.limits import MAX_CUSTOM_ID
from bot.journeys import changes
from bot.journeys.journey import Journey
from bot.journeys.model import MAX_NOTE, Pace
from bot.journeys.outline import outline
from bot.streaks.model import Pause
from cogs.journeys import show_card
from cogs.journeys.change_cards import Act as JourneyAct
from cogs.journeys.change_cards import ActButton, PauseButton, end_preview, pause_preview
from cogs.journeys.changed_cards import (
    RepaceButton,
    ReturnButton,
    begun_card,
    ended_card,
    pace_card,
)
from cogs.journeys.places import Act, Draft
from cogs.journeys.preview_card import GoButton, HoursSelect, beginning_card, pace_preview
from cogs.journeys.show_card import PhaseButton, TickSelect, UndoTickButton
from cogs.journeys.task_card import Act as TaskAct
from cogs.journeys.task_card import TaskButton, TaskSelect, task_card
from tests.bot.careers.samples import lines, loaded, names, roles, several
from tests.bot.journeys.samples import DAY, journey, left_out, on, ticked
from tests.cogs.limits import check
from tests.conftest import NOW, TORTURE

LAST = 2**63 - 1
LATE = date(9990, 1, 1)
extreme = settings(max_examples=200 if TORTURE else 15)


@st.composite
def packs(draw: st.DrawFn) -> LoadedRole:
    """A pack with as many and as long phases, goals and resources as there may be."""
    phase = st.fixed_dictionaries(
        {
            "title": names,
            "weeks": st.sampled_from([1, 104]),
            "goals": several(lines, 12, 12),
            "resources": several(st.fixed_dictionaries({"title": lines}), 12, 12),
            "milestone": lines,
        }
    )
    roadmap = draw(st.lists(phase, min_size=12, max_size=12))
    return loaded(roadmap=roadmap, title=draw(names), **_months())


def _months() -> dict[str, Any]:
    return {"months_to_learn": {"value": {"low": 9, "high": 9}, "source": "survey"}}


def extremes(pack: LoadedRole) -> list[Journey]:
    """The journey as it begins, late, at rest, beyond its target, and with all of it dropped."""
    begun = replace(journey(outline(pack)), id=LAST, member_id=LAST)
    worked = left_out(ticked(begun, 0, 1), 2)
    late = on(worked.with_pace(1, begun.today + DAY), begun.today + 300 * DAY)
    resting = changes.resting(late, None)
    known, added = changes.updated(worked, outline(loaded()))
    new = (replace(task, id=LAST - task.place) for task in added)
    dropped = replace(worked, tasks=(*new, *known))
    return [begun, late, resting, late.with_pause(Pause(late.today, late.today + DAY)), dropped]


@extreme
@given(packs(), st.sampled_from(["x", "@everyone ", "*", "漢"]))
def test_every_card_fits(pack: LoadedRole, sign: str) -> None:
    asked = outline(pack)
    for found in extremes(pack):
        picture = show_card.Picture("x" * 1024)
        for phase in found.phases:
            resources = pack.role.roadmap[0].resources
            undo = [UndoTickButton(11, LAST, NOW)]
            check(show_card.own_card(found, phase, picture, resources=resources, buttons=undo))
        check(show_card.public_card(found, picture))
        for task in found.tasks[:1]:
            check(task_card(found, replace(task, note=(sign * MAX_NOTE)[:MAX_NOTE])))
        draft = Draft(Act.SWITCH, LAST, "a" * 8, LAST, 60, LATE)
        check(beginning_card(draft, found, found, asked, pack))
        check(pace_preview(draft, found, asked, pack))
        check(end_preview(found))
        check(ended_card(found))
        check(begun_card(found))
        check(pace_card(found, found.pace))
        if found.rest is None:
            check(pause_preview(found, None))


def test_custom_ids_stay_within_discords_limit() -> None:
    draft = Draft(Act.SWITCH, 10**20 - 1, "a" * 8, LAST, 60, LATE)
    owner = 10**20 - 1
    controls: list[Any] = [
        GoButton(draft),
        HoursSelect(draft),
        ReturnButton(LAST, owner),
        RepaceButton(LAST, Pace(60, LATE, LATE), owner),
        PauseButton(LAST, LATE, owner),
        *(ActButton(act, LAST, owner) for act in JourneyAct),
        TickSelect(11, owner),
        TaskSelect(11, owner),
        UndoTickButton(11, owner, NOW),
        PhaseButton(11, owner),
        *(TaskButton(act, LAST, owner) for act in TaskAct),
    ]
    assert max(len(each.custom_id) for each in controls) <= MAX_CUSTOM_ID


@extreme
@given(roles())
def test_any_pack_makes_a_plan(role: Role) -> None:
    pack = replace(loaded(), role=role)
    check(begun_card(journey(outline(pack))))
