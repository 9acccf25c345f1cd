"""What a role pack says: the frozen types behind ``data/roles/<slug>/role.yaml``.

Money is in whole units of the pack's currency, experience in years, phases in weeks.
A figure that nobody could source is left out, which reads as unknown: never as zero.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    model_validator,
)

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
MAX_SLUG = 60


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


def _without_control_characters(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("has a control character, which Discord can't show")
    return text


VISIBLE = AfterValidator(_without_control_characters)
"""Refuses text with control characters."""


def text_up_to(maximum: int) -> StringConstraints:
    """Return the constraint of a text of 1 to `maximum` characters."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=maximum)


Bound = Annotated[int, Field(ge=0, le=1_000_000_000_000)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_SLUG)]
Name = Annotated[str, text_up_to(100), VISIBLE]
Summary = Annotated[str, text_up_to(150), VISIBLE]
Line = Annotated[str, text_up_to(400), VISIBLE]
Paragraph = Annotated[str, text_up_to(2000), VISIBLE]


MOST_HOURS = 60
"""Hours a week that anybody may plan with; more isn't a plan."""

HoursAWeek = Annotated[int, Field(ge=1, le=MOST_HOURS)]


class Level(StrEnum):
    """How deep something goes, from a first look to mastery."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Degree(StrEnum):
    """How high a barrier is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class CodingNeed(StrEnum):
    """How much programming the role asks for."""

    NONE = "none"
    HELPFUL = "helpful"
    REQUIRED = "required"


class RemoteFit(StrEnum):
    """Where the work is done."""

    ON_SITE = "on-site"
    HYBRID = "hybrid"
    REMOTE_FRIENDLY = "remote-friendly"
    FULLY_REMOTE = "fully remote"


class Topic(StrEnum):
    """What every career can be asked, whoever wrote its pack."""

    OVERVIEW = "overview"
    FIT = "fit"
    ENTRY = "entry"
    CODING = "coding"
    TIME = "time_to_learn"
    DEMAND = "demand"
    AUTOMATION = "automation"
    REMOTE = "remote"
    DAY = "day"
    SKILLS = "skills"
    TOOLS = "tools"
    ROADMAP = "roadmap"
    RESOURCES = "resources"
    REGULATION = "regulation"
    LADDER = "ladder"
    PAY = "pay"
    SWITCHING = "switching"
    INDUSTRIES = "industries"
    RELATED = "related"


class PackModel(BaseModel):
    """Base of all pack types: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(PackModel):
    """Where a figure comes from, and when it was read."""

    title: Line
    read: date = Field(description="The day on which the source was read, as YYYY-MM-DD.")
    url: HttpUrl | None = None
    note: Line | None = Field(default=None, description="How the source made its figures.")


class Sourced(PackModel):
    """A fact with the key of the source that states it."""

    source: str = Field(description="A key of this pack's `sources`.")


class Range(PackModel):
    """Whole numbers from low to high; an open end has no limit beyond the number given."""

    low: Bound | None = None
    high: Bound | None = None
    low_open: bool = Field(default=False, description="True where lower values occur too.")
    high_open: bool = Field(default=False, description="True for 12+ or $400,000+.")

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("needs low, high or both; leave the whole range out if unknown")
        if self.low is None and not self.low_open:
            raise ValueError("without low, low_open must be true")
        if self.high is None and not self.high_open:
            raise ValueError("without high, high_open must be true")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")
        return self

    def holds(self, number: int) -> bool:
        """Return whether a number lies within the bounds that are given."""
        return (self.low or 0) <= number and (self.high is None or number <= self.high)


class Difficulty(Sourced):
    value: Level


class EntryBarrier(Sourced):
    value: Degree


class Coding(Sourced):
    value: CodingNeed


class MonthsToLearn(Sourced):
    """Months of steady study until job-ready."""

    value: Range


class DemandScore(Sourced):
    """Expected future demand, 0 (none) to 10 (highest)."""

    value: Annotated[float, Field(ge=0, le=10)]


class ReplacementRisk(Sourced):
    """How much of the role AI may take over, in percent."""

    value: Annotated[float, Field(ge=0, le=100)]


class Remote(Sourced):
    value: RemoteFit


class DayEntry(PackModel):
    """One entry of a typical day."""

    time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = Field(
        description='Local time on a 24-hour clock, quoted: "09:00".'
    )
    activity: Line


class Skill(PackModel):
    name: Name
    level: Level
    why: Line = Field(description="Why the role needs it.")
    learn: Line = Field(description="How to learn it.")


class Tool(PackModel):
    name: Name
    use: Line = Field(description="What the role uses it for.")


class Resource(PackModel):
    title: Line
    url: HttpUrl | None = None


class Phase(PackModel):
    """One phase of the roadmap; its milestone is what ends it."""

    title: Name
    weeks: Annotated[int, Field(ge=1, le=104)]
    goals: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    resources: Annotated[tuple[Resource, ...], Field(max_length=12)] = ()
    milestone: Line


class Pay(Sourced):
    """A salary range in whole units of an ISO 4217 currency."""

    range: Range
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    period: Literal["year", "month", "hour"] = "year"


class Experience(Sourced):
    """Years of experience that people at this step have."""

    range: Range


class Step(PackModel):
    """One step of the career ladder."""

    title: Name
    level: Name = Field(description="A word for the step: entry, mid, senior, lead, executive.")
    years: Experience | None = None
    pay: Pay | None = None
    duties: Annotated[tuple[Line, ...], Field(min_length=1, max_length=10)]


class Question(PackModel):
    question: Line
    answer: Paragraph
    also: Annotated[tuple[Line, ...], Field(max_length=40)] = Field(
        default=(), description="Other ways in which people ask it, in any language."
    )
    topics: tuple[Topic, ...] = Field(
        default=(), description="The standard topics that it answers in the pack's own words."
    )


class Related(PackModel):
    slug: Slug
    why: Line = Field(description="What the two roles share and where they part.")


class Role(PackModel):
    """A whole role pack. Its slug is the name of its folder."""

    title: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=40)] = ()
    category: Name
    summary: Summary = Field(description="One line for lists.")
    overview: Paragraph
    sources: dict[str, Source] = Field(default_factory=dict)
    great_fit: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    poor_fit: Annotated[tuple[Line, ...], Field(min_length=1, max_length=12)]
    difficulty: Difficulty | None = None
    entry_barrier: EntryBarrier | None = None
    coding: Coding | None = None
    months_to_learn: MonthsToLearn | None = None
    demand: DemandScore | None = None
    replacement_risk: ReplacementRisk | None = None
    remote: Remote | None = None
    industries: Annotated[tuple[Name, ...], Field(max_length=20)] = ()
    typical_day: Annotated[tuple[DayEntry, ...], Field(max_length=16)] = ()
    skills: Annotated[tuple[Skill, ...], Field(min_length=1, max_length=24)]
    tools: Annotated[tuple[Tool, ...], Field(max_length=24)] = ()
    roadmap: Annotated[tuple[Phase, ...], Field(min_length=1, max_length=12)]
    hours_a_week: HoursAWeek = Field(
        default=10, description="The pace at which the roadmap's weeks count: Waymark's assumption."
    )
    ladder: Annotated[tuple[Step, ...], Field(min_length=1, max_length=10)]
    questions: Annotated[tuple[Question, ...], Field(max_length=24)] = ()
    related: Annotated[tuple[Related, ...], Field(max_length=12)] = ()

    @model_validator(mode="after")
    def _every_source_is_listed(self) -> Self:
        missing = sorted({fact.source for fact in self.sourced_facts()} - self.sources.keys())
        if missing:
            raise ValueError(f"no such source in `sources`: {', '.join(missing)}")
        return self

    @model_validator(mode="after")
    def _related_roles_are_named_once(self) -> Self:
        slugs = [related.slug for related in self.related]
        twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
        if twice:
            raise ValueError(f"related roles given twice: {', '.join(twice)}")
        return self

    def sourced_facts(self) -> tuple[Sourced, ...]:
        """All facts of the role that name a source, in reading order."""
        facts: list[Sourced | None] = [
            self.difficulty,
            self.entry_barrier,
            self.coding,
            self.months_to_learn,
            self.demand,
            self.replacement_risk,
            self.remote,
        ]
        facts += [fact for step in self.ladder for fact in (step.years, step.pay)]
        return tuple(fact for fact in facts if fact is not None)
