"""How an answer is built: its length, and the parts that its kind of question asks for.

A part is found by turns of phrase that it is usually told with, so "missing" means only that none
of them was found.
"""

import re
from collections.abc import Sequence

from bot.answers.words import words
from bot.feedback.answer import Answer
from bot.feedback.model import PARTS, Length, Part, Shape
from bot.questions.model import Content

LEAST_A_MINUTE = 12
MOST_A_MINUTE = 100
"""Words for each minute that the question is meant to take: typed at leisure, or spoken fast."""

LEAST = (40, 120)
MOST = (250, 600)
"""The least and the greatest that the two may be, in words; 4,000 characters are some 650."""

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_SEASON = "year|month|week|summer|winter|spring|autumn|quarter|day|morning|evening"
_DID = (
    "told|said|wrote|made|took|gave|went|ran|sent|put|built|brought|set|sat|spoke|met|found|held"
    "|drew|read|began|chose|left|rang|let|did|spent|got|cut|showed|drove"
)

SAID_WITH = {
    Part.SITUATION: (
        r"(at|in|for|with) (my|our) (\w+ )?(last|previous|former|first|old|team|firm|company|job)",
        rf"(last|that|this|one) ({_SEASON})",
        rf"(in|since|by) (20 \d\d|20\d\d|{_MONTH})",
        r"(years?|months?|weeks?) (ago|before)",
        r"back then|at (the|that) time|there (was|were)|once|joined",
        r"(we|i|they|it|team|firm|company|feature|product) (was|were|had)",
        r"when (i|we|our|a|the)",
        r"(contract|rule|policy|law) (said|was)|(wanted|asked|planned) (me |us )?to",
    ),
    Part.TASK: (
        r"i was (a|an|the|asked|responsible|in charge|meant|supposed|leading)",
        r"my (job|task|role|part|goal|aim|duty|responsibility)",
        r"(i|we) (had|needed|wanted|ought|tried|have) to|(i|we) (led|owned|ran|wanted|aimed)",
        r"(the|our) (goal|aim|task|problem|question|challenge|risk)|(up to|on) me|trying to",
        r"i (thought|believed|felt|knew|saw|noticed)|no authority",
    ),
    Part.ACTION: (
        rf"(i|we) ((\w+ly|first|then|also|only|just) )*(\w{{3,}}ed|{_DID})",
        r"first (i|we|thing)|(then|so) (i|we)",
    ),
    Part.RESULT: (
        r"(in|at) the end|result(ed|s)?|outcome|since then|from then on|eventually|finally|now",
        r"(dropped|fell|rose|went|grew|cut|down|up|(de|in)creased|reduced) (\w+ )?(from|to|by|\d+)",
        r"halved|doubled|turned out|ended|worked|afterwards|launched|shipped|next time",
        r"(have|has|had|was|were) (been )?(fixed|released|removed|changed|extended|adopted)",
        r"(i|we) (have )?learn(ed|t)|taught me",
    ),
    Part.RULE: (
        r"must|may|shall|never|do not|can not|(is|are) not (allowed|permitted)|required?|only if",
        r"prohibit(ed|s)?|forbid(den|s)?|barred|banned|responsible for",
    ),
    Part.EXAMPLE: (
        r"examples?|for instance|e g|such as|like (a|an|the|when)|(not )?(ok|allowed|fine)",
    ),
    Part.EXCEPTION: (
        r"except(ion|ions|ed|ional)?|unless|exempt(ion|ed)?|apart from|other than|waiver",
        r"(does|do) not apply|as long as|provided that|overrides?|permitted",
    ),
}
"""Turns of phrase, as regular expressions over words as `bot.answers.words` leaves them."""

ASKED_WITH = {
    Part.RULE: (r"rules?|clauses?|instructions?|terms",),
    Part.EXAMPLE: (r"examples?",),
    Part.EXCEPTION: (r"exceptions?|permit(s|ted)?|allowed|overrides?",),
}
"""What a question or its key points say if the part is wanted; the other parts always are."""


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(phrases)})\b")


_SAID = {part: _any_of(phrases) for part, phrases in SAID_WITH.items()}
_ASKED = {part: _any_of(phrases) for part, phrases in ASKED_WITH.items()}


def shape(question: Content, answer: Answer) -> Shape:
    """Return an answer's length and parts."""
    said = " ".join(answer.words)
    wanted = wanted_parts(question)
    found = tuple(part for part in wanted if _SAID[part].search(said))
    missing = tuple(part for part in wanted if part not in found)
    return Shape(length(question, answer), found, missing)


def wanted_parts(question: Content) -> tuple[Part, ...]:
    """Return the parts that an answer to this question should have."""
    asked = " ".join(words(" ".join([question.text, *(p.point for p in question.key_points)])))
    parts = PARTS.get(question.kind, ())
    return tuple(part for part in parts if part not in _ASKED or _ASKED[part].search(asked))


def length(question: Content, answer: Answer) -> Length:
    """Return how many words an answer has and how many its question's minutes ask for."""
    least = _within(LEAST, question.minutes * LEAST_A_MINUTE)
    most = _within(MOST, question.minutes * MOST_A_MINUTE)
    return Length(len(answer.words), least, most)


def _within(ends: tuple[int, int], number: int) -> int:
    low, high = ends
    return min(high, max(low, number))
