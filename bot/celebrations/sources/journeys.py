"""Phases and journeys that members finish."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.celebrations.model import Deed, Occasion, Subject, Told
from bot.celebrations.service import Celebrations
from bot.journeys.journey import Journey
from bot.journeys.model import Finished, TakenBack
from bot.journeys.service import Journeys


class JourneyDeeds:
    """Says in words what was finished on a journey."""

    def __init__(self, journeys: Journeys) -> None:
        self._journeys = journeys

    async def told(self, subject: Subject) -> Told | None:
        """Return it in words; None if it is gone, or open again."""
        whose = subject.guild_id, subject.member_id
        journey = await self._journeys.kept(*whose, subject.subject_id)
        if journey is None:
            return None
        if subject.occasion is Occasion.JOURNEY:
            return Told(Occasion.JOURNEY, journey.role_title) if journey.is_over else None
        return _phase(journey, subject.part)

    def hear(self, celebrations: Celebrations) -> None:
        """Let celebrations hear what members finish and take back."""

        async def finished(session: AsyncSession, what: Finished) -> None:
            await celebrations.finished(session, deeds(what))

        async def taken_back(session: AsyncSession, what: TakenBack) -> None:
            await celebrations.taken_back(session, subjects(what))

        self._journeys.observers.append(finished)
        self._journeys.taken_back.append(taken_back)


def deeds(what: Finished) -> list[Deed]:
    """Return what of an act can be celebrated."""
    found = [
        Deed(_subject(Occasion.PHASE, what, phase.last_task, phase.known_by), phase.again)
        for phase in what.phases
    ]
    if what.is_over and what.phases:
        again = all(phase.again for phase in what.phases)
        found.append(Deed(_subject(Occasion.JOURNEY, what), again))
    return found


def subjects(what: TakenBack) -> list[Subject]:
    """Return what isn't finished any more."""
    found = [
        _subject(Occasion.PHASE, what, phase.tasks[-1].id, phase.known_by) for phase in what.phases
    ]
    return [*found, _subject(Occasion.JOURNEY, what)] if what.was_over else found


def _subject(
    occasion: Occasion,
    what: Finished | TakenBack,
    part: int = 0,
    known_by: tuple[int, ...] = (),
) -> Subject:
    return Subject(occasion, what.guild_id, what.member_id, what.journey_id, part, known_by)


def _phase(journey: Journey, part: int) -> Told | None:
    for phase in journey.phases:
        if phase.is_complete and part in phase.known_by:
            return Told(Occasion.PHASE, phase.title, journey.role_title)
    return None
