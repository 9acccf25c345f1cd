import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.features import NAME, NUMBER, UNKNOWN
from bot.answers.knowledge import Knowledge
from bot.answers.levels import Rung
from bot.answers.mentions import Named
from bot.answers.reading import Reader
from bot.answers.words import PERSON
from bot.paths import DATA
from tests.bot.answers.cartography import glossary_of
from tests.bot.careers.samples import loaded

ANALYST = "trust-safety-analyst"
POLICY = "ai-trust-safety-policy-specialist"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wat salry do u get at mid lvl", "what salary do you get at mid level"),
        ("hwo much expereince, rly?", "hwo much experience rly"),
        ("is there a certifcate", "is there a certificate"),
        ("im 45, never wrote a lin of coed", "i am 45 never wrote a lin of coed"),
        ("the roadmpa pls", "the roadmap please"),
        ("compliace or modertion", "compliance or moderation"),
    ],
)
def test_slang_is_written_out_and_slips_are_mended(reader: Reader, typed: str, said: str) -> None:
    assert " ".join(reader.read(typed).said) == said


@pytest.mark.parametrize(
    "typed",
    [
        "what does a trust & safety analyst earn",
        "WHAT DOES A TRUST & SAFETY ANALYST EARN?!",
        "wht does a trust and safty anlyst earn",
        "what does a trust-and-safety analysts earn",
        "wh\u200bat does a tr\u00adust & safe\u2060ty anal\u200dyst earn",
        "\u202ewhat does a trust & safety analyst earn\u202c",
        "💰 what does a trust & safety analyst 🕵️‍♀️ earn 💰💰",
        "whát dóes à trüst & sãfety anålyst eárn",
        "w\u0336h\u0336a\u0336t does a trust & safety analyst earn",
        "𝐰𝐡𝐚𝐭 𝐝𝐨𝐞𝐬 𝐚 𝐭𝐫𝐮𝐬𝐭 & 𝐬𝐚𝐟𝐞𝐭𝐲 𝐚𝐧𝐚𝐥𝐲𝐬𝐭 𝐞𝐚𝐫𝐧",
        "**what** does a `trust & safety analyst` __earn__",
        "what does a tns analyst earn",
        "what does a T&S analyst earn",
        "what does a t & s analyst earn",
        "what\n\ndoes\ta trust & safety analyst\x00earn",
    ],
)
def test_a_role_is_read_however_it_is_typed(reader: Reader, typed: str) -> None:
    reading = reader.read(typed)
    assert reading.named(Named.ROLE) == [ANALYST]
    assert {"xrole earn", "earn $"} <= set(reading.features)


@pytest.mark.parametrize(
    "typed",
    [
        "trust & saftey analyst",
        "trust & safty analyst",
        "trsut & safety analyst",
        "trust & safety analist",
        "trust & safety anaylst",
        "trust & safety analyist",
    ],
)
def test_a_role_is_read_in_spite_of_a_slip_in_its_name(reader: Reader, typed: str) -> None:
    assert reader.read(f"what does a {typed} earn").named(Named.ROLE) == [ANALYST]


def test_what_is_typed_is_kept_as_it_was(reader: Reader) -> None:
    assert reader.read("  WAT\u200b ?").text == "  WAT\u200b ?"


@pytest.mark.parametrize("typed", ["", " \n", "?!?", "🙂🙂", "\u200b\u202e", "<>", "\ud800", "…"])
def test_a_text_without_words_says_nothing(reader: Reader, typed: str) -> None:
    reading = reader.read(typed)
    assert (reading.said, reading.found, reading.wording) == ((), (), ())


@pytest.mark.parametrize("typed", ["<@123>", "<@!123>", "@ann", "@everyone"])
def test_whoever_is_mentioned_is_a_mark_without_a_name(reader: Reader, typed: str) -> None:
    reading = reader.read(f"what does {typed} earn")
    assert reading.said == ("what", "does", PERSON, "earn")
    assert PERSON in reading.features


@pytest.mark.parametrize("typed", ["6yrs", "6 yrs", "6 years", "six years", "6yr", "6 años"])
def test_years_of_experience_are_read(reader: Reader, typed: str) -> None:
    reading = reader.read(f"what would i earn {typed} in")
    assert reading.levels.years == (6,)


def test_a_number_is_a_mark_whichever_it_is(reader: Reader) -> None:
    assert reader.read("pay after 6 years").features == reader.read("pay after 8 years").features
    assert NUMBER in reader.read("1000 euros").features


def test_a_level_is_read_out_of_slang(reader: Reader) -> None:
    assert reader.read("sr lvl comp?").levels.rungs == (Rung.SENIOR,)
    assert reader.read("JR or VP").levels.rungs == (Rung.FIRST, Rung.TOP)


def test_an_unknown_word_with_a_capital_is_a_name(reader: Reader) -> None:
    assert NAME in reader.read("does Zzkwert pay").features
    assert UNKNOWN in reader.read("does zzkwert pay").features
    assert UNKNOWN in reader.read("DOES ZZKWERT PAY").features


def test_two_roles_are_named_in_the_order_of_the_text_and_each_once(reader: Reader) -> None:
    text = "T&S policy specialist or trust & safety analyst, or a t&s policy specialist?"
    assert reader.read(text).named(Named.ROLE) == [POLICY, ANALYST]


def test_a_term_is_read_by_its_short_form(reader: Reader) -> None:
    assert reader.read("wats RLHF n CSAM").named(Named.TERM)[0].casefold() == (
        reader.read("reinforcement learning from human feedback").named(Named.TERM)[0].casefold()
    )
    assert reader.read("the eu ai act").named(Named.LAW) == ["EU AI Act"]


def test_to_be_compared_a_role_is_a_mark_and_a_place_is_itself(reader: Reader) -> None:
    wording = reader.read("trust & safety analyst in berlin").wording
    assert {"xrole", "in", "berlin"} <= set(wording)
    assert not {"analyst", "xplace"} & set(wording)


def test_a_small_pack_is_read_too(knowledge: Knowledge) -> None:
    glossary = glossary_of({"term": "Contour", "is": "A line.", "matters": "Heights."})
    reader = Knowledge([loaded()], glossary, DATA / "asking").reader
    reading = reader.read("whats a contuor, for a cartograper")
    assert " ".join(reading.said) == "what is a contour for a cartographer"
    assert reading.named(Named.ROLE) == ["cartographer"]
    assert reading.named(Named.TERM) == ["Contour"]


def test_where_nothing_is_known_everything_is_read() -> None:
    reader = Knowledge([], glossary_of(), DATA / "asking").reader
    assert reader.read("what does a nurse earn").named(Named.JOB) == ["nurse"]


@given(st.text(st.characters(), max_size=120))
def test_any_text_is_read(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert all(reading.said)
    assert all(0 <= span.start < span.end <= len(reading.said) for span in reading.found)
