"""Goals, interviews, offers and accepted applications of members."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations.model import Deed, Occasion, Subject, Told
from bot.celebrations.service import Celebrations
from bot.milestones.model import FinishedMilestone, Kind, MilestoneGone
from bot.milestones.service import Milestones

OCCASIONS: Mapping[Kind, Occasion] = {
    Kind.GOAL: Occasion.GOAL,
    Kind.INTERVIEW: Occasion.INTERVIEW,
    Kind.OFFER: Occasion.OFFER,
    Kind.APPLICATION: Occasion.ACCEPTED,
}


class MilestoneDeeds:
    """Says in words which milestone was finished."""

    def __init__(self, milestones: Milestones) -> None:
        self._milestones = milestones

    async def told(self, subject: Subject) -> Told | None:
        """Return it in words; None if it is gone, or open again."""
        whose = subject.guild_id, subject.member_id
        try:
            found = (await self._milestones.get(*whose, subject.subject_id)).milestone
        except MilestoneGone:
            return None
        return Told(subject.occasion, found.details.title) if found.is_achieved else None

    def hear(self, celebrations: Celebrations) -> None:
        """Let celebrations hear what members finish and take back."""

        async def finished(session: AsyncSession, what: FinishedMilestone) -> None:
            await celebrations.finished(session, [Deed(_subject(what))])

        async def taken_back(session: AsyncSession, what: FinishedMilestone) -> None:
            await celebrations.taken_back(session, [_subject(what)])

        self._milestones.finished.append(finished)
        self._milestones.taken_back.append(taken_back)


def _subject(what: FinishedMilestone) -> Subject:
    return Subject(OCCASIONS[what.kind], what.guild_id, what.member_id, what.milestone_id)
