import pytest

from bot.delivery.model import Reason
from bot.delivery.reasons import in_words


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words(reason: Reason) -> None:
    words = in_words(reason)
    assert words != in_words(None)
    assert words.endswith(".")


def test_a_reason_of_another_version_is_said_to_be_unknown() -> None:
    assert in_words("gremlins") == "I don't know why."
