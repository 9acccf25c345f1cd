"""Every card and form of `/faq` stays within Discord's limits, whatever people write."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.entries import OwnEntry
from bot.chat.answering import Shown
from bot.delivery.model import Reason
from bot.delivery.reasons import in_words
from bot.faq.importing import Change, ImportPlan, ImportUndo
from bot.faq.model import Entry, Gap, GapKind, NameTaken, Version, Waiting, WaitingState, What
from bot.faq.text import EntryText
from bot.sheets.rows import Problem
from cogs.faq.adding import alike_card
from cogs.faq.again import ReeditButton, RewriteButton, kept_card
from cogs.faq.editing import EditButton, conflict_card, modal_of
from cogs.faq.entry_card import RemoveButton, UndoButton, entry_card
from cogs.faq.files import done_card, plan_card, undone_card
from cogs.faq.gaps_card import gaps_card
from cogs.faq.history_card import history_card
from cogs.faq.letter import answer_card, hint_card, undelivered_card
from cogs.faq.list_card import ENTRIES_PER_PAGE, EntryButton, ListButton, list_card
from cogs.faq.pending_card import dismissed_card, pending_card, question_card, reply_modal
from cogs.faq.places import MAX_SEARCH, Edit, EntryPlace, ListPlace, NewEntry
from cogs.faq.reply import answered_card, late_card
from cogs.faq.typed import new_modal, typed_of
from tests.cogs.limits import check, check_modal
from tests.conftest import NOW

LAST_ID = 10**18 - 1
SNOWFLAKE = 2**63 - 1
CAREER = "x" * 60
TITLES = {CAREER: "x" * 100}
SIGNS = ["x", "*", "_ ", "ش", "म", "🧭", "@everyone ", "`", "> ", "\\", "x y\n"]


def filled(sign: str, count: int) -> str:
    return (sign * count)[:count].strip() or "x"


def one_line(sign: str, count: int) -> str:
    return " ".join(filled(sign, count).split())


def text_of(sign: str) -> EntryText:
    aliases = tuple(one_line(f"{n}{sign}", 200) for n in range(12))
    question, source = one_line(sign, 200), one_line(sign, 300)
    return EntryText(question, aliases, filled(sign, 2000), CAREER, source)


def entry_of(text: EntryText) -> Entry:
    return Entry(
        id=LAST_ID,
        guild_id=SNOWFLAKE,
        question=text.question,
        aliases=text.aliases,
        answer=text.answer,
        role=text.role,
        source=text.source,
        version=999_999,
        changed_by=SNOWFLAKE,
        changed_at=NOW,
        asked=10**9,
        helpful=10**9,
        unhelpful=10**9,
    )


def waiting_of(sign: str) -> Waiting:
    return Waiting(
        id=LAST_ID,
        guild_id=SNOWFLAKE,
        asker_id=SNOWFLAKE,
        channel_id=SNOWFLAKE,
        question=one_line(sign, 1000),
        role=CAREER,
        asked_at=NOW,
        state=WaitingState.ANSWERED,
        answer=filled(sign, 2000),
        answered_by=SNOWFLAKE,
        answered_at=NOW,
    )


def check_shown(shown: Shown) -> None:
    check(shown.card)
    assert len(shown.files) <= 1


@pytest.mark.parametrize("sign", SIGNS)
def test_entries_their_lists_and_their_history(sign: str) -> None:
    entry = entry_of(text_of(sign))
    controls = [EditButton(LAST_ID, "Edit"), RemoveButton(LAST_ID), UndoButton(LAST_ID, 999_999)]
    place = ListPlace(9999, "🧭" * MAX_SEARCH)
    back = EntryPlace(LAST_ID, 9, place)
    moves = [EntryButton(back, "More →"), ListButton(place, "← All")]
    check(entry_card(entry, TITLES, "Saved.", rows=[controls, moves]))
    many = [replace(entry, id=LAST_ID - n) for n in range(31)]
    for page in range(4):
        for search in ("", "x" * MAX_SEARCH):
            place = ListPlace(page, search)
            start = page * ENTRIES_PER_PAGE
            shown = many[start : start + ENTRIES_PER_PAGE]
            check(list_card(shown, place, len(many), counted=True))
    others = [text_of(f"{sign}{n}") for n in range(10)]
    versions = [
        Version(LAST_ID, 999_999 - n, text, n == 1, SNOWFLAKE, NOW, What.RESTORED)
        for n, text in enumerate(others)
    ]
    for page in range(3):
        check(history_card(versions, page))


@pytest.mark.parametrize("sign", SIGNS)
def test_what_was_typed_is_kept(sign: str) -> None:
    text = text_of(sign)
    typed, entry = typed_of(text), entry_of(text)
    alike = [OwnEntry(LAST_ID - n, text.question, (text.question,), text.answer) for n in range(3)]
    new, edit = NewEntry(CAREER, LAST_ID, apart=True), Edit(LAST_ID, 999_999, CAREER, apart=True)
    check_shown(alike_card(new, typed, alike))
    check_shown(conflict_card(entry, CAREER, typed))
    check_shown(late_card(waiting_of(sign), "Answered.", filled(sign, 2000)))
    problem = str(NameTaken(text.aliases[0], text.question))
    check_shown(kept_card("Not saved yet", problem, typed, [[RewriteButton(new)]]))
    check_shown(kept_card("Not saved yet", problem, typed, [[ReeditButton(edit)]]))
    check_modal(new_modal(new, typed))
    check_modal(modal_of(entry, CAREER, apart=True))


@pytest.mark.parametrize("sign", SIGNS)
def test_questions_and_their_answers(sign: str) -> None:
    waiting = waiting_of(sign)
    many = [replace(waiting, id=LAST_ID - n) for n in range(9)]
    for page in range(9):
        check(pending_card(many, TITLES, page))
        check(answer_card(waiting, "x" * 120, page))
    check(pending_card([], {}, 0))
    check(question_card(waiting, TITLES))
    check(dismissed_card(waiting))
    check_shown(answered_card(waiting))
    check(hint_card(waiting))
    check(undelivered_card(waiting, "x" * 120, in_words(Reason.DM_CLOSED)))
    check_modal(reply_modal(waiting, waiting.answer or ""))


@pytest.mark.parametrize("sign", SIGNS)
def test_files_and_gaps(sign: str) -> None:
    text = text_of(sign)
    changes = tuple(Change(entry_of(text), text) for _ in range(20_000))
    plan = ImportPlan(added=(text,) * 20_000, changed=changes)
    check(plan_card(plan, "entries.yaml"))
    check(done_card(replace(plan, at=NOW)))
    check(undone_card(ImportUndo((entry_of(text),) * 20_000, changes, 20_000)))
    problems = tuple(Problem(99_999, one_line(sign, 500)) for _ in range(25))
    check(plan_card(ImportPlan(problems=problems, more=99_999), "entries.csv"))
    for kind in GapKind:
        gaps = [Gap(kind, f"{n}{one_line(sign, 290)}", 10**9, NOW, LAST_ID - n) for n in range(8)]
        check(gaps_card(kind, gaps))
        check(gaps_card(kind, []))


@given(st.text(min_size=1, max_size=1000).filter(str.strip))
def test_anything_that_can_be_typed(text: str) -> None:
    question = " ".join(text.split())
    written = EntryText(question[:200], (question[:200],), text, None, question[:300])
    check_shown(kept_card("Not saved yet", "Why", typed_of(written), [[RewriteButton(NewEntry())]]))
    check(entry_card(entry_of(written), {}, ""))
    check(pending_card([replace(waiting_of("x"), question=question)], {}, 0))
