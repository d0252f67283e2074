"""Normalising: whatever is typed, one spelling, and never an exception."""

from hypothesis import given
from hypothesis import strategies as st

from qa.text import MAX_QUESTION, normalize, words


@given(st.text(max_size=300))
def test_any_text_is_normalised_and_stays_so(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    words(once)


def test_hidden_characters_digits_and_sara_am() -> None:
    assert normalize("ภา\u200bษี\ufeff ๑๒๓\u00a0นํ้า") == "ภาษี 123 น้ำ"


def test_a_very_long_question_is_cut() -> None:
    assert len(normalize("ก" * 100_000)) <= MAX_QUESTION


def test_a_word_that_holds_the_abbreviation_is_left_alone() -> None:
    assert normalize("ภาพรบกวนสายตา") == "ภาพรบกวนสายตา"
