"""`/questions suggest` and `/questions pending`: members' questions, and what people decide."""

from datetime import timedelta

from bot.guilds.settings import FACILITATOR_ROLE, NOTICE_CHANNEL
from bot.questions.known import State
from bot.questions.own import MAX_OPEN_OF_ONE
from bot.questions.service import DECLINED_KEPT_FOR
from tests.bot.questions.samples import text
from tests.cogs.faq import fields, on_one_store
from tests.cogs.questions.asking import QUESTION, Bank, typed
from tests.cogs.reading import inbox, labels, shown, told
from tests.cogs.reading import text as said


async def test_a_suggestion_is_approved_and_its_author_told(bank: Bank) -> None:
    card = await bank.suggest()
    assert card.ephemeral
    assert "People here decide on it, and I tell you" in said(card)
    assert await bank.all() == []
    waiting = await bank.card("pending")
    assert waiting.ephemeral
    assert "1 suggestion waits" in said(waiting)
    assert QUESTION in said(waiting)
    await bank.server.restart()
    await bank.mia.click(waiting.message, label="Approve")
    assert f"Approved. <@{bank.server.maya.id}> is told" in said(waiting)
    assert [each.text for each in await bank.all()] == [QUESTION]
    await bank.server.deliver()
    [letter] = inbox(bank.server.users["maya"])
    assert "Your question was taken" in said(letter)
    assert QUESTION in said(letter)
    await bank.mia.click(waiting.message, label="← Suggestions")
    assert "Nobody is waiting" in said(waiting)


async def test_facilitators_are_told_once_that_suggestions_wait(bank: Bank) -> None:
    server = bank.server
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, bank.guild_id, staff.id, by=1)
    await bank.suggested("One?")
    await bank.suggested("Two?")
    await server.deliver()
    (notice,) = staff.history()
    assert "2 suggested interview questions wait. `/questions pending` shows them." in said(notice)
    await bank.card("pending")
    await bank.suggested("Three?")
    await bank.server.app.services.faq.wait(bank.guild_id, server.maya.id, None, "Who?", None)
    await server.deliver()
    _, again, asked = staff.history()
    assert "3 suggested interview questions wait" in said(again)
    assert "1 question waits for an answer from one of you. `/faq pending`" in said(asked)
    assert inbox(server.users["olivia"]) == []


async def test_without_a_notice_channel_the_owner_is_told(bank: Bank) -> None:
    own = await bank.suggested()
    await bank.server.deliver()
    [notice] = inbox(bank.server.users["olivia"])
    assert "1 suggested interview question waits" in said(notice)
    await bank.questions.approve(bank.guild_id, own.id, bank.noah.id)
    await bank.suggested("Two?")
    await bank.card("pending")
    await bank.server.deliver()
    assert len(inbox(bank.server.users["olivia"])) == 1


async def test_a_suggestion_is_declined_with_a_reason(bank: Bank) -> None:
    await bank.suggested()
    waiting = await bank.card("pending")
    await bank.server.restart()
    form = await bank.mia.click(waiting.message, label="Decline")
    await bank.mia.submit_modal(form, {"reason": "We have **one**, @everyone."})
    assert "is told why" in said(waiting)
    assert [each.text for each in await bank.all(State.DECLINED)] == [QUESTION]
    await bank.server.deliver()
    [letter] = inbox(bank.server.users["maya"])
    assert "Your suggestion wasn't taken" in said(letter)
    assert r"We have \*\*one\*\*, \@everyone." in said(letter)
    assert not letter.mention_everyone


async def test_a_suggestion_is_edited_then_approved(bank: Bank) -> None:
    await bank.suggested()
    waiting = await bank.card("pending")
    form = await bank.mia.click(waiting.message, label="Edit")
    await bank.mia.submit_modal(form, fields(form) | {"question": "Better?"})
    assert "Saved." in said(waiting)
    assert labels(waiting) == ["Undo", "Approve", "← Suggestions"]
    assert await bank.all() == []
    await bank.server.restart()
    await bank.mia.click(waiting.message, label="Approve")
    assert [each.text for each in await bank.all()] == ["Better?"]


async def test_who_decides_second_is_told(bank: Bank) -> None:
    own = await bank.suggested()
    waiting = await bank.card("pending")
    form = await bank.mia.click(waiting.message, label="Decline")
    await bank.questions.approve(bank.guild_id, own.id, bank.noah.id)
    for label in ("Approve", "Decline"):
        result = await bank.mia.click(waiting.message, label=label)
        answer = told(result) if result.followups else shown(result)
        assert "Somebody has decided on that already" in said(answer)
    refused = await bank.mia.submit_modal(form, {"reason": "We have that one."})
    assert any("Here is what you typed" in said(each) for each in refused.followups)
    late = told(refused)
    assert "Somebody has decided on that already" in said(late)
    assert len(await bank.all()) == 1


async def test_one_like_it_is_shown_to_who_suggests_and_who_decides(bank: Bank) -> None:
    await bank.given("Why do zebras appeal so much to you?")
    card = await bank.suggest("Why do zebras appeal so much to you then?")
    assert "Is it one of these?" in said(card)
    await bank.server.restart()
    form = await bank.server.maya.click(card.message, label="Change what I typed")
    await bank.server.maya.submit_modal(form, fields(form))
    await bank.server.maya.click(card.message, label="Suggest anyway")
    assert "Thank you!" in said(card)
    assert "-# Like “Why do zebras" in said(await bank.card("pending"))


async def test_a_member_has_few_open_suggestions(bank: Bank) -> None:
    for number in range(MAX_OPEN_OF_ONE):
        await bank.suggested(f"{number} {QUESTION * number}")
    card = await bank.suggest("Something else entirely, isn't it?")
    assert "5 of your suggestions are waiting" in said(card)
    assert "Something else entirely" in said(card)
    assert len(await bank.questions.suggestions(bank.guild_id)) == 5


async def test_many_suggestions_are_turned_through(bank: Bank) -> None:
    for member in range(2):
        for number in range(MAX_OPEN_OF_ONE):
            written = text(f"{'abcdefghij'[member * 5 + number] * 9}?", *("x" * 150 for _ in "a"))
            await bank.questions.suggest(bank.guild_id, written, member)
    waiting = await bank.card("pending")
    assert "10 suggestions wait · page 1 of 2" in said(waiting)
    await bank.mia.click(waiting.message, label="Newer →")
    assert "jjjjjjjjj" in said(waiting)
    await bank.mia.click(waiting.message, label="← Older")
    assert "aaaaaaaaa" in said(waiting)


async def test_who_takes_no_direct_messages_is_told_after_the_next_command(bank: Bank) -> None:
    own = await bank.suggested()
    path = f"/channels/{bank.server.users['maya'].dm_channel.id}/messages"
    bank.server.env.inject_error("POST", path, status=403, code=50007, times=None)
    await bank.questions.decline(bank.guild_id, own.id, "We have one.", bank.noah.id)
    await bank.server.deliver()
    await bank.server.advance(timedelta(minutes=1))
    assert inbox(bank.server.users["olivia"]) == []
    assert bank.server.channel.history() == []
    maya, jonas, channel = bank.server.maya, bank.server.jonas, bank.server.channel
    assert (await jonas.slash(channel, "faq list")).followups == []
    [news] = (await maya.slash(channel, "faq list")).followups
    assert news.ephemeral
    assert "We have one." in said(news)
    assert (await maya.slash(channel, "faq list")).followups == []


@on_one_store
async def test_what_was_forgotten_meanwhile_is_not_told(bank: Bank) -> None:
    own = await bank.suggested()
    await bank.questions.decline(bank.guild_id, own.id, "No.", bank.noah.id)
    bank.server.clock.time += DECLINED_KEPT_FOR + timedelta(days=1)
    await bank.questions.forget_old()
    bank.server.clock.time -= DECLINED_KEPT_FOR + timedelta(days=1)
    await bank.server.deliver()
    assert inbox(bank.server.users["maya"]) == []
    assert await bank.questions.decided_for(bank.server.maya.id, own.id) is None


@on_one_store
async def test_only_facilitators_decide(bank: Bank) -> None:
    own = await bank.suggested()
    waiting = await bank.card("pending")
    form = await bank.mia.click(waiting.message, label="Decline")
    await bank.server.app.services.preferences.reset(FACILITATOR_ROLE, bank.guild_id)
    assert "Only facilitators" in said(told(await bank.mia.click(waiting.message, label="Approve")))
    late = told(await bank.mia.submit_modal(form, {"reason": "No."}))
    assert "Only facilitators" in said(late)
    assert await bank.questions.suggestions(bank.guild_id) == (own,)


@on_one_store
async def test_a_career_that_is_gone_meanwhile_is_said(bank: Bank) -> None:
    maya = bank.server.maya
    form = await bank.run("suggest", maya, role="trust-safety-analyst")
    registry = bank.server.app.services.careers.registry
    registry._slugs_by_key.clear()  # pyright: ignore[reportPrivateUsage]
    card = shown(await maya.submit_modal(form, typed()))
    assert "That career isn't here any more" in said(card)
    assert QUESTION in said(card)
