from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QTextLayout, QTextOption

from viewer.panels.paint_text import Ink, emphasised

WORDS = st.lists(st.text(st.sampled_from("abcdefgmwil.,-é日"), min_size=1, max_size=14), min_size=1, max_size=30)


@pytest.fixture
def ink(qapp):
    return Ink(QGuiApplication.font())


def by_qt(text, ink, width):
    """The lines that Qt's own text layout makes."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout = QTextLayout(text, ink.font)
    layout.setTextOption(option)
    layout.beginLayout()
    made = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        made.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return made


@pytest.mark.parametrize("width", [120, 200, 333])
def test_lines_break_where_qt_breaks_them(ink, width):
    text = (
        "the polygon has fewer than three points and so no area, which cannot be drawn; the label is listed, not drawn"
    )
    assert ink.wrapped(text, width, 50) == by_qt(text, ink, width)


@given(words=WORDS, width=st.integers(60, 300), is_strong=st.booleans())
def test_nothing_is_lost_and_all_but_the_last_line_fit(qapp, words, width, is_strong):
    ink = Ink(emphasised(QGuiApplication.font()) if is_strong else QGuiApplication.font())
    text = " ".join(words)
    lines = ink.wrapped(text, width, 100)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [ink.elided(line, width) for line in lines] == lines, "none would be cut when it is painted"


def test_at_most_so_many_lines_and_the_rest_on_the_last(ink):
    lines = ink.wrapped("one two three four five six", 40, 2)
    assert len(lines) == 2
    assert lines[1].endswith("six")


def test_a_long_hash_is_broken_anywhere(ink):
    lines = ink.wrapped("0b5e11aa" * 10, 100, 50)
    assert len(lines) > 3
    assert "".join(lines) == "0b5e11aa" * 10


def test_an_address_is_rather_broken_after_a_sign(ink):
    address = "annotator-1@example.org"
    assert ink.wrapped(address, ink.width(address) - 3, 5) == ["annotator-1@example.", "org"]
    assert ink.wrapped(address, ink.width("annotator-1@exam"), 5) == ["annotator-1@", "example.org"]


def test_line_ends_are_kept_and_cut_ones_are_said(ink):
    assert ink.wrapped("one\ntwo\nthree", 200, 5) == ["one", "two", "three"]
    assert ink.wrapped("one\ntwo\nthree", 200, 2) == ["one", "two …"]
