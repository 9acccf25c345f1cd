"""A pack that changes never loses what a member did."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.careers.loader import LoadedRole, load_packs
from bot.journeys import changes
from bot.journeys.journey import Journey
from bot.journeys.model import Item, Task
from bot.journeys.outline import Outline, outline
from bot.journeys.reconciling import REWORDED_FROM, reconcile
from bot.paths import DATA
from tests.bot.journeys.samples import (
    ROADMAP,
    journey,
    journeys,
    left_out,
    outlines,
    small,
    states,
    ticked,
)


def fitted(found: Journey, asked: Outline) -> Journey:
    """The journey as the store keeps it once its pack has changed."""
    known, added = changes.updated(found, asked)
    new = [replace(task, id=1000 + task.place) for task in added]
    return replace(found, tasks=tuple(sorted([*known, *new], key=lambda t: (t.archived, t.place))))


def edited(**phase: object) -> Outline:
    """The small roadmap with another first phase."""
    return small([{**ROADMAP[0], **phase}, ROADMAP[1]])


def named(tasks: tuple[Task, ...]) -> list[str]:
    return [task.item.text for task in tasks]


@given(journeys(), outlines())
def test_no_task_is_lost_and_none_comes_twice(found: Journey, asked: Outline) -> None:
    done = reconcile(found.tasks, asked.items)
    assert sorted([*(task.id for task, _ in done.kept), *(t.id for t in done.archived)]) == sorted(
        task.id for task in found.tasks
    )
    items = [*(item.key for _, item in done.kept), *(item.key for item in done.added)]
    assert sorted(items) == sorted(item.key for item in asked.items)


@given(journeys(), outlines())
def test_states_days_and_notes_stay_whatever_the_pack_becomes(
    found: Journey, asked: Outline
) -> None:
    after = fitted(found, asked)
    ours = {task.id for task in found.tasks}
    kept = tuple(task for task in after.tasks if task.id in ours)
    assert states(kept) == states(found.tasks)
    assert {t.item.key for t in after.tasks if not t.archived} == {i.key for i in asked.items}
    live = [task for task in after.tasks if not task.archived]
    assert sum(task.item.effort for task in live) == sum(item.effort for item in asked.items)
    assert len({task.item.key for task in after.tasks}) == len(after.tasks)


@given(journeys())
def test_a_pack_that_stays_changes_nothing(found: Journey) -> None:
    items = [task.item for task in found.tasks]
    done = reconcile(found.tasks, items)
    assert [(task.item, item) for task, item in done.kept] == [(item, item) for item in items]
    assert (done.added, done.archived) == ((), ())


@given(journeys())
def test_a_pack_that_comes_back_brings_everything_back(found: Journey) -> None:
    unlike = small([{"title": "Q", "weeks": 1, "goals": ["qqq"], "milestone": "zzz"}])
    items = tuple(task.item for task in found.tasks)
    gone = fitted(found, unlike)
    assert {task.id for task in gone.archived} == {task.id for task in found.tasks}
    back = fitted(gone, replace(unlike, items=items))
    assert states(tuple(t for t in back.tasks if not t.archived)) == states(found.tasks)


@given(journeys(), st.randoms(use_true_random=False))
def test_tasks_that_only_move_keep_everything(found: Journey, chance: Random) -> None:
    texts = [task.item.text for task in found.tasks]
    if len({*texts}) < len(texts):
        return
    items = [task.item for task in found.tasks]
    chance.shuffle(items)
    moved = [
        replace(item, key=f"moved {number}", phase=number, phase_title="Elsewhere")
        for number, item in enumerate(items)
    ]
    done = reconcile(found.tasks, moved)
    assert {(task.item.text, item.text) for task, item in done.kept} == {(t, t) for t in texts}
    assert not done.added


def test_a_task_that_moves_to_another_phase_stays_done() -> None:
    begun = ticked(journey(), 0)
    ink = {**ROADMAP[1], "goals": [*ROADMAP[1]["goals"], "draw  a COAST."]}
    after = fitted(begun, small([{**ROADMAP[0], "goals": ["Fold a map."]}, ink]))
    moved = next(task for task in after.tasks if task.id == 0)
    assert moved.is_done
    assert moved.item.phase_title == "Ink"
    assert not after.archived


def test_a_reworded_task_stays_done() -> None:
    begun = ticked(journey(edited(goals=["Draw the coast of an island.", "Fold a map."])), 0)
    after = fitted(begun, edited(goals=["Draw an island's coast.", "Fold a map."]))
    assert not after.archived
    assert named(after.done_tasks) == ["Draw an island's coast."]


def test_a_dropped_task_is_archived_with_its_state_and_comes_back_with_it() -> None:
    begun = left_out(ticked(journey(), 0), 1)
    after = fitted(begun, edited(goals=["Sharpen a pencil."]))
    assert named(after.archived) == ["Draw a coast.", "Fold a map."]
    assert states(after.archived) == states(begun.tasks[:2])
    assert named(after.open_tasks)[0] == "Sharpen a pencil."
    assert after.percent == 0
    back = fitted(after, small())
    assert [task.state for task in back.tasks[:2]] == [task.state for task in begun.tasks[:2]]
    assert named(back.archived) == ["Sharpen a pencil."]


def test_the_likest_words_win_and_the_living_come_first() -> None:
    item = Item("new", 0, "Paper", "Draw the coast of Wales", False, 60)
    near = Task(1, 0, replace(item, key="a", text="Draw the coast of a Wales"))
    far = Task(2, 1, replace(item, key="b", text="Draw the coasts of all Wales"))
    gone = replace(near, id=3, archived=True)
    assert [task.id for task, _ in reconcile([far, gone, near], [item]).kept] == [1]
    assert [task.id for task, _ in reconcile([far, gone], [item]).kept] == [3]


@pytest.mark.parametrize("role", load_packs([DATA]).roles, ids=lambda role: role.slug)
def test_different_tasks_of_a_pack_are_far_from_alike(role: LoadedRole) -> None:
    texts = [item.text.casefold() for item in outline(role).items]
    likest = max(fuzz.token_sort_ratio(*pair) for pair in combinations(texts, 2))
    assert likest < REWORDED_FROM - 10
