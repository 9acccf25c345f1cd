"""Makes each feature's service from those it needs, and says what it posts and can be set."""

from collections.abc import Callable
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

import structlog

from bot.answers.service import Answers
from bot.attempts.service import Attempts
from bot.availability.service import Availability
from bot.blocks.service import Blocks
from bot.careers import settings as career_settings
from bot.careers.registry import RoleRegistry
from bot.careers.service import Careers
from bot.careers.standing import CareersMeant
from bot.celebrations import settings as celebration_settings
from bot.celebrations.model import CELEBRATION, Occasion
from bot.celebrations.model import EDIT as CELEBRATION_EDIT
from bot.celebrations.service import Celebrations
from bot.celebrations.sources.journeys import JourneyDeeds
from bot.celebrations.sources.milestones import OCCASIONS, MilestoneDeeds
from bot.checkins import settings as checkin_settings
from bot.checkins.group import KINDS as GROUP_KINDS
from bot.checkins.model import CHECKIN, HELP, NUDGE
from bot.checkins.own.progress import JourneyProgress
from bot.checkins.service import Checkins
from bot.clock import Clock
from bot.commands.service import CommandSyncs
from bot.config import Settings
from bot.daily.model import DAILY, REVEAL, THREAD
from bot.daily.service import Daily
from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.delivery.service import Deliveries
from bot.faq.model import ANSWERED
from bot.faq.service import Faq
from bot.feedback.giving import Feedbacks
from bot.guilds import settings as guild_settings
from bot.guilds.model import NOTICE, RECOVERY
from bot.guilds.service import Notices
from bot.journeys import settings as journey_settings
from bot.journeys.service import Journeys
from bot.leaderboard.service import Leaderboards
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.milestones.exchange.service import MilestoneFiles
from bot.milestones.reminding.service import NextSteps
from bot.milestones.service import Milestones
from bot.paths import DATA
from bot.phase_roles.model import PHASE_ROLE
from bot.phase_roles.service import PhaseRoles
from bot.pictures import settings as picture_settings
from bot.practice.interviews.service import Interviews
from bot.practice.service import Practice
from bot.privacy import settings as privacy_settings
from bot.privacy.leaving.service import Leavings
from bot.privacy.model import ERASURE
from bot.privacy.service import Privacy
from bot.progress.service import ServerProgress
from bot.questions.bank import Banks, load_banks
from bot.questions.own import SUGGESTION
from bot.questions.service import Questions
from bot.reminders.model import REMINDER
from bot.reminders.service import Reminders
from bot.services import Services
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.service import Streaks
from bot.study.model import KINDS as STUDY_KINDS
from bot.study.model import REQUEST as STUDY_REQUEST
from bot.study.service import StudyGroups

log = structlog.stdlib.get_logger(__name__)


class Assembly:
    """Every feature's service, made once; a feature adds a property here, and a line below."""

    def __init__(
        self, settings: Settings, database: Database, planner: Planner, clock: Clock
    ) -> None:
        self._settings = settings
        self._database = database
        self._planner = planner
        self._clock = clock

    def services(self) -> Services:
        """Return all services, wired to each other and to the queue."""
        self._register(self._planner.kinds)
        self._observe()
        return Services(
            clock=self._clock,
            careers=self.careers,
            careers_meant=self.careers_meant,
            command_syncs=CommandSyncs(self._database, self._clock),
            preferences=self.preferences,
            members=self.members,
            availability=Availability(self._database, self._clock, self.members),
            deliveries=self.deliveries,
            notices=self.notices,
            reminders=self.reminders,
            faq=self.faq,
            questions=self.questions,
            practice=Practice(self._database, self._clock, self.questions, self.preferences),
            interviews=Interviews(self._database, self._clock, self.questions, self.feedback),
            daily=self.daily,
            attempts=self.attempts,
            feedback=self.feedback,
            streaks=self.streaks,
            leaderboards=self.leaderboards,
            milestones=self.milestones,
            milestone_files=MilestoneFiles(self._database, self._clock),
            next_steps=self.next_steps,
            journeys=self.journeys,
            phase_roles=self.phase_roles,
            server_progress=ServerProgress(self._database, self._clock, self.journeys),
            checkins=self.checkins,
            celebrations=self.celebrations,
            study=self.study,
            privacy=self.privacy,
            blocks=Blocks(self._database, self._clock),
            leavings=self.leavings,
            answers=Answers(self.careers.registry, DATA, self.faq, self.careers_meant),
        )

    def _register(self, kinds: Kinds) -> None:
        """Say what is posted later, and where it goes if it can't be posted."""
        kinds.register(NOTICE, self.notices.elsewhere)
        kinds.register(RECOVERY, self.notices.elsewhere)
        kinds.register(REMINDER, self.reminders.elsewhere)
        kinds.register(ANSWERED, self.faq.elsewhere)
        kinds.register(CHECKIN, self.checkins.asking.elsewhere)
        kinds.register(CELEBRATION)
        kinds.register(CELEBRATION_EDIT)
        for kind in (SUGGESTION, ERASURE, PHASE_ROLE, DAILY, REVEAL, THREAD, NUDGE, HELP):
            kinds.register(kind)
        for kind in GROUP_KINDS:
            kinds.register(kind)
        for kind in STUDY_KINDS:
            is_request = kind is STUDY_REQUEST
            kinds.register(kind, self.study.cards.elsewhere if is_request else None)

    def _observe(self) -> None:
        """Let features hear of what others write, within its unit of work."""
        self.attempts.observers.append(self.leaderboards.answered)
        self.attempts.sharing_observers.append(self.daily.poster.shown_otherwise)
        self.streaks.observers.append(self.leaderboards.rested)
        self.preferences.observers.append(self.checkins.zone_changed)
        self.daily.poster.posted.append(self.streaks.asked)
        self.journeys.observers.append(self.phase_roles.finished)
        self.journeys.taken_back.append(self.phase_roles.taken_back)
        self.journeys.started.append(self.phase_roles.begun)
        self.leavings.returned.append(self.phase_roles.came_back)
        self.leavings.returned.append(self.study.came_back)
        self.leavings.departed.append(self.study.left)
        self.leavings.watched.append(self.study.to_look_for)
        self.privacy.when_gone("study_entries", self.study.forgotten)
        self.journey_deeds.hear(self.celebrations)
        self.milestone_deeds.hear(self.celebrations)
        self.notices.moved.append(self.celebrations.moved)
        self.milestones.changed.append(self.next_steps.follow)
        self.privacy.when_gone("attempt_votes", self.leaderboards.votes_gone)

    @cached_property
    def careers(self) -> Careers:
        """The role packs."""
        careers = Careers(content_directories(self._settings))
        for problem in careers.problems:
            log.warning("content problem", problem=str(problem))
        return careers

    @cached_property
    def banks(self) -> Banks:
        """The packs' interview questions."""
        banks = load_banks(self.careers.registry.all())
        for problem in banks.problems:
            log.warning("content problem", problem=str(problem))
        return banks

    @cached_property
    def careers_meant(self) -> CareersMeant:
        """Which career is meant where none is named."""
        return CareersMeant(self.careers.registry, self.preferences)

    @cached_property
    def preferences(self) -> Preferences:
        """The settings of members, servers and channels."""
        return Preferences(self._database, self._clock, all_settings(self.careers.registry))

    @cached_property
    def members(self) -> Members:
        """What is known of members wherever they act."""
        return Members(self._database, self._clock, self.preferences)

    @cached_property
    def milestones(self) -> Milestones:
        """Members' own goals and applications; others hear from it what is finished."""
        return Milestones(self._database, self._clock, self.members)

    @cached_property
    def next_steps(self) -> NextSteps:
        """Reminders of what is next for an application."""
        return NextSteps(self._database, self._clock, self.members, self.milestones, self.reminders)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What is to be posted, for managers."""
        return Deliveries(self._database, self._clock, self._planner)

    @cached_property
    def notices(self) -> Notices:
        """What managers are told."""
        parts = (self._planner, self.deliveries, self.preferences)
        return Notices(self._database, self._clock, *parts)

    @cached_property
    def reminders(self) -> Reminders:
        """Members' reminders."""
        return Reminders(self._database, self._clock, self._planner, self.members)

    @cached_property
    def faq(self) -> Faq:
        """Servers' own answers."""
        return Faq(self._database, self._clock, self._planner, self.notices)

    @cached_property
    def questions(self) -> Questions:
        """Interview questions of packs and servers."""
        parts = (self._database, self._clock, self._planner, self.notices)
        return Questions(*parts, banks=self.banks, careers=self.careers.registry)

    @cached_property
    def daily(self) -> Daily:
        """Daily questions."""
        parts = (self._planner, self.notices, self.questions)
        return Daily(self._database, self._clock, *parts)

    @cached_property
    def attempts(self) -> Attempts:
        """Members' answers to them."""
        return Attempts(self._database, self._clock)

    @cached_property
    def streaks(self) -> Streaks:
        """Days in a row with an answer."""
        parts = (self.attempts, self.members, self.daily)
        return Streaks(self._database, self._clock, *parts)

    @cached_property
    def leaderboards(self) -> Leaderboards:
        """Who answers most."""
        parts = (self.attempts, self.streaks, self.members)
        return Leaderboards(self._database, self._clock, *parts)

    @cached_property
    def journeys(self) -> Journeys:
        """Members' journeys."""
        parts = (self.careers.registry, self.members, self.preferences)
        return Journeys(self._database, self._clock, *parts)

    @cached_property
    def phase_roles(self) -> PhaseRoles:
        """Discord roles for finished phases."""
        parts = (self._planner, self.notices, self.journeys)
        return PhaseRoles(self._database, self._clock, *parts)

    @cached_property
    def checkins(self) -> Checkins:
        """Members' check-ins."""
        parts = (self._planner, self.preferences, self.members)
        progress = JourneyProgress(self.journeys, self.careers.registry)
        streaks = self.streaks
        return Checkins(self._database, self._clock, *parts, streaks=streaks, progress=progress)

    @cached_property
    def journey_deeds(self) -> JourneyDeeds:
        """What of journeys is celebrated."""
        return JourneyDeeds(self.journeys)

    @cached_property
    def milestone_deeds(self) -> MilestoneDeeds:
        """What of milestones is celebrated."""
        return MilestoneDeeds(self.milestones)

    @cached_property
    def celebrations(self) -> Celebrations:
        """What members finish, announced as they allow."""
        parts = (self._planner, self.preferences, self.members)
        of_journeys = dict.fromkeys((Occasion.PHASE, Occasion.JOURNEY), self.journey_deeds)
        of_milestones = dict.fromkeys(OCCASIONS.values(), self.milestone_deeds)
        sources = {**of_journeys, **of_milestones}
        return Celebrations(self._database, self._clock, *parts, sources=sources)

    @cached_property
    def study(self) -> StudyGroups:
        """Groups that prepare together."""
        parts = (self._planner, self.notices, self.preferences, self.members)
        return StudyGroups(self._database, self._clock, *parts)

    @cached_property
    def privacy(self) -> Privacy:
        """What is held on members."""
        return Privacy(self._database, self._clock)

    @cached_property
    def leavings(self) -> Leavings:
        """Who has left."""
        parts = (self._planner, self.preferences, self.privacy)
        return Leavings(self._database, self._clock, *parts)

    @cached_property
    def feedback(self) -> Callable[[], Feedbacks]:
        """What gives feedback; made when it is first wanted, as that takes some 200 ms."""
        return cache(lambda: Feedbacks(chain.from_iterable(self.banks.questions.values())))


def all_settings(roles: RoleRegistry) -> Registry:
    """Return every feature's settings, of which some name loaded roles."""
    registry = Registry()
    registry.register(member_settings.ZONE, member_settings.DAY_START)
    registry.register(career_settings.member_career(roles), journey_settings.VISIBILITY)
    registry.register(picture_settings.LOOK)
    registry.register(guild_settings.ZONE, career_settings.followed(roles))
    registry.register(guild_settings.FACILITATOR_ROLE, guild_settings.NOTICE_CHANNEL)
    registry.register(privacy_settings.RETENTION)
    registry.register(career_settings.channel_career(roles))
    registry.register(checkin_settings.NUDGE_AFTER, checkin_settings.HELP_CHANNEL)
    registry.register(member_settings.QUIET_HOURS, guild_settings.QUIET_HOURS)
    registry.register(celebration_settings.CHANNEL)
    registry.register(*dict.fromkeys(celebration_settings.CONSENTS.values()))
    return registry


def content_directories(settings: Settings) -> tuple[Path, ...]:
    """Return where packs are looked for: Waymark's own first, which the owner's may replace."""
    return (DATA, *settings.content_path)
