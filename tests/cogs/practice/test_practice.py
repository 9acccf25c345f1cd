"""`/practice start` and `stats`."""

from datetime import timedelta

from bot.careers.settings import member_career
from bot.members.settings import ZONE
from tests.bot.questions.samples import text as written
from tests.cogs.faq import on_one_store
from tests.cogs.practice.practising import ROLE, Room
from tests.cogs.reading import GALLERY, labels, parts_of, shown, told
from tests.cogs.reading import text as said
from tests.server import START

RATINGS = ["Again", "Hard", "Good", "Easy"]


def stamp(after: timedelta) -> str:
    return f"<t:{round((START + after).timestamp())}:R>"


async def test_a_question_is_asked_shown_rated_and_the_next_one_comes(room: Room) -> None:
    card = await room.start(role=ROLE)
    assert card.ephemeral
    assert labels(card) == ["Show key points", "Hint", "Not this one again"]
    assert "0 due · 10 new today" in said(card)
    first = await room.on_card(card)
    assert first.question.key_points[0].point not in said(card)
    await room.click(card, "Hint")
    assert first.question.hint in said(card)
    assert labels(card) == ["Show key points", "Not this one again"]
    await room.server.restart()
    await room.click(card, "Show key points")
    assert all(point.point in said(card) for point in first.question.key_points)
    assert labels(card) == [*RATINGS, "Not this one again"]
    assert f"**Again:** {stamp(timedelta(minutes=1))}" in said(card)
    assert f"**Good:** {stamp(timedelta(minutes=10))}" in said(card)
    assert f"**Easy:** {stamp(timedelta(days=8))}" in said(card)
    await room.server.restart()
    await room.click(card, "Easy")
    assert f"Noted. That one comes again {stamp(timedelta(days=8))}" in said(card)
    assert "0 due · 9 new today" in said(card)
    assert (await room.on_card(card)).key != first.key
    await room.server.advance(timedelta(days=8))
    assert (await room.on_card(await room.start())).key == first.key


async def test_ten_new_ones_are_all_for_today(room: Room) -> None:
    card = await room.start()
    for _ in range(10):
        await room.click(card, "Show key points")
        await room.click(card, "Easy")
    assert "## That's all for today" in said(card)
    assert f"({stamp(timedelta(days=8))})" in said(card)
    assert "New questions come tomorrow, 10 a day at most." in said(card)
    assert labels(card) == ["How it goes"]
    await room.click(card, "How it goes")
    assert "**Reviews:** 10" in said(card)
    assert len(parts_of(card, GALLERY)) == 1
    await room.click(card, "Practise")
    assert "## That's all for today" in said(card)
    assert parts_of(card, GALLERY) == []
    await room.server.advance(timedelta(days=1))
    assert "0 due · 10 new today" in said(await room.start())


async def test_what_is_due_within_the_day_goes_on(room: Room) -> None:
    card = await room.start(role=ROLE, level="mid", topic="appeals")
    first = await room.on_card(card)
    while "That's all" not in said(card):
        await room.click(card, "Show key points")
        await room.click(card, "Again")
    assert "## That's all for now" in said(card)
    assert labels(card) == ["Go on", "All careers and topics", "How it goes"]
    await room.server.advance(timedelta(minutes=2))
    await room.click(card, "Go on")
    assert (await room.on_card(card)).key == first.key
    assert "appeals" in first.question.topics


async def test_what_a_choice_leaves_out_is_said(room: Room) -> None:
    card = await room.start(role=ROLE)
    await room.click(card, "Show key points")
    await room.click(card, "Again")
    await room.server.advance(timedelta(minutes=2))
    other = await room.start(role="ai-red-team-engineer", level="lead")
    while "That's all" not in said(other):
        await room.click(other, "Show key points")
        await room.click(other, "Easy")
    assert "1 question of other choices is due." in said(other)
    await room.click(other, "All careers and topics")
    assert "1 due" in said(other)


async def test_a_second_press_counts_once(room: Room) -> None:
    first, second = await room.start(), await room.start()
    for card in (first, second):
        await room.click(card, "Show key points")
    await room.click(first, "Easy")
    await room.click(second, "Again")
    assert stamp(timedelta(days=8)) in said(second)
    assert (await room.practice.progress(room.learner)).reviews == 1


async def test_a_question_is_put_aside_and_taken_back(room: Room) -> None:
    card = await room.start()
    first = await room.on_card(card)
    await room.click(card, "Not this one again")
    assert "Put aside." in said(card)
    assert (await room.on_card(card)).key != first.key
    await room.server.restart()
    await room.click(card, "Undo")
    assert "Here it is again." in said(card)
    assert (await room.on_card(card)).key == first.key
    await room.click(card, "Show key points")
    await room.click(card, "Not this one again")
    stats = shown(await room.maya.slash(room.server.channel, "practice stats"))
    assert labels(stats) == ["Practise", "Ask those put aside again (1)"]
    await room.click(stats, "Ask those put aside again (1)")
    assert "1 is asked again." in said(stats)
    assert labels(stats) == ["Practise"]


async def test_a_question_that_is_gone_or_reworded_meanwhile(room: Room) -> None:
    questions, guild_id = room.server.app.services.questions, room.server.guild.id
    own = await questions.add(guild_id, written("What is a zebra?", topics=("zebras",)), by=1)
    card = await room.start(topic="zebras")
    assert "What is a zebra?" in said(card)
    assert "Hint" not in labels(card)
    await questions.edit(guild_id, own.id, written("Why zebras?", topics=("zebras",)), by=1)
    await room.click(card, "Show key points")
    assert "Why zebras?" in said(card)
    await room.click(card, "Good")
    await room.server.advance(timedelta(days=1))
    again = await room.start(topic="zebras")
    await questions.retire(guild_id, own.id, by=1)
    await room.server.advance(timedelta(days=400))
    await questions.forget_old()
    pressed = await room.click(again, "Show key points")
    assert "no questions for that" in told(pressed).content
    other = await room.start()
    assert "0 due" in said(other)


async def test_the_next_one_comes_where_one_is_gone(room: Room) -> None:
    questions, guild_id = room.server.app.services.questions, room.server.guild.id
    own = await questions.add(guild_id, written("What is a zebra?"), by=1)
    await room.practice.put_in(room.learner, [own.key])
    card = await room.start()
    rated = await room.start()
    await room.click(rated, "Show key points")
    await questions.retire(guild_id, own.id, by=1)
    await room.server.advance(timedelta(days=400))
    await questions.forget_old()
    for each, label in ((card, "Not this one again"), (rated, "Good")):
        await room.click(each, label)
        assert "That question is gone. Here is the next one." in said(each)


async def test_stats_show_a_picture_with_its_numbers_in_words(room: Room) -> None:
    stats = shown(await room.maya.slash(room.server.channel, "practice stats"))
    assert stats.ephemeral
    assert "nothing that was learnt has come again yet" in said(stats)
    first = await room.on_card(await room.start())
    for rating, days in (("Easy", 0), ("Good", 9), ("Again", 70)):
        await room.server.advance(timedelta(days=days))
        card = await room.start()
        assert (await room.on_card(card)).key == first.key
        await room.click(card, "Show key points")
        await room.click(card, rating)
    stats = shown(await room.maya.slash(room.server.channel, "practice stats"))
    assert [each.filename for each in stats.attachments] == ["practice.png"]
    assert "**Reviews:** 3" in said(stats)
    assert "**Remembered:** 50% of 2 that had been learnt (the goal is 90%)" in said(stats)
    assert "1 review, 0% remembered of 1" in said(stats)
    [gallery] = parts_of(stats, GALLERY)
    assert "Practice in the 12 weeks since" in gallery["items"][0]["description"]


async def test_a_members_own_career_and_zone_count(room: Room) -> None:
    services = room.server.app.services
    career = member_career(services.careers.registry)
    await services.preferences.set(career, room.maya.id, ROLE, by=room.maya.id)
    await services.preferences.set(ZONE, room.maya.id, "Asia/Tokyo", by=room.maya.id)
    assert (await room.on_card(await room.start())).role == ROLE


async def test_what_cannot_be_meant_is_said(room: Room) -> None:
    result = await room.maya.slash(room.server.channel, "practice start", topic="zebras")
    assert "I know no such topic" in shown(result).content
    result = await room.maya.slash(room.server.channel, "practice start", role="zebra keeper")
    assert shown(result).content
    narrow = {"role": "technology-policy-compliance-specialist", "level": "entry"}
    result = await room.maya.slash(
        room.server.channel, "practice start", topic="red-teaming", **narrow
    )
    assert shown(result).content


@on_one_store
async def test_topics_and_careers_are_offered_while_typing(room: Room) -> None:
    channel = room.server.channel
    found = await room.maya.autocomplete(channel, "practice start", "topic", "Appeal")
    assert "appeals" in [choice["value"] for choice in found]
    for command in ("practice start", "interview"):
        found = await room.maya.autocomplete(channel, command, "role", "analyst")
        assert ROLE in [choice["value"] for choice in found]


async def test_nobody_else_moves_a_members_cards(room: Room) -> None:
    await room.start()
    jonas = await room.start(by=room.server.jonas)
    await room.server.jonas.click(jonas.message, label="Show key points")
    await room.server.jonas.click(jonas.message, label="Good")
    assert (await room.practice.progress(room.learner)).reviews == 0


async def test_it_works_in_direct_messages_with_the_built_in_questions(room: Room) -> None:
    services, guild_id = room.server.app.services, room.server.guild.id
    own = await services.questions.add(guild_id, written("What is a zebra?"), by=1)
    await room.practice.put_in(room.learner, [own.key])
    user = room.server.users["maya"]
    for command in ("practice start", "interview"):
        card = shown(await user.slash(command))
        assert "zebra" not in said(card)
        assert (await room.on_card(card)).key.startswith("pack:")
    assert "zebra" in said(await room.start())
