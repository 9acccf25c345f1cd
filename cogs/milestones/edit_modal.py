"""What a milestone's form asks for, filled in with what it says, and what is typed there."""

from collections.abc import Mapping

from discord import ui

from bot.chat.forms import Field, modal
from bot.i18n import _
from bot.milestones.model import (
    MAX_CATEGORY,
    MAX_NEXT_STEP,
    MAX_NOTE,
    MAX_TITLE,
    Details,
    Kind,
    Milestone,
)
from bot.milestones.typed import Part, Typed
from bot.when.phrases import MAX_PHRASE

MAX_PROGRESS = 30


def edit_modal(milestone: Milestone) -> ui.Modal:
    """Return the form of a milestone; applications have a next step instead of a progress."""
    details = milestone.details
    fields = [
        Field(Part.TITLE, _("Title"), details.title, MAX_TITLE),
        _day_field(Part.DUE, _("Due date"), details.due and details.due.isoformat()),
        Field(Part.NOTE, _("Note"), details.note, MAX_NOTE, long=True, required=False),
    ]
    is_application = details.kind is Kind.APPLICATION
    fields += _next_fields(details) if is_application else _goal_fields(details)
    custom_id = f"milestone:v1:edit:{milestone.id}:{milestone.member_id}"
    return modal(_("Edit your milestone"), custom_id, *fields)


def typed_of(texts: Mapping[str, str]) -> Typed:
    """Return what was typed into the form; what it didn't ask for stays as it is."""
    return Typed(
        title=texts.get(Part.TITLE),
        note=texts.get(Part.NOTE),
        due=texts.get(Part.DUE),
        category=texts.get(Part.CATEGORY),
        progress=texts.get(Part.PROGRESS),
        next_step=texts.get(Part.NEXT_STEP),
        next_on=texts.get(Part.NEXT_ON),
    )


def _goal_fields(details: Details) -> list[Field]:
    progress = details.progress.as_typed if details.progress else ""
    hint = _("40%, or 3 of 10")
    category, label = details.category, _("Category")
    return [
        Field(Part.CATEGORY, label, category, MAX_CATEGORY, _("Such as: study"), required=False),
        Field(Part.PROGRESS, _("Progress"), progress, MAX_PROGRESS, hint, required=False),
    ]


def _next_fields(details: Details) -> list[Field]:
    hint = _("Such as: write to the recruiter")
    step, day = details.next_step, details.next_on and details.next_on.isoformat()
    return [
        Field(Part.NEXT_STEP, _("Next step"), step, MAX_NEXT_STEP, hint, required=False),
        _day_field(Part.NEXT_ON, _("Date of the next step"), day),
    ]


def _day_field(name: Part, label: str, day: str | None) -> Field:
    hint = _("3 April 2027, next friday, in 2 weeks …")
    return Field(name, label, day or "", MAX_PHRASE, hint, required=False)
