import pytest

from bot.questions.bank import Banks
from bot.questions.known import BuiltIn, Known, State, own_id_in
from bot.questions.model import Kind, Level
from tests.bot.questions.samples import ANALYST, FULL, own, text


@pytest.fixture
def built_in(banks: Banks) -> BuiltIn:
    return BuiltIn(banks.questions)


def test_every_pack_question_has_a_key_and_a_handle(built_in: BuiltIn, banks: Banks) -> None:
    known = built_in.all()
    assert len(known) == sum(map(len, banks.questions.values()))
    assert len({each.handle for each in known}) == len(known)
    assert [each.key for each in known] == [
        f"pack:{slug}:{question.id}"
        for slug in sorted(banks.questions)
        for question in banks.questions[slug]
    ]
    for each in known:
        assert len(each.handle) <= 22
        assert built_in.get(each.key) == built_in.get(each.handle) == each
    assert built_in.get("pack:x:y") is None


def test_own_questions_go_by_their_number() -> None:
    known = own(10**18 - 1, FULL, State.RETIRED).known()
    assert known.key == known.handle == f"own:{10**18 - 1}"
    assert known == Known(known.key, FULL.content(), ANALYST, State.RETIRED)
    assert own_id_in(known.key) == 10**18 - 1
    for key in ("own:", "own:x", "own:1x", "own:²", f"own:{10**18}", "pack:a:b", "12"):
        assert own_id_in(key) is None


def test_what_fits() -> None:
    known, anyone = own(1, FULL).known(), own(2, text()).known()
    assert known.fits((), (), ())
    assert known.fits([ANALYST], [Level.SENIOR], [Kind.POLICY_WRITING])
    assert not known.fits(["other"], (), ())
    assert not known.fits((), [Level.ENTRY], ())
    assert not known.fits((), (), [Kind.CASE])
    assert anyone.fits(["other"], (), ())


def test_packs_questions_are_found_by_words(built_in: BuiltIn) -> None:
    first = built_in.all()[5]
    beginning = first.question.text[:30]
    assert built_in.like(beginning)[0] == first
    assert built_in.like("") == [*built_in.all()]
    assert all("appeal" in built_in.name(each) for each in built_in.like("APPEALS"))
    assert built_in.like("xyzzy") == []
