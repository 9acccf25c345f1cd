"""What is known, read once: loading it takes about a second."""

import pytest

from bot.answers.engine import Answerer
from bot.answers.knowledge import Knowledge
from bot.answers.reading import Reader
from bot.careers.loader import load_packs
from bot.paths import DATA


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load(load_packs([DATA]).roles, DATA)


@pytest.fixture(scope="session")
def reader(knowledge: Knowledge) -> Reader:
    return knowledge.reader


@pytest.fixture(scope="session")
def answerer(knowledge: Knowledge) -> Answerer:
    return Answerer(knowledge)
