"""Pieces are the text, cut nowhere where it would be seen; code points are units where Python's own codec says so."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.text.lines import LONGEST, lines_of, runs_left, safe_cut
from viewer.text.signs import signs_of

TEXTS = st.text(alphabet=st.sampled_from("a é\r\n\t\x00😀ا中\u0301"), max_size=60)


@given(TEXTS)
def test_lines_are_those_of_a_regular_expression(content):
    lines = lines_of(content)
    # kept with their endings, as `splitlines` would if it knew no others
    expected = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", content) or [""]
    assert [lines.text(at) for at in range(len(lines))] == expected
    assert lines.numbers.tolist() == list(range(1, len(expected) + 1))


@pytest.mark.parametrize(
    "content, endings", [("a", ""), ("a\nb\n", "LF"), ("a\r\nb", "CRLF"), ("a\rb", "CR"), ("a\r\nb\nc", "CRLF and LF")]
)
def test_endings_are_told(content, endings):
    assert lines_of(content).endings == endings


def test_long_lines_are_cut_behind_spaces_and_keep_their_number():
    content = "first\n" + "word " * 4000 + "\nlast"
    lines = lines_of(content)
    pieces = [lines.text(at) for at in range(len(lines))]
    assert "".join(pieces) == content
    assert max(map(len, pieces)) <= LONGEST and len(pieces) > 10
    assert all(piece.endswith(("word ", "\n")) for piece in pieces[1:-1])
    assert lines.numbers.tolist() == [1, *[2] * (len(pieces) - 2), 3]
    assert not lines.is_continued(1) and lines.is_continued(2)


@pytest.mark.parametrize("sign", ["e\u0301", "👩\u200d👩\u200d👧", "👍🏽", "🇩🇪", "क्षि"])
def test_no_cut_falls_into_what_is_one_sign(sign):
    content = sign * LONGEST
    lines = lines_of(content)
    assert "".join(lines.text(at) for at in range(len(lines))) == content
    for start in lines.starts[1:].tolist():
        assert not unicodedata.category(content[start]).startswith("M")
        assert content[start] != "\u200d" and content[start - 1] != "\u200d"


def test_a_cut_is_always_after_the_start():
    assert safe_cut("\u0301" * 300, 0, 100) == 100


def test_carriage_return_and_line_feed_stay_together():
    content = "x" * (LONGEST - 1) + "\r\n" + "y"
    lines = lines_of(content)
    assert [lines.text(at)[-2:] for at in range(len(lines))] == ["xx", "\r\n", "y"] or lines.text(0).endswith("\r\n")


@given(st.integers(0, 200), TEXTS)
def test_a_character_lies_in_the_piece_that_holds_it(offset, content):
    lines = lines_of(content)
    at = lines.piece_at(offset)
    inside = lines.starts[at] <= offset < lines.ends[at]
    assert inside or (at == len(lines) - 1 and offset >= len(content))


@given(TEXTS)
def test_units_are_those_of_utf_16(content):
    text = lines_of(content).text(0)
    signs = signs_of(text)
    shown = text.removesuffix("\n")
    assert signs.count == len(shown) and len(signs.text) == len(shown)
    for place in range(len(shown) + 1):
        assert signs.unit_of(place) == len(shown[:place].encode("utf-16-le")) // 2
    units = np.arange(len(shown.encode("utf-16-le")) // 2)
    assert [signs.place_of(int(unit)) for unit in units] == [
        place for place, character in enumerate(shown) for _ in range(len(character.encode("utf-16-le")) // 2)
    ]


def test_control_characters_are_symbols_of_one_place_each():
    signs = signs_of("a\x00b\x07\tc\x7f\x85\u2028\ud800\r\n")
    assert signs.text == "a␀b␇\tc␡␤␤\ufffd↵"
    assert [first for first, _ in signs.symbols] == [1, 3, 6, 7, 8, 9, 10]


@pytest.mark.parametrize(
    "text, left", [("abc", False), ("12 - عربي abc", True), ("עברית", True), ("a ע", False), ("", False)]
)
def test_the_direction_is_that_of_the_first_letter(text, left):
    assert runs_left(text) is left


def test_a_piece_has_the_direction_of_its_line():
    lines = lines_of("ש" + " word" * 2000)
    assert len(lines) > 3 and all(lines.runs_left(at) for at in range(len(lines)))
