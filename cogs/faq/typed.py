"""The forms in which entries are written, and what is typed into them."""

from collections.abc import Mapping

from discord import ui

from bot.chat.forms import Field, modal
from bot.faq.text import (
    MAX_ALIAS,
    MAX_ALIASES,
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_SOURCE,
    EntryText,
    Part,
)
from bot.i18n import _
from cogs.faq.places import Edit, NewEntry

Typed = Mapping[Part, str]
"""What was typed into the fields of a form; aliases one a line."""

MAX_ALIASES_TYPED = (MAX_ALIAS + 1) * MAX_ALIASES


def new_modal(new: NewEntry, typed: Typed | None = None) -> ui.Modal:
    """Return the form in which an entry is written."""
    return _modal(_("A new entry"), f"faq:v1:add:{new}", typed or {})


def edit_modal(edit: Edit, typed: Typed) -> ui.Modal:
    """Return the form in which an entry is worded differently."""
    return _modal(_("Edit the entry"), f"faq:v1:edit:{edit}", typed)


def _modal(title: str, custom_id: str, typed: Typed) -> ui.Modal:
    question, aliases, answer, source = (typed.get(name, "") for name in FIELDS)
    return modal(
        title,
        custom_id,
        Field(Part.QUESTION, _("Question"), question, MAX_QUESTION),
        Field(
            Part.ALIASES,
            _("Other ways to ask it, one a line"),
            aliases,
            MAX_ALIASES_TYPED,
            long=True,
            required=False,
        ),
        Field(Part.ANSWER, _("Answer"), answer, MAX_ANSWER, long=True),
        Field(
            Part.SOURCE,
            _("Source"),
            source,
            MAX_SOURCE,
            _("A link, or who says so"),
            required=False,
        ),
    )


FIELDS = (Part.QUESTION, Part.ALIASES, Part.ANSWER, Part.SOURCE)


def in_parts(typed: Mapping[str, str]) -> dict[Part, str]:
    """Return what was typed into a form, by the parts of an entry."""
    return {name: typed.get(name, "") for name in FIELDS}


def typed_of(text: EntryText) -> dict[Part, str]:
    """Return an entry's text as it would have been typed."""
    return {
        Part.QUESTION: text.question,
        Part.ALIASES: "\n".join(text.aliases),
        Part.ANSWER: text.answer,
        Part.SOURCE: text.source or "",
    }


def text_of(typed: Typed, career: str | None) -> EntryText:
    """Return what was typed as an entry's text, not checked yet."""
    return EntryText(
        question=typed.get(Part.QUESTION, ""),
        aliases=tuple(typed.get(Part.ALIASES, "").splitlines()),
        answer=typed.get(Part.ANSWER, ""),
        role=career,
        source=typed.get(Part.SOURCE) or None,
    )
