from datetime import UTC, datetime, timedelta

import discord
import pytest
from simcord import ResponseMessage

from bot.reminders.model import ReminderGone
from tests.cogs.reading import inbox, labels, options, shown, text, told
from tests.server import START, Server


async def remind(
    server: Server, when: str, what: str = "apply at Acme", **where: str
) -> ResponseMessage:
    """Let Maya ask for a reminder."""
    return shown(
        await server.maya.slash(server.channel, "remind me", when=when, what=what, **where)
    )


def stamp(instant: datetime) -> str:
    return f"<t:{int(instant.timestamp())}:F>"


async def test_what_was_understood_is_said_back_privately(server: Server) -> None:
    card = await remind(server, "in 20 minutes")
    due = int((START + timedelta(minutes=20)).timestamp())
    assert card.ephemeral
    assert f"<t:{due}:F> (<t:{due}:R>)" in text(card)
    assert "> apply at Acme" in text(card)
    assert labels(card) == ["Edit", "Undo"]


async def test_a_rule_shows_its_next_three_instants(server: Server) -> None:
    card = await remind(server, "every weekday at 9 Berlin")
    for day in (25, 26, 27):
        assert stamp(datetime(2026, 11, day, 8, tzinfo=UTC)) in text(card)
    assert "Repeats" in text(card)


async def test_it_arrives_is_snoozed_after_a_restart_and_done(server: Server) -> None:
    maya = server.users["maya"]
    await remind(server, "in 20 minutes")
    await server.advance(timedelta(minutes=19))
    assert inbox(maya) == []
    await server.advance(timedelta(minutes=1))
    (first,) = inbox(maya)
    assert "> apply at Acme" in text(first)
    await server.restart()
    await maya.select(first, ["in 1 hour"], custom_id="remind:v1:snooze:1")
    await server.advance(timedelta(minutes=59))
    assert len(inbox(maya)) == 1
    await server.advance(timedelta(minutes=1))
    _, second = inbox(maya)
    await server.restart()
    await maya.click(second, label="Done")
    await server.advance(timedelta(days=30))
    assert len(inbox(maya)) == 2
    assert labels(inbox(maya)[1]) == []


async def test_a_snooze_is_off_when_it_is_done_and_a_repeat_goes_on(server: Server) -> None:
    maya = server.users["maya"]
    await remind(server, "every day at 14:00 UTC")
    await server.advance(timedelta(hours=2))
    (first,) = inbox(maya)
    await maya.select(first, ["in 3 hours"], custom_id="remind:v1:snooze:1")
    assert "Snoozed until" in text(inbox(maya)[0])
    await maya.click(inbox(maya)[0], label="Done")
    await server.advance(timedelta(hours=4))
    assert len(inbox(maya)) == 1
    await server.advance(timedelta(hours=20))
    assert len(inbox(maya)) == 2


async def test_it_can_be_snoozed_until_a_time_in_words(server: Server) -> None:
    maya = server.users["maya"]
    await remind(server, "in 20 minutes")
    await server.advance(timedelta(minutes=20))
    (first,) = inbox(maya)
    form = await maya.select(first, ["other"], custom_id="remind:v1:snooze:1")
    await server.restart()
    await maya.submit_modal(form, {"when": "in 3 days"})
    await server.advance(timedelta(days=3) - timedelta(seconds=1))
    assert len(inbox(maya)) == 1
    await server.advance(timedelta(seconds=1))
    assert len(inbox(maya)) == 2


async def test_undo_takes_it_back_and_can_be_taken_back(server: Server) -> None:
    maya = server.users["maya"]
    card = await remind(server, "in 20 minutes")
    await server.maya.click(card.message, label="Undo")
    assert "Deleted" in text(card)
    await server.advance(timedelta(minutes=21))
    assert inbox(maya) == []
    await server.maya.click(card.message, label="Bring it back")
    await server.deliver()
    assert len(inbox(maya)) == 1


async def test_in_a_channel_it_pings_its_member_alone(server: Server) -> None:
    await remind(server, "in 20 minutes", "@everyone <@&1> apply", where="here")
    await server.advance(timedelta(minutes=20))
    posted = server.channel.last_message
    assert posted is not None
    assert [each.id for each in posted.mentions] == [server.maya.id]
    assert not posted.mention_everyone
    assert posted.role_mentions == []


async def test_an_unset_zone_is_asked_for_and_nothing_is_typed_twice(server: Server) -> None:
    card = await remind(server, "tomorrow 7pm")
    assert "When is that?" in text(card)
    form = await server.maya.click(card.message, label="Set my time zone")
    await server.maya.submit_modal(form, {"city": "Kolkata"})
    assert stamp(datetime(2026, 11, 25, 13, 30, tzinfo=UTC)) in text(card)
    again = await remind(server, "tomorrow 8pm")
    assert stamp(datetime(2026, 11, 25, 14, 30, tzinfo=UTC)) in text(again)


async def test_an_unknown_city_is_asked_again_and_the_draft_stays(server: Server) -> None:
    card = await remind(server, "tomorrow 7pm")
    form = await server.maya.click(card.message, label="Set my time zone")
    refusal = told(await server.maya.submit_modal(form, {"city": "Xyzzyville"}))
    assert "Xyzzyville" in text(refusal)
    form = await server.maya.click(card.message, label="Set my time zone")
    await server.maya.submit_modal(form, {"city": "Berlin"})
    assert stamp(datetime(2026, 11, 25, 18, tzinfo=UTC)) in text(card)


async def test_an_ambiguous_time_is_asked_back_with_buttons(server: Server) -> None:
    card = await remind(server, "tomorrow 7pm EST")
    chosen = labels(card)[0]
    assert "Type it again" in labels(card)
    await server.restart()
    await server.maya.click(card.message, label=chosen)
    assert labels(card) == ["Edit", "Undo"]


async def test_what_was_not_understood_can_be_typed_again(server: Server) -> None:
    card = await remind(server, "when the cows come home")
    assert "when the cows come home" in text(card)
    form = await server.maya.click(card.message, label="Type it again")
    await server.maya.submit_modal(form, {"when": "in 2 hours", "what": "milk them"})
    assert stamp(START + timedelta(hours=2)) in text(card)
    assert "> milk them" in text(card)


async def test_a_blank_text_is_refused(server: Server) -> None:
    refused = await server.maya.slash(server.channel, "remind me", when="in 1 day", what="  ")
    assert "What should I remind you of?" in text(shown(refused))


async def test_the_list_edits_pauses_and_deletes(server: Server) -> None:
    await remind(server, "in 3 hours", "third")
    await remind(server, "in 2 hours", "second")
    listed = shown(await server.maya.slash(server.channel, "remind list"))
    assert listed.ephemeral
    assert options(listed) == ["1. second", "2. third"]
    await server.maya.select(listed.message, ["2"], custom_id="remind:v1:open")
    await server.maya.click(listed.message, label="Pause")
    assert "Paused" in text(listed)
    await server.advance(timedelta(hours=2, minutes=30))
    assert inbox(server.users["maya"]) == []
    form = await server.maya.click(listed.message, label="Edit")
    await server.maya.submit_modal(form, {"when": "in 1 hour", "what": "edited"})
    assert "> edited" in text(listed)
    await server.advance(timedelta(hours=1))
    assert ["> third" in text(each) for each in inbox(server.users["maya"])] == [True, False]
    left = shown(await server.maya.slash(server.channel, "remind list"))
    assert "You have none" in text(left)


async def test_another_members_press_changes_nothing(server: Server) -> None:
    await remind(server, "in 20 minutes", where="here")
    await server.advance(timedelta(minutes=20))
    posted = server.channel.last_message
    assert posted is not None
    refused = told(await server.jonas.click(posted, label="Done"))
    assert refused.ephemeral
    assert "somebody else's" in text(refused)
    refused = told(await server.jonas.select(posted, ["in 1 hour"], custom_id="remind:v1:snooze:1"))
    assert "somebody else's" in text(refused)


async def test_there_is_a_most_of_reminders(server: Server) -> None:
    for hour in range(25):
        await remind(server, f"in {hour + 1} hours")
    refused = await server.maya.slash(server.channel, "remind me", when="in 1 day", what="more")
    said = [shown(refused), *refused.followups]
    assert any("25" in text(each) for each in said)


async def test_closed_direct_messages_fall_back_to_a_hint_in_the_channel(server: Server) -> None:
    await remind(server, "in 20 minutes", "call the clinic")
    server.env.inject_error("POST", _dm_path(server), status=403, code=50007, times=None)
    await server.advance(timedelta(minutes=20))
    hint = server.channel.last_message
    assert hint is not None
    assert "clinic" not in text(hint)
    opened = shown(await server.maya.click(hint, label="Show it to me"))
    assert opened.ephemeral
    assert "> call the clinic" in text(opened)
    refused = shown(await server.jonas.click(hint, label="Show it to me"))
    assert "clinic" not in text(refused)


async def test_a_reminder_in_a_deleted_channel_comes_by_direct_message(server: Server) -> None:
    await remind(server, "in 20 minutes", where="here")
    server.env.inject_error(
        "POST", f"/channels/{server.channel.id}/messages", status=404, code=10003, times=None
    )
    await server.advance(timedelta(minutes=20))
    (message,) = inbox(server.users["maya"])
    assert "> apply at Acme" in text(message)
    assert f"couldn't post it in <#{server.channel.id}>" in text(message)


async def test_after_a_downtime_it_comes_late_and_says_so(server: Server) -> None:
    await remind(server, "in 20 minutes")
    await server.advance(timedelta(hours=5))
    (message,) = inbox(server.users["maya"])
    assert f"This was due {stamp(START + timedelta(minutes=20))}" in text(message)


async def test_it_repeats_until_it_is_deleted(server: Server) -> None:
    maya = server.users["maya"]
    card = await remind(server, "every day at 14:00 UTC")
    for _ in range(3):
        await server.advance(timedelta(days=1))
    assert len(inbox(maya)) == 3
    await server.maya.click(card.message, label="Undo")
    await server.advance(timedelta(days=2))
    assert len(inbox(maya)) == 3


def _dm_path(server: Server) -> str:
    return f"/channels/{server.users['maya'].dm_channel.id}/messages"


async def test_snoozing_twice_reminds_once(server: Server) -> None:
    maya = server.users["maya"]
    await remind(server, "in 20 minutes")
    await server.advance(timedelta(minutes=20))
    for when in ("in 1 hour", "in 3 hours"):
        await server.app.services.reminders.snooze(1, maya.id, when)
    await server.advance(timedelta(hours=4))
    assert len(inbox(maya)) == 2


async def test_a_paused_repeat_can_still_be_snoozed(server: Server) -> None:
    maya = server.users["maya"]
    card = await remind(server, "every day at 14:00 UTC")
    await server.advance(timedelta(hours=2))
    (first,) = inbox(maya)
    await server.app.services.reminders.pause(1, server.maya.id)
    await maya.select(first, ["in 1 hour"], custom_id="remind:v1:snooze:1")
    await server.advance(timedelta(days=3))
    assert len(inbox(maya)) == 2
    assert card.ephemeral


async def test_a_choice_pressed_twice_makes_one_reminder(server: Server) -> None:
    card = await remind(server, "tomorrow 7pm EST")
    chosen = labels(card)[0]
    before = await server.maya.slash(server.channel, "remind list")
    again = await server.app.services.reminders.draft(1, server.maya.id)
    await server.maya.click(card.message, label=chosen)
    with pytest.raises(ReminderGone):
        await server.app.services.reminders.answer(again, again.choices[0])
    listed = shown(await server.maya.slash(server.channel, "remind list"))
    assert (options(shown(before)), len(options(listed))) == ([], 1)


async def test_snoozing_one_that_is_over_counts_against_the_limit(server: Server) -> None:
    maya = server.users["maya"]
    await remind(server, "in 1 minute", "first")
    await server.advance(timedelta(minutes=1))
    for hour in range(25):
        await remind(server, f"in {hour + 1} hours")
    refused = told(await maya.select(inbox(maya)[0], ["in 1 hour"], custom_id="remind:v1:snooze:1"))
    assert "25" in text(refused)


async def test_an_edit_can_not_be_undone_into_nothing(server: Server) -> None:
    card = await remind(server, "in 20 minutes")
    form = await server.maya.click(card.message, label="Edit")
    await server.maya.submit_modal(form, {"when": "in 2 hours", "what": "edited"})
    assert labels(card) == ["Edit", "Pause", "Delete"]
    assert stamp(START + timedelta(hours=2)) in text(card)


async def test_one_that_is_over_is_planned_anew_by_its_own_words(server: Server) -> None:
    maya = server.users["maya"]
    card = await remind(server, "in 20 minutes")
    await server.advance(timedelta(minutes=20))
    form = await server.maya.click(card.message, label="Edit")
    await server.maya.submit_modal(form, {"when": "in 20 minutes", "what": "again"})
    await server.advance(timedelta(minutes=20))
    assert len(inbox(maya)) == 2


async def test_one_that_is_over_stays_over_when_it_is_brought_back(server: Server) -> None:
    card = await remind(server, "in 20 minutes")
    await server.advance(timedelta(minutes=20))
    await server.maya.click(card.message, label="Undo")
    await server.maya.click(card.message, label="Bring it back")
    assert "Nothing is planned" in text(card)
    listed = shown(await server.maya.slash(server.channel, "remind list"))
    assert "You have none" in text(listed)


async def test_a_rule_that_has_ended_is_no_longer_kept(server: Server) -> None:
    await remind(server, "every day at 14:00 UTC until 25 november")
    await server.advance(timedelta(days=1, hours=2))
    listed = shown(await server.maya.slash(server.channel, "remind list"))
    assert "You have none" in text(listed)


async def test_who_left_the_server_posts_nothing_in_it(server: Server) -> None:
    await remind(server, "every day at 14:00 UTC", where="here")
    server.guild.remove_member(server.maya)
    await server.advance(timedelta(hours=2))
    assert server.channel.last_message is None


async def test_a_repeat_is_hinted_at_nowhere(server: Server) -> None:
    await remind(server, "every day at 14:00 UTC")
    server.env.inject_error("POST", _dm_path(server), status=403, code=50007, times=None)
    await server.advance(timedelta(hours=2))
    assert server.channel.last_message is None


async def test_what_was_deleted_is_forgotten_after_a_day(server: Server) -> None:
    card = await remind(server, "in 3 days")
    await server.maya.click(card.message, label="Undo")
    server.clock.time += timedelta(days=1, minutes=1)
    await server.app.services.reminders.forget_old()
    refused = told(await server.maya.click(card.message, label="Bring it back"))
    assert "That reminder is gone" in text(refused)


async def test_where_a_member_may_not_write_nothing_can_be_posted_for_them(server: Server) -> None:
    announcements = server.guild.create_text_channel(
        "announcements",
        overwrites={server.maya: discord.PermissionOverwrite(send_messages=False)},
    )
    given = {"when": "in 20 minutes", "what": "look at me"}
    refused = shown(await server.maya.slash(announcements, "remind me", where="here", **given))
    assert "can't post here" in text(refused)
    await server.maya.slash(announcements, "remind me", **given)
    server.env.inject_error("POST", _dm_path(server), status=403, code=50007, times=None)
    await server.advance(timedelta(minutes=20))
    assert announcements.last_message is None
