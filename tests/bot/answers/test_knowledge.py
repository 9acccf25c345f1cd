import pytest

from bot.answers.knowledge import Knowledge, PackQuestion
from bot.careers.model import Topic
from bot.paths import DATA
from tests.bot.answers.cartography import glossary_of
from tests.bot.careers.samples import loaded

LAWS = [
    {"term": name, "aliases": aliases, "is": "A law.", "matters": "It binds.", "law": law}
    for name, aliases, law in [
        ("DORA", [], True),
        ("UK Online Safety Act", ["OSA"], True),
        ("GDPR", ["DSGVO"], True),
        ("Jailbreak", [], False),
    ]
]


def lawful(*goals: str) -> tuple[str, ...]:
    """The laws that a pack with these goals speaks of."""
    phase = {"title": "Start", "weeks": 1, "goals": goals, "milestone": "Done."}
    known = Knowledge([loaded(roadmap=[phase])], glossary_of(*LAWS), DATA / "asking")
    return known.laws["cartographer"]


def test_every_role_is_known_with_its_title(knowledge: Knowledge) -> None:
    assert (
        set(knowledge.roles)
        == set(knowledge.titles)
        == {path.parent.name for path in DATA.glob("roles/*/role.yaml")}
    )


def test_what_a_word_tells_is_between_nothing_and_all(knowledge: Knowledge) -> None:
    what, python, unheard = map(knowledge.telling, ("what", "python", "zyzzyva"))
    assert 0 <= what < python <= unheard <= 1


def test_a_term_is_known_by_all_its_names(knowledge: Knowledge) -> None:
    term = knowledge.term("rlhf")
    assert term is not None
    assert term.term == "Reinforcement learning from human feedback"
    assert knowledge.term("plumbing") is None


def test_a_packs_question_is_found_by_its_wordings(knowledge: Knowledge) -> None:
    for slug, role in knowledge.roles.items():
        for place, item in enumerate(role.questions):
            found = knowledge.pack_questions.search(knowledge.featured(item.question))
            if item.topics:
                assert PackQuestion(slug, place) not in [hit.key for hit in found]
            else:
                assert knowledge.question(found[0].key).question == item.question


def test_the_laws_that_a_pack_speaks_of_are_those_in_its_text(knowledge: Knowledge) -> None:
    assert knowledge.laws["ai-red-team-engineer"] == ("NIST AI RMF", "Generative AI Profile")
    policy = knowledge.laws["ai-trust-safety-policy-specialist"]
    assert {"GDPR", "EU AI Act", "NIST AI RMF", "OECD AI Principles"} <= set(policy)
    assert "ISO/IEC 42001" not in policy
    assert "UK Online Safety Act" not in knowledge.laws["trust-safety-analyst"]


def test_laws_are_found_by_any_of_their_names_in_the_order_of_the_glossary() -> None:
    assert lawful("Compare the dsgvo with DORA.") == ("DORA", "GDPR")


@pytest.mark.parametrize("text", ["Adorable proposals.", "Try a jailbreak.", "Draw."])
def test_a_laws_name_within_another_word_is_no_law(text: str) -> None:
    assert lawful(text) == ()


def test_all_topics_are_learnt(knowledge: Knowledge) -> None:
    labels = {guess.label for guess in knowledge.classifier.guesses([])}
    assert set(Topic) <= labels
