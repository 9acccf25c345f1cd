"""The forms in which questions are written, and what is typed into them."""

from collections.abc import Mapping

from discord import ui

from bot.chat.forms import Field, modal
from bot.i18n import _, later
from bot.questions.model import MAX_MISTAKES, MAX_NOTE, MAX_POINT, MAX_POINTS, MAX_TEXT
from bot.questions.text import MAX_REASON, Part, QuestionText
from bot.sheets.rows import Value
from cogs.questions.places import Edit, New

Typed = Mapping[Part, str]
"""What was typed into the fields of a form; key points and mistakes one a line."""

REASON = "reason"

LABELS = {
    Part.TEXT: later("Question"),
    Part.KEY_POINTS: later("What a strong answer covers, one a line"),
    Part.HINT: later("Hint"),
    Part.MISTAKES: later("Common mistakes, one a line"),
    Part.FOLLOW_UP: later("Follow-up question"),
}
LONGEST = {
    Part.TEXT: MAX_TEXT,
    Part.KEY_POINTS: (MAX_POINT + 1) * MAX_POINTS,
    Part.HINT: MAX_NOTE,
    Part.MISTAKES: (MAX_NOTE + 1) * MAX_MISTAKES,
    Part.FOLLOW_UP: MAX_NOTE,
}
NEEDED = {Part.TEXT, Part.KEY_POINTS}


def new_modal(new: New, typed: Typed | None = None) -> ui.Modal:
    """Return the form in which a question is written."""
    title = _("Suggest a question") if new.suggested else _("A new question")
    return _modal(title, f"questions:v1:new:{new}", typed or {})


def edit_modal(edit: Edit, typed: Typed) -> ui.Modal:
    """Return the form in which a question is worded differently."""
    return _modal(_("Edit the question"), f"questions:v1:edit:{edit}", typed)


def decline_modal(question_id: int) -> ui.Modal:
    """Return the form in which a suggestion is turned down."""
    reason = Field(
        REASON,
        _("Why? Who suggested it reads this"),
        longest=MAX_REASON,
        placeholder=_("Thank you! We have one like it already."),
        long=True,
    )
    return modal(_("Decline a suggestion"), f"questions:v1:declined:{question_id}", reason)


def _modal(title: str, custom_id: str, typed: Typed) -> ui.Modal:
    fields = [
        Field(
            name,
            _(label),
            typed.get(name, ""),
            LONGEST[name],
            long=True,
            required=name in NEEDED,
        )
        for name, label in LABELS.items()
    ]
    return modal(title, custom_id, *fields)


def in_parts(typed: Mapping[str, str]) -> dict[Part, str]:
    """Return what was typed into a form, by the parts of a question."""
    return {name: typed.get(name, "") for name in LABELS}


def typed_of(text: QuestionText) -> dict[Part, str]:
    """Return a question's text as it would have been typed."""
    values = text.values()
    return {name: _as_typed(values[name]) for name in LABELS}


def _as_typed(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(value)
