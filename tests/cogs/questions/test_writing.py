"""`/questions add`, `edit`, `retire`, `history` and `list`."""

from simcord import ResponseMessage

from bot.guilds.settings import FACILITATOR_ROLE
from bot.questions.known import State
from bot.questions.model import Kind, Level
from tests.bot.questions.samples import ANALYST, text
from tests.cogs.faq import fields, on_one_store
from tests.cogs.questions.asking import QUESTION, Bank, typed
from tests.cogs.reading import SELECT, labels, options, parts_of, shown, told
from tests.cogs.reading import text as said


async def test_a_question_is_written_with_a_form_and_undone(bank: Bank) -> None:
    form = await bank.run("add", level="senior", kind="policy_writing", role=ANALYST, minutes=9)
    answer = typed(points="Stripes.\n\n- Camouflage", hint="Look.", mistakes="a\nb", follow_up="?")
    card = shown(await bank.mia.submit_modal(form, answer))
    assert card.ephemeral
    assert "Saved. It may be asked from now on." in said(card)
    assert "senior level · policy writing · 9 minutes · Trust & Safety Analyst" in said(card)
    [written] = await bank.all()
    assert (written.level, written.kind) == (Level.SENIOR, Kind.POLICY_WRITING)
    assert (written.minutes, written.role) == (9, ANALYST)
    assert written.key_points == ("Stripes.", "- Camouflage")
    assert written.mistakes == ("a", "b")
    await bank.server.restart()
    await bank.mia.click(card.message, label="Undo")
    assert "Retired" in said(card)
    assert await bank.all() == []
    await bank.mia.click(card.message, label="Undo")
    assert await bank.all() == [written]


async def test_what_is_wrong_is_said_and_nothing_typed_is_lost(bank: Bank) -> None:
    points = "\n".join(f"Point {n}" for n in range(8))
    card = await bank.write(points=points)
    assert "There are 8 in “key_points”; 7 fit" in said(card)
    assert await bank.all() == []
    await bank.server.restart()
    form = await bank.mia.click(card.message, label="Change what I typed")
    assert fields(form) == typed(points=points)
    await bank.mia.submit_modal(form, typed())
    assert "Saved" in said(card)
    assert [each.text for each in await bank.all()] == [QUESTION]


async def test_long_texts_are_kept_in_a_file(bank: Bank) -> None:
    points = "\n".join("x" * 160 for _ in range(7))
    long = typed("y" * 500, points, mistakes="\n".join("z" * 299 for _ in range(4)), hint="h" * 300)
    form = await bank.run("add", level="mid", kind="case")
    card = shown(await bank.mia.submit_modal(form, long | {"question": "\u200b\x07" + "y" * 400}))
    assert "can't be shown" in said(card)
    assert len(card.attachments) == 1
    again = await bank.mia.click(card.message, label="Change what I typed")
    assert fields(again)["mistakes"] == long["mistakes"]


async def test_one_like_it_is_shown_first(bank: Bank) -> None:
    await bank.given("Why do zebras appeal so much to you?")
    card = await bank.write("Why do zebras appeal so much to you then?")
    assert "Is it one of these?" in said(card)
    assert len(await bank.all()) == 1
    await bank.server.restart()
    await bank.mia.click(card.message, label="Save anyway")
    assert "Saved" in said(card)
    assert len(await bank.all()) == 2


async def test_the_same_again_is_refused_kindly(bank: Bank) -> None:
    await bank.given()
    card = await bank.write()
    await bank.mia.click(card.message, label="Save anyway")
    assert "The server has that question already" in said(card)
    assert len(await bank.all()) == 1


async def test_a_question_is_edited_by_form_and_options(bank: Bank) -> None:
    own = await bank.given(role=ANALYST, topics=("a-b",))
    form = await bank.run("edit", question=own.key, level="lead", minutes=30, role="none")
    assert fields(form) == typed(points="A second look.")
    await bank.server.restart()
    card = shown(await bank.mia.submit_modal(form, typed("Why, zebras?", "Other.")))
    assert "Saved." in said(card)
    expected = text("Why, zebras?", "Other.", level=Level.LEAD, minutes=30, topics=("a-b",))
    assert await bank.all() == [expected]
    form = await bank.run("edit", question="why zebras", kind="case", role=ANALYST)
    await bank.mia.submit_modal(form, fields(form))
    [edited] = await bank.all()
    assert (edited.kind, edited.role, edited.level) == (Kind.CASE, ANALYST, Level.LEAD)
    form = await bank.run("edit", question=own.key)
    same = shown(await bank.mia.submit_modal(form, fields(form)))
    assert "That is what it says already" in said(same)


async def test_who_edits_second_sees_both_wordings(bank: Bank) -> None:
    own = await bank.given()
    form = await bank.run("edit", question=own.key, level="lead")
    theirs = text("Noah's?", "By Noah.")
    await bank.questions.edit(bank.guild_id, own.id, theirs, bank.noah.id)
    card = shown(await bank.mia.submit_modal(form, typed("Mia's?")))
    assert "Changed meanwhile" in said(card)
    assert "Noah's?" in said(card)
    assert "Mia's?" in said(card)
    again = await bank.mia.click(card.message, label="Change what I typed")
    await bank.mia.submit_modal(again, fields(again))
    [edited] = await bank.all()
    assert (edited.text, edited.level) == ("Mia's?", Level.LEAD)


async def test_a_question_retired_meanwhile_can_still_be_edited(bank: Bank) -> None:
    own = await bank.given()
    form = await bank.run("edit", question=own.key)
    await bank.questions.retire(bank.guild_id, own.id, bank.noah.id)
    card = shown(await bank.mia.submit_modal(form, typed("Other?")))
    assert "changed it" in said(card)
    again = await bank.mia.click(card.message, label="Change what I typed")
    await bank.mia.submit_modal(again, fields(again))
    assert [each.text for each in await bank.all(State.RETIRED)] == ["Other?"]


async def test_a_question_is_retired_and_comes_back(bank: Bank) -> None:
    own = await bank.given()
    card = await bank.card("retire", question=QUESTION)
    assert "It isn't asked any more" in said(card)
    assert (await bank.questions.get(bank.guild_id, own.key)).state is State.RETIRED
    await bank.server.restart()
    await bank.mia.click(card.message, label="Undo")
    assert "Put back as it was" in said(card)
    assert len(await bank.all()) == 1
    refused = await bank.card("retire", question="Why do giraffes?")
    assert "has no such question of its own" in said(refused)


async def test_versions_are_listed_and_restored(bank: Bank) -> None:
    own = await bank.given()
    await bank.questions.edit(bank.guild_id, own.id, text("Second?", role=ANALYST), bank.mia.id)
    for number in range(3):
        await bank.questions.edit(bank.guild_id, own.id, text(f"Third {number}?"), bank.mia.id)
    card = await bank.card("history", question=own.key)
    assert "page 1 of 2" in said(card)
    assert "-# Career: (taken out)" in said(card)
    await bank.server.restart()
    await bank.mia.click(card.message, label="Older →")
    assert "**Version 1** · added by" in said(card)
    await bank.mia.click(card.message, label="← Newer")
    await bank.mia.click(card.message, custom_id=f"questions:v1:restore:{own.id}:4")
    assert "Version 4 is back" in said(card)
    assert [each.text for each in await bank.all()] == ["Third 1?"]


async def test_the_list_opens_questions_of_every_sort(bank: Bank) -> None:
    for number in range(10):
        await bank.given(f"Why {number}?")
    card = await bank.card("list")
    assert card.ephemeral
    assert "page 1 of 2" in said(card)
    built_in = len(bank.questions.built_in.all())
    assert f"10 of this server · {built_in} built in · 0 retired · 0 waiting" in said(card)
    await bank.server.restart()
    await bank.mia.click(card.message, label="More →")
    assert "10. Why 9?" in said(card)
    await pick(bank, card, 1)
    assert "Why 9?" in said(card)
    assert labels(card) == ["← All", "Edit", "History", "Retire"]
    await bank.mia.click(card.message, label="Retire")
    assert "Retired" in said(card)
    retired = await bank.card("list", which="r", search="why")
    assert options(retired) == ["1. Why 9?"]
    await pick(bank, retired, 0)
    await bank.mia.click(retired.message, label="Bring back")
    assert "Back. It may be asked again." in said(retired)
    assert len(await bank.all()) == 10


async def pick(bank: Bank, card: ResponseMessage, place: int) -> None:
    """Let Mia choose one of the questions on a list."""
    [menu] = parts_of(card, SELECT)
    value = menu["options"][place]["value"]
    await bank.mia.select(card.message, [value], custom_id=menu["custom_id"])


@on_one_store
async def test_a_long_question_is_turned_through(bank: Bank) -> None:
    points, mistakes = (f"{n}{'x' * 159}" for n in range(7)), (f"{n}{'y' * 299}" for n in range(4))
    await bank.given("Long?", key_points=tuple(points), mistakes=tuple(mistakes))
    card = await bank.card("list")
    await pick(bank, card, 0)
    await bank.server.restart()
    await bank.mia.click(card.message, label="More →")
    assert "page 2 of 2" in said(card)
    assert "Common mistakes" in said(card)
    await bank.mia.click(card.message, label="← Back")
    assert "Long?" in said(card)


@on_one_store
async def test_packs_questions_are_shown_but_not_edited(bank: Bank) -> None:
    card = await bank.card("list", which="p", search="appeal")
    assert "Questions that come with me" in said(card)
    await bank.server.restart()
    await pick(bank, card, 0)
    assert "Built in" in said(card)
    assert "A strong answer covers" in said(card)
    assert {*labels(card)} <= {"← All", "More →"}
    await bank.mia.click(card.message, label="← All")
    assert "about “appeal”" in said(card)
    refused = await bank.card("retire", question=bank.questions.built_in.all()[0].key)
    assert "no such question of its own" in said(refused)


@on_one_store
async def test_typing_offers_own_questions_to_facilitators(bank: Bank) -> None:
    own = await bank.given()
    channel = bank.server.channel
    offered = await bank.mia.autocomplete(channel, "questions edit", "question", "zebras")
    assert [(each["name"], each["value"]) for each in offered] == [(QUESTION, own.key)]
    assert await bank.server.maya.autocomplete(channel, "questions retire", "question", "z") == []
    name, maya = "trust safety analyst", bank.server.maya
    offered = await maya.autocomplete(channel, "questions suggest", "role", name)
    assert offered[0]["value"] == ANALYST
    offered = await bank.mia.autocomplete(channel, "questions edit", "role", "no")
    assert offered[0]["value"] == "none"
    offered = await bank.mia.autocomplete(channel, "questions edit", "role", name)
    assert offered[0]["value"] == ANALYST


@on_one_store
async def test_an_empty_list_says_what_to_do(bank: Bank) -> None:
    assert "Write one with `/questions add`" in said(await bank.card("list"))
    assert "None is retired" in said(await bank.card("list", which="r"))
    for number in range(9):
        await bank.given(f"Why {number}?")
    card = await bank.card("list")
    for own in await bank.questions.titles(bank.guild_id, ""):
        await bank.questions.retire(bank.guild_id, own.id, bank.mia.id)
    await bank.mia.click(card.message, label="More →")
    assert "Nothing is left on this page" in said(card)
    await bank.mia.click(card.message, label="← Back")
    assert "There are none yet" in said(card)
    assert "Try fewer" in said(await bank.card("list", search="xyzzy"))


@on_one_store
async def test_only_facilitators_keep_questions(bank: Bank) -> None:
    own = await bank.given()
    maya = bank.server.maya
    for command, given in {
        "add": {"level": "mid", "kind": "case"},
        "edit": {"question": own.key},
        "retire": {"question": own.key},
        "history": {"question": own.key},
        "list": {},
        "pending": {},
        "export": {},
    }.items():
        assert "Only facilitators" in said(await bank.card(command, maya, **given)), command
    assert len(await bank.all()) == 1


@on_one_store
async def test_who_loses_the_role_meanwhile_changes_nothing(bank: Bank) -> None:
    card = await bank.write()
    form = await bank.run("edit", question=QUESTION)
    await bank.server.app.services.preferences.reset(FACILITATOR_ROLE, bank.guild_id)
    assert "Only facilitators" in said(told(await bank.mia.click(card.message, label="Undo")))
    kept = shown(await bank.mia.submit_modal(form, typed("Other?")))
    assert "Only facilitators" in said(kept)
    assert "Other?" in said(kept)
    assert [each.text for each in await bank.all()] == [QUESTION]
