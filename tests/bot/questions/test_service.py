"""A server's own questions on both stores, and what everything that asks them may rely on."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery.store import deliveries
from bot.questions.files import Parsed
from bot.questions.known import QuestionGone, State
from bot.questions.model import Kind, Level
from bot.questions.own import (
    MAX_OPEN_OF_ONE,
    SUGGESTIONS_WAIT,
    AlreadyDecided,
    ChangedSince,
    TextTaken,
    TooManyKept,
    TooManyOpen,
    TooManyQuestions,
    What,
)
from bot.questions.service import DECLINED_KEPT_FOR, RETIRED_KEPT_FOR, Questions
from bot.questions.statements import guards
from bot.questions.text import QuestionText, Unfit
from bot.store.database import Database
from tests.bot.questions.samples import ANALYST, ANNA, BEN, CARA, FULL, GUILD, OTHER_GUILD, text
from tests.conftest import NOW, FixedClock


def parsed(*written: QuestionText) -> Parsed:
    return Parsed(tuple((2 + place, each) for place, each in enumerate(written)))


def numbered(count: int) -> list[QuestionText]:
    points = tuple(f"Key point {n} of what a strong answer covers." for n in range(5))
    return [
        text(f"What would you do in case {n} of reports about {n % 97} users?", *points)
        for n in range(count)
    ]


async def test_a_question_is_added_and_known_by_its_key(questions: Questions) -> None:
    own = await questions.add(GUILD, replace(FULL, text=f"  {FULL.text} "), ANNA)
    assert (own.text, own.state, own.version, own.changed_by) == (FULL, State.ACTIVE, 1, ANNA)
    known = await questions.get(GUILD, own.key)
    assert known == own.known()
    assert known.question.follow_up == FULL.follow_up
    assert (await questions.pool(GUILD))[-1] == known
    assert await questions.add(GUILD, FULL, BEN) == own
    with pytest.raises(TextTaken, match="Edit that one"):
        await questions.add(GUILD, text("how do you write a RULE"), BEN)
    with pytest.raises(Unfit):
        await questions.add(GUILD, text(" "), BEN)


async def test_the_pool_keeps_its_order_and_is_chosen_from(questions: Questions) -> None:
    first = await questions.add(GUILD, FULL, ANNA)
    second = await questions.add(GUILD, text(), ANNA)
    pool = await questions.pool(GUILD)
    assert pool[:-2] == [*questions.built_in.all()]
    assert [each.key for each in pool[-2:]] == [first.key, second.key]
    chosen = await questions.pool(GUILD, [ANALYST], [Level.ENTRY], [Kind.KNOWLEDGE])
    assert chosen[-1].key == second.key
    assert {each.role for each in chosen} == {ANALYST, None}
    assert {each.question.level for each in chosen} == {Level.ENTRY}


async def test_packs_questions_are_known_by_key_and_handle(questions: Questions) -> None:
    known = questions.built_in.all()[3]
    assert await questions.get(GUILD, known.key) == known
    assert await questions.get(GUILD, known.handle) == known
    for key in ("pack:none:none", "own:99", "own:x", ""):
        with pytest.raises(QuestionGone):
            await questions.get(GUILD, key)


async def test_searching_finds_own_ones_first(questions: Questions) -> None:
    own = await questions.add(GUILD, text("Why would an appeal fail?"), ANNA)
    beginning = await questions.add(GUILD, text("Appeals: why?"), ANNA)
    found = await questions.search(GUILD, "appeal", 5)
    assert [each.key for each in found[:2]] == [beginning.key, own.key]
    assert len(found) > 2
    assert [each.key for each in await questions.search(GUILD, "100% fail_")] == []
    assert len(await questions.search(OTHER_GUILD, "", 25)) == 25


async def test_editing_keeps_what_was_before(questions: Questions) -> None:
    own = await questions.add(GUILD, text(), ANNA)
    assert await questions.edit(GUILD, own.id, text(), BEN) == own
    edited = await questions.edit(GUILD, own.id, FULL, BEN, expected_version=1)
    assert (edited.version, edited.text, edited.changed_by) == (2, FULL, BEN)
    with pytest.raises(ChangedSince):
        await questions.edit(GUILD, own.id, text("Other?"), ANNA, expected_version=1)
    await questions.add(GUILD, text(), ANNA)
    with pytest.raises(TextTaken):
        await questions.edit(GUILD, own.id, text(), ANNA)
    with pytest.raises(TextTaken):
        await questions.undo(GUILD, own.id, 2, ANNA)
    history = await questions.history(GUILD, own.id)
    assert [(each.version, each.what, each.text) for each in history] == [
        (2, What.EDITED, FULL),
        (1, What.ADDED, text()),
    ]


async def test_a_retired_question_is_known_but_not_asked(questions: Questions) -> None:
    own = await questions.add(GUILD, text(), ANNA)
    retired = await questions.retire(GUILD, own.id, BEN)
    assert retired.state is State.RETIRED
    assert await questions.retire(GUILD, own.id, BEN) == retired
    assert (await questions.get(GUILD, own.key)).state is State.RETIRED
    assert own.key not in [each.key for each in await questions.pool(GUILD)]
    assert own.key not in [each.key for each in await questions.search(GUILD, "what is an appeal")]
    assert [each.id for each in await questions.titles(GUILD, "appeal")] == [own.id]
    assert await questions.export(GUILD) == []
    undone = await questions.undo(GUILD, own.id, retired.version, BEN)
    assert (undone.state, undone.version) == (State.ACTIVE, 3)
    again = await questions.undo(GUILD, own.id, 3, BEN)
    assert again.state is State.RETIRED
    back = await questions.bring_back(GUILD, own.id, ANNA)
    assert back.state is State.ACTIVE
    assert await questions.bring_back(GUILD, own.id, ANNA) == back


async def test_adding_is_undone_by_retiring(questions: Questions) -> None:
    own = await questions.add(GUILD, text(), ANNA)
    assert (await questions.undo(GUILD, own.id, 1, ANNA)).state is State.RETIRED
    with pytest.raises(ChangedSince):
        await questions.undo(GUILD, own.id, 1, ANNA)


async def test_an_old_version_is_restored(questions: Questions) -> None:
    own = await questions.add(GUILD, text(), ANNA)
    await questions.edit(GUILD, own.id, FULL, ANNA)
    await questions.retire(GUILD, own.id, ANNA)
    restored = await questions.restore(GUILD, own.id, 1, BEN)
    assert (restored.text, restored.state, restored.version) == (text(), State.ACTIVE, 4)
    with pytest.raises(QuestionGone):
        await questions.restore(GUILD, own.id, 9, BEN)


async def test_nobody_reaches_another_servers_questions(questions: Questions) -> None:
    own = await questions.add(GUILD, text(), ANNA)
    suggested = await questions.suggest(GUILD, FULL, ANNA)
    await questions.import_all(GUILD, parsed(text("Imported?")), ANNA)
    there, guild = own.id, OTHER_GUILD
    for attempt in (
        questions.get(guild, own.key),
        questions.own(guild, there),
        questions.edit(guild, there, FULL, BEN),
        questions.retire(guild, there, BEN),
        questions.bring_back(guild, there, BEN),
        questions.undo(guild, there, 1, BEN),
        questions.restore(guild, there, 1, BEN),
        questions.history(guild, there),
        questions.approve(guild, suggested.id, BEN),
        questions.decline(guild, suggested.id, "No.", BEN),
    ):
        with pytest.raises(QuestionGone):
            await attempt
    assert await questions.pool(guild) == [*questions.built_in.all()]
    assert await questions.export(guild) == []
    assert await questions.titles(guild, "") == []
    assert await questions.suggestions(guild) == ()
    assert await questions.page(guild, State.ACTIVE, "", 0, 9) == ([], 0)
    assert {*(await questions.counts(guild)).values()} == {0}
    assert (await questions.undo_import(guild, ANNA, NOW)).retired == ()
    assert await questions.alike(guild, text().text) == [[]]
    assert len(await questions.export(GUILD)) == 2


async def test_pages_have_what_has_the_words(questions: Questions) -> None:
    for number in range(5):
        await questions.add(GUILD, text(f"Question {number}?"), ANNA)
    retired = await questions.add(GUILD, text("Question 9?"), ANNA)
    await questions.retire(GUILD, retired.id, ANNA)
    found, count = await questions.page(GUILD, State.ACTIVE, "question", 3, 3)
    assert ([each.text.text for each in found], count) == (["Question 3?", "Question 4?"], 5)
    assert (await questions.page(GUILD, State.RETIRED, "", 0, 3))[1] == 1
    counts = await questions.counts(GUILD)
    assert (counts[State.ACTIVE], counts[State.RETIRED], counts[State.SUGGESTED]) == (5, 1, 0)


async def test_a_full_server_takes_no_more(
    questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await questions.add(GUILD, text("One?"), ANNA)
    await questions.retire(GUILD, first.id, ANNA)
    await questions.add(GUILD, text("Two?"), ANNA)
    monkeypatch.setattr(guards, "MAX_QUESTIONS", 1)
    for attempt in (
        questions.add(GUILD, text("Three?"), ANNA),
        questions.suggest(GUILD, text("Three?"), ANNA),
        questions.bring_back(GUILD, first.id, ANNA),
    ):
        with pytest.raises(TooManyQuestions, match="Retire some first"):
            await attempt
    monkeypatch.undo()
    monkeypatch.setattr(guards, "MAX_KEPT", 2)
    with pytest.raises(TooManyKept, match="Bring a retired one back"):
        await questions.add(GUILD, text("Three?"), ANNA)


async def test_an_import_adds_changes_brings_back_and_leaves_the_rest(questions: Questions) -> None:
    same = await questions.add(GUILD, text("Same?"), ANNA)
    changed = await questions.add(GUILD, text("Changed?"), ANNA)
    gone = await questions.add(GUILD, text("Gone?"), ANNA)
    await questions.retire(GUILD, gone.id, ANNA)
    await questions.add(GUILD, text("Elsewhere?"), ANNA)
    file = parsed(same.text, text("Changed?", "Now."), gone.text, text("New?"))
    plan = await questions.plan_import(GUILD, file)
    assert (len(plan.added), len(plan.changed), plan.unchanged) == (1, 2, (same,))
    assert len(await questions.export(GUILD)) == 3
    assert await questions.import_all(GUILD, file, BEN) == replace(plan, at=NOW)
    assert [each.text for each in await questions.export(GUILD)] == [
        *("Same?", "Changed?", "Gone?", "Elsewhere?", "New?")
    ]
    assert (await questions.own(GUILD, changed.id)).text == text("Changed?", "Now.")
    again = await questions.import_all(GUILD, file, BEN)
    assert (again.changes_something, again.at) == (False, None)


async def test_an_import_is_undone_but_for_what_was_changed_since(
    questions: Questions, clock: FixedClock
) -> None:
    changed = await questions.add(GUILD, text("Changed?"), ANNA)
    gone = await questions.add(GUILD, text("Gone?"), ANNA)
    await questions.retire(GUILD, gone.id, ANNA)
    clock.time += timedelta(minutes=1)
    file = parsed(text("Changed?", "Now."), text("Gone?"), text("New?"), text("Edited?"))
    await questions.import_all(GUILD, file, BEN)
    [edited] = await questions.titles(GUILD, "edited")
    await questions.edit(GUILD, edited.id, text("Edited since?"), ANNA)
    undo = await questions.undo_import(GUILD, BEN, clock.now())
    assert ([each.text.text for each in undo.retired], undo.left) == (["New?"], 1)
    assert len(undo.restored) == 2
    assert (await questions.own(GUILD, changed.id)).text == changed.text
    assert (await questions.own(GUILD, gone.id)).state is State.RETIRED
    assert [each.text for each in await questions.export(GUILD)] == ["Changed?", "Edited since?"]
    assert (await questions.undo_import(GUILD, BEN, clock.now())).left == 4
    assert (await questions.undo_import(GUILD, ANNA, clock.now())).left == 0


async def test_a_wrong_file_is_refused_whole(questions: Questions) -> None:
    file = parsed(text("Good?"), text("Bad?", role="pilot"))
    plan = await questions.import_all(GUILD, file, ANNA)
    assert [problem.line for problem in plan.problems] == [3]
    assert await questions.export(GUILD) == []


async def test_a_suggestion_is_approved_and_its_author_told(
    questions: Questions, database: Database
) -> None:
    own = await questions.suggest(GUILD, FULL, CARA)
    assert (own.state, own.suggested_by) == (State.SUGGESTED, CARA)
    assert await questions.suggest(GUILD, FULL, CARA) == own
    assert FULL.text not in [each.question.text for each in await questions.pool(GUILD)]
    with pytest.raises(QuestionGone):
        await questions.get(GUILD, own.key)
    assert await questions.suggestions(GUILD) == (own,)
    edited = await questions.edit(GUILD, own.id, text("Better?"), ANNA)
    assert edited.state is State.SUGGESTED
    assert (await questions.restore(GUILD, own.id, 1, ANNA)).state is State.SUGGESTED
    assert (await questions.undo(GUILD, own.id, 3, ANNA)).text == text("Better?")
    approved = await questions.approve(GUILD, own.id, ANNA)
    assert (approved.state, approved.text) == (State.ACTIVE, text("Better?"))
    assert await questions.get(GUILD, own.key) == approved.known()
    with pytest.raises(AlreadyDecided):
        await questions.approve(GUILD, own.id, BEN)
    with pytest.raises(AlreadyDecided):
        await questions.undo(GUILD, own.id, approved.version, BEN)
    async with database.reading() as session:
        [told] = (await session.execute(select(deliveries))).all()
    assert (told.subject_id, told.target_id, told.configured_by) == (own.id, CARA, CARA)


async def untold(questions: Questions, guild: int = GUILD) -> list[str]:
    """What managers of a server are still to be told."""
    notices = questions._notices  # pyright: ignore[reportPrivateUsage]
    return [each.trouble.kind for each in await notices.untold(ANNA, guild)]


async def test_people_are_told_once_that_suggestions_wait_until_they_look(
    questions: Questions,
) -> None:
    first = await questions.suggest(GUILD, FULL, CARA)
    second = await questions.suggest(GUILD, text("Another?"), CARA)
    assert await untold(questions) == [SUGGESTIONS_WAIT]
    assert await untold(questions, OTHER_GUILD) == []
    assert await questions.look_through(OTHER_GUILD) == ()
    assert await untold(questions) == [SUGGESTIONS_WAIT]
    assert await questions.look_through(GUILD) == (first, second)
    assert await untold(questions) == []
    third = await questions.suggest(GUILD, text("A third?"), CARA)
    assert await untold(questions) == [SUGGESTIONS_WAIT]
    await questions.approve(GUILD, first.id, ANNA)
    await questions.decline(GUILD, second.id, "No.", ANNA)
    assert await untold(questions) == [SUGGESTIONS_WAIT]
    await questions.approve(GUILD, third.id, ANNA)
    assert await untold(questions) == []


async def test_a_suggestion_is_declined_with_a_reason(questions: Questions) -> None:
    own = await questions.suggest(GUILD, FULL, CARA)
    with pytest.raises(Unfit):
        await questions.decline(GUILD, own.id, " ", ANNA)
    declined = await questions.decline(GUILD, own.id, " We have\none. ", ANNA)
    assert (declined.state, declined.reason) == (State.DECLINED, "We have one.")
    assert await questions.suggestions(GUILD) == ()
    for attempt in (questions.get(GUILD, own.key), questions.edit(GUILD, own.id, text(), ANNA)):
        with pytest.raises(QuestionGone):
            await attempt
    with pytest.raises(AlreadyDecided):
        await questions.decline(GUILD, own.id, "No.", ANNA)


async def test_a_member_has_few_open_suggestions(questions: Questions) -> None:
    made = [await questions.suggest(GUILD, text(f"Why {n}?"), CARA) for n in range(MAX_OPEN_OF_ONE)]
    with pytest.raises(TooManyOpen, match="5 of your suggestions are waiting"):
        await questions.suggest(GUILD, text("Why not?"), CARA)
    await questions.suggest(OTHER_GUILD, text("Why not?"), CARA)
    await questions.suggest(GUILD, text("Why not?"), BEN)
    await questions.decline(GUILD, made[0].id, "No.", ANNA)
    await questions.suggest(GUILD, text("Why not?"), CARA)
    await questions.add(GUILD, text("Taken?"), ANNA)
    with pytest.raises(TextTaken):
        await questions.suggest(GUILD, text("taken"), BEN)


async def test_what_is_asked_meanwhile_stops_an_approval(questions: Questions) -> None:
    own = await questions.suggest(GUILD, text(), CARA)
    await questions.add(GUILD, text(), ANNA)
    with pytest.raises(TextTaken):
        await questions.approve(GUILD, own.id, ANNA)
    assert (await questions.own(GUILD, own.id)).state is State.SUGGESTED


async def test_like_ones_are_found_among_packs_and_own_ones(questions: Questions) -> None:
    own = await questions.add(GUILD, text("What is an appeal good for?"), ANNA)
    built_in = questions.built_in.all()[7]
    texts = ("what is an appeal good for?", built_in.question.text.lower(), "zebra")
    first, second, third = await questions.alike(GUILD, *texts)
    assert ([each.key for each in first], second[0], third) == ([own.key], built_in, [])


async def test_two_who_add_the_same_at_once_add_it_once(questions: Questions) -> None:
    texts = [text("Once?", f"By {n}.") for n in range(4)]
    added = await asyncio.gather(
        *(questions.add(GUILD, each, ANNA) for each in texts), return_exceptions=True
    )
    assert sum(isinstance(each, TextTaken) for each in added) == 3
    assert len(await questions.export(GUILD)) == 1


async def test_what_is_long_over_is_forgotten(questions: Questions, clock: FixedClock) -> None:
    active = await questions.add(GUILD, text("Active?"), ANNA)
    retired = await questions.add(GUILD, text("Retired?"), ANNA)
    await questions.retire(GUILD, retired.id, ANNA)
    declined = await questions.suggest(GUILD, text("Declined?"), CARA)
    await questions.decline(GUILD, declined.id, "No.", ANNA)
    clock.time += DECLINED_KEPT_FOR + timedelta(seconds=1)
    await questions.forget_old()
    assert (await questions.counts(GUILD))[State.DECLINED] == 0
    assert (await questions.get(GUILD, retired.key)).state is State.RETIRED
    clock.time += RETIRED_KEPT_FOR
    await questions.forget_old()
    assert [each.key for each in await questions.titles(GUILD, "")] == [active.key]
