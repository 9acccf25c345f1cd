from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.milestones.progress import Progress, UnclearProgress, progress_in
from tests.bot.milestones.samples import progresses


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("40", Progress(40)),
        (" 40 % ", Progress(40)),
        ("0%", Progress(0)),
        ("3 of 10", Progress(3, 10)),
        ("3/10", Progress(3, 10)),
        ("10 OF 10", Progress(10, 10)),
        ("  ", None),
    ],
)
def test_percent_and_counts_are_understood(typed: str, meant: Progress | None) -> None:
    assert progress_in(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["101", "11 of 10", "0 of 0", "half", "-1", "1.5", "1 of 2000000", "1 of", "٣٪ @everyone"],
)
def test_anything_else_is_asked_back_with_examples(typed: str) -> None:
    with pytest.raises(UnclearProgress, match="“3 of 10”"):
        progress_in(typed)


@given(progresses)
def test_what_is_written_is_read_back(progress: Progress | None) -> None:
    assert progress_in(progress.as_typed if progress else "") == progress


@given(progresses.filter(bool))
def test_only_the_whole_is_a_hundred_percent(progress: Progress) -> None:
    assert 0 <= progress.percent <= 100
    assert (progress.percent == 100) == (progress.value == progress.whole)


@given(st.text())
def test_no_text_does_any_harm(typed: str) -> None:
    with suppress(UnclearProgress):
        progress_in(typed)
