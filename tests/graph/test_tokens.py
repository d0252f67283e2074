"""The words of a query: kinds, places, escapes, and a cost that grows with the length only."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.tokens import plain, tokens


def _kinds(query: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(query)]


def test_each_kind() -> None:
    query = "m:a <urn:b#c> _:d ?e $f 'g' @th 12.5 WHERE { # h\n"
    assert [kind for kind, _ in _kinds(query)] == [
        "pname", "iri", "blank", "var", "var", "string", "lang", "number", "word", "punct",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ['"""a"b""c"""', "'''it's'''", r'"a\"b # c"', "<http://x/#y>", "id:pdpa-2562\\/37\\(4\\)",
     "ex:a.b", "กฎ:มาตรา", "1.5e-3", ".5", "^^", "@en-GB"],
)  # fmt: skip
def test_one_word_stays_one(text: str) -> None:
    assert [t for _, t in _kinds(f" {text} ")] == [text]


def test_a_comparison_with_spaces_is_no_iri() -> None:
    assert [k for k, _ in _kinds("?a < ?b && ?c > ?d")] == [
        "var", "punct", "var", "punct", "var", "punct", "var",
    ]  # fmt: skip


def test_escapes_are_characters_before_words_are_read() -> None:
    assert _kinds(plain(r"\u0053ERVICE"))[0] == ("word", "SERVICE")
    assert plain(r"'a\u0027\U0000000Ab' \\u0041") == r"'a\'\nb' \\u0041"
    with pytest.raises(QueryError, match="no character"):
        plain(r"'\uD800'")


@given(st.text(max_size=300))
def test_every_text_has_its_words_in_order(text: str) -> None:
    place = 0
    for token in tokens(text):
        assert token.text == text[token.start : token.end]
        assert token.start >= place
        place = token.end


@pytest.mark.parametrize(
    "hostile",
    ["a." * 50_000, "x:" + "a." * 50_000, '"""' + '"a' * 50_000, "'" * 100_001, "(" * 100_000,
     '"' + "\\a" * 50_000, "<" * 100_000, "<" + "a" * 100_000, "_:a" + "." * 100_000,
     "x:%41." * 20_000, "''' " * 25_001],
)  # fmt: skip
def test_no_text_takes_long(hostile: str) -> None:
    start = time.perf_counter()
    tokens(hostile)
    assert time.perf_counter() - start < 5
