"""What members read of the feedback on an answer; docs/feedback.md says what it may claim."""

from collections.abc import Iterator, Mapping

from bot.feedback.model import Doubt, Feedback, Fit, Part
from bot.i18n import _, later
from bot.questions.model import Kind

DOUBTS: Mapping[Doubt, str] = {
    Doubt.FEW_WORDS: later(
        "That is short, so I can't tell which key points it covers. A few sentences more would "
        "help me."
    ),
    Doubt.OTHER_LANGUAGE: later(
        "I can only read answers in English, so I can't tell which key points it covers."
    ),
    Doubt.KEYWORDS: later(
        "It reads like a list of keywords to me, so I can't tell what it covers. Say a sentence "
        "about each."
    ),
}
PARTS: Mapping[Part, str] = {
    Part.SITUATION: later("the situation"),
    Part.TASK: later("your task"),
    Part.ACTION: later("what you did"),
    Part.RESULT: later("the result"),
    Part.RULE: later("a rule"),
    Part.EXAMPLE: later("an example"),
    Part.EXCEPTION: later("an exception"),
}
LENGTHS: Mapping[Fit, str] = {
    Fit.TOO_SHORT: later("{words} words; some {least} to {most} give you room to explain."),
    Fit.FITTING: later("{words} words: a good length."),
    Fit.VERY_LONG: later("{words} words; in an interview, {most} are plenty."),
}


def doubt_in_words(doubt: Doubt) -> str:
    """Return why it can't be told what an answer covers."""
    return _(DOUBTS[doubt])


def hints(feedback: Feedback) -> Iterator[str]:
    """Yield what is said of an answer's length, and of parts that weren't found in it."""
    length, missing = feedback.shape.length, feedback.shape.missing
    text = _(LENGTHS[length.fit])
    yield text.format(words=length.words, least=length.least, most=length.most)
    if missing and feedback.coverage.doubt is None:
        parts = ", ".join(_(PARTS[part]) for part in missing)
        yield _("Perhaps make clearer: {parts}.").format(parts=parts)


def mark(kind: Kind, *, likely: bool) -> str:
    """Return what is said of a key point: in stories about half of what isn't found is there."""
    if likely:
        return _("likely covered")
    return _("can't tell") if kind is Kind.BEHAVIOURAL else _("look again")


def others(kind: Kind) -> str:
    """Return what is said above the points that weren't found."""
    if kind is Kind.BEHAVIOURAL:
        return _("I can't tell about these")
    return _("Look again, perhaps in other words")
