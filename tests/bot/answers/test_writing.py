from datetime import date

import pytest

from bot.answers.entries import OwnEntry
from bot.answers.judging import judge
from bot.answers.knowledge import Knowledge, PackQuestion
from bot.answers.model import Answer, Basis
from bot.answers.writing import (
    MAX_ANSWER,
    QUESTIONS,
    RELIABILITY,
    Writer,
    topic_key,
)
from bot.careers.model import Topic
from bot.careers.sections import Section
from bot.paths import DATA
from tests.bot.answers.cartography import full, glossary_of
from tests.bot.careers.samples import loaded, step

CARTOGRAPHER, PLAIN, LONG = "cartographer", "plain", "long"

TERM = {"term": "Isobath", "is": "A line of equal depth.", "matters": "Ships ground."}
CHART = {"term": "Chart", "is": "A map of the sea.", "matters": "Ships sail by it."}
SOURCED = {**CHART, "source": {"title": "Sea book", "read": date(2026, 1, 2)}}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    questions = [{"question": "Is it fun?", "answer": "It is."}]
    dossier = full(questions=questions)
    roles = [
        loaded(CARTOGRAPHER),
        loaded(PLAIN, title="Surveyor", sources={}, questions=questions),
        loaded(
            LONG,
            title="Author",
            overview=f"{'word ' * 300}. Second.",
            ladder=[step("t" * 100, duties=["d" * 400] * 10)] * 10,
            typical_day=[{"time": "09:00", "activity": "a" * 400}] * 16,
        ),
    ]
    roles[0] = type(roles[0])(CARTOGRAPHER, dossier, roles[0].file)
    glossary = glossary_of(TERM, SOURCED)
    return Knowledge(roles, glossary, DATA / "asking")


@pytest.fixture(scope="module")
def writer(known: Knowledge) -> Writer:
    return Writer(known)


def test_every_topic_has_a_question_of_its_own() -> None:
    assert set(QUESTIONS) == set(Topic)
    assert len(set(QUESTIONS.values())) == len(Topic)


def test_a_topics_answer_has_key_title_source_role_and_section(writer: Writer) -> None:
    assert writer.topic(Topic.CODING, CARTOGRAPHER) == Answer(
        key="topic:cartographer:coding",
        title="Do I need to code?",
        basis=Basis.TOPIC,
        text="Coding: Helpful, not required.",
        source="Source: Survey of map makers, read 2026-11-24.",
        role=CARTOGRAPHER,
        section=Section.FIT,
        reliability=RELIABILITY[Topic.CODING],
    )
    assert topic_key(CARTOGRAPHER, Topic.TIME) == "topic:cartographer:time_to_learn"


def test_figures_of_several_sources_name_them_all(writer: Writer) -> None:
    source = writer.topic(Topic.PAY, CARTOGRAPHER).source
    assert "Source: Survey of map makers, read 2026-11-24." in source
    assert "Source: Census of trades, read 2026-10-01." in source


def test_what_rests_on_no_figure_comes_from_the_pack(writer: Writer) -> None:
    assert writer.topic(Topic.OVERVIEW, CARTOGRAPHER).source == (
        "Source: Waymark's role pack “Cartographer”, from sources read up to 2026-11-24."
    )
    assert writer.topic(Topic.OVERVIEW, PLAIN).source == ("Source: Waymark's role pack “Surveyor”.")


@pytest.mark.parametrize("topic", Topic)
def test_an_unsourced_role_has_a_source_on_every_topic(writer: Writer, topic: Topic) -> None:
    answer = writer.topic(topic, PLAIN)
    assert answer.text
    assert answer.source == "Source: Waymark's role pack “Surveyor”."


@pytest.mark.parametrize("topic", Topic)
def test_no_answer_is_longer_than_it_may_be(writer: Writer, topic: Topic) -> None:
    assert len(writer.topic(topic, LONG).text) <= MAX_ANSWER


def test_a_question_shapes_the_answer(writer: Writer, known: Knowledge) -> None:
    asked = judge(known.reader.read("what does a cartographer earn after 6 years"), known)
    answer = writer.topic(Topic.PAY, CARTOGRAPHER, asked)
    assert answer.text == "Senior Cartographer (5–9 years): $60,000–$80,000 a year."
    assert answer.title == "What does it pay? Senior Cartographer"
    assert answer == writer.topic_at(Topic.PAY, CARTOGRAPHER, 3)
    assert answer.key == f"topic:{CARTOGRAPHER}:pay:3"


def test_a_packs_own_question_is_answered_in_its_own_words(writer: Writer) -> None:
    answer = writer.own_words(PackQuestion(PLAIN, 0))
    assert (answer.key, answer.title, answer.text) == ("pack:plain:0", "Is it fun?", "It is.")
    assert (answer.basis, answer.role, answer.section) == (Basis.PACK, PLAIN, Section.QUESTIONS)


def test_a_term_is_explained_with_why_it_matters(writer: Writer) -> None:
    answer = writer.term("isobath")
    assert answer.text == "Isobath: A line of equal depth. Ships ground."
    assert (answer.key, answer.title, answer.basis) == ("term:Isobath", "Isobath", Basis.TERM)
    assert answer.source == "Source: Waymark's glossary, 2026-11-24."
    assert (answer.role, answer.section) == (None, None)


def test_a_terms_own_source_is_named(writer: Writer) -> None:
    assert writer.term("Chart").source == "Source: Sea book, read 2026-01-02."


def test_an_unknown_term_is_an_error(writer: Writer) -> None:
    with pytest.raises(KeyError):
        writer.term("plumbing")


def test_a_servers_entry_is_answered_as_it_was_written(writer: Writer) -> None:
    entry = OwnEntry(7, "When?", ("When?",), "At *nine*.", PLAIN, "The wiki", "2026-11-24")
    answer = writer.entry(entry)
    assert (answer.key, answer.title, answer.text) == ("entry:7", "When?", "At *nine*.")
    assert (answer.source, answer.role) == ("Source: The wiki, 2026-11-24.", PLAIN)


def test_an_entry_without_a_credit_comes_from_the_servers_own_answers(writer: Writer) -> None:
    answer = writer.entry(OwnEntry(7, "When?", ("When?",), "At nine.", "gone", day="2026-11-24"))
    assert answer.source == "Source: this server's FAQ, 2026-11-24."
    assert answer.role is None
