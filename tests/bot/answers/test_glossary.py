import pytest
from pydantic import ValidationError

from bot.answers.glossary import Glossary, load_glossary
from bot.paths import DATA

FILE = DATA / "glossary.yaml"


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return load_glossary(FILE)


def test_it_knows_the_words_of_the_field(glossary: Glossary) -> None:
    assert len(glossary.terms) >= 60
    for word in ("T&S", "tns", "RAI", "AUP", "rlhf", "Red Teaming", "NIST AI RMF", "eu ai act"):
        assert glossary.named(word), word
    assert glossary.named("plumbing") is None


def test_what_it_says_is_short(glossary: Glossary) -> None:
    for term in glossary.terms:
        assert 40 <= len(term.meaning) <= 320, term.term
        assert len(term.matters) <= 240, term.term


def test_a_name_given_twice_is_refused() -> None:
    word = {"term": "Red teaming", "is": "x", "matters": "y"}
    with pytest.raises(ValidationError, match="given twice: red teaming"):
        Glossary.model_validate(
            {"terms": [word, word | {"term": "Other", "aliases": ["red-teaming"]}]}
        )


def test_a_reference_to_nowhere_is_refused() -> None:
    word = {"term": "Red teaming", "is": "x", "matters": "y", "see": ["Blue teaming"]}
    with pytest.raises(ValidationError, match="no such terms: Blue teaming"):
        Glossary.model_validate({"terms": [word]})
