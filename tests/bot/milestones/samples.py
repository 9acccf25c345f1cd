"""Milestones as members have them, and any that they could have."""

from datetime import date, timedelta

from hypothesis import strategies as st

from bot.milestones.files import Record
from bot.milestones.model import (
    MAX_CATEGORY,
    MAX_NEXT_STEP,
    MAX_NOTE,
    MAX_TITLE,
    Details,
    Kind,
    Visibility,
)
from bot.milestones.progress import MOST_COUNTED, Progress
from bot.milestones.stages import MOST_STEPS, Outcome, Stage, Step, Steps
from bot.milestones.typed import Part, fit
from tests.conftest import NOW

GUILD, OTHER_GUILD, ANNA, BEN = 3, 4, 77_123_456_701, 77_123_456_702
HOSTILE = "@everyone **bold** <@&1> [x](https://example.org) \u202egnirts `x`"

RISKY = st.sampled_from(["=1+1", "+1", "-x", "@SUM(A1)", "'=1", "\uff1dA1", "a,b;c", 'a"b', "a|b"])
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))


def texts(part: Part, longest: int, least: int = 0) -> st.SearchStrategy[str]:
    """Texts that fit a part, as they are kept."""
    plain = st.text(CHARACTERS, min_size=least, max_size=min(longest, 60)) | RISKY
    return plain.filter(lambda text: bool(text.strip()) or not least).map(
        lambda text: fit(part, text)
    )


notes = st.lists(texts(Part.NOTE, MAX_NOTE), max_size=3).map(
    lambda lines: fit(Part.NOTE, "\n".join(lines))
)
days = st.none() | st.dates(date(1970, 1, 1), date(2150, 1, 1))
instants = st.integers(0, 800_000_000_000_000).map(lambda n: NOW - timedelta(microseconds=n))
progresses = (
    st.none()
    | st.integers(0, 100).map(Progress)
    | st.integers(1, MOST_COUNTED).flatmap(
        lambda total: st.integers(0, total).map(lambda value: Progress(value, total))
    )
)


@st.composite
def ways(draw: st.DrawFn) -> Steps:
    """Steps of an application, in the order of their times."""
    at, steps = draw(instants), list[Step]()
    for stage in draw(st.lists(st.sampled_from(Stage), min_size=1, max_size=MOST_STEPS)):
        steps.append(Step(stage, min(at, NOW)))
        at += timedelta(seconds=draw(st.integers(0, 10**7)))
    return tuple(steps)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Milestones of any kind."""
    kind = draw(st.sampled_from(Kind))
    is_goal, is_application = kind is Kind.GOAL, kind is Kind.APPLICATION
    details = Details(
        title=draw(texts(Part.TITLE, MAX_TITLE, 1)),
        kind=kind,
        note=draw(notes),
        due=draw(days),
        category=draw(texts(Part.CATEGORY, MAX_CATEGORY)),
        visibility=draw(st.sampled_from(Visibility)) if is_goal else Visibility.ME,
        progress=draw(progresses),
        next_step=draw(texts(Part.NEXT_STEP, MAX_NEXT_STEP)) if is_application else "",
        next_on=draw(days) if is_application else None,
    )
    if not is_application:
        return Record(details, draw(st.none() | instants))
    steps = draw(ways())
    if steps[-1].stage is not Stage.CLOSED:
        return Record(details, steps=steps)
    return Record(details, draw(instants), draw(st.none() | st.sampled_from(Outcome)), steps)
