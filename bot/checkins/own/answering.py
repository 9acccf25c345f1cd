"""What members answer, the tasks they tick with it, and notes to facilitators."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.model import (
    HELP,
    MAX_ANSWER,
    MAX_HELP,
    MOST_TASKS,
    NUDGE,
    Answer,
    CheckinGone,
    Config,
    Day,
    Help,
    NobodyToTell,
    NotYourCheckin,
    Progress,
    Prompt,
    Sheet,
)
from bot.checkins.settings import HELP_CHANNEL
from bot.checkins.statements import configs, days
from bot.clock import Clock
from bot.delivery.model import Plan, Target
from bot.delivery.planner import Planner
from bot.settings.service import Preferences
from bot.store.database import Database


@dataclass(frozen=True)
class Stuck:
    """What can be done for a member who is stuck."""

    prompt: Prompt
    help: Help | None
    can_tell: bool
    """Whether there is a channel in which facilitators can be told."""


class Answers:
    """Members' answers. Everything asks for the member's id: nobody reaches another's."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        preferences: Preferences,
        progress: Progress,
    ) -> None:
        self._database = database
        self._clock = clock
        self._planner = planner
        self._preferences = preferences
        self.progress = progress

    async def get(self, day_id: int, member_id: int) -> Prompt:
        """Return a member's check-in. Raises CheckinGone or NotYourCheckin."""
        async with self._database.reading() as session:
            return Prompt(*await self._own(session, day_id, member_id))

    async def sheet(self, day_id: int, member_id: int) -> Sheet:
        """Return what a member fills in, with what they said last time.

        Raises CheckinGone or NotYourCheckin.
        """
        async with self._database.reading() as session:
            config, day = await self._own(session, day_id, member_id)
            prompt = Prompt(config, day)
            before = day if day.said else await days.answered_before(session, config.id, day.day)
        tasks = await self.progress.open_tasks(day.guild_id, member_id)
        return Sheet(prompt, _last_said(prompt, before), tuple(tasks)[:MOST_TASKS])

    async def answer(self, day_id: int, member_id: int, answer: Answer) -> Prompt:
        """Keep how it goes; an earlier answer gives way. Raises CheckinGone or NotYourCheckin."""
        async with self._database.writing() as session:
            config, day = await self._own(session, day_id, member_id, locked=True)
            now = self._clock.now()
            day = await days.change(session, day.id, answer=answer.value, answered_at=now)
            await self._planner.cancel_about(session, NUDGE.name, day.id)
        return Prompt(config, day)

    async def fill_in(
        self, day_id: int, member_id: int, said: tuple[str, ...], ticked: Collection[int]
    ) -> Prompt:
        """Tick the tasks that are done, and keep what was said with it.

        Raises CheckinGone or NotYourCheckin.
        """
        prompt = await self.get(day_id, member_id)
        done = await self._finish(prompt.day, ticked)
        async with self._database.writing() as session:
            config, day = await self._own(session, day_id, member_id, locked=True)
            keeps = day.answer not in {None, Answer.SKIP} and not done
            answer = day.answer if keeps and day.answer else Answer.DONE
            day = await days.change(
                session,
                day.id,
                answer=answer.value,
                asked=days.column(prompt.questions),
                said=days.said_column(tuple(each.strip()[:MAX_ANSWER] for each in said)),
                finished=day.finished + len(done),
                answered_at=self._clock.now(),
            )
            await self._planner.cancel_about(session, NUDGE.name, day.id)
        return Prompt(config, day)

    async def take_back(self, day_id: int, member_id: int) -> Prompt:
        """Open a check-in again, and the tasks that were ticked with it; what was said is kept.

        Raises CheckinGone or NotYourCheckin.
        """
        before = (await self.get(day_id, member_id)).day
        until = before.answered_at or self._clock.now()
        back = await self.progress.reopen(before.guild_id, member_id, before.ticked, until)
        gone = {*before.ticked} - {*back.out_of_reach}
        async with self._database.writing() as session:
            config, day = await self._own(session, day_id, member_id, locked=True)
            kept = tuple(each for each in day.ticked if each not in gone)
            opened = {"answer": None, "answered_at": None, "ticked": days.column(kept)}
            day = await days.change(session, day.id, finished=len(kept), **opened)
        return Prompt(config, day, reopened=len(back.opened))

    async def stuck(self, day_id: int, member_id: int) -> Stuck:
        """Keep that a member is stuck, and return what may help.

        Raises CheckinGone or NotYourCheckin.
        """
        prompt = await self.answer(day_id, member_id, Answer.STUCK)
        return await self.help_for(prompt)

    async def help_for(self, prompt: Prompt) -> Stuck:
        """Return what may help a member who is stuck."""
        guild_id, member_id = prompt.day.guild_id, prompt.day.member_id
        found = await self.progress.stuck_help(guild_id, member_id)
        channel = await self._preferences.get(HELP_CHANNEL, guild_id)
        return Stuck(prompt, found, channel is not None)

    async def tell(self, day_id: int, member_id: int, text: str) -> Prompt:
        """Tell facilitators what a member chose to say, once a day.

        Raises CheckinGone, NotYourCheckin or NobodyToTell.
        """
        async with self._database.writing() as session:
            config, day = await self._own(session, day_id, member_id, locked=True)
            channel = await self._preferences.read(session, HELP_CHANNEL, day.guild_id)
            if channel is None:
                raise NobodyToTell
            if day.help_wanted is None:
                wanted = text.strip()[:MAX_HELP]
                day = await days.change(session, day.id, help_wanted=wanted)
                await self._planner.plan(session, self._note(day, channel))
        return Prompt(config, day)

    async def stop_nudging(self, session: AsyncSession, config_id: int) -> None:
        """Let the nudges of a member's last day be off."""
        last = await days.last(session, config_id)
        if last is not None:
            await self._planner.cancel_about(session, NUDGE.name, last.id)

    def _note(self, day: Day, channel_id: int) -> Plan:
        return Plan(
            kind=HELP.name,
            dedupe_key=f"{HELP.name}:{day.id}",
            target=Target.channel(channel_id),
            due=self._clock.now(),
            subject_id=day.id,
            guild_id=day.guild_id,
        )

    async def _finish(self, day: Day, ticked: Collection[int]) -> list[int]:
        """Finish those of the ticked tasks that are still the member's to do; return which.

        They are kept with the day first, so that whatever happens then can be undone.
        """
        there = await self.progress.open_tasks(day.guild_id, day.member_id) if ticked else ()
        ids = [task.id for task in there if task.id in ticked]
        if ids:
            async with self._database.writing() as session:
                _, day = await self._own(session, day.id, day.member_id, locked=True)
                known = tuple(dict.fromkeys((*day.ticked, *ids)))
                await days.change(session, day.id, ticked=days.column(known))
            await self.progress.finish(day.guild_id, day.member_id, ids)
        return ids

    async def _own(
        self, session: AsyncSession, day_id: int, member_id: int, *, locked: bool = False
    ) -> tuple[Config, Day]:
        day = await days.by_id(session, day_id, locked=locked)
        config = day and await configs.by_id(session, day.config_id)
        if day is None or config is None:
            raise CheckinGone
        if day.member_id != member_id:
            raise NotYourCheckin
        return config, day


def _last_said(prompt: Prompt, before: Day | None) -> tuple[str, ...]:
    """Return what was said last to each of a day's questions, "" where it wasn't asked then."""
    if before is None:
        return ()
    asked = before.asked or (prompt.questions if before is prompt.day else ())
    said = dict(zip(asked, before.said, strict=False))
    return tuple(said.get(question, "") for question in prompt.questions)
