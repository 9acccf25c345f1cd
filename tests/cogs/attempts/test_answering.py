"""Answering the question of the day, as members do, on both stores."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import discord
import pytest
from pydantic import SecretStr
from simcord import InteractionResult, MemberActor, ResponseMessage

from bot.attempts.model import marks_of
from bot.config import Settings
from bot.feedback.giving import Feedbacks
from tests.cogs.reading import SELECT, custom_ids, labels, parts_of, shown, text
from tests.server import Server, running

HOUR = timedelta(hours=1)
GOOD = (
    "I would first find out what happened and who is affected, then stop the harm, tell the people "
    "concerned, and write down what we change so that it doesn't happen again."
)


@pytest.fixture
async def server(migrated_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    """The real bot in a server in which a question has just been posted."""
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(migrated_url))
    async with running(settings) as started:
        await started.olivia.slash(started.channel, "daily setup", time="13:00", zone="UTC")
        await started.advance(HOUR)
        yield started


def post(server: Server) -> discord.Message:
    """The newest question in the channel."""
    messages = server.channel.history()
    return next(each for each in reversed(messages) if "Question of the day" in text(each))


def post_id(server: Server) -> int:
    return next(
        int(each.rpartition(":")[2])
        for each in custom_ids(post(server))
        if each.startswith("try:v1:answer:")
    )


async def marks(server: Server) -> list[str]:
    """The marks of the question's key points, in their order."""
    posting = await server.app.services.daily.poster.get(server.guild.id, post_id(server))
    return marks_of(point.point for point in posting.known.question.key_points)


def options_of(card: ResponseMessage, custom_id: str) -> set[bool]:
    """Whether options of a menu are picked already."""
    [menu] = [each for each in parts_of(card, SELECT) if each["custom_id"].startswith(custom_id)]
    return {bool(option.get("default")) for option in menu["options"]}


async def answer(server: Server, member: MemberActor, written: str = GOOD) -> InteractionResult:
    form = await member.click(post(server), label="Answer")
    return await member.submit_modal(form, {"answer": written})


async def test_an_answer_is_kept_and_only_its_author_sees_the_feedback(server: Server) -> None:
    card = shown(await answer(server, server.maya))
    assert card.ephemeral
    assert "Your answer is kept" in text(card)
    assert options_of(card, "try:v1:tick") == {False}
    assert GOOD not in "".join(map(text, server.channel.history()))
    streak = (await server.app.services.streaks.of(server.guild.id, server.maya.id)).streak
    assert (streak.current, streak.today_done) == (1, True)


async def changed_to(server: Server, member: MemberActor, written: str) -> ResponseMessage:
    """Open one's own card from the question, and change the answer."""
    card = shown(await member.click(post(server), label="Answer"))
    form = await member.click(card.message, label="Change it")
    return shown(await member.submit_modal(form, {"answer": written}))


async def test_a_short_answer_is_kept_and_said_not_to_count_yet(server: Server) -> None:
    card = shown(await answer(server, server.maya, "I would say sorry."))
    assert "answers count from 10 words on" in text(card)
    assert "Change it to say more" in text(card)
    assert (await server.app.services.streaks.of(server.guild.id, server.maya.id)).streak.days == ()
    form = await server.maya.click(card.message, label="Change it")
    changed = shown(await server.maya.submit_modal(form, {"answer": GOOD}))
    assert "10 words" not in text(changed)
    await server.advance(9 * HOUR)
    late = shown(await answer(server, server.jonas, "I would say sorry."))
    assert "Take it back and say more" in text(late)


async def test_an_answer_can_be_changed_until_the_reveal(server: Server) -> None:
    await answer(server, server.maya)
    await server.restart()
    changed = await changed_to(server, server.maya, f"{GOOD} And I would ask a colleague.")
    assert "Your answer is changed" in text(changed)
    kept = await server.app.services.attempts.mine(post_id(server), server.maya.id)
    assert kept is not None
    assert kept.text.endswith("And I would ask a colleague.")


async def test_a_change_after_the_reveal_is_refused_and_handed_back(server: Server) -> None:
    await answer(server, server.maya)
    number = post_id(server)
    card = shown(await server.maya.click(post(server), label="Answer"))
    form = await server.maya.click(card.message, label="Change it")
    await server.advance(9 * HOUR)
    late = await server.maya.submit_modal(form, {"answer": "Too late."})
    said = [*map(text, late.followups), *([text(late.response)] if late.response else [])]
    assert any("Your answer wasn't kept" in each for each in said)
    assert any("The key points are out" in each for each in said)
    kept = await server.app.services.attempts.mine(number, server.maya.id)
    assert kept is not None
    assert kept.text == GOOD


async def test_a_first_answer_after_the_reveal_is_kept_as_late(server: Server) -> None:
    form = await server.maya.click(post(server), label="Answer")
    await server.advance(9 * HOUR)
    late = shown(await server.maya.submit_modal(form, {"answer": GOOD}))
    assert "Kept, after the reveal" in text(late)
    assert "Change it" not in labels(late)


async def test_after_the_reveal_ones_answer_is_there_to_be_read(server: Server) -> None:
    await answer(server, server.maya)
    await server.advance(9 * HOUR)
    card = shown(await server.maya.click(post(server), label="Answer"))
    assert card.ephemeral
    assert labels(card) == ["My text", "Take it back", "Read others' answers"]
    mine = shown(await server.maya.click(card.message, label="My text"))
    assert GOOD in text(mine)
    assert "Only you see it." in text(mine)


async def test_an_answer_sent_twice_is_one(server: Server) -> None:
    forms = [await server.maya.click(post(server), label="Answer") for _time in range(2)]
    for form in forms:
        await server.maya.submit_modal(form, {"answer": GOOD})
    assert await server.app.services.attempts.count(post_id(server)) == 1


async def test_key_points_are_ticked(server: Server) -> None:
    card = shown(await answer(server, server.maya))
    await server.restart()
    first, _second, third, *_others = await marks(server)
    ticks = f"try:v1:tick:{post_id(server)}"
    await server.maya.select(card.message, [first, third], custom_id=ticks)
    kept = await server.app.services.attempts.mine(post_id(server), server.maya.id)
    assert kept is not None
    assert kept.ticked == {first, third}
    assert text(card).count("you ticked it") == 2
    changed = await changed_to(server, server.maya, f"{GOOD} And more.")
    assert text(changed).count("you ticked it") == 2
    await server.advance(9 * HOUR)
    assert text(post(server)).count("1 of 1 say they covered it") == 2


async def test_that_no_key_point_is_covered_can_be_said(server: Server) -> None:
    card = shown(await answer(server, server.maya))
    await server.maya.select(card.message, [], custom_id=f"try:v1:tick:{post_id(server)}")
    kept = await server.app.services.attempts.mine(post_id(server), server.maya.id)
    assert kept is not None
    assert kept.ticked == frozenset()


async def test_an_answer_is_kept_though_discord_does_not_take_the_acknowledgement(
    server: Server,
) -> None:
    server.errors_expected = True
    form = await server.maya.click(post(server), label="Answer")
    path = "/interactions/*/*/callback"
    server.env.inject_error("POST", path, status=404, code=10062, times=None)
    await server.maya.submit_modal(form, {"answer": GOOD})
    kept = await server.app.services.attempts.mine(post_id(server), server.maya.id)
    assert kept is not None
    assert kept.text == GOOD


async def test_an_answer_that_comes_while_the_bot_stops_is_kept(server: Server) -> None:
    form = await server.maya.click(post(server), label="Answer")
    server.client.in_flight.stopping = True
    await server.maya.submit_modal(form, {"answer": GOOD})
    refused = shown(await server.jonas.click(post(server), label="Answer"))
    assert "restarting" in text(refused)
    server.client.in_flight.stopping = False
    assert await server.app.services.attempts.count(post_id(server)) == 1


async def test_what_was_typed_comes_back_whatever_goes_wrong(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object) -> None:
        raise RuntimeError("the disk is gone")

    server.errors_expected = True
    monkeypatch.setattr(server.app.services.attempts, "send", broken)
    refused = await answer(server, server.maya)
    said = "".join(map(text, refused.followups)) + (
        text(refused.response) if refused.response else ""
    )
    assert "Your answer wasn't kept" in said
    assert "disk" not in said


async def test_an_answer_that_was_kept_is_not_said_to_be_lost(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("no feedback today")

    server.errors_expected = True
    monkeypatch.setattr(Feedbacks, "on", broken)
    refused = await answer(server, server.maya)
    said = "".join(map(text, refused.followups)) + (
        text(refused.response) if refused.response else ""
    )
    assert "wasn't kept" not in said
    assert await server.app.services.attempts.count(post_id(server)) == 1


async def test_shared_answers_are_read_and_voted_on_by_others(server: Server) -> None:
    mine = shown(await answer(server, server.maya))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(mine.message, ["shared"], custom_id=share)
    theirs = shown(await answer(server, server.jonas, "I would ask first. " + GOOD))
    read = shown(await server.jonas.click(theirs.message, label="Read others' answers"))
    assert f"Answer by <@{server.maya.id}>" in text(read)
    assert GOOD in text(read)
    await server.jonas.click(read.message, label="Helpful")
    assert "1 found it helpful" in text(read)
    assert "Take my vote back" in labels(read)
    await server.jonas.click(read.message, label="Take my vote back")
    assert "0 found it helpful" in text(read)


async def shared(server: Server, member: MemberActor, written: str) -> ResponseMessage:
    card = shown(await answer(server, member, written))
    share = f"try:v1:share:{post_id(server)}"
    await member.select(card.message, ["shared"], custom_id=share)
    return card


async def test_after_a_vote_the_same_answer_is_shown_and_others_stay_in_their_order(
    server: Server,
) -> None:
    long = "I would ask first. " + "And then again. " * 200
    await shared(server, server.maya, f"The first. {GOOD}")
    await shared(server, server.jonas, long)
    await answer(server, server.olivia)
    own = shown(await server.olivia.click(post(server), label="Answer"))
    read = shown(await server.olivia.click(own.message, label="Read others' answers"))
    assert "The first." in text(read)
    assert "1 of 2" in text(read)
    await server.olivia.click(read.message, label="More →")
    assert "2 of 2" in text(read)
    await server.olivia.click(read.message, label="Helpful")
    assert "I would ask first." in text(read)
    assert "2 of 2" in text(read)
    await server.olivia.click(read.message, label="Read on")
    assert "page 2 of" in text(read)
    await server.olivia.click(read.message, label="← Back")
    assert "The first." in text(read)
    assert "0 found it helpful" in text(read)


async def test_a_facilitator_hides_a_shared_answer(server: Server) -> None:
    await shared(server, server.maya, f"Something rude. {GOOD}")
    await server.advance(9 * HOUR)
    assert "Something rude" in text(post(server))
    theirs = shown(await server.jonas.click(post(server), label="Read others' answers"))
    assert "Hide it" not in labels(theirs)
    card = shown(await server.olivia.click(post(server), label="Read others' answers"))
    await server.olivia.click(card.message, label="Hide it")
    assert "Hidden by a facilitator" in text(card)
    await server.deliver()
    assert "Something rude" not in text(post(server))
    gone = shown(await server.jonas.click(post(server), label="Read others' answers"))
    assert "Nobody has shared an answer yet" in text(gone)
    mine = shown(await server.maya.click(post(server), label="Answer"))
    assert "A facilitator has hidden it" in text(mine)
    await server.advance(timedelta(seconds=1))
    await server.olivia.click(card.message, label="Show it again")
    await server.deliver()
    assert "Something rude" in text(post(server))


async def test_who_may_see_an_answer_holds_on_the_post_too(server: Server) -> None:
    await shared(server, server.maya, f"Mine alone. {GOOD}")
    await server.advance(9 * HOUR)
    assert f"<@{server.maya.id}>" in text(post(server))
    card = shown(await server.maya.click(post(server), label="Answer"))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(card.message, ["anonymous"], custom_id=share)
    await server.deliver()
    assert f"<@{server.maya.id}>" not in text(post(server))
    await server.advance(timedelta(seconds=1))
    await server.maya.select(card.message, ["private"], custom_id=share)
    await server.deliver()
    assert "Mine alone." not in text(post(server))


async def test_a_member_who_left_is_still_answered_for(server: Server) -> None:
    await shared(server, server.maya, f"I was here. {GOOD}")
    server.guild.remove_member(server.users["maya"])
    await server.advance(9 * HOUR)
    assert "I was here." in text(post(server))
    read = shown(await server.jonas.click(post(server), label="Read others' answers"))
    assert "I was here." in text(read)


async def test_who_shared_without_a_name_is_not_named(server: Server) -> None:
    mine = shown(await answer(server, server.maya))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(mine.message, ["anonymous"], custom_id=share)
    theirs = shown(await answer(server, server.jonas, "I would ask first. " + GOOD))
    read = shown(await server.jonas.click(theirs.message, label="Read others' answers"))
    assert "Answer by somebody here" in text(read)
    assert str(server.maya.id) not in text(read)


async def test_nobody_votes_for_themselves(server: Server) -> None:
    mine = shown(await answer(server, server.maya))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(mine.message, ["shared"], custom_id=share)
    read = shown(await server.maya.click(mine.message, label="Read others' answers"))
    assert GOOD in text(read)
    assert "Helpful" not in labels(read)


async def test_an_answer_is_taken_back_and_put_back_after_a_restart(server: Server) -> None:
    long = GOOD + " And so on." * 300
    mine = shown(await answer(server, server.maya, long))
    await server.maya.click(mine.message, label="Take it back")
    assert "Taken back" in text(mine)
    assert await server.app.services.attempts.count(post_id(server)) == 0
    streak = (await server.app.services.streaks.of(server.guild.id, server.maya.id)).streak
    assert streak.today_done
    await server.restart()
    await server.maya.click(mine.message, label="Undo")
    assert "Put back" in text(mine)
    kept = await server.app.services.attempts.mine(post_id(server), server.maya.id)
    assert kept is not None
    assert kept.text == long


async def test_the_reveal_shows_how_many_answered_and_the_best_shared_answer(
    server: Server,
) -> None:
    mine = shown(await answer(server, server.maya))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(mine.message, ["shared"], custom_id=share)
    await answer(server, server.jonas, "Something private. " + GOOD)
    await server.advance(9 * HOUR)
    revealed = text(post(server))
    assert "A strong answer covers" in revealed
    assert "2 answered" in revealed
    assert "Something private" not in revealed
    read = shown(await server.olivia.click(post(server), label="Read others' answers"))
    assert GOOD in text(read)


async def test_what_is_typed_pings_nobody_and_breaks_nothing(server: Server) -> None:
    hostile = "@everyone <@1> **bold** ```code " + "x" * 3900
    mine = shown(await answer(server, server.maya, hostile))
    share = f"try:v1:share:{post_id(server)}"
    await server.maya.select(mine.message, ["shared"], custom_id=share)
    await server.advance(9 * HOUR)
    stored = server.env.backend.get_message(server.channel.id, post(server).id)
    assert not stored.mention_everyone
    assert not stored.ping_user_ids
