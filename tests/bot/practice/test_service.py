"""Practice on both stores."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import fsrs
import pytest

from bot.careers.slugs import key_of
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.practice.model import (
    NEW_A_DAY,
    Asked,
    Choice,
    Learner,
    Memory,
    NothingToPractise,
    Phase,
    Rating,
)
from bot.practice.service import REVIEWS_KEPT_FOR, Practice
from bot.questions.known import BuiltIn, QuestionGone
from bot.questions.model import Level
from bot.questions.service import Questions
from bot.settings.service import Preferences
from tests.bot.practice.samples import ANNA, BEN, GUILD, OTHER_GUILD
from tests.bot.questions.conftest import BANKS
from tests.bot.questions.samples import text
from tests.conftest import FixedClock

KEY = "pack:trust-safety-analyst:" + BANKS.questions["trust-safety-analyst"][0].id
ELSEWHERE = Learner(ANNA.member_id, OTHER_GUILD)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def asked(practice: Practice, learner: Learner = ANNA) -> Asked:
    found = (await practice.session(learner, Choice())).asked
    assert found is not None
    return found


async def rate_next(practice: Practice, rating: Rating, learner: Learner = ANNA) -> str:
    found = await asked(practice, learner)
    card = await practice.rate(learner, found.known.handle, rating, found.reviews)
    assert card.memory.due == found.dates[rating]
    return found.known.key


async def test_ratings_are_kept_exactly_as_the_library_makes_them(
    practice: Practice, clock: FixedClock
) -> None:
    library, theirs = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1, due=clock.now())
    gaps = [MINUTE, 10 * MINUTE, 3 * DAY, 40 * DAY, timedelta(microseconds=1), 900 * DAY]
    for number, gap in enumerate(gaps * 3):
        clock.time += gap
        rating = [*Rating][number * 7 % 4]
        theirs, _ = library.review_card(theirs, fsrs.Rating(rating), clock.now())
        ours = (await practice.rate(ANNA, KEY, rating, number)).memory
        expected = (theirs.due, theirs.state, theirs.step, theirs.stability, theirs.difficulty)
        assert (ours.due, ours.phase, ours.step, ours.stability, ours.difficulty) == expected
    assert (await practice.asked(ANNA, KEY)).reviews == 18


async def test_at_most_ten_new_ones_a_day_of_the_members_own(
    practice: Practice, preferences: Preferences, clock: FixedClock
) -> None:
    clock.time = clock.time.replace(hour=22)
    for _ in range(NEW_A_DAY):
        await rate_next(practice, Rating.EASY)
    done = await practice.session(ANNA, Choice())
    assert (done.asked, done.new, done.limited) == (None, 0, True)
    assert done.next_due == clock.now() + 8 * DAY
    assert not done.goes_on_today
    assert (await practice.session(BEN, Choice())).new == NEW_A_DAY
    clock.time += timedelta(hours=1, minutes=30)
    assert (await practice.session(ANNA, Choice())).new == 0
    await preferences.set(GUILD_ZONE, GUILD, "Europe/Berlin", by=1)
    assert (await practice.session(ANNA, Choice())).new == NEW_A_DAY
    await preferences.set(MEMBER_ZONE, ANNA.member_id, "America/New_York", by=ANNA.member_id)
    assert (await practice.session(ANNA, Choice())).new == 0


async def test_due_ones_come_before_new_ones(practice: Practice, clock: FixedClock) -> None:
    first = await rate_next(practice, Rating.AGAIN)
    assert (await asked(practice)).known.key != first
    session = await practice.session(ANNA, Choice())
    assert (session.due, session.goes_on_today) == (0, True)
    clock.time += 2 * MINUTE
    assert (await asked(practice)).known.key == first
    assert (await practice.session(ANNA, Choice())).due == 1


async def test_a_second_press_counts_once(practice: Practice) -> None:
    ratings = [practice.rate(ANNA, KEY, Rating.GOOD, 0) for _ in range(5)]
    cards = await asyncio.gather(*ratings)
    assert len({card.reviews for card in cards}) == 1
    assert (await practice.progress(ANNA)).reviews == 1
    again = await practice.rate(ANNA, KEY, Rating.EASY, 0)
    assert again == cards[0]


async def test_cards_of_members_are_apart(practice: Practice) -> None:
    await practice.rate(ANNA, KEY, Rating.GOOD, 0)
    assert (await practice.asked(BEN, KEY)).reviews == 0
    assert (await practice.progress(BEN)).reviews == 0


async def test_state_survives_edits_of_the_bank(
    practice: Practice, questions: Questions, clock: FixedClock
) -> None:
    own = await questions.add(GUILD, text("What is an appeal?"), by=1)
    card = await practice.rate(ANNA, own.key, Rating.GOOD, 0)
    reworded = await questions.edit(GUILD, own.id, text("What are appeals?"), by=1)
    clock.time += DAY
    found = await asked(practice)
    assert found.known.question.text == reworded.text.text
    assert found.reviews == 1
    await questions.retire(GUILD, own.id, by=1)
    assert (await asked(practice)).known.key != own.key
    assert (await practice.session(ANNA, Choice())).due == 0
    await questions.bring_back(GUILD, own.id, by=1)
    found = await asked(practice)
    assert (found.known.key, found.reviews) == (own.key, card.reviews)


async def test_a_packs_question_that_is_gone_is_passed_over_and_its_state_kept(
    practice: Practice, questions: Questions, clock: FixedClock
) -> None:
    await practice.rate(ANNA, KEY, Rating.GOOD, 0)
    clock.time += DAY
    before, slug = questions.built_in, "trust-safety-analyst"
    changed = BANKS.questions[slug][0].model_copy(update={"text": "Now otherwise?"})
    questions.built_in = BuiltIn(BANKS.questions | {slug: BANKS.questions[slug][1:]})
    assert (await practice.session(ANNA, Choice())).due == 0
    with pytest.raises(QuestionGone):
        await practice.rate(ANNA, KEY, Rating.GOOD, 1)
    questions.built_in = BuiltIn(BANKS.questions | {slug: (changed, *BANKS.questions[slug][1:])})
    found = await asked(practice)
    assert (found.known.key, found.reviews) == (KEY, 1)
    assert found.known.question.text == "Now otherwise?"
    questions.built_in = before


async def test_a_servers_own_questions_stay_in_it(
    practice: Practice, questions: Questions, clock: FixedClock
) -> None:
    own = await questions.add(GUILD, text(), by=1)
    await practice.rate(ANNA, own.key, Rating.GOOD, 0)
    clock.time += DAY
    assert (await practice.session(ANNA, Choice())).due == 1
    assert (await practice.session(ELSEWHERE, Choice())).due == 0
    assert (await practice.progress(ELSEWHERE)).due == 0
    for attempt in (
        practice.asked(ELSEWHERE, own.key),
        practice.rate(ELSEWHERE, own.key, Rating.GOOD, 1),
        practice.suspend(ELSEWHERE, own.key),
    ):
        with pytest.raises(QuestionGone):
            await attempt


async def test_a_question_is_put_aside_and_taken_back(
    practice: Practice, clock: FixedClock
) -> None:
    first = (await asked(practice)).known
    await practice.suspend(ANNA, first.handle)
    await practice.suspend(ANNA, first.handle)
    assert (await asked(practice)).known.key != first.key
    assert (await practice.progress(ANNA)).suspended == 1
    await practice.resume(ANNA, first.handle)
    assert (await asked(practice)).known.key == first.key
    await practice.rate(ANNA, first.key, Rating.GOOD, 0)
    await practice.suspend(ANNA, first.handle)
    clock.time += DAY
    assert (await practice.session(ANNA, Choice())).due == 0
    assert await practice.resume_all(ANNA) == 1
    session = await practice.session(ANNA, Choice())
    assert (session.due, session.asked and session.asked.reviews) == (1, 1)


async def test_questions_are_put_in_and_taken_out(practice: Practice, clock: FixedClock) -> None:
    keys = [
        f"pack:trust-safety-analyst:{q.id}" for q in BANKS.questions["trust-safety-analyst"][-3:]
    ]
    await practice.rate(ANNA, keys[2], Rating.EASY, 0)
    await practice.suspend(ANNA, keys[2])
    clock.time += MINUTE
    put_in = await practice.put_in(ANNA, [*keys, keys[0]])
    assert (put_in.added, put_in.there) == (3, 0)
    assert (await practice.progress(ANNA)).suspended == 0
    assert await rate_next(practice, Rating.GOOD) in keys[:2]
    again = await practice.put_in(ANNA, keys)
    assert (again.added, again.there) == (0, 3)
    assert await practice.take_out(ANNA, put_in.at) == 2
    assert (await practice.progress(ANNA)).suspended == 1
    assert await practice.take_out(BEN, put_in.at) == 0
    assert (await practice.progress(ANNA)).reviews == 2
    assert (await practice.put_in(ANNA, [])).added == 0


async def test_a_choice_of_nothing_is_said(practice: Practice) -> None:
    with pytest.raises(NothingToPractise):
        await practice.session(ANNA, Choice(topic=key_of("nonsense")))
    lead = await practice.session(ANNA, Choice(level=Level.LEAD))
    assert lead.asked is not None
    assert lead.asked.known.question.level is Level.LEAD


async def test_progress_in_numbers(practice: Practice, clock: FixedClock) -> None:
    await practice.rate(ANNA, KEY, Rating.EASY, 0)
    clock.time += 9 * DAY
    await rate_next(practice, Rating.AGAIN)
    progress = await practice.progress(ANNA)
    assert (progress.reviews, progress.due, progress.learnt) == (2, 0, 0)
    assert (progress.weeks[-1].tested, progress.weeks[-1].recalled) == (1, 0)
    assert [week.reviews for week in progress.weeks[-2:]] == [1, 1]


async def test_old_ratings_are_forgotten_but_not_what_the_cards_know(
    practice: Practice, clock: FixedClock
) -> None:
    card = await practice.rate(ANNA, KEY, Rating.EASY, 0)
    clock.time += REVIEWS_KEPT_FOR + DAY
    await practice.forget_old()
    found = await practice.asked(ANNA, KEY)
    assert found.reviews == 1
    expected = replace(card.memory, phase=Phase.REVIEW)
    assert card.memory == expected != Memory(clock.now())
    assert (await practice.progress(ANNA)).reviews == 1
