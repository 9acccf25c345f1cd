import json

import pytest
from simcord import ResponseMessage

from bot.careers.sections import Section, title
from bot.careers.slugs import key_of
from cogs.careers.places import CardPlace
from tests.cogs.reading import custom_ids, labels, shown, text, walk
from tests.server import Server

SLUG = "ai-trust-safety-policy-specialist"
TITLE = "AI Trust & Safety Policy Specialist"


def change_custom_id(server: Server, card: ResponseMessage, old: str, new: str) -> None:
    """Make a button of the card one that an earlier version of the bot, or its pack, had sent."""
    stored = server.env.backend.get_message(card.channel_id, card.id)
    (button,) = [part for part in walk(stored.components) if part.get("custom_id") == old]
    button["custom_id"] = new


async def opened_card(server: Server, **options: object) -> ResponseMessage:
    return shown(await server.maya.slash(server.channel, "role info", role=SLUG, **options))


async def test_a_card_opens_privately_with_its_overview(server: Server) -> None:
    card = await opened_card(server)
    assert card.ephemeral
    assert f"## {TITLE}\nOverview" in text(card)
    assert "9.0 out of 10" in text(card)


async def test_a_card_is_for_everyone_when_shared(server: Server) -> None:
    card = await opened_card(server, share=True)
    assert not card.ephemeral


@pytest.mark.parametrize("name", [TITLE, "ai trust & safety policy specialist", SLUG])
async def test_a_role_opens_by_any_of_its_names(server: Server, name: str) -> None:
    result = await server.maya.slash(server.channel, "role info", role=name)
    assert TITLE in text(shown(result))


async def test_every_section_opens_in_place_and_its_button_is_marked(server: Server) -> None:
    card = await opened_card(server)
    for section in [*Section][1:]:
        result = await server.maya.click(card.message, label=title(section))
        assert result.response is not None
        assert result.response.id == card.id
        assert f"## {TITLE}\n{title(section)}" in text(result.response)
        assert labels(card)[-8:] == [title(each) for each in Section]


async def test_pages_turn_forth_and_back(server: Server) -> None:
    card = await opened_card(server)
    await server.maya.click(card.message, label="Roadmap")
    first = text(card)
    assert "page 1 of" in first
    await server.maya.click(card.message, label="More →")
    assert "page 2 of" in text(card)
    await server.maya.click(card.message, label="← Back")
    assert text(card) == first


async def test_someone_else_pressing_a_shared_card_gets_a_private_one(server: Server) -> None:
    card = await opened_card(server, share=True)
    before = text(card)
    theirs = shown(await server.jonas.click(card.message, label="Skills"))
    assert theirs.ephemeral
    assert "Skills" in text(theirs)
    assert text(card) == before
    await server.jonas.click(theirs.message, label="Tools")
    assert "\nTools" in text(theirs)


async def test_buttons_of_a_card_work_after_a_restart(server: Server) -> None:
    card = await opened_card(server, share=True)
    await server.env.restart_bot(server.bot())
    await server.maya.click(card.message, label="Career & pay")
    assert "$65,000\N{EN DASH}$95,000 a year" in text(card)
    theirs = shown(await server.jonas.click(card.message, label="Questions"))
    assert theirs.ephemeral


async def test_the_command_works_in_direct_messages(server: Server) -> None:
    user = server.env.create_user("guest")
    result = await user.slash("role info", role=SLUG)
    assert TITLE in text(shown(result))


async def test_a_role_that_is_gone_is_said_kindly(server: Server) -> None:
    card = await opened_card(server)
    gone = CardPlace(key_of("gone"), server.maya.id, Section.SKILLS)
    skills = CardPlace(key_of(SLUG), server.maya.id, Section.SKILLS)
    change_custom_id(server, card, str(skills), str(gone))
    answer = shown(await server.maya.click(card.message, label="Skills"))
    assert answer.ephemeral
    assert "isn't here any more" in answer.content


async def test_an_unknown_role_offers_the_three_nearest_as_buttons(server: Server) -> None:
    card = shown(await server.maya.slash(server.channel, "role info", role="tust and safty polisy"))
    assert "I don't know “tust and safty polisy”" in text(card)
    assert len(labels(card)) == 3
    await server.maya.click(card.message, label=labels(card)[0])
    assert "\nOverview" in text(card)


async def test_what_a_member_typed_cannot_ping_or_format(server: Server) -> None:
    typed = "@everyone <@&1> **x** ||"
    card = shown(await server.maya.slash(server.channel, "role info", role=typed))
    assert "@everyone" not in text(card)
    assert "**x**" not in text(card)
    sent = [entry.json for entry in server.env.http_requests if "callback" in entry.path]
    assert '"allowed_mentions": {"parse": []}' in json.dumps(sent[-1])


async def test_autocomplete_finds_by_title_alias_and_typo(server: Server) -> None:
    for typed in ("AI Trust", "ai trsut safety polcy", "policy specialist"):
        choices = await server.maya.autocomplete(server.channel, "role info", "role", typed)
        assert {"name": TITLE, "value": SLUG} in [
            {"name": choice["name"], "value": choice["value"]} for choice in choices
        ]
        assert len(choices) <= 25


async def test_autocomplete_offers_all_roles_before_anything_is_typed(server: Server) -> None:
    choices = await server.maya.autocomplete(server.channel, "role info", "role", "")
    assert len(choices) == len(server.app.services.careers.registry)


async def test_a_page_beyond_the_last_shows_the_last(server: Server) -> None:
    card = await opened_card(server)
    await server.maya.click(card.message, label="Roadmap")
    place = CardPlace(key_of(SLUG), server.maya.id, Section.ROADMAP, 1, "n")
    change_custom_id(server, card, str(place), str(place.at(99, via="n")))
    await server.maya.click(card.message, label="More →")
    assert "Roadmap · page" in text(card)
    assert "More →" not in labels(card)


async def test_an_unknown_button_is_answered(server: Server) -> None:
    card = await opened_card(server)
    change_custom_id(server, card, custom_ids(card)[-1], "role:v0:old")
    answer = shown(await server.maya.click(card.message, custom_id="role:v0:old"))
    assert "older version" in answer.content
