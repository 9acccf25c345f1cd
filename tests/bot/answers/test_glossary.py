from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.answers.glossary import Glossary, Term, load_glossary
from bot.answers.spans import stems
from bot.answers.words import words
from bot.paths import DATA
from tests.bot.answers.cartography import glossary_of

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
        glossary_of(word, word | {"term": "Other", "aliases": ["red-teaming"]})


def test_a_reference_to_nowhere_is_refused() -> None:
    word = {"term": "Red teaming", "is": "x", "matters": "y", "see": ["Blue teaming"]}
    with pytest.raises(ValidationError, match="no such terms: Blue teaming"):
        glossary_of(word)


def test_a_name_that_a_term_repeats_is_refused() -> None:
    word = {"term": "Red teaming", "aliases": ["red-teaming"], "is": "x", "matters": "y"}
    with pytest.raises(ValidationError, match="given twice: red teaming"):
        glossary_of(word)


def test_a_term_refers_to_others_by_their_own_names() -> None:
    word = {"term": "Red teaming", "aliases": ["Red team"], "is": "x", "matters": "y"}
    other = {"term": "Blue teaming", "is": "x", "matters": "y"}
    assert glossary_of(word, other | {"see": ["Red teaming"]})
    with pytest.raises(ValidationError, match="no such terms: Red team"):
        glossary_of(word, other | {"see": ["Red team"]})


def test_a_field_that_is_misspelt_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    word = {"term": "Red teaming", "is": "x", "mattres": "y"}
    file.write_text(yaml.safe_dump({"revised": "2026-11-24", "terms": [word]}), encoding="utf-8")
    with pytest.raises(ValidationError, match="matters") as refused:
        load_glossary(file)
    assert "mattres" in str(refused.value)


def test_a_glossary_is_read_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    word = {"term": "Höhenlinie", "is": "x", "matters": "y", "law": True}
    file.write_text(
        yaml.safe_dump({"revised": "2026-11-24", "terms": [word]}, allow_unicode=True),
        encoding="utf-8",
    )
    (term,) = load_glossary(file).terms
    assert (term.term, term.meaning, term.is_law, term.source) == ("Höhenlinie", "x", True, None)


def test_a_term_goes_by_all_its_names(glossary: Glossary) -> None:
    for term in glossary.terms:
        assert list(term.names()) == [term.term, *term.aliases]
        assert [name for name in term.names() if glossary.named(name) is not term] == []


@pytest.mark.parametrize("text", ["EU AI Act", "eu ai act", " EU-AI-Act! ", "ＥＵ ＡＩ Ａｃｔ"])
def test_a_term_is_found_whatever_its_case_and_punctuation(glossary: Glossary, text: str) -> None:
    assert glossary.named(text) is glossary.named("EU AI Act") is not None


@pytest.mark.parametrize("text", ["", "?!", "  ", "🙂"])
def test_no_name_finds_nothing(glossary: Glossary, text: str) -> None:
    assert glossary.named(text) is None


def test_the_laws_are_marked(glossary: Glossary) -> None:
    laws = {term.term for term in glossary.terms if term.is_law}
    assert len(laws) >= 10
    assert {"GDPR", "EU AI Act", "Digital Services Act"} <= laws


def test_no_term_refers_to_itself(glossary: Glossary) -> None:
    assert [term.term for term in glossary.terms if term.term in term.see] == []


def test_no_two_terms_are_the_same_once_their_words_are_compared(glossary: Glossary) -> None:
    named: dict[tuple[str, ...], Term] = {}
    for term in glossary.terms:
        for name in term.names():
            key = stems(words(name))
            assert key, name
            assert named.setdefault(key, term) is term, name


@given(st.text(st.characters(), max_size=60))
def test_any_text_names_a_term_or_nothing(glossary: Glossary, text: str) -> None:
    term = glossary.named(text)
    assert term is None or term in glossary.terms
