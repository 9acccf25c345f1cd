"""Interview sets on both stores."""

import asyncio

import pytest

from bot.feedback.model import Doubt
from bot.practice.interviews.model import (
    AnotherRuns,
    InterviewSet,
    NothingSaid,
    Put,
    SetGone,
    State,
    TooFewQuestions,
    Wish,
)
from bot.practice.interviews.service import KEPT_FOR, Interviews
from bot.practice.model import Learner
from bot.questions.known import BuiltIn
from bot.questions.model import Level
from bot.questions.service import Questions
from tests.bot.practice.samples import ANNA, BEN, OTHER_GUILD, ROLE
from tests.bot.questions.conftest import BANKS
from tests.bot.questions.samples import text
from tests.conftest import FixedClock

WISH = Wish(ROLE, Level.MID, 30)
ELSEWHERE = Learner(ANNA.member_id, OTHER_GUILD)


async def put(interviews: Interviews, begun: InterviewSet) -> Put:
    found = await interviews.next(ANNA, begun.id)
    assert found is not None
    return found


async def test_a_set_fits_what_was_asked_for(interviews: Interviews, questions: Questions) -> None:
    begun = await interviews.begin(ANNA, WISH)
    assert 3 <= len(begun.questions) <= 6
    known = [await questions.get(ANNA.guild_id, each.key) for each in begun.questions]
    assert {each.question.level for each in known} == {Level.MID}
    assert {each.role for each in known} == {ROLE}
    assert sum(each.question.minutes for each in known) <= 30
    assert len({each.question.kind for each in known}) >= 3


async def test_one_runs_for_a_member_and_server(interviews: Interviews) -> None:
    sets = await asyncio.gather(*(interviews.begin(ANNA, WISH) for _ in range(4)))
    assert len({each.id for each in sets}) == 1
    assert [each.is_new for each in sets].count(True) == 1
    assert await interviews.running(ANNA) is not None
    for other in (BEN, ELSEWHERE):
        assert await interviews.running(other) is None
        assert (await interviews.begin(other, WISH)).id != sets[0].id


async def test_nobody_reaches_anothers_set(interviews: Interviews) -> None:
    begun = await interviews.begin(ANNA, WISH)
    for other in (BEN, ELSEWHERE):
        for attempt in (
            interviews.next(other, begun.id),
            interviews.put(other, begun.id, 0),
            interviews.answer(other, begun.id, 0, "Mine."),
            interviews.skip(other, begun.id, 0),
            interviews.reopen(other, begun.id, 0),
            interviews.go_on(other, begun.id),
            interviews.finish(other, begun.id),
            interviews.summary(other, begun.id),
        ):
            with pytest.raises(SetGone):
                await attempt
    with pytest.raises(SetGone):
        await interviews.put(ANNA, begun.id, 9)


async def test_an_answer_is_kept_and_covered_points_are_named(interviews: Interviews) -> None:
    begun = await interviews.begin(ANNA, WISH)
    first = await put(interviews, begun)
    points = [point.point for point in first.known.question.key_points]
    await interviews.answer(ANNA, begun.id, 0, ". ".join(points[:2]) + ". That is how I see it.")
    told = await interviews.told(ANNA, begun.id, 0)
    assert told.put.question.state is State.ANSWERED
    assert [each.likely for each in told.feedback.coverage.points[:2]] == [True, True]
    assert (await put(interviews, begun)).question.place == 1
    await interviews.answer(ANNA, begun.id, 0, "Short.")
    assert (await interviews.told(ANNA, begun.id, 0)).feedback.coverage.doubt is Doubt.FEW_WORDS
    short = (await interviews.summary(ANNA, begun.id)).questions[0]
    assert (short.again, short.is_to_practise) == ((), True)
    with pytest.raises(NothingSaid):
        await interviews.answer(ANNA, begun.id, 0, " \n")


async def test_to_the_end_and_what_to_practise(interviews: Interviews) -> None:
    begun = await interviews.begin(ANNA, WISH)
    first = await put(interviews, begun)
    everything = ". ".join(point.point for point in first.known.question.key_points)
    await interviews.answer(ANNA, begun.id, 0, everything)
    await interviews.skip(ANNA, begun.id, 0)
    for place in range(1, len(begun.questions)):
        await interviews.skip(ANNA, begun.id, place)
    assert await interviews.next(ANNA, begun.id) is None
    assert await interviews.running(ANNA) is None
    summary = await interviews.finish(ANNA, begun.id)
    assert summary.questions[0].feedback is not None
    expected = [each.key for each in begun.questions[1:]]
    if summary.questions[0].again:
        expected.insert(0, begun.questions[0].key)
    assert list(summary.to_practise) == expected


async def test_a_skip_and_an_end_are_taken_back(interviews: Interviews) -> None:
    begun = await interviews.begin(ANNA, WISH)
    await interviews.skip(ANNA, begun.id, 0)
    await interviews.reopen(ANNA, begun.id, 0)
    assert (await put(interviews, begun)).question.place == 0
    await interviews.finish(ANNA, begun.id)
    assert await interviews.running(ANNA) is None
    await interviews.answer(ANNA, begun.id, 0, "An answer that came after the end of it all.")
    assert await interviews.running(ANNA) is None
    await interviews.go_on(ANNA, begun.id)
    assert await interviews.running(ANNA) is not None
    assert (await put(interviews, begun)).question.place == 1
    await interviews.finish(ANNA, begun.id)
    await interviews.begin(ANNA, WISH)
    for attempt in (interviews.go_on(ANNA, begun.id), interviews.reopen(ANNA, begun.id, 1)):
        with pytest.raises(AnotherRuns):
            await attempt


async def test_a_question_that_is_gone_is_passed_over(
    interviews: Interviews, questions: Questions
) -> None:
    begun = await interviews.begin(ANNA, WISH)
    gone = begun.questions[0].key.rpartition(":")[2]
    left = tuple(each for each in BANKS.questions[ROLE] if each.id != gone)
    questions.built_in = BuiltIn(BANKS.questions | {ROLE: left})
    assert (await put(interviews, begun)).question.place == 1
    summary = await interviews.finish(ANNA, begun.id)
    assert summary.questions[0].question.place == 1


async def test_a_servers_own_question_that_is_retired_can_still_be_answered(
    interviews: Interviews, questions: Questions
) -> None:
    questions.built_in = BuiltIn({})
    with pytest.raises(TooFewQuestions):
        await interviews.begin(ANNA, WISH)
    for name in ("appeals", "rules", "harms"):
        written = text(f"What about {name}?", "Name who is harmed.", level=Level.MID)
        await questions.add(ANNA.guild_id, written, by=1)
    begun = await interviews.begin(ANNA, WISH)
    own = await questions.search(ANNA.guild_id, "")
    for each in own:
        await questions.retire(ANNA.guild_id, int(each.key.partition(":")[2]), by=1)
    await interviews.answer(
        ANNA, begun.id, 0, "First I would name the people who are harmed by it."
    )
    assert len((await interviews.told(ANNA, begun.id, 0)).feedback.coverage.points) == 1


async def test_the_next_set_asks_what_was_not_asked_yet(interviews: Interviews) -> None:
    begun = await interviews.begin(ANNA, Wish(None, None, 30))
    await interviews.finish(ANNA, begun.id)
    other = await interviews.begin(ANNA, Wish(None, None, 30))
    assert {each.key for each in begun.questions}.isdisjoint(each.key for each in other.questions)


async def test_old_sets_are_forgotten(interviews: Interviews, clock: FixedClock) -> None:
    begun = await interviews.begin(ANNA, WISH)
    await interviews.answer(ANNA, begun.id, 0, "Mine.")
    clock.time += KEPT_FOR / 2
    await interviews.answer(ANNA, begun.id, 1, "Mine.")
    clock.time += KEPT_FOR * 0.9
    await interviews.forget_old()
    assert (await interviews.put(ANNA, begun.id, 0)).question.answer == "Mine."
    clock.time += KEPT_FOR
    await interviews.forget_old()
    with pytest.raises(SetGone):
        await interviews.put(ANNA, begun.id, 0)
