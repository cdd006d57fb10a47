"""Offsets of ranges held against Python's own slices of the text, and of its UTF-16 units."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.scene.labelled_words import labelled_words
from viewer.scene.offsets import READINGS, USUAL, Characters, Reading, better, compared, placed_characters, scored
from viewer.scene.word_ends import at_word_ends

CODE_INCLUDED, UNITS, UNITS_INCLUDED = READINGS[1:]
TEXTS = st.text(st.sampled_from("aé \r\n\u0301漢字😀🏽\u200d\ufeffعر𝄞\x00"), max_size=30)


def words(content: str, pair: list, reading: Reading) -> str | None:
    return labelled_words([pair], lambda ranges: Characters(content).placed(ranges, reading), content)[0]


def units_of(content: str) -> bytes:
    return content.encode("utf-16-le")


@given(TEXTS, st.data())
def test_characters_are_those_of_a_slice(content, data):
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    assert words(content, [start, end], USUAL) == content[start:end]
    if end < len(content):
        assert words(content, [start, end], CODE_INCLUDED) == content[start : end + 1]


@given(TEXTS, st.data())
def test_units_are_those_of_the_text_in_utf_16(content, data):
    """A character that is cut in two belongs to the range as a whole."""
    raw = units_of(content)
    start = data.draw(st.integers(0, len(raw) // 2))
    end = data.draw(st.integers(start, len(raw) // 2))
    cut = raw[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
    mine = words(content, [start, end], UNITS)
    assert mine is not None
    if cut and "\udc00" <= cut[0] <= "\udfff":
        cut = raw[2 * start - 2 : 2 * start + 2].decode("utf-16-le") + cut[1:]
    if cut and "\ud800" <= cut[-1] <= "\udbff":
        cut = cut[:-1] + raw[2 * end - 2 : 2 * end + 2].decode("utf-16-le")
    if start < end:
        assert mine == cut
        assert words(content, [start, end - 1], UNITS_INCLUDED) == mine


@given(TEXTS)
def test_a_cut_character_is_told(content):
    raw = units_of(content)
    for unit in range(len(raw) // 2 + 1):
        low = raw[2 * unit : 2 * unit + 2]
        is_cut = bool(low) and 0xDC00 <= int.from_bytes(low, "little") <= 0xDFFF
        found = placed_characters([[unit, unit]], "", USUAL)._replace(
            starts=np.array([float(unit)]), ends=np.array([float(unit)]), places=np.zeros(1, np.int32)
        )
        assert Characters(content).split(found, UNITS).tolist() == [is_cut]


@pytest.mark.parametrize(
    ("pair", "reading", "expected"),
    [
        ([2, 900], USUAL, "ris"), ([5, 5], USUAL, ""), ([6, 900], USUAL, None), ([5, 900], USUAL, None),
        ([-3, 2], USUAL, "Pa"), ([-3, -1], USUAL, None), ([4, 1], USUAL, None), ([5, 5], CODE_INCLUDED, None),
        ([4, 4], CODE_INCLUDED, "s"), ([0.5, 1.5], USUAL, "Pa"), (["a", 1], USUAL, None), ([1], USUAL, None),
        ([True, 2], USUAL, None), (None, USUAL, None), ([0, 2**60], USUAL, "Paris"), ([0, 2**40], UNITS, "Paris"),
    ],
)  # fmt: skip
def test_odd_ranges(pair, reading, expected):
    assert words("Paris", pair, reading) == expected


def test_words_stand_in_the_order_of_the_export():
    content = "one two"
    placed = lambda ranges: Characters(content).placed(ranges, USUAL)  # noqa: E731
    assert labelled_words([[4, 7], [9, 9], [0, 3]], placed, content) == ["two", None, "one"]


ENGLISH = "The cat 😀 sat in Paris, and left. Don't ask why it did. " * 5


def spans(content: str, reading: Reading) -> list[list[int]]:
    """Every word of a text, written as an export would by a reading."""
    made = []
    for found in re.finditer(r"\w+", content):
        ends = [found.start(), found.end()]
        if reading.units == "utf-16":
            ends = [len(units_of(content[:end])) // 2 for end in ends]
        made.append([ends[0], ends[1] - (reading.end == "included")])
    return made


@pytest.mark.parametrize("reading", READINGS)
def test_the_reading_an_export_was_written_by_is_found(reading):
    scores = scored(spans(ENGLISH, reading), ENGLISH)
    assert [score.reading for score in scores] == list(READINGS)
    found = scores[READINGS.index(reading)]
    assert found.fitting == found.inside == found.total == len(re.findall(r"\w+", ENGLISH))
    assert better(scores) == reading


def test_few_ranges_behind_emoji_tell_as_well():
    content = "word " * 1000 + "😀 four more words here"
    scores = scored(spans(content, UNITS), content)
    assert scores[0].fitting == 1000 and better(scores) == UNITS


def test_one_slip_changes_nothing():
    assert better(scored([[0, 4]], "Paris is here")) == USUAL
    assert better(scored([], "")) == USUAL


@pytest.mark.parametrize("content", ["巴黎是法国的首都柏林是德国的首都", "ปารีสเป็นเมืองหลวงของฝรั่งเศส"])
def test_scripts_without_spaces_speak_for_no_reading(content):
    scores = scored([[0, 2], [2, 5], [6, 8], [1, 3], [8, 9]], content)
    assert better(scores) == USUAL


@pytest.mark.parametrize(
    ("content", "stretch", "fits"),
    [
        ("Paris is", (0, 5), True), ("Paris is", (0, 4), False), ("Paris is", (0, 6), False), ("Paris.", (0, 6), True),
        ("cafe\u0301 is", (0, 5), True), ("cafe\u0301 is", (0, 4), False), ("a 👍🏽 b", (2, 4), True),
        ("a 👍🏽 b", (2, 3), False), ("👩\u200d🚀", (0, 1), False), ("巴黎很大", (0, 2), True), ("巴黎 很大", (0, 3), False),
        ("مرحبا بالعالم", (0, 5), True), ("مرحبا بالعالم", (0, 4), False), ("می\u200cخواهم", (0, 2), False),
        ("x_y z", (0, 1), False), ("don't", (0, 3), True), ("a\r\nb", (3, 4), True), ("a\r\nb", (1, 4), False),
    ],
)  # fmt: skip
def test_ends_of_words(content, stretch, fits):
    codes = np.array([ord(character) for character in content], dtype=np.uint32)
    found = at_word_ends(codes, np.array([stretch[0]]), np.array([stretch[1]]))
    assert found.tolist() == [fits]


def test_scores_are_said_in_words():
    content = "Paris is here and so is Rome"
    assert scored([[0, 5]], content)[0].words == "1 of 1 range begins and ends at word boundaries"
    scores = scored(spans(content, CODE_INCLUDED), content)
    assert compared(scores) == (
        "0 of 7 ranges begin and end at word boundaries when the end is excluded, 7 when it is included"
    )
    usual = compared(scored(spans(content, USUAL), content))
    assert usual.startswith("7 of 7") and usual.endswith(", 0 when it is included")
    emoji = "😀 " + content
    assert "when characters are counted, 7 when UTF-16 units are" in compared(scored(spans(emoji, UNITS), emoji))
    assert "7 when UTF-16 units are counted and" in compared(scored(spans(emoji, UNITS_INCLUDED), emoji))
