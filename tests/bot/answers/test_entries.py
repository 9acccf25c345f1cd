import random
import time
from collections.abc import Iterable

import pytest

from bot.answers.context import Context
from bot.answers.engine import Answerer
from bot.answers.entries import MOST_FOUND, EntryIndex, OwnEntry
from bot.answers.knowledge import Knowledge
from bot.answers.words import words
from tests.conftest import TORTURE

CLUB = OwnEntry(1, "When does the book club meet?", ("When does the book club meet?",), "Tuesdays.")
PAYDAY = OwnEntry(
    2,
    "Where do I post my portfolio?",
    ("Where do I post my portfolio?", "portfolio channel", "show your work"),
    "In the channel #showcase, after you have read the guidelines for feedback.",
)
MENTOR = OwnEntry(
    3,
    "How do I find a mentor?",
    ("How do I find a mentor?",),
    "Write to the moderators; mentors from industry are matched every month.",
)


def index(*entries: OwnEntry) -> EntryIndex:
    return EntryIndex(entries, lambda word: 1.0 + len(word))


def found(among: EntryIndex, question: str) -> list[int]:
    return [hit.entry.id for hit in among.like(words(question))]


def told(among: EntryIndex, question: str) -> list[int]:
    return [hit.entry.id for hit in among.telling_of(words(question))]


@pytest.fixture
def entries() -> EntryIndex:
    return index(CLUB, PAYDAY, MENTOR)


def test_an_entry_is_got_by_its_id(entries: EntryIndex) -> None:
    assert len(entries) == 3
    assert entries.get(2) is PAYDAY
    assert entries.get(4) is None


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("When does the book club meet?", 1),
        ("when DOES the bookclub meet", 1),
        ("where to post a portfolio", 2),
        ("show ur work", 2),
        ("portfolio chanel", 2),
        ("how can i find mentors", 3),
    ],
)
def test_an_entry_is_found_by_any_of_its_names_typed_any_way(
    entries: EntryIndex, question: str, entry_id: int
) -> None:
    assert found(entries, question)[0] == entry_id


@pytest.mark.parametrize("name", [*CLUB.names, *PAYDAY.names, *MENTOR.names])
def test_the_same_question_is_wholly_alike(entries: EntryIndex, name: str) -> None:
    [best, *others] = entries.like(words(name))
    assert best.likeness > 0.98
    assert all(0 < each.likeness < best.likeness for each in others)


def test_what_shares_nothing_is_not_found(entries: EntryIndex) -> None:
    assert entries.like(words("xyzzy")) == []
    assert entries.like([]) == []


def test_an_entry_is_found_once_though_several_of_its_names_fit(entries: EntryIndex) -> None:
    assert found(entries, "portfolio channel to show your work").count(2) == 1


def test_only_the_best_are_returned() -> None:
    many = index(*(OwnEntry(n, f"club {n}", (f"club number {n}",), "x") for n in range(20)))
    assert len(found(many, "club")) == len(told(many, "x")) == MOST_FOUND


def test_an_entry_is_found_by_what_its_text_speaks_of(entries: EntryIndex) -> None:
    assert told(entries, "is there a guideline on feedback") == [2]
    assert told(entries, "matching with moderators")[0] == 3
    assert told(entries, "xyzzy") == []


def test_a_server_without_entries_finds_nothing() -> None:
    none = index()
    assert (len(none), found(none, "book club"), told(none, "book club")) == (0, [], [])


def test_entries_without_words_are_passed_over() -> None:
    among = index(OwnEntry(1, "???", ("???", "🙂"), "…"), CLUB)
    assert found(among, "book club") == [1]
    assert index(OwnEntry(1, "???", ("???",), "…")).like(["club"]) == []


def test_another_servers_entries_are_never_found_nor_offered(answerer: Answerer) -> None:
    mine, theirs = index(MENTOR), index(CLUB, PAYDAY)
    for each in (CLUB, PAYDAY):
        for asked in (*each.names, each.answer):
            reply = answerer.reply(asked, Context(entries=mine))
            seen = f"{reply} {found(mine, asked)} {told(mine, asked)}"
            assert "entry:1" not in seen
            assert "entry:2" not in seen
            assert answerer.by_key(f"entry:{each.id}", Context(entries=mine)) is None
    assert answerer.reply(CLUB.question, Context(entries=theirs)).text == "Tuesdays."


@pytest.mark.parametrize(
    ("question", "entry_id"),
    [
        ("when does the bok club meet", 1),
        ("wher do i post my portfolio", 2),
        ("how do i find a mentr?", 3),
    ],
)
def test_own_entries_are_answered_in_spite_of_typos(
    answerer: Answerer, entries: EntryIndex, question: str, entry_id: int
) -> None:
    reply = answerer.reply(question, Context(entries=entries))
    assert [answer.key for answer in reply.answers] == [f"entry:{entry_id}"]


@pytest.mark.parametrize(
    "question", ["Who is Maria?", "What is Linka?", "When is TrustKon?", "Where is the Agendo?"]
)
def test_an_entry_asked_word_for_word_is_answered_though_its_words_look_like_slips(
    answerer: Answerer, knowledge: Knowledge, question: str
) -> None:
    asked = OwnEntry(7, question, (question,), "x")
    among = EntryIndex([asked], knowledge.classifier.rarity)
    reply = answerer.reply(question, Context(entries=among))
    assert [answer.key for answer in reply.answers] == ["entry:7"]


def many(count: int) -> Iterable[OwnEntry]:
    """Entries of made-up words, in the same order in every run."""
    dice = random.Random(20261124)  # noqa: S311 - no secret
    syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "zu"]
    lexicon = ["".join(dice.choices(syllables, k=4)) for _ in range(2000)]
    for number in range(count):
        question = " ".join(dice.choices(lexicon, k=7))
        names = (question, " ".join(dice.choices(lexicon, k=4)))
        yield OwnEntry(number, question, names, " ".join(dice.choices(lexicon, k=40)))


def test_ten_thousand_entries_are_each_found_by_their_names(
    answerer: Answerer, knowledge: Knowledge
) -> None:
    entries = list(many(10_000))
    started = time.perf_counter()
    among = EntryIndex(entries, knowledge.classifier.rarity)
    built = time.perf_counter() - started
    for entry in entries[::250]:
        assert found(among, entry.question)[0] == entry.id
        assert found(among, entry.names[1])[0] == entry.id
    context = Context("trust-safety-analyst", entries=among)
    started = time.perf_counter()
    replies = [answerer.reply(entry.question, context) for entry in entries[::250]]
    asked = (time.perf_counter() - started) / len(replies)
    assert [reply.answers[0].key for reply in replies] == [
        f"entry:{entry.id}" for entry in entries[::250]
    ]
    if TORTURE:
        assert built <= 2.0, f"built in {built:.1f} s"
        assert asked <= 0.002, f"{asked * 1000:.1f} ms a question"
