"""All feedback on an answer."""

from collections.abc import Iterable

from bot.feedback.answer import read
from bot.feedback.covering import Covering
from bot.feedback.model import Feedback, Shape
from bot.feedback.shape import length, shape
from bot.questions.model import Content


class Feedbacks:
    """Gives feedback; made once, from the questions of all banks."""

    def __init__(self, questions: Iterable[Content]) -> None:
        self._covering = Covering(questions)

    def on(self, question: Content, text: str) -> Feedback:
        """Return what is said of a member's answer; no parts are named where there is a doubt."""
        answer = read(text)
        coverage = self._covering.coverage(question, answer)
        if coverage.doubt:
            return Feedback(coverage, Shape(length(question, answer), (), ()))
        return Feedback(coverage, shape(question, answer))
