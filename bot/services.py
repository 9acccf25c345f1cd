"""The use cases that cogs call, built once in `bot.app` and carried by the client."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers.service import Answers
from bot.attempts.service import Attempts
from bot.availability.service import Availability
from bot.blocks.service import Blocks
from bot.careers.service import Careers
from bot.careers.standing import CareersMeant
from bot.celebrations.service import Celebrations
from bot.checkins.service import Checkins
from bot.clock import Clock
from bot.commands.service import CommandSyncs
from bot.daily.service import Daily
from bot.delivery.service import Deliveries
from bot.faq.service import Faq
from bot.feedback.giving import Feedbacks
from bot.guilds.service import Notices
from bot.journeys.service import Journeys
from bot.leaderboard.service import Leaderboards
from bot.members.service import Members
from bot.milestones.exchange.service import MilestoneFiles
from bot.milestones.reminding.service import NextSteps
from bot.milestones.service import Milestones
from bot.phase_roles.service import PhaseRoles
from bot.practice.interviews.service import Interviews
from bot.practice.service import Practice
from bot.privacy.leaving.service import Leavings
from bot.privacy.service import Privacy
from bot.progress.service import ServerProgress
from bot.questions.service import Questions
from bot.reminders.service import Reminders
from bot.settings.service import Preferences
from bot.streaks.service import Streaks
from bot.study.service import StudyGroups


@dataclass(frozen=True)
class Services:
    """One service a feature, and the clock."""

    clock: Clock
    careers: Careers
    careers_meant: CareersMeant
    command_syncs: CommandSyncs
    preferences: Preferences
    members: Members
    availability: Availability
    deliveries: Deliveries
    notices: Notices
    reminders: Reminders
    faq: Faq
    questions: Questions
    practice: Practice
    interviews: Interviews
    daily: Daily
    answers: Answers
    attempts: Attempts
    feedback: Callable[[], Feedbacks]
    streaks: Streaks
    leaderboards: Leaderboards
    milestones: Milestones
    milestone_files: MilestoneFiles
    next_steps: NextSteps
    journeys: Journeys
    phase_roles: PhaseRoles
    server_progress: ServerProgress
    checkins: Checkins
    celebrations: Celebrations
    study: StudyGroups
    privacy: Privacy
    blocks: Blocks
    leavings: Leavings
