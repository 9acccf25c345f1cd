"""Every card and form of `/questions` stays within Discord's limits, whatever people write."""

import re
from dataclasses import replace

import pytest
from discord import ui

from bot.chat.answering import Shown
from bot.questions.importing import Alike, Back, Change, ImportPlan, ImportUndo
from bot.questions.known import Known, State
from bot.questions.model import Kind, Level, Question
from bot.questions.own import Own, TextTaken, Version, What
from bot.questions.text import QuestionText
from bot.sheets.rows import Problem
from cogs.questions.adding import RewriteButton, alike_card, suggested_card
from cogs.questions.editing import EditButton, ReeditButton, conflict_card
from cogs.questions.files import done_card, plan_card, undone_card
from cogs.questions.history_card import history_card
from cogs.questions.kept import kept_card
from cogs.questions.letter import news_card
from cogs.questions.list_card import QUESTIONS_PER_PAGE, QuestionButton, list_card
from cogs.questions.pending_card import (
    MOST_SHOWN,
    Suggested,
    approved_card,
    declined_card,
    pending_card,
)
from cogs.questions.places import MAX_SEARCH, Edit, ListPlace, New, QuestionPlace
from cogs.questions.question_card import BringBackButton, UndoButton, pages_of, question_card
from cogs.questions.typed import decline_modal, edit_modal, new_modal, typed_of
from tests.bot.questions.conftest import BANKS
from tests.cogs.limits import check, check_modal
from tests.conftest import NOW

LAST_ID = 10**18 - 1
SNOWFLAKE = 2**63 - 1
CAREER = "x" * 60
KEY = "abcdefgh"
SIGNS = ["x", "*", "_ ", "ش", "म", "🧭", "@everyone ", "`", "> ", "\\", "x y"]


def filled(sign: str, count: int) -> str:
    return " ".join((sign * count)[:count].split()) or "x"


def text_of(sign: str) -> QuestionText:
    return QuestionText(
        filled(sign, 500),
        tuple(filled(f"{n}{sign}", 160) for n in range(7)),
        Level.SENIOR,
        Kind.POLICY_WRITING,
        60,
        CAREER,
        filled(sign, 300),
        tuple(filled(f"{n}{sign}", 300) for n in range(4)),
        filled(sign, 300),
        ("x" * 40,) * 4,
    )


def own_of(sign: str, state: State = State.ACTIVE) -> Own:
    return Own(
        id=LAST_ID,
        guild_id=SNOWFLAKE,
        text=text_of(sign),
        state=state,
        version=999_999,
        changed_by=SNOWFLAKE,
        changed_at=NOW,
        suggested_by=SNOWFLAKE,
        reason=filled(sign, 500),
    )


def titles(sign: str) -> dict[str, str]:
    return {CAREER: filled(sign, 100)}


def check_shown(shown: Shown) -> None:
    check(shown.card)
    assert len(shown.files) <= 1


NEW = New(Level.SENIOR, Kind.POLICY_WRITING, 60, KEY, suggested=True)
EDIT = Edit(LAST_ID, 999_999, Level.LEAD, Kind.CASE, 60, KEY)
PLACE = ListPlace("a", 9999, "🧭" * MAX_SEARCH)


@pytest.mark.parametrize("sign", SIGNS)
def test_questions_their_lists_and_their_history(sign: str) -> None:
    own, called = own_of(sign), titles(sign)
    known = own.known()
    place = QuestionPlace(f"own:{LAST_ID}", 9, PLACE)
    controls = [EditButton(LAST_ID), BringBackButton(LAST_ID), UndoButton(LAST_ID, 999_999)]
    for page in range(len(pages_of(known)) + 1):
        moves = [QuestionButton(place.at(n), "More →") for n in (8, 9)]
        check(question_card(known, called, own=own, page=page, rows=[controls, moves]))
        check(question_card(known, called, page=page))
    check(question_card(known, called, own=replace(own, changed_by=None)))
    many = [replace(own, id=LAST_ID - n).known() for n in range(QUESTIONS_PER_PAGE)]
    for sort in "arp":
        check(list_card(many, replace(PLACE, sort=sort, page=1), 99_999, called, "-# x"))
        for search in ("", filled(sign, MAX_SEARCH)):
            for page in (0, 1):
                check(list_card([], ListPlace(sort, page, search), 9, called, "-# x"))
    versions = [
        Version(
            LAST_ID, 999_999 - n, text_of(f"{sign}{n}"), own.state, SNOWFLAKE, NOW, What.RESTORED
        )
        for n in range(7)
    ]
    for page in range(4):
        check(history_card([*versions, replace(versions[0], changed_by=None)], page))


@pytest.mark.parametrize(
    ("slug", "question"),
    [(slug, max(bank, key=lambda each: len(str(each)))) for slug, bank in BANKS.questions.items()],
)
def test_packs_questions(slug: str, question: Question) -> None:
    known = Known(f"pack:{slug}:{question.id}", question, slug)
    for page in range(len(pages_of(known))):
        check(question_card(known, {}, page=page))


@pytest.mark.parametrize("sign", SIGNS)
def test_what_was_typed_is_kept(sign: str) -> None:
    own, called = own_of(sign), titles(sign)
    typed = typed_of(own.text)
    short = {name: text[:60] for name, text in typed.items()}
    for kept in (typed, short):
        problem = str(TextTaken(own.text.text))
        check_shown(kept_card("Not saved yet", problem, kept, [[RewriteButton(NEW)]]))
        check_shown(kept_card("Not saved yet", problem, kept, [[ReeditButton(EDIT)]]))
        check_shown(conflict_card(own, EDIT, kept))
        check_shown(alike_card(NEW, kept, [own.known()] * 3, called))
        check_modal(new_modal(NEW, kept))
        check_modal(new_modal(replace(NEW, suggested=False), kept))
        check_modal(edit_modal(EDIT, kept))
    check_modal(decline_modal(LAST_ID))


@pytest.mark.parametrize("sign", SIGNS)
def test_suggestions(sign: str) -> None:
    own, called = own_of(sign, State.SUGGESTED), titles(sign)
    check(suggested_card(own, called))
    check(approved_card(own, called))
    check(declined_card(own))
    for state in (State.ACTIVE, State.DECLINED):
        check(news_card(replace(own, state=state), filled(sign, 120)))
    for count in range(MOST_SHOWN + 1):
        suggested = [
            Suggested(replace(own, id=LAST_ID - n), own.known() if n % 2 else None)
            for n in range(count)
        ]
        check(pending_card(suggested, called, 1, 99))


@pytest.mark.parametrize("sign", SIGNS)
def test_imports(sign: str) -> None:
    own = own_of(sign)
    plan = ImportPlan(
        added=(own.text,) * 30,
        changed=(Change(own, own.text),) * 30,
        unchanged=(own,) * 30,
        alike=(Alike(own.text.text, own.text.text),) * 30,
    )
    names: list[ui.LayoutView] = [
        plan_card(plan, "questions.yaml"),
        done_card(replace(plan, at=NOW)),
        done_card(ImportPlan()),
        plan_card(ImportPlan(unchanged=(own,)), "questions.csv"),
        plan_card(ImportPlan(problems=(Problem(999_999, filled(sign, 400)),) * 25, more=99), ""),
        done_card(ImportPlan(problems=(Problem(None, filled(sign, 400)),))),
        undone_card(ImportUndo((own,), (Back(own, own.text, own.state),), 5000)),
        undone_card(ImportUndo(left=1)),
        undone_card(ImportUndo()),
    ]
    for card in names:
        check(card)


def test_places_are_read_as_they_are_written() -> None:
    for place, pattern in (
        (NEW, New.PATTERN),
        (New(Level.ENTRY, Kind.KNOWLEDGE, 1), New.PATTERN),
        (EDIT, Edit.PATTERN),
        (Edit(1, 1), Edit.PATTERN),
        (PLACE, ListPlace.PATTERN),
        (QuestionPlace("pack:abcdefgh"), QuestionPlace.PATTERN),
        (QuestionPlace("own:1", 3, PLACE), QuestionPlace.PATTERN),
    ):
        match = re.fullmatch(pattern, str(place))
        assert match is not None
        assert type(place).read(match) == place
    for level in Level:
        for kind in Kind:
            match = re.fullmatch(New.PATTERN, str(New(level, kind, 5)))
            assert match is not None
            assert New.read(match) == New(level, kind, 5)
