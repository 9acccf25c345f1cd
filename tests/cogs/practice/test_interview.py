"""`/interview`."""

from datetime import timedelta

from bot.practice.interviews.model import State
from bot.questions.known import BuiltIn
from tests.cogs.faq import fields
from tests.cogs.practice.practising import ROLE, Room
from tests.cogs.reading import labels, shown, told
from tests.cogs.reading import text as said

KEPT = "Your answer is kept."


async def running_set(room: Room) -> int:
    running = await room.server.app.services.interviews.running(room.learner)
    assert running is not None
    return running.id


async def test_from_the_first_question_to_the_summary_and_into_practice(room: Room) -> None:
    card = await room.interview()
    assert card.ephemeral
    assert "Interview: question 1 of" in said(card)
    assert labels(card) == ["Answer", "Hint", "Skip", "Finish now"]
    first = await room.on_card(card)
    await room.click(card, "Hint")
    assert first.question.hint in said(card)
    await room.server.restart()
    await room.answer(card, await room.covering(card))
    assert KEPT in said(card)
    assert "**Likely covered**" in said(card)
    assert first.question.key_points[0].point in said(card)
    await room.server.restart()
    await room.click(card, "Next question")
    assert "question 2 of" in said(card)
    await room.answer(card, "I would think about it.")
    assert "so I can't tell which key points it covers" in said(card)
    assert "A strong answer covers" in said(card)
    await room.click(card, "Next question")
    await room.answer(card, "The weather was fine and we went to the lake with a boat and a dog.")
    assert "**Look again, perhaps in other words**" in said(card)
    if "Summary" in labels(card):
        await room.click(card, "Summary")
    else:
        await room.click(card, "Next question")
    while "## Your interview" not in said(card):
        await room.click(card, "Skip")
        assert "Skipped." in said(card)
    assert "## Your interview" in said(card)
    await room.server.restart()
    await room.click(card, "Practise these")
    assert "in your practice now, first among the new ones." in said(card)
    await room.click(card, "Practise now")
    assert (await room.on_card(card)).key != first.key


async def test_it_goes_on_where_it_stopped(room: Room) -> None:
    card = await room.interview()
    await room.answer(card, "First answer.")
    await room.server.restart()
    again = await room.interview(level="lead")
    assert "question 2 of" in said(again)
    assert "You are in the middle of this one." in said(again)
    await room.click(again, "Finish now")
    assert "1 question answered" in said(again)
    assert "Go on with it" in labels(again)
    await room.click(again, "Go on with it")
    assert "question 2 of" in said(again)
    other = await room.interview(by=room.server.jonas)
    assert "question 1 of" in said(other)


async def test_an_answer_can_be_changed_and_nothing_typed_is_lost(room: Room) -> None:
    card = await room.interview()
    long = ("I said: *stop* @everyone `now` " * 200)[:4000].strip()
    await room.answer(card, long)
    assert KEPT in said(card)
    form = await room.click(card, "Change my answer")
    assert fields(form) == {"answer": long}
    await room.maya.submit_modal(form, {"answer": "Shorter."})
    form = await room.click(card, "Change my answer")
    assert fields(form) == {"answer": "Shorter."}
    blank = await room.maya.submit_modal(form, {"answer": " \n "})
    assert "There was nothing in your answer." in told(blank).content
    form = await room.click(card, "Change my answer")
    assert fields(form) == {"answer": "Shorter."}


async def test_an_answer_is_kept_though_discord_loses_the_interaction(room: Room) -> None:
    card = await room.interview()
    form = await room.click(card, "Answer")
    room.server.errors_expected = True
    room.server.env.inject_error("POST", "/interactions/*", status=404, code=10062, times=1)
    await room.maya.submit_modal(form, {"answer": "Typed with care."})
    interviews = room.server.app.services.interviews
    kept = await interviews.put(room.learner, await running_set(room), 0)
    assert (kept.question.state, kept.question.answer) == (State.ANSWERED, "Typed with care.")
    await room.server.restart()
    assert "question 2 of" in said(await room.interview())


async def test_a_form_submitted_after_a_restart_and_twice(room: Room) -> None:
    card = await room.interview()
    forms = [await room.click(card, "Answer") for _ in range(2)]
    await room.server.restart()
    for form in forms:
        await room.maya.submit_modal(form, {"answer": "The same words, sent two times."})
        assert KEPT in said(card)
    put = await room.server.app.services.interviews.put(room.learner, await running_set(room), 0)
    assert put.question.answer == "The same words, sent two times."


async def test_a_skip_is_undone(room: Room) -> None:
    card = await room.interview()
    first = await room.on_card(card)
    await room.click(card, "Skip")
    assert "question 2 of" in said(card)
    await room.server.restart()
    await room.click(card, "Undo")
    assert (await room.on_card(card)).key == first.key


async def test_practise_these_is_undone(room: Room) -> None:
    card = await room.interview()
    await room.click(card, "Finish now")
    assert "Not answered yet." in said(card)
    await room.click(card, "Practise these")
    await room.server.restart()
    await room.click(card, "Undo")
    assert "Undone." in said(card)
    await room.click(card, "Practise these")
    assert "in your practice now" in said(card)
    old = await room.interview()
    await room.click(card, "Go on with it")
    assert "Another interview" not in said(old)


async def test_an_old_set_does_not_run_beside_a_new_one(room: Room) -> None:
    card = await room.interview()
    await room.click(card, "Finish now")
    await room.interview()
    pressed = await room.click(card, "Go on with it")
    assert "Another interview of yours is under way." in told(pressed).content


async def test_questions_that_are_practised_already_keep_their_dates(room: Room) -> None:
    cards = [await room.interview() for _ in range(2)]
    for card in cards:
        await room.click(card, "Finish now")
        await room.click(card, "Practise these")
    assert "They are in your practice already." in said(cards[1])
    assert "Undo" not in labels(cards[1])


async def test_what_is_covered_in_all_need_not_be_practised(room: Room) -> None:
    card = await room.interview()
    count = int(said(card).partition(" of ")[2][0])
    for _ in range(count):
        await room.answer(card, await room.covering(card))
        await room.click(card, "Summary" if "Summary" in labels(card) else "Next question")
    assert f"{count} questions answered" in said(card)
    assert "All key points likely covered." in said(card)


async def test_a_set_that_was_forgotten_says_so(room: Room) -> None:
    card = await room.interview()
    await room.server.advance(timedelta(days=91))
    await room.server.app.services.interviews.forget_old()
    for label in ("Skip", "Finish now"):
        pressed = await room.click(card, label)
        assert "`/interview` starts a new one" in told(pressed).content


async def test_too_few_questions_and_unknown_careers(room: Room) -> None:
    room.server.app.services.questions.built_in = BuiltIn({})
    channel = room.server.channel
    result = await room.maya.slash(channel, "interview", role=ROLE, level="lead")
    assert "too few questions" in shown(result).content


async def test_a_question_that_is_gone_is_passed_over(room: Room) -> None:
    card = await room.interview()
    first = await room.on_card(card)
    form = await room.click(card, "Answer")
    room.without(first)
    await room.maya.submit_modal(form, {"answer": "Typed before it was gone."})
    assert KEPT in said(card)
    assert "question 2 of" in said(card)
    room.without(first, await room.on_card(card))
    await room.click(card, "Hint")
    assert "question 3 of" in said(card)
