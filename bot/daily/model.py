"""A server's daily questions: when and what is asked, and what became of each day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.daily.selection import Candidate
from bot.daily.times import Times
from bot.delivery.model import CatchUp, Kind, Reason, Target, Urgency
from bot.errors import MemberError
from bot.i18n import _, later
from bot.questions.known import Known
from bot.questions.model import Kind as QuestionKind
from bot.questions.model import Level
from bot.when.recurrence import Recurrence

MOST_CONFIGS = 10
"""Of a server."""

USUAL_REVEAL_HOURS = 8
MOST_REVEAL_HOURS = 72
LOW = 7
"""Questions left in a round at which managers are told, once."""

SHOWN_POSTS = 7
REMOVED_KEPT_FOR = timedelta(days=1)
"""How long a removed configuration can be brought back."""

POSTS_KEPT_FOR = timedelta(days=90)
"""How long the days of a removed configuration are kept: members' answers are about them."""

DAILY = Kind(
    "daily_question",
    timedelta(hours=25),  # the longest day; which day it is decides `Times.is_over`
    CatchUp.NEWEST,
    Urgency.NORMAL,
    title=later("Daily questions"),
)
REVEAL = Kind(
    "daily_reveal",
    timedelta(days=7),
    CatchUp.EACH,
    Urgency.RELAXED,
    title=later("Key points of daily questions"),
)
THREAD = Kind(
    "daily_thread",
    timedelta(days=1),
    CatchUp.EACH,
    Urgency.NORMAL,
    title=later("Threads of daily questions"),
)

BANK_LOW, BANK_EMPTY = "daily_bank_low", "daily_bank_empty"
"""What managers are told of, once each, until it is over."""


class ConfigState(StrEnum):
    """What managers have done with a configuration."""

    ACTIVE = "active"
    PAUSED = "paused"


class PostState(StrEnum):
    """What became of a day."""

    CHOSEN = "chosen"
    """Its question is fixed and being posted."""

    POSTED = "posted"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why a day has no post, beside the queue's own reasons."""

    LATE = "late"
    """It came up when its day was over."""

    DOWN = "down"
    """Waymark was down all day."""

    PAUSED = "paused"
    STOPPED = "stopped"
    """It couldn't be posted three times in a row."""

    MANAGER = "skipped"
    EMPTY = "bank_empty"
    CHANGED = "changed"
    """What was set up changed after its time."""


FINAL = (Skip.MANAGER, Skip.CHANGED, Reason.UNCONFIRMED)
"""Why a day was skipped that has no second time."""


QUEUES_REASONS: Mapping[str, Skip] = MappingProxyType(
    {
        Reason.LATE: Skip.LATE,
        Reason.SUPERSEDED: Skip.LATE,
        Reason.PAUSED: Skip.PAUSED,
        Reason.CANCELLED: Skip.MANAGER,
    }
)


@dataclass(frozen=True)
class Wish:
    """What a manager sets up."""

    channel_id: int
    times: Times
    role: str | None = None
    """A career's slug; None for all."""

    levels: tuple[Level, ...] = ()
    kinds: tuple[QuestionKind, ...] = ()
    """Empty for all."""

    ping_role: int | None = None
    """None posts without a notification."""

    thread: bool = False
    reveal_hours: int = USUAL_REVEAL_HOURS


@dataclass(frozen=True)
class Config:
    """A configuration; where and when it posts, its schedule says."""

    id: int
    guild_id: int
    schedule_id: int
    role: str | None
    levels: tuple[Level, ...]
    kinds: tuple[QuestionKind, ...]
    ping_role: int | None
    thread: bool
    reveal_hours: int
    seed: int
    state: ConfigState
    configured_by: int | None
    created_at: datetime
    recorded_until: datetime
    """Until when each configured day has its row."""

    removed_at: datetime | None

    @property
    def roles(self) -> tuple[str, ...]:
        """The career's slug as the pool takes it."""
        return (self.role,) if self.role else ()


@dataclass(frozen=True)
class Post:
    """A local day of a configuration, and what became of it."""

    id: int
    config_id: int
    guild_id: int
    day: date
    due: datetime
    delivery_id: int | None
    state: PostState
    reason: str | None
    question_key: str | None
    level: Level | None
    round: int | None
    channel_id: int | None = None
    message_id: int | None = None
    posted_at: datetime | None = None
    thread_id: int | None = None
    thread_reason: str | None = None
    """Why it has no thread though one was wanted."""

    reveal_at: datetime | None = None
    revealed_at: datetime | None = None
    reveal_reason: str | None = None
    """Why its key points weren't shown."""

    @property
    def is_over(self) -> bool:
        """Whether its day gets no question any more, unless a manager asks for one."""
        return self.state is PostState.POSTED or self.reason in FINAL

    @property
    def revealed(self) -> bool:
        """Whether its key points are out, or never will be."""
        return self.revealed_at is not None or self.reveal_reason is not None

    @property
    def link(self) -> str | None:
        """A link to its message."""
        if self.message_id is None:
            return None
        return f"https://discord.com/channels/{self.guild_id}/{self.channel_id}/{self.message_id}"


@dataclass(frozen=True)
class Posting:
    """A post with its question and what its card shows besides."""

    post: Post
    known: Known
    ping_role: int | None = None


@dataclass(frozen=True)
class Counts:
    """How far a configuration has come with its questions."""

    pool: int
    """Questions that may be asked."""

    left: int
    """Of those, what is still to come in this round."""

    round: int


@dataclass(frozen=True)
class Standing:
    """A configuration as it stands."""

    config: Config
    target: Target
    recurrence: Recurrence
    upcoming: datetime | None
    """When it posts next; None while it rests."""

    stopped: str | None
    """Why it rests though no manager paused it."""

    counts: Counts | None = None
    """Known where one is looked at, not where several are listed."""

    posts: tuple[Post, ...] = ()
    """The last days, newest first."""

    is_new: bool = False

    @property
    def times(self) -> Times:
        """When it posts."""
        return Times.of(self.recurrence)

    @property
    def wish(self) -> Wish:
        """What it was set up with."""
        config = self.config
        return Wish(
            self.target.id,
            self.times,
            config.role,
            config.levels,
            config.kinds,
            config.ping_role,
            config.thread,
            config.reveal_hours,
        )


@dataclass(frozen=True)
class Preview:
    """What would be posted next."""

    standing: Standing
    known: Known


class DailyGone(MemberError):
    """The configuration was removed, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That daily question is gone. `/daily status` shows those there are."))


class PostGone(MemberError):
    """The post isn't known any more, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That question is too old. Look for a newer one."))


class NothingSetUp(MemberError):
    """The server has no daily question."""

    def __init__(self) -> None:
        super().__init__(_("There is no daily question here yet. Begin with `/daily setup`."))


class WhichOne(MemberError):
    """The server has several daily questions and none was named."""

    def __init__(self) -> None:
        super().__init__(
            _("There are several daily questions here. Pick one with the option `which`.")
        )


class TooManyConfigs(MemberError):
    """A server has as many as it may."""

    def __init__(self) -> None:
        text = _("This server has {count} daily questions, the most I keep. Remove one first.")
        super().__init__(text.format(count=MOST_CONFIGS))


class BeingPosted(MemberError):
    """Its question is on its way to Discord."""

    def __init__(self) -> None:
        super().__init__(_("I'm just posting its question. Try again in a minute."))


class AlreadyPosted(MemberError):
    """The day has its question."""

    def __init__(self, link: str | None) -> None:
        super().__init__(_("Today's question is there already. {link}").format(link=link or ""))


class BeingTried(MemberError):
    """Discord hasn't taken the day's question yet."""

    def __init__(self) -> None:
        super().__init__(
            _("Discord hasn't taken today's question yet. I keep trying, so just wait a little.")
        )


class Resting(MemberError):
    """Nothing comes that could be skipped."""

    def __init__(self) -> None:
        super().__init__(_("It rests, so there is nothing to skip. `/daily resume` starts it."))


class NothingToAsk(MemberError):
    """No question fits."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No question fits its career, levels and kinds. Widen them with `/daily change`, "
                "or write some with `/questions add`."
            )
        )


class SkipOver(MemberError):
    """A skip can't be taken back any more."""

    def __init__(self) -> None:
        super().__init__(_("It is too late for that. `/daily now` posts a question at once."))


def candidates_of(pool: list[Known]) -> list[Candidate]:
    """Return what the selection needs of questions."""
    return [Candidate(each.key, each.question.level) for each in pool]
