"""Questions and a bank to try daily questions with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import time

from bot.daily.model import Wish
from bot.daily.times import Times
from bot.questions.known import Known, QuestionGone
from bot.questions.model import Content, KeyPoint, Kind, Level

GUILD, OTHER_GUILD, CHANNEL, ANNA = 3, 4, 1, 7
NINE = Times(time(9), "Europe/Berlin")
WISH = Wish(CHANNEL, NINE)


def known(number: int, level: Level = Level.ENTRY, kind: Kind = Kind.KNOWLEDGE) -> Known:
    content = Content(
        text=f"Question {number}?",
        level=level,
        kind=kind,
        minutes=5,
        key_points=(KeyPoint(point="A point.", why="", weight=2),),
    )
    return Known(f"own:{number}", content, None)


def several(count: int) -> list[Known]:
    levels = [*Level]
    return [known(number, levels[number % len(levels)]) for number in range(1, count + 1)]


@dataclass
class FakeBank:
    """Questions that a test adds and takes away; what is taken away can still be shown."""

    questions: list[Known] = field(default_factory=lambda: several(12))
    retired: dict[str, Known] = field(default_factory=dict[str, Known])

    async def pool(
        self,
        guild_id: int,
        roles: Collection[str] = (),
        levels: Collection[Level] = (),
        kinds: Collection[Kind] = (),
    ) -> list[Known]:
        return [each for each in self.questions if each.fits(roles, levels, kinds)]

    async def get(self, guild_id: int, key: str) -> Known:
        there = {each.key: each for each in self.questions} | self.retired
        if key not in there:
            raise QuestionGone
        return there[key]

    def retire(self, keys: Sequence[str]) -> None:
        gone = [each for each in self.questions if each.key in keys]
        self.retired |= {each.key: each for each in gone}
        self.questions = [each for each in self.questions if each.key not in keys]
