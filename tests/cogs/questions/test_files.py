"""`/questions import` and `/questions export`: questions in bulk."""

from itertools import cycle

import pytest
from simcord import ResponseMessage

from bot.chat.quoting import as_typed
from bot.guilds.settings import FACILITATOR_ROLE
from bot.questions.files import read_file
from bot.questions.known import State
from tests.bot.questions.samples import FULL, text
from tests.bot.questions.test_broken_files import BROKEN, content
from tests.cogs.faq import on_one_store
from tests.cogs.questions.asking import QUESTION, Bank
from tests.cogs.reading import labels, shown, told
from tests.cogs.reading import text as said
from tests.conftest import TORTURE

CSV = f"""question,level,kind,key_points
{QUESTION},entry,knowledge,Other points. | More.
Why do giraffes?,mid,case,Necks.
"""


async def imported(bank: Bank, content: str | bytes, name: str = "our bank.csv") -> ResponseMessage:
    data = content.encode() if isinstance(content, str) else content
    return await bank.card("import", file=(name, data))


async def test_a_file_is_looked_at_first_then_imported_after_a_restart(bank: Bank) -> None:
    await bank.given()
    await bank.given("Not in the file?")
    card = await imported(bank, CSV)
    assert card.ephemeral
    assert "1 added · 1 changed · 0 unchanged" in said(card)
    assert "- Why do giraffes?" in said(card)
    assert len(await bank.all()) == 2
    await bank.server.restart()
    await bank.mia.click(card.message, label="Import these")
    assert "Imported" in said(card)
    written = {each.text: each.key_points for each in await bank.all()}
    assert written == {
        QUESTION: ("Other points.", "More."),
        "Not in the file?": ("A second look.",),
        "Why do giraffes?": ("Necks.",),
    }
    again = await imported(bank, CSV)
    assert "The server has all of it already" in said(again)
    assert labels(again) == []


async def test_an_import_is_undone_in_one_press(bank: Bank) -> None:
    own = await bank.given()
    card = await imported(bank, f"{CSV}Why do ducks?,mid,case,a\n")
    await bank.mia.click(card.message, label="Import these")
    [ducks] = await bank.questions.titles(bank.guild_id, "ducks")
    await bank.questions.edit(bank.guild_id, ducks.id, text("By Noah?"), bank.noah.id)
    await bank.server.restart()
    await bank.mia.click(card.message, label="Undo")
    assert "1 retired · 1 put back" in said(card)
    assert "1 question stays" in said(card)
    assert await bank.all() == [own.text, text("By Noah?")]
    assert [each.text for each in await bank.all(State.RETIRED)] == ["Why do giraffes?"]
    assert labels(card) == []


async def test_an_import_of_which_all_was_changed_since_is_not_undone(bank: Bank) -> None:
    card = await imported(bank, CSV)
    await bank.mia.click(card.message, label="Import these")
    for own in await bank.questions.titles(bank.guild_id, ""):
        await bank.questions.retire(bank.guild_id, own.id, bank.noah.id)
    await bank.mia.click(card.message, label="Undo")
    assert "Nothing was undone" in said(card)
    assert "2 questions stay" in said(card)


@on_one_store
async def test_who_loses_the_role_meanwhile_imports_nothing(bank: Bank) -> None:
    card = await imported(bank, CSV)
    await bank.server.app.services.preferences.reset(FACILITATOR_ROLE, bank.guild_id)
    answer = told(await bank.mia.click(card.message, label="Import these"))
    assert "Only facilitators" in said(answer)
    assert await bank.all() == []
    refused = shown(await bank.run("import", bank.server.maya, file=("a.csv", CSV.encode())))
    assert "Only facilitators" in said(refused)


@on_one_store
async def test_a_card_whose_file_is_gone_says_what_to_do(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await imported(bank, CSV)

    async def fail(_interaction: object) -> None:
        raise TimeoutError

    async def nothing(_interaction: object) -> None:
        return None

    for reading in (fail, nothing):
        monkeypatch.setattr("bot.chat.importing.file_on", reading)
        answer = told(await bank.mia.click(card.message, label="Import these"))
        assert "Use `/questions import` again" in said(answer)
    assert await bank.all() == []


@on_one_store
async def test_nearly_the_same_ones_are_shown(bank: Bank) -> None:
    await bank.given("Why do zebras appeal so much to you?")
    row = "Why do zebras **appeal** so much to you then?,mid,case,a\n"
    card = await imported(bank, f"question,level,kind,key_points\n{row}")
    assert "Nearly the same" in said(card)
    assert r"\*\*appeal\*\*" in said(card)
    assert r"\\*" not in said(card)


@on_one_store
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "- {question: Q?, level: mid, kind: case, key_points: [a]}\n"),
        ("b.YML", "questions:\n- {question: Q?, level: mid, kind: case, key_points: [a]}\n"),
        ("c.json", '[{"question": "Q?", "level": "mid", "kind": "case", "key_points": ["a"]}]'),
    ],
)
async def test_files_of_every_format_are_read(bank: Bank, name: str, content: str) -> None:
    card = await imported(bank, content, name)
    await bank.mia.click(card.message, label="Import these")
    assert [each.text for each in await bank.all()] == ["Q?"]


@on_one_store
async def test_problems_are_listed_by_line_and_nothing_is_imported(bank: Bank) -> None:
    rows = "".join(f"Question {n}?,boss,case,a\n" for n in range(40))
    card = await imported(bank, f"question,level,kind,key_points\nGood?,mid,case,a\n{rows}")
    assert "Line 3: “boss” is no level" in said(card)
    assert "Line 27: " in said(card)
    assert "Line 28: " not in said(card)
    assert "… and 15 more." in said(card)
    assert labels(card) == []
    assert await bank.all() == []
    too_large = 50_000_000 if TORTURE else 5_000_001
    assert "5,000,000 fit" in said(await imported(bank, b"x" * too_large))
    assert "end in .csv" in said(await imported(bank, CSV, "bank.exe"))
    formula = await imported(bank, f"{CSV}=1+1,mid,case,a\n")
    assert "Line 4: “=1+1” begins like a formula" in said(formula)


@on_one_store
async def test_every_kind_of_broken_file_is_refused_with_its_line(bank: Bank) -> None:
    own = await bank.given("There already?")
    endings = cycle(["csv", "yaml", "json"])
    for kind, ending in zip(BROKEN, endings, strict=False):
        _, line, message = BROKEN[kind][ending]
        card = await imported(bank, content(kind, ending), f"bank.{ending}")
        lines = as_typed(said(card))
        assert (kind, message in lines, labels(card)) == (kind, True, []), lines
        assert line is None or f"Line {line}: " in lines
    assert await bank.all() == [own.text]


async def test_a_question_added_meanwhile_is_changed_not_doubled(bank: Bank) -> None:
    card = await imported(bank, CSV)
    await bank.given()
    await bank.mia.click(card.message, label="Import these")
    assert "1 added · 1 changed" in said(card)
    assert len(await bank.all()) == 2


@on_one_store
async def test_hostile_texts_stay_text_within_the_limits(bank: Bank) -> None:
    rows = "".join(f"{n} {'@everyone **#' * 12},mid,case,a\n" for n in range(30))
    card = await imported(bank, f"question,level,kind,key_points\n{rows}")
    assert "30 added" in said(card)
    assert "- … and 26 more" in said(card)
    assert not card.message.mention_everyone


async def test_what_is_exported_can_be_imported_elsewhere(bank: Bank) -> None:
    await bank.questions.add(bank.guild_id, FULL, bank.noah.id)
    await bank.given('=1+1 "quoted", @everyone?')
    expected = await bank.all()
    for written in ("csv", "yaml"):
        name = f"questions.{written}"
        card = await bank.card("export", format=written)
        assert card.ephemeral
        assert "2 questions" in said(card)
        [file] = card.attachments
        assert file.filename == name
        parsed = read_file(file.filename, await file.read())
        assert [each for _, each in parsed.items] == expected


@on_one_store
async def test_an_empty_server_has_nothing_to_export(bank: Bank) -> None:
    assert "no questions of its own yet" in said(await bank.card("export"))
