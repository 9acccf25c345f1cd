from datetime import date
from typing import Any

from bot.careers.model import Role, Source
from bot.careers.sources import Footnotes, described
from tests.bot.careers.samples import role, step

READ = date(2026, 11, 24)


def with_sources(count: int) -> Role:
    """A role whose n-th step takes its years from the n-th source, and one source more."""
    sources = {f"s{n}": {"title": f"Survey {n}", "read": READ} for n in range(1, count + 1)}
    years: list[Any] = [{"range": {"low": 1, "high": 2}, "source": key} for key in sources]
    return role(sources=sources, ladder=[step(years=each) for each in years[:10]])


def test_the_only_source_needs_no_number() -> None:
    only = with_sources(1)
    notes = Footnotes(only)
    assert notes.mark(only.ladder[0].years) == ""
    assert notes.text() == "-# Source: Survey 1, read 2026-11-24."


def test_several_sources_are_numbered_as_they_are_used() -> None:
    several = with_sources(3)
    notes = Footnotes(several)
    first, second, third = (each.years for each in several.ladder)
    marks = [notes.mark(fact) for fact in (third, first, third, second)]
    assert marks == [" ¹", " ²", " ¹", " ³"]
    assert notes.text().splitlines() == [
        "-# ¹ Source: Survey 3, read 2026-11-24.",
        "-# ² Source: Survey 1, read 2026-11-24.",
        "-# ³ Source: Survey 2, read 2026-11-24.",
    ]


def test_a_number_of_two_digits_is_raised_whole() -> None:
    many = with_sources(10)
    notes = Footnotes(many)
    assert [notes.mark(each.years) for each in many.ladder][-1] == " ¹⁰"
    assert notes.text().splitlines()[-1].startswith("-# ¹⁰ Source: Survey 10,")


def test_a_source_is_numbered_even_if_it_is_the_only_one_used() -> None:
    several = with_sources(2)
    notes = Footnotes(several)
    assert notes.mark(several.ladder[1].years) == " ¹"
    assert notes.text() == "-# ¹ Source: Survey 2, read 2026-11-24."


def test_a_fact_that_is_unknown_has_no_source() -> None:
    notes = Footnotes(with_sources(2))
    assert notes.mark(None) == ""
    assert notes.text() == ""


def test_a_source_links_to_its_page_and_tells_how_it_made_its_figures() -> None:
    source = Source.model_validate(
        {"title": "Survey", "read": READ, "url": "https://example.org/a", "note": "By post."}
    )
    expected = "Source: [Survey](https://example.org/a), read 2026-11-24. By post."
    assert described(source) == expected


def test_braces_in_a_title_are_shown_as_they_are() -> None:
    assert "{day}" in described(Source(title="Survey {day}", read=READ))
