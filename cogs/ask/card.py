"""The cards of `/ask`: an answer, a choice between roles, or what may have been meant instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from discord import ui

from bot.answers.model import Answer, Reply, Verdict
from bot.answers.plainly import clipped_at_sentences
from bot.answers.writing import IN_SHORT
from bot.careers.sections import Section
from bot.chat.cards import BUTTONS_PER_ROW, MAX_BODY, card, heading, in_rows
from bot.chat.limits import clip, cost
from bot.chat.quoting import inert, quoted, titled
from bot.faq.text import MAX_ASKED
from bot.i18n import _
from bot.plain_text import shown
from cogs.ask.controls import (
    Button,
    fit,
    open_button,
    people_button,
    section_button,
    share_button,
    vote_buttons,
)

DOUBTED_BELOW = 0.6
"""The confidence below which it is said that this may not be what was meant."""

MOST_OPENED = 10
"""Buttons to answers on one card: two rows."""

MAX_NAME = 60
INTRO, BETWEEN = 60, 8
"""Characters that a card of several answers has besides their names and texts."""


@dataclass(frozen=True)
class Showing:
    """To whom a reply is shown, and where."""

    titles: Mapping[str, str]
    """The titles of the roles by slug."""

    asker: int
    in_server: bool = False
    private: bool = False


def reply_card(reply: Reply, showing: Showing) -> ui.LayoutView:
    """Return the card of a reply."""
    return answer_card(reply, showing) if reply.answered else unanswered_card(reply, showing)


def answer_card(
    reply: Reply, showing: Showing, others: Sequence[Button] | None = None
) -> ui.LayoutView:
    """Show an answer, or several, with their sources and what can be done with them.

    `others` are the buttons to more answers, where the reply's own aren't wanted.
    """
    opened = _opened(reply, showing.titles) if others is None else others
    return finished(
        card(
            heading=_heading(reply, showing),
            body=_body(reply, showing),
            small_print=small_print_of(reply),
            rows=[
                _sections(reply, showing.titles),
                *in_rows(opened),
                people_for(reply, showing),
                _opinions(reply, showing),
            ],
        )
    )


def unanswered_card(reply: Reply, showing: Showing) -> ui.LayoutView:
    """Say why there is no answer, and offer what may have been meant, and people."""
    meant = fit(open_button(each.key, each.title) for each in reply.alternatives)
    title = _("I'm not sure what you mean") if meant else _("I have no answer to that")
    return finished(
        card(
            heading=heading(title, reply.note),
            body=quoted(shown(reply.question, MAX_ASKED)),
            small_print=_("-# Did you mean one of these?") if meant else "",
            rows=[*in_rows(meant), people_for(reply, showing)],
        )
    )


def people_for(reply: Reply, showing: Showing) -> list[Button]:
    """Return the button to ask people what isn't known; the card has to quote the question."""
    if reply.known or not showing.in_server:
        return []
    return [people_button(showing.asker, reply.about or reply.role)]


def beneath_quote(question: str, body: str) -> str:
    """Return a body beneath the question in full, from which it can be read back."""
    quote = quoted(shown(question, MAX_ASKED))
    return f"{quote}\n\n{clip(body, MAX_BODY - cost(quote) - 2)}"


def finished(view: ui.LayoutView) -> ui.LayoutView:
    """Return a card to which discord.py isn't to listen, as `cogs.ask.buttons` does.

    Otherwise it would keep every card with its buttons in memory for good.
    """
    view.stop()
    return view


def body_of(reply: Reply, titles: Mapping[str, str]) -> str:
    """Return the answers' texts as a card has them; of several, each under its name."""
    several = len(reply.answers) > 1
    parts = _parts(reply, titles) if several else [answer.text for answer in reply.answers]
    if reply.verdict is Verdict.EACH_ROLE:
        parts.insert(0, _("That depends on the role:"))
    return clip("\n\n".join(parts), MAX_BODY)


def _heading(reply: Reply, showing: Showing) -> str:
    known = titled(shown(reply.question, MAX_ASKED))
    title = _("I don't know that yet") if people_for(reply, showing) else known
    return heading(title, inert(showing.titles.get(reply.role or "", ""))).rstrip()


def _body(reply: Reply, showing: Showing) -> str:
    body = body_of(reply, showing.titles)
    return beneath_quote(reply.question, body) if people_for(reply, showing) else body


def _parts(reply: Reply, titles: Mapping[str, str]) -> list[str]:
    names = [f"**{inert(clip(name, MAX_NAME))}**" for name in _names(reply.answers, titles)]
    room = (MAX_BODY - INTRO - sum(cost(name) + BETWEEN for name in names)) // len(names)
    return [
        f"{name}\n{clip(_text(reply, answer), room)}"
        for name, answer in zip(names, reply.answers, strict=True)
    ]


def _text(reply: Reply, answer: Answer) -> str:
    short = reply.verdict is Verdict.EACH_ROLE
    return clipped_at_sentences(answer.text, IN_SHORT) if short else answer.text


def _names(answers: Sequence[Answer], titles: Mapping[str, str]) -> list[str]:
    """Return what tells answers apart: their roles, their questions, or both."""
    several_roles = len({answer.role for answer in answers}) > 1
    several_questions = len({answer.title for answer in answers}) > 1
    names: list[str] = []
    for answer in answers:
        role = titles.get(answer.role or "", "") if several_roles else ""
        question = answer.title if several_questions or not role else ""
        names.append(" · ".join(filter(None, (role, question))))
    return names


def small_print_of(reply: Reply) -> str:
    """Return what the answers rest on, and whether they may not be what was meant."""
    doubt = (
        [] if reply.confidence >= DOUBTED_BELOW else [_("This may not be exactly what you meant.")]
    )
    sources = dict.fromkeys(answer.source for answer in reply.answers)
    return "\n".join(f"-# {line}" for line in [*doubt, *sources] if line)


def _sections(reply: Reply, titles: Mapping[str, str]) -> list[Button]:
    """Return the buttons to where the packs say more."""
    if reply.verdict is Verdict.EACH_ROLE:
        return []
    places = [(answer.role or "", answer.section or Section.OVERVIEW) for answer in reply.answers]
    known = [(slug, section) for slug, section in places if slug in titles]
    buttons = fit(section_button(slug, titles[slug], section) for slug, section in known)
    return buttons[:BUTTONS_PER_ROW]


def _opened(reply: Reply, titles: Mapping[str, str]) -> list[Button]:
    """Return the buttons to answers that aren't shown whole, and to others that may be meant."""
    body, answers = body_of(reply, titles), reply.answers
    opened = [
        open_button(answer.key, name)
        for name, answer in zip(_names(answers, titles), answers, strict=True)
        if reply.verdict is Verdict.EACH_ROLE or (len(answers) > 1 and answer.text not in body)
    ]
    opened += [open_button(each.key, each.title) for each in reply.alternatives]
    return fit(opened)[:MOST_OPENED]


def _opinions(reply: Reply, showing: Showing) -> list[Button]:
    """Return the buttons to say whether an answer helped, and to show it to everyone.

    A vote is one on a single answer: on a card with several, nobody could say which they mean.
    """
    if not showing.in_server:
        return []
    single = reply.known and reply.verdict is not Verdict.EACH_ROLE and len(reply.answers) == 1
    votes = vote_buttons(reply.answers[0].key) if single else []
    return [*votes, share_button()] if showing.private else votes
