"""Which roles a server gives for finished phases, and who has earned them."""

from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.delivery.planner import Planner
from bot.guilds.service import Notices
from bot.journeys.journey import Journey
from bot.journeys.model import Finished, TakenBack
from bot.journeys.service import Journeys
from bot.phase_roles.giving.service import Giving
from bot.phase_roles.model import (
    BACK_WITHIN,
    MOST_RULES,
    Hindrance,
    Prize,
    Rule,
    RuleGone,
    Standing,
    State,
    StuckRole,
    TooManyRules,
    trouble,
)
from bot.phase_roles.statements import grants, rules
from bot.store.database import Database


async def _nothing(_guild_id: int, _role_id: int) -> Hindrance | None:
    return None


class PhaseRoles:
    """Roles for finished phases. What is to be given or taken back goes through the queue."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        planner: Planner,
        notices: Notices,
        journeys: Journeys,
    ) -> None:
        self._database = database
        self._clock = clock
        self._notices = notices
        self._journeys = journeys
        self.giving = Giving(database, clock, planner, notices)
        self.hindrance: Callable[[int, int], Awaitable[Hindrance | None]] = _nothing
        """What keeps the bot from giving a role of a server; only Discord knows, the cog sets it"""

    async def all(self, guild_id: int) -> list[Standing]:
        """Return what a server gives, and to how many."""
        async with self._database.reading() as session:
            return await rules.standings(session, guild_id)

    async def get(self, guild_id: int, rule_id: int) -> Rule:
        """Return a rule, removed or not. Raises RuleGone."""
        async with self._database.reading() as session:
            return await self._rule(session, guild_id, rule_id)

    async def put(self, guild_id: int, prize: Prize, by: int) -> tuple[Rule, Rule | None]:
        """Give a role for a phase from now on, and to all who have finished it.

        Return the rule, and as it was before, which may be removed. Who had another role for it
        gets this one in its place. Raises TooManyRules.
        """
        async with self._database.writing() as session:
            known = await rules.rules(session, guild_id)
            before = next((each for each in known if _key(each.prize) == _key(prize)), None)
            there = [each for each in known if each.removed_at is None]
            if before not in there and len(there) >= MOST_RULES:
                raise TooManyRules
            rule = await rules.put_rule(session, guild_id, prize, by, self._clock.now())
            is_new = prize not in [each.prize for each in there]
            await self._begin(session, rule, is_new=is_new)
        return rule, before

    async def remove(self, guild_id: int, rule_id: int, *, taking_back: bool = False) -> Rule:
        """Give a role no more; who has it keeps it, unless it is taken back. Raises RuleGone."""
        async with self._database.writing() as session:
            rule = await self._rule(session, guild_id, rule_id)
            now = self._clock.now()
            if rule.removed_at is None:
                await rules.mark_removed(session, rule_id, now)
            if taking_back:
                await grants.unearn(session, [rule_id])
            await self._notices.over(session, [trouble(rule)])
            await self.giving.plan(session, guild_id)
            return rule

    async def bring_back(self, guild_id: int, rule_id: int, by: int) -> tuple[Rule, Rule | None]:
        """Give a role again that was removed; return what `put` does.

        Raises RuleGone or TooManyRules.
        """
        rule = await self.get(guild_id, rule_id)
        return await self.put(guild_id, rule.prize, by)

    async def finished(self, session: AsyncSession, finished: Finished) -> None:
        """Note what a member has earned by finishing phases, or all of them."""
        titles = {phase.title for phase in finished.phases}
        whose = finished.guild_id, finished.member_id
        await self._earned(session, whose, finished.role, titles, is_over=finished.is_over)

    async def begun(self, session: AsyncSession, journey: Journey) -> None:
        """Note what a member has earned by what was done before their journey began."""
        titles = {phase.title for phase in journey.phases if phase.is_complete}
        whose = journey.guild_id, journey.member_id
        await self._earned(session, whose, journey.role, titles, is_over=journey.is_over)

    async def taken_back(self, session: AsyncSession, back: TakenBack) -> None:
        """Take back what a member has earned by what isn't finished any more."""
        known = await rules.rules(session, back.guild_id, back.role)
        titles = {phase.title for phase in back.phases}
        lost = [
            each.id
            for each in known
            if (back.was_over if each.prize.phase is None else each.prize.phase in titles)
        ]
        if lost:
            await grants.unearn(session, lost, back.member_id)
            await self.giving.plan(session, back.guild_id)

    async def came_back(self, session: AsyncSession, guild_id: int, member_id: int) -> None:
        """Give a member who is back in a server what they have earned."""
        await grants.wake_member(session, guild_id, member_id)
        await self.giving.plan(session, guild_id)

    async def deleted(self, guild_id: int, role_id: int) -> None:
        """Tell managers that a role that is given for phases was deleted."""
        async with self._database.writing() as session:
            for rule in await rules.rules(session, guild_id):
                if rule.removed_at is None and rule.prize.role_id == role_id:
                    await self._notices.report(session, trouble(rule, Hindrance.GONE.value))

    async def mended(self, guild_id: int) -> None:
        """Go on in a server with what can be given again, as its roles have changed."""
        async with self._database.reading() as session:
            stuck = await rules.stuck_rules(session, guild_id)
        await self._go_on(stuck)

    async def try_again(self, guild_id: int, rule_id: int) -> Hindrance | None:
        """Go on with what is stuck by a rule; return what is still in the way. Raises RuleGone."""
        rule = await self.get(guild_id, rule_id)
        older = await self._go_on([rule])
        return await self.hindrance(guild_id, rule.prize.role_id) or older

    async def role_in_the_way(self, rule: Rule) -> int:
        """Return which role a rule is stuck by; it may be one that was to be taken back."""
        async with self._database.reading() as session:
            stuck = await grants.stuck_roles(session, rule)
        return stuck[0].role_id if stuck else rule.prize.role_id

    async def look_after(self) -> None:
        """Go on with what can be given again, plan what got lost, and forget what was removed."""
        async with self._database.reading() as session:
            stuck = await rules.stuck_rules(session)
        await self._go_on(stuck)
        await self.giving.plan_lost()
        async with self._database.writing() as session:
            await rules.forget_removed(session, self._clock.now() - BACK_WITHIN)

    async def _go_on(self, stuck: Sequence[Rule]) -> Hindrance | None:
        """Go on by these rules with each role that can be given; return what is in the way."""
        found: Hindrance | None = None
        for rule in stuck:
            async with self._database.reading() as session:
                roles = await grants.stuck_roles(session, rule)
            for each in roles:
                hindrance = await self.hindrance(rule.guild_id, each.role_id)
                found = found or hindrance
                if hindrance is None:
                    await self._wake(each)
        return found

    async def _wake(self, stuck: StuckRole) -> None:
        async with self._database.writing() as session:
            await grants.wake_stuck(session, stuck)
            await self.giving.plan(session, stuck.rule.guild_id)

    async def _begin(self, session: AsyncSession, rule: Rule, *, is_new: bool) -> None:
        """Let all who have finished what a rule is for get its role."""
        await self._notices.over(session, [trouble(rule)])
        await grants.wake(session, rule.id, states=tuple(State) if is_new else [State.STUCK])
        who = self._journeys.finishers(rule.guild_id, rule.prize.role, rule.prize.phase)
        await grants.earn_all(session, rule.guild_id, rule.id, who)
        await self.giving.plan(session, rule.guild_id)

    async def _earned(
        self,
        session: AsyncSession,
        whose: tuple[int, int],
        role: str,
        titles: set[str],
        *,
        is_over: bool,
    ) -> None:
        guild_id, member_id = whose
        if not titles and not is_over:
            return
        for rule in await rules.rules(session, guild_id, role):
            phase = rule.prize.phase
            if rule.removed_at is None and (is_over if phase is None else phase in titles):
                await grants.earn(session, guild_id, member_id, rule.id)
        await self.giving.plan(session, guild_id)

    async def _rule(self, session: AsyncSession, guild_id: int, rule_id: int) -> Rule:
        rule = await rules.rule(session, rule_id)
        if rule is None or rule.guild_id != guild_id:
            raise RuleGone
        return rule


def _key(prize: Prize) -> tuple[str, str | None]:
    return prize.role, prize.phase
