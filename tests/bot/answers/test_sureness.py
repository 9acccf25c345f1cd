import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.classifier import Weights
from bot.answers.sureness import FAR, LONG, certainty, signs
from bot.paths import DATA

MARGINS = st.floats(-3, 3)


@pytest.mark.parametrize(
    ("margins", "lead"),
    [
        ([0.5, -0.2], 0.7),
        ([0.5, 0.4, -0.2], 0.7),
        ([0.5, 0.4, 0.3], FAR),
        ([0.5], FAR),
        ([2.5, -2.0], FAR),
        ([-0.5, -1.0], 0.5),
    ],
)
def test_the_lead_is_that_over_what_is_not_answered_too(margins: list[float], lead: float) -> None:
    assert signs(margins, -1.0, 6)[2] == pytest.approx(lead)


def test_the_best_its_distance_from_a_refusal_and_the_length_are_signs_too() -> None:
    best, distance, _, length = signs([0.5, -0.5], -0.25, LONG // 2)
    assert (best, distance, length) == (0.5, 0.75, 0.5)


def test_no_question_is_longer_than_long() -> None:
    assert signs([0.5], 0.0, LONG)[3] == signs([0.5], 0.0, 500)[3] == 1


def test_signs_that_speak_for_it_make_surer() -> None:
    weights = np.array([1.0, 1.0, 1.0, -1.0, 0.0], np.float32)
    assert certainty(weights, [0, 0, 0, 0]) == 0.5
    assert certainty(weights, [1, 1, 1, 0]) > 0.9
    assert certainty(weights, [-1, -1, -1, 1]) < 0.1


def test_certainty_stays_within_bounds_however_strong_the_signs() -> None:
    weights = np.array([1e6, 0, 0, 0, 0], np.float32)
    assert 0 < certainty(weights, [-1e6, 0, 0, 0]) < certainty(weights, [1e6, 0, 0, 0]) <= 1


def test_the_weights_kept_are_surer_of_what_is_clear_than_of_what_is_declined() -> None:
    weights = Weights.load(DATA / "asking" / "topics.npz").sureness
    clear, declined = signs([1.0, -0.8], -0.9, 6), signs([-0.5, -0.8], 0.5, 6)
    assert certainty(weights, clear) > 0.9
    assert certainty(weights, declined) < 0.2


@given(st.lists(MARGINS, min_size=1, max_size=6), MARGINS, st.integers(0, 500))
def test_certainty_is_a_share(margins: list[float], refusal: float, length: int) -> None:
    weights = np.array([-0.4, 2.6, 1.1, 1.6, -1.7], np.float32)
    told = signs(sorted(margins, reverse=True), refusal, length)
    assert 0 <= certainty(weights, told) <= 1
