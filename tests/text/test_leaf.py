"""Bands lie under exactly the glyphs of their range: held against QTextEdit, which lays out the same text on its own."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QTextBlockFormat, QTextCursor, QTextLine, QTextOption
from PySide6.QtWidgets import QTextEdit

from tests.text.support import instance, labelled, stretches
from viewer.app import theme
from viewer.app.run import make_application
from viewer.scene.view_state import Look, ViewState
from viewer.text.fragments import CHIP, lane_tops
from viewer.text.lines import lines_of, runs_left
from viewer.text.marks import Marks
from viewer.text.paint_leaf import MOST, Leaf, Row, leaf_of, paint_leaf
from viewer.text.paint_marks import MarkStyle, count_words, paint_marks
from viewer.text.paint_passage import text_font

COLOURS = theme.DARK.chart
WIDTH = 400.0
BARE = ViewState(look=Look(captions="none"))

LEFTWARD_FREE = [
    ("emoji", "Ada 😀 Lovelace 👩🏽‍🚀 wrote", "Lovelace"),
    ("an emoji itself", "Ada 😀 Lovelace", "😀"),
    ("combining marks", "Cafe\u0301 au lait", "e\u0301 au"),
    ("control characters", "a\x00b\x07 then words", "then"),
    ("the end of a line", "short line\r\n", "line\r\n"),
    ("Chinese", "中文也在这里 and", "也在"),
    ("wrapped", "many words that go on " * 6, "words that go on many words that go on many words that go on many"),
]


@pytest.fixture(scope="module", autouse=True)
def application():
    return make_application()


def leaf_for(content: str, *words: str, state: ViewState = BARE) -> Leaf:
    lines, font = lines_of(content), text_font(1.0)
    marks = Marks(labelled(content, *words), len(content), state).on(0, len(content))
    return leaf_of(lines.text(0), marks, font, WIDTH, runs_left(content), COLOURS.quiet)


def editor_for(leaf: Leaf, leftward: bool) -> QTextEdit:
    """Qt's own editor on what is shown, as wide, with no margins of its own."""
    made = QTextEdit()
    made.document().setDocumentMargin(0)
    made.setFont(text_font(1.0))
    made.setPlainText(leaf.layout.text())
    made.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.document().setTextWidth(WIDTH)
    made.document().setDefaultTextOption(leaf.layout.textOption())
    kind = QTextBlockFormat()
    kind.setLayoutDirection(leaf.layout.textOption().textDirection())
    kind.setAlignment(leaf.layout.textOption().alignment())
    QTextCursor(made.document()).mergeBlockFormat(kind)
    assert leftward == (
        leaf.layout.textOption().textDirection() == leaf.layout.textOption().textDirection().RightToLeft
    )
    return made


def x_in(editor: QTextEdit, unit: int) -> float:
    block = editor.document().firstBlock()
    line = block.layout().lineForTextPosition(unit)
    return line.cursorToX(unit)[0]


@pytest.mark.parametrize("content, word", [case[1:] for case in LEFTWARD_FREE], ids=[case[0] for case in LEFTWARD_FREE])
def test_bands_begin_and_end_where_qts_own_editor_has_the_cursor(content, word):
    leaf = leaf_for(content, word)
    editor = editor_for(leaf, False)
    start = content.index(word)
    first = len(content[:start].encode("utf-16-le")) // 2
    end = first + len(word.removesuffix("\n").encode("utf-16-le")) // 2
    found = [(row, fragment) for row in leaf.rows for fragment in row.fragments]
    assert found[0][1].left == pytest.approx(x_in(editor, first), abs=0.51)
    if not word.endswith("\n"):
        assert found[-1][1].right == pytest.approx(x_in(editor, end), abs=0.51)
    assert not found[0][1].open_left and not found[-1][1].open_right
    # of a range over several rows, all pieces but the ends are open
    assert [fragment.open_right for _, fragment in found] == [True] * (len(found) - 1) + [False]
    assert [fragment.open_left for _, fragment in found] == [False] + [True] * (len(found) - 1)


def area_of_glyphs(leaf: Leaf, first: int, end: int) -> list[tuple[float, float]]:
    """Of each unit on its own, from the shapes that Qt draws."""
    areas: list[tuple[float, float]] = []
    for row in leaf.rows:
        for unit in range(max(first, row.first), min(end, row.end)):
            areas += [(r.boundingRect().left(), r.boundingRect().right()) for r in row.line.glyphRuns(unit, 1)]
    return areas


@pytest.mark.parametrize(
    "content, word",
    [
        ("مرحبا بالعالم، كتبت أدا رسالة 1843 عن المحرك", "أدا رسالة"),
        ("مرحبا بالعالم 1843 عن", "بالعالم 1843"),
        ("mixed שלום עולם and English", "עולם and"),
        ("mixed שלום עולם and English", "שלום"),
    ],
)
def test_what_runs_from_right_to_left_is_covered_letter_by_letter(content, word):
    leaf = leaf_for(content, word)
    first = content.index(word)
    fragments = [fragment for row in leaf.rows for fragment in row.fragments]
    own = area_of_glyphs(leaf, first, first + len(word))
    others = area_of_glyphs(leaf, 0, first) + area_of_glyphs(leaf, first + len(word), len(content))
    for left, right in own:
        middle = (left + right) / 2
        assert any(fragment.left <= middle <= fragment.right for fragment in fragments)
    for left, right in others:
        middle = (left + right) / 2
        assert not any(fragment.left + 0.5 < middle < fragment.right - 0.5 for fragment in fragments)
    assert sum(fragment.right - fragment.left for fragment in fragments) == pytest.approx(
        sum(right - left for left, right in own), abs=1.0
    )


def test_half_of_what_is_one_sign_is_the_whole_of_it():
    content = "Cafe\u0301 au lait"
    leaf = leaf_for(content, "\u0301")
    editor = editor_for(leaf, False)
    (fragment,) = leaf.rows[0].fragments
    assert fragment.left == pytest.approx(x_in(editor, 3), abs=0.51)
    assert fragment.right == pytest.approx(x_in(editor, 5), abs=0.51)


def painted(leaf: Leaf, ratio: float = 2.0) -> np.ndarray:
    image = QImage(int(WIDTH * ratio), int(leaf.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(COLOURS.ground))
    painter = QPainter(image)
    paint_leaf(painter, leaf, 0, 0, MarkStyle(COLOURS))
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.width()) & 0xFFFFFF


@pytest.mark.parametrize("content, word", [case[1:] for case in LEFTWARD_FREE[:4]])
def test_painted_pixels_lie_under_the_words(content, word):
    leaf = leaf_for(content, word)
    pixels, row = painted(leaf), leaf.rows[0]
    line = pixels[int((row.marks_top + 1.5) * 2)]
    columns = np.flatnonzero(line == 0xD33115)
    start = content.index(word)
    first = len(content[:start].encode("utf-16-le")) // 2
    end = first + len(word.encode("utf-16-le")) // 2
    left, right = (_x(row.line, unit) * 2 for unit in (first, end))
    assert abs(columns[0] - left) <= 1 and abs(columns[-1] + 1 - right) <= 2
    assert len(columns) == columns[-1] - columns[0] + 1


def _x(line: QTextLine, unit: int) -> float:
    return line.cursorToX(unit)[0]


def test_nested_and_overlapping_ranges_are_all_seen():
    content = "the summer of 1843 in London"
    words = ["the summer of 1843", "summer of 1843 in", "1843", "summer"]
    leaf = leaf_for(content, *words)
    pixels = painted(leaf)
    for colour, word in zip((0xD33115, 0x68BC00, 0xFCDC00), (words[0], words[3], words[2]), strict=True):
        wide = (pixels == colour).sum(axis=1).max()
        start = content.index(word)
        expected = (_x(leaf.rows[0].line, start + len(word)) - _x(leaf.rows[0].line, start)) * 2
        assert wide == pytest.approx(expected, abs=4)
    assert len({fragment.lane for fragment in leaf.rows[0].fragments}) == 3


def test_letters_keep_their_colour_whatever_lies_over_them():
    content = "the summer of 1843"
    bare, marked = painted(leaf_for(content)), painted(leaf_for(content, "the summer", "summer of 1843", "summer"))
    height = int(leaf_for(content).rows[0].text_height * 2)
    assert np.array_equal(bare[:height], marked[:height])


def test_a_range_without_a_length_is_seen():
    content = "Ada Lovelace"
    lines, font = lines_of(content), text_font(1.0)
    found = labelled(content, "Ada")
    found.starts[:], found.ends[:] = 4, 4
    marks = Marks(found, len(content), BARE).on(0, len(content))
    leaf = leaf_of(lines.text(0), marks, font, WIDTH, False, COLOURS.quiet)
    columns = np.flatnonzero((painted(leaf) == 0xD33115).any(axis=0))
    assert abs(columns[0] - _x(leaf.rows[0].line, 4) * 2) <= 1 and 4 <= len(columns) <= 8


def test_what_lies_under_a_place_is_what_is_painted_there():
    content = "the summer of 1843 in London"
    leaf = leaf_for(content, "the summer of 1843", "1843", state=ViewState())
    row = leaf.rows[0]
    outer, inner = row.fragments
    assert leaf.key_at(outer.left + 1, row.marks_top + 1) == outer.key
    assert leaf.key_at(inner.left + 1, row.marks_top + row.height - row.text_height * 1.3 - 8) == inner.key
    assert leaf.key_at(outer.right + 30, row.marks_top + 1) is None
    for place in range(len(content)):
        x = (_x(row.line, place) + _x(row.line, place + 1)) / 2
        assert leaf.place_at(x - 0.5, row.top + 5, between=False) == place


@pytest.mark.parametrize(("more", "said"), [(0, "+297"), (50, "+347, 50 of them not drawn")])
def test_a_row_says_how_many_ranges_it_does_not_draw(more, said):
    row = row_of_many(MOST + more, ViewState())
    assert len(row.fragments) == MOST
    assert count_words(row.fragments, row.beyond) == said


def test_what_is_not_drawn_is_said_without_captions_too():
    full, over = row_of_many(MOST, BARE), row_of_many(MOST + 50, BARE)
    assert count_words(full.fragments, full.beyond) == ""
    assert count_words(over.fragments, over.beyond) == "+50 not drawn"
    assert over.height == full.height + CHIP, "with room for the words"
    assert row_bottom_ink(over, full)


def row_of_many(count: int, state: ViewState) -> Row:
    """All over the same words."""
    every = stretches(*(instance("Word", (0, 5), number=number) for number in range(count)))
    marks = Marks(every, 5, state).on(0, 5)
    return leaf_of("words", marks, text_font(1.0), WIDTH, False, COLOURS.quiet).rows[0]


def row_bottom_ink(over: Row, full: Row) -> bool:
    """Whether something is painted under the bands of the one row, and not of the other."""
    made = []
    for row in (over, full):
        image = QImage(400, round(over.height) + 40, QImage.Format.Format_RGB32)
        image.fill(QColor(COLOURS.ground))
        painter = QPainter(image)
        paint_marks(painter, row.fragments, 0.0, row.marks_top, MarkStyle(COLOURS), row.beyond)
        painter.end()
        top = round(row.marks_top + lane_tops(row.fragments)[-1])
        pixels = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)[top:, :400]
        made.append(bool((pixels != pixels[-1, -1]).any()))
    return made == [True, False]
