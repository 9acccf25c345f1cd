"""Roles to test with: a small one, and arbitrary ones with extreme lengths and scripts."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from bot.careers.loader import LoadedRole
from bot.careers.model import (
    CodingNeed,
    Degree,
    Level,
    Range,
    RemoteFit,
    Role,
)

SMALL: dict[str, Any] = {
    "title": "Cartographer",
    "aliases": ["Map maker"],
    "category": "Geography",
    "summary": "Draws maps.",
    "overview": "Cartographers draw maps.",
    "sources": {"survey": {"title": "Survey of map makers", "read": date(2026, 11, 24)}},
    "great_fit": ["You like maps."],
    "poor_fit": ["You get lost."],
    "skills": [{"name": "Drawing", "level": "beginner", "why": "Maps.", "learn": "Draw."}],
    "roadmap": [{"title": "Start", "weeks": 2, "goals": ["Draw one."], "milestone": "A map."}],
    "ladder": [{"title": "Apprentice", "level": "Entry", "duties": ["Sharpen pencils."]}],
}


def role(**changes: Any) -> Role:
    """A small valid role, with changes."""
    return Role.model_validate(SMALL | changes)


def loaded(slug: str = "cartographer", **changes: Any) -> LoadedRole:
    """The small role as if loaded from a pack."""
    return LoadedRole(slug, role(**changes), Path(slug) / "role.yaml")


def paid(low: int | None, high: int | None, currency: str = "USD", **changes: Any) -> Any:
    """Pay as a pack states it; `changes` are its period, source and open ends."""
    ends = {name: changes.pop(name) for name in ("low_open", "high_open") if name in changes}
    span = {"low": low, "high": high, **ends}
    return {"range": span, "currency": currency, "source": "survey"} | changes


def step(title: str = "Apprentice", **changes: Any) -> Any:
    """A step of the ladder as a pack states it."""
    return {"title": title, "level": "Entry", "duties": ["Sharpen pencils."]} | changes


def write_pack(directory: Path, slug: str = "cartographer", **changes: Any) -> Path:
    """Write the small role, with changes, as a pack below the directory; return its file."""
    file = directory / slug / "role.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(SMALL | changes, allow_unicode=True), encoding="utf-8")
    return file


ALPHABETS = (
    "abc XYZ 0",
    "漢字かな",
    "עברית ",
    "عربى ",
    "हिन्दी",
    "👩‍👩‍👧‍👦🏳️‍🌈 ",
    "e\u0301\u0323",
    "*_`~|#>-[]()\n",
    "@everyone <@1> ",
    "\U0001d518",
)


def texts(maximum: int) -> st.SearchStrategy[str]:
    """Texts of one script or a mix, often as long as a pack may make them."""
    characters = st.sampled_from([*ALPHABETS, "".join(ALPHABETS)])

    def fill(alphabet: str, length: int) -> str:
        return "x" + (alphabet * (length // len(alphabet) + 1))[: length - 2] + ("x" * (length > 1))

    lengths = st.sampled_from([1, 2, maximum // 2 or 1, maximum])
    return st.builds(fill, characters, lengths)


names, lines, paragraphs = texts(100), texts(400), texts(2000)


def several(items: st.SearchStrategy[Any], least: int, most: int) -> st.SearchStrategy[list[Any]]:
    """A list with the least, the most, or a few of the items."""
    sizes = st.sampled_from([least, most])
    return sizes.flatmap(lambda size: st.lists(items, min_size=size, max_size=size))


def _between(low: int, more: int, low_open: bool, high_open: bool) -> Range:
    return Range(low=low, high=low + more, low_open=low_open, high_open=high_open)


ranges = st.one_of(
    st.builds(
        _between,
        st.integers(0, 5 * 10**11),
        st.integers(0, 5 * 10**11),
        st.booleans(),
        st.booleans(),
    ),
    st.integers(0, 99).map(lambda low: Range(low=low, high_open=True)),
    st.integers(0, 99).map(lambda high: Range(high=high, low_open=True)),
)


def fact(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A sourced fact, or none."""
    sourced = st.fixed_dictionaries({"value": values, "source": st.sampled_from("ab")})
    return st.none() | sourced


def _figure(**fixed: Any) -> st.SearchStrategy[Any]:
    sourced = {"range": ranges, "source": st.sampled_from("ab"), **fixed}
    return st.none() | st.fixed_dictionaries(sourced)


@st.composite
def roles(draw: st.DrawFn) -> Role:
    """Valid roles at the edges of what a pack may hold."""
    source = st.fixed_dictionaries(
        {"title": lines, "read": st.just(date(2026, 1, 1)), "note": st.none() | lines}
    )
    dictionary = st.fixed_dictionaries
    return Role.model_validate(
        {
            "title": draw(names),
            "aliases": draw(several(names, 0, 40)),
            "category": draw(names),
            "summary": draw(texts(150)),
            "overview": draw(paragraphs),
            "sources": {"a": draw(source), "b": draw(source)},
            "great_fit": draw(several(lines, 1, 12)),
            "poor_fit": draw(several(lines, 1, 12)),
            "difficulty": draw(fact(st.sampled_from(Level))),
            "entry_barrier": draw(fact(st.sampled_from(Degree))),
            "coding": draw(fact(st.sampled_from(CodingNeed))),
            "months_to_learn": draw(fact(ranges)),
            "demand": draw(fact(st.floats(0, 10))),
            "replacement_risk": draw(fact(st.floats(0, 100))),
            "remote": draw(fact(st.sampled_from(RemoteFit))),
            "industries": draw(several(names, 0, 20)),
            "typical_day": draw(
                several(dictionary({"time": st.just("09:00"), "activity": lines}), 0, 16)
            ),
            "skills": draw(
                several(
                    dictionary(
                        {
                            "name": names,
                            "level": st.sampled_from(Level),
                            "why": lines,
                            "learn": lines,
                        }
                    ),
                    1,
                    24,
                )
            ),
            "tools": draw(several(dictionary({"name": names, "use": lines}), 0, 24)),
            "roadmap": draw(
                several(
                    dictionary(
                        {
                            "title": names,
                            "weeks": st.integers(1, 104),
                            "goals": several(lines, 1, 12),
                            "resources": several(dictionary({"title": lines}), 0, 12),
                            "milestone": lines,
                        }
                    ),
                    1,
                    4,
                )
            ),
            "ladder": draw(
                several(
                    dictionary(
                        {
                            "title": names,
                            "level": names,
                            "years": _figure(),
                            "pay": _figure(currency=st.sampled_from(["USD", "JPY", "XXX"])),
                            "duties": several(lines, 1, 10),
                        }
                    ),
                    1,
                    10,
                )
            ),
            "questions": draw(
                several(dictionary({"question": lines, "answer": paragraphs}), 0, 24)
            ),
            "related": [{"slug": slug, "why": draw(lines)} for slug in ("r1", "r2", "r3")],
        }
    )
