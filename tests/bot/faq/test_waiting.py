import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.delivery import store as queue
from bot.delivery.model import Delivery, Elsewhere, Reason, State, Target
from bot.faq.model import (
    ANSWERED,
    MAX_WAITING_OF_ONE,
    QUESTIONS_WAIT,
    AlreadyAnswered,
    AlreadyWaiting,
    AskedAgain,
    AskerHasMany,
    TooManyWaiting,
    Waiting,
    WaitingGone,
    WaitingState,
)
from bot.faq.service import Faq
from bot.faq.text import Unfit
from bot.store.database import Database
from tests.bot.faq.samples import ANNA, BEN, GUILD, OTHER_GUILD
from tests.conftest import NOW, FixedClock

MANAGER = 1


async def asked(faq: Faq, question: str = "How do I start?", asker: int = ANNA) -> Waiting:
    return await faq.wait(GUILD, asker, 5, question, "analyst")


async def planned(database: Database) -> list[Delivery]:
    async with database.reading() as session:
        return [queue.to_delivery(row) for row in await session.execute(select(queue.deliveries))]


async def test_a_question_waits(faq: Faq) -> None:
    waiting = await faq.wait(GUILD, ANNA, 5, " How do\nI start? ", "analyst")
    expected = Waiting(
        waiting.id, GUILD, ANNA, 5, "How do I start?", "analyst", NOW, WaitingState.OPEN
    )
    assert waiting == expected
    assert await faq.waiting(GUILD) == [waiting]
    assert await faq.waiting_by_id(GUILD, waiting.id) == waiting


async def test_questions_wait_in_the_order_they_came(faq: Faq) -> None:
    one, two = await asked(faq, "one"), await asked(faq, "two", BEN)
    assert await faq.waiting(GUILD) == [one, two]
    dismissed = await faq.dismiss(GUILD, one.id, MANAGER)
    assert await faq.waiting(GUILD) == [two]
    assert await faq.waiting(GUILD, state=WaitingState.DISMISSED) == [dismissed]


async def test_people_are_told_once_that_questions_wait_until_they_look(faq: Faq) -> None:
    notices = faq._notices  # pyright: ignore[reportPrivateUsage]

    async def untold() -> list[str]:
        return [each.trouble.kind for each in await notices.untold(MANAGER, GUILD)]

    one, two = await asked(faq, "one"), await asked(faq, "two", BEN)
    assert await untold() == [QUESTIONS_WAIT]
    assert await faq.look_through(GUILD) == [one, two]
    assert await untold() == []
    three = await asked(faq, "three", BEN)
    await faq.dismiss(GUILD, one.id, MANAGER)
    await faq.reply(GUILD, two.id, "So.", MANAGER)
    assert await untold() == [QUESTIONS_WAIT]
    await faq.dismiss(GUILD, three.id, MANAGER)
    assert await untold() == []


async def test_a_question_must_be_one(faq: Faq) -> None:
    for question in (" ", "x" * 1001, "\0"):
        with pytest.raises(Unfit):
            await asked(faq, question)


async def test_nobody_passes_the_same_question_on_twice(faq: Faq) -> None:
    first = await asked(faq)
    with pytest.raises(AlreadyWaiting):
        await asked(faq, "how do i START")
    await asked(faq, asker=BEN)
    await faq.wait(OTHER_GUILD, ANNA, 5, "How do I start?", None)
    await faq.reply(GUILD, first.id, "Read.", MANAGER)
    await asked(faq)


async def test_nobody_passes_on_more_than_a_few_questions(faq: Faq) -> None:
    first, *_ = [await asked(faq, f"question {n}") for n in range(MAX_WAITING_OF_ONE)]
    with pytest.raises(TooManyWaiting):
        await asked(faq, "one more")
    await faq.dismiss(GUILD, first.id, MANAGER)
    await asked(faq, "one more")


async def test_presses_at_once_count(faq: Faq) -> None:
    many = [asked(faq, f"question {number % 8}") for number in range(16)]
    results = await asyncio.gather(*many, return_exceptions=True)
    assert sum(isinstance(result, Waiting) for result in results) == MAX_WAITING_OF_ONE
    assert len(await faq.waiting(GUILD)) == MAX_WAITING_OF_ONE


async def test_a_reply_is_kept_and_sent_to_who_asked(faq: Faq, database: Database) -> None:
    waiting = await asked(faq)
    replied = await faq.reply(GUILD, waiting.id, " Read.\r\nAsk. ", MANAGER)
    assert replied == replace(
        waiting,
        state=WaitingState.ANSWERED,
        answer="Read.\nAsk.",
        answered_by=MANAGER,
        answered_at=NOW,
    )
    [delivery] = await planned(database)
    assert (delivery.kind, delivery.subject_id) == (ANSWERED.name, waiting.id)
    assert (delivery.target, delivery.guild_id) == (Target.user(ANNA), None)
    assert (delivery.configured_by, delivery.due, delivery.state) == (ANNA, NOW, State.WAITING)
    assert delivery.dedupe_key == f"faq_answer:{waiting.id}"
    assert await faq.due(delivery) == replied
    assert await faq.due(replace(delivery, subject_id=999)) is None


async def test_a_question_is_answered_once(faq: Faq, database: Database) -> None:
    waiting = await asked(faq)
    replies = (faq.reply(GUILD, waiting.id, f"Answer {n}", n) for n in range(6))
    results = await asyncio.gather(*replies, return_exceptions=True)
    assert sum(isinstance(result, AlreadyAnswered) for result in results) == 5
    assert len(await planned(database)) == 1
    for late in (faq.dismiss(GUILD, waiting.id, BEN), faq.reopen(GUILD, waiting.id)):
        with pytest.raises(AlreadyAnswered):
            await late


async def test_a_blank_reply_is_refused(faq: Faq, database: Database) -> None:
    waiting = await asked(faq)
    for answer in (" ", "x" * 2001):
        with pytest.raises(Unfit):
            await faq.reply(GUILD, waiting.id, answer, MANAGER)
    assert await planned(database) == []
    assert await faq.waiting(GUILD) == [waiting]


async def test_a_dismissed_question_can_be_reopened_or_answered(
    faq: Faq, clock: FixedClock
) -> None:
    waiting = await asked(faq)
    clock.time += timedelta(minutes=1)
    dismissed = await faq.dismiss(GUILD, waiting.id, MANAGER)
    assert (dismissed.state, dismissed.answered_by) == (WaitingState.DISMISSED, MANAGER)
    assert dismissed.answered_at == clock.time
    assert await faq.reopen(GUILD, waiting.id) == waiting
    await faq.dismiss(GUILD, waiting.id, MANAGER)
    assert (await faq.reply(GUILD, waiting.id, "Read.", BEN)).state is WaitingState.ANSWERED


async def test_a_question_that_was_asked_again_is_not_reopened(faq: Faq) -> None:
    dismissed = await asked(faq)
    await faq.dismiss(GUILD, dismissed.id, MANAGER)
    again = await asked(faq, "how do i START")
    with pytest.raises(AskedAgain):
        await faq.reopen(GUILD, dismissed.id)
    assert await faq.waiting(GUILD) == [again]
    await faq.reply(GUILD, again.id, "Read.", MANAGER)
    assert await faq.reopen(GUILD, dismissed.id) == dismissed


async def test_reopening_gives_nobody_more_open_questions_than_they_may_have(faq: Faq) -> None:
    dismissed = await asked(faq)
    await faq.dismiss(GUILD, dismissed.id, MANAGER)
    for n in range(MAX_WAITING_OF_ONE):
        await asked(faq, f"question {n}")
    with pytest.raises(AskerHasMany):
        await faq.reopen(GUILD, dismissed.id)
    assert len(await faq.waiting(GUILD)) == MAX_WAITING_OF_ONE


async def test_what_is_open_already_can_be_reopened_to_no_effect(faq: Faq) -> None:
    mine = [await asked(faq, f"question {n}") for n in range(MAX_WAITING_OF_ONE)]
    assert await faq.reopen(GUILD, mine[0].id) == mine[0]


async def test_of_reopening_and_asking_at_once_only_one_succeeds(faq: Faq) -> None:
    dismissed = await asked(faq)
    await faq.dismiss(GUILD, dismissed.id, MANAGER)
    tries = [call for _ in range(4) for call in (faq.reopen(GUILD, dismissed.id), asked(faq))]
    await asyncio.gather(*tries, return_exceptions=True)
    assert len(await faq.waiting(GUILD)) == 1


async def test_an_answer_is_there_for_who_asked_alone(faq: Faq) -> None:
    waiting = await asked(faq)
    assert await faq.answer_for(ANNA, waiting.id) is None
    replied = await faq.reply(GUILD, waiting.id, "Read.", MANAGER)
    assert await faq.answer_for(ANNA, waiting.id) == replied
    assert await faq.answer_for(BEN, waiting.id) is None
    assert await faq.answer_for(ANNA, 999) is None


async def test_a_question_of_another_server_is_not_reached(faq: Faq) -> None:
    waiting = await asked(faq)
    text = replace(waiting, answer="x").as_entry()
    for reach in (
        faq.waiting_by_id(OTHER_GUILD, waiting.id),
        faq.reply(OTHER_GUILD, waiting.id, "x", MANAGER),
        faq.dismiss(OTHER_GUILD, waiting.id, MANAGER),
        faq.reopen(OTHER_GUILD, waiting.id),
        faq.add(OTHER_GUILD, text, MANAGER, waiting_id=waiting.id),
    ):
        with pytest.raises(WaitingGone):
            await reach
    assert await faq.waiting(OTHER_GUILD) == []
    assert await faq.waiting(GUILD) == [waiting]


async def test_an_answer_that_cannot_be_sent_goes_once_to_where_it_was_asked(
    faq: Faq, database: Database
) -> None:
    waiting = await asked(faq)
    await faq.reply(GUILD, waiting.id, "Read.", MANAGER)
    [delivery] = await planned(database)
    async with database.reading() as session:
        first = await faq.elsewhere(session, delivery, Reason.DM_CLOSED)
        again = replace(delivery, fallbacks=1, target=Target.channel(5))
        assert first == Elsewhere(Target.channel(5), GUILD)
        assert await faq.elsewhere(session, again, Reason.NO_ACCESS) is None
        unknown = replace(delivery, subject_id=999)
        assert await faq.elsewhere(session, unknown, Reason.DM_CLOSED) is None


async def test_an_unanswered_question_is_not_told_of(faq: Faq, database: Database) -> None:
    waiting = await asked(faq)
    await faq.reply(GUILD, (await asked(faq, "other")).id, "x", MANAGER)
    [delivery] = await planned(database)
    assert await faq.due(replace(delivery, subject_id=waiting.id)) is None


async def test_an_answered_question_becomes_an_answer_once(faq: Faq) -> None:
    waiting = await asked(faq)
    replied = await faq.reply(GUILD, waiting.id, "Read.", MANAGER)
    text = replied.as_entry()
    presses = (faq.add(GUILD, text, MANAGER, waiting_id=waiting.id) for _ in range(5))
    first, *others = await asyncio.gather(*presses)
    assert (first.question, first.answer, first.role) == ("How do I start?", "Read.", "analyst")
    assert others == [first] * 4
    assert (await faq.waiting_by_id(GUILD, waiting.id)).entry_id == first.id
    assert await faq.revision(GUILD) == 1


async def test_once_that_answer_is_removed_another_can_be_made(faq: Faq) -> None:
    waiting = await asked(faq)
    replied = await faq.reply(GUILD, waiting.id, "Read.", MANAGER)
    text = replied.as_entry()
    first = await faq.add(GUILD, text, MANAGER, waiting_id=waiting.id)
    await faq.undo(GUILD, first.id, 1, MANAGER)
    second = await faq.add(GUILD, text, MANAGER, waiting_id=waiting.id)
    assert second.id != first.id
    assert (await faq.waiting_by_id(GUILD, waiting.id)).entry_id == second.id
