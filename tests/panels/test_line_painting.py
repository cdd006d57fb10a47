from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPalette

from tests.panels.support import DARK, LONG
from viewer.app import icons
from viewer.panels.line import Cell, DotSymbol, Line, ShapeSymbol, Stage, Swatch, Symbol
from viewer.panels.paint_layout import lay_out
from viewer.panels.paint_line import LinePainter
from viewer.panels.paint_text import Fonts
from viewer.scene.words import shown


@pytest.fixture
def painter(qapp):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("#e6e7e9"))
    return LinePainter(QGuiApplication.font(), palette, DARK, icons)


def painted(painter, line, width=260, height=24, **state):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#26282b"))
    ink = QPainter(image)
    said = {"selected": False, "hovered": False, "focused": False, **state}
    painter.paint(ink, QRect(0, 0, width, height), line, **said)
    ink.end()
    return np.asarray(image.constBits()).reshape(height, image.bytesPerLine() // 4, 4)[:, :width, :3].copy()


def test_a_row_is_24_pixels_high(painter, qapp):
    font = QFont(QGuiApplication.font())
    font.setPixelSize(13)
    assert Fonts(font).row == 24


def test_a_very_long_name_paints_within_its_line(painter):
    line = Line(shown(LONG), cells=(Cell("12"),), sign=Swatch("#ff0000"))
    made = lay_out(line, QRect(0, 0, 260, 24), painter.fonts)
    assert made.text.right() < made.cells[0][1].left()
    assert painted(painter, line).std() > 0


@pytest.mark.parametrize(
    "sign",
    [
        Swatch("#12ab34"),
        Symbol("warning", "warning"),
        ShapeSymbol("polygon"),
        ShapeSymbol("a shape of the future"),
        Stage(0.0),
        Stage(0.5),
        Stage(1.0),
        *(DotSymbol(mark, "#12ab34") for mark in ("disc", "ring", "barred ring", "cross")),
    ],
)
def test_every_sign_leaves_a_mark_in_its_place(painter, sign):
    bare, signed = painted(painter, Line("")), painted(painter, Line("", sign=sign))
    changed = np.argwhere((bare != signed).any(axis=2))
    assert len(changed) > 4
    assert changed[:, 1].min() >= 8
    assert changed[:, 1].max() < 8 + 17


def test_the_four_states_of_a_point_look_different_without_colour(painter):
    looks = {
        mark: painted(painter, Line("", sign=DotSymbol(mark))).tobytes()
        for mark in ("disc", "ring", "barred ring", "cross")
    }
    assert len(set(looks.values())) == 4


def test_a_swatch_has_the_labels_colour(painter):
    image = painted(painter, Line("", sign=Swatch("#12ab34")))
    blue, green, red = image[12, 16]
    assert (red, green, blue) == (0x12, 0xAB, 0x34)


def test_columns_of_several_lines_stand_below_one_another(painter):
    rect = QRect(0, 0, 260, 24)
    lines = [Line("a", cells=(Cell(n, room="12,400"), Cell(icon="eye", id="eye"))) for n in ("3", "12,400", "")]
    places = {lay_out(line, rect, painter.fonts).cells[1][1].right() for line in lines}
    lefts = {lay_out(line, rect, painter.fonts).cells[1][1].left() for line in lines}
    assert len(places) == len(lefts) == 1


def test_the_least_important_cells_give_way_first(painter):
    line = Line("title", cells=(Cell("not labelled"), Cell("video"), Cell("12,400")))
    wide = [cell.text for cell, _ in lay_out(line, QRect(0, 0, 500, 24), painter.fonts).cells]
    narrow = [cell.text for cell, _ in lay_out(line, QRect(0, 0, 190, 24), painter.fonts).cells]
    assert wide == ["12,400", "video", "not labelled"]
    assert narrow == ["12,400"]


def test_shy_cells_show_only_under_the_pointer_or_on_the_selected_line(painter):
    line = Line("", cells=(Cell(icon="eye", id="eye", shy=True),))
    at_rest = painted(painter, line)
    assert (at_rest == painted(painter, Line(""))).all()
    for state in ("selected", "hovered"):
        assert (painted(painter, line, **{state: True}) != painted(painter, Line(""), **{state: True})).any()


def test_the_keyboard_is_seen(painter):
    assert (
        painted(painter, Line("x"), selected=True) != painted(painter, Line("x"), selected=True, focused=True)
    ).any()


def test_wrapped_lines_are_as_high_as_their_text(painter):
    text = "no point of the skeleton can be read; the label is listed, not drawn"
    one, many = painter.height(Line("short", wrap=4), 280), painter.height(Line(text, wrap=4), 200)
    assert one == painter.fonts.row
    assert many > one
    assert painter.height(Line(text, wrap=4), 2000) == one
    assert painter.height(Line("short", wrap=4, below="where"), 280) > one
