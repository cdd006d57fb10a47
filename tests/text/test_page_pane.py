"""The page as it is shown: every character of the content stands where we say, and is painted and clicked there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from viewer.app import theme
from viewer.labels.answers import LabelAnswers
from viewer.labels.records import Provenance
from viewer.media.html_page import Page, page_of
from viewer.scene.stretches import Stretches, StretchLabel
from viewer.scene.view_state import Look, ViewState
from viewer.text.page_pane import PagePane
from viewer.text.paint_leaf import MOST
from viewer.text.paint_marks import marks_height

PAGE = """<!doctype html><title>not shown</title><h1>Travels</h1>
<p>In <b>1843</b> she met   <i>Ada</i>
 in Rome \U0001f600 with a smile. <a href="http://127.0.0.1:9/">notes</a></p>
<p dir=rtl>\u05d6\u05d4 \u05d1\u05d9\u05ea \u05d2\u05d3\u05d5\u05dc</p><ul><li>first<li>second <ol><li>third</ol></ul>
<table><caption>Cities</caption><tr><th>City<th>Note<tr><td rowspan=2>Oslo<td>cold<tr><td>Bern
<table><tr><td>nested<td>cells</table></table>
<pre>
def f(x):
\treturn  x
</pre><p>a<br>b<!-- c -->d</p><script>no()</script><textarea>field</textarea>""".encode()
COLOURS = ("#d33115", "#1565c0", "#2e7d32")


def stretches(*spans: tuple[int, int]) -> Stretches:
    """A label for each range."""
    labels = tuple(
        StretchLabel(
            f"label{at}",
            f"class{at}",
            f"Class {at}",
            f"Class {at}",
            COLOURS[at % 3],
            "text",
            LabelAnswers((), ()),
            Provenance(),
            ([{"xpath": "/html[1]", "offset": 0}, {"xpath": "/html[1]", "offset": 0}],),
            "html",
        )
        for at in range(len(spans))
    )
    order = sorted(range(len(spans)), key=lambda at: (spans[at][0], -spans[at][1]))
    columns = np.array([(*spans[at], at) for at in order], dtype=np.float64).reshape(-1, 3)
    return Stretches(
        labels, columns[:, 0], columns[:, 1], columns[:, 2].astype(np.int32), np.zeros(len(order), np.int32)
    )


@pytest.fixture
def page() -> Page:
    return page_of(PAGE)


@pytest.fixture
def make_pane(qtbot: QtBot) -> Iterator[Callable[[Page], PagePane]]:
    def make(page: Page) -> PagePane:
        pane = PagePane(theme.LIGHT.chart)
        qtbot.addWidget(pane)
        pane.resize(700, 900)
        pane.show()
        pane.show_page(page)
        qtbot.waitUntil(lambda: pane.is_settled)
        return pane

    yield make


def in_document(pane: PagePane, page: Page, words: str) -> tuple[int, int]:
    """Where Qt itself finds words, as positions of the document."""
    found = pane.document().find(words)
    assert not found.isNull(), words
    return found.selectionStart(), found.selectionEnd()


def letters(pane: PagePane, first: int, last: int) -> QRectF:
    """The rectangle of letters on one line, by Qt's own places of the cursor, in pixels of the view."""
    cursor = QTextCursor(pane.document())
    cursor.setPosition(first)
    begin = pane.cursorRect(cursor)
    cursor.setPosition(last)
    end = pane.cursorRect(cursor)
    assert begin.top() == end.top()
    left, right = sorted((begin.left(), end.left()))
    return QRectF(left, begin.top(), right - left, begin.height())


def ink(pane: PagePane, colour: str) -> QRectF:
    """Where a colour is painted, in pixels of the view."""
    picture = pane.viewport().grab().toImage().convertToFormat(pane.viewport().grab().toImage().Format.Format_RGB32)
    raw = np.frombuffer(picture.constBits(), dtype=np.uint32).reshape(picture.height(), picture.bytesPerLine() // 4)
    rows, columns = np.nonzero((raw & 0xFFFFFF) == int(colour[1:], 16))
    assert len(rows), colour
    return QRectF(columns.min(), rows.min(), columns.max() + 1 - columns.min(), rows.max() + 1 - rows.min())


def test_each_character_of_the_document_is_the_one_of_the_content(
    make_pane: Callable[[Page], PagePane], page: Page
) -> None:
    pane = make_pane(page)
    assert pane._shown is not None
    shown = pane._shown.map
    units = pane.document().toRawText().encode("utf-16-le", "surrogatepass")
    for offset, begin, end in zip(shown.offsets, shown.positions, shown.ends, strict=True):
        there, here = units[2 * begin : 2 * end].decode("utf-16-le"), page.content[offset]
        assert there == here or (there in " \u2028" and here in " \n\t\r\f"), (offset, here, there)
    kept = [character for offset in shown.offsets if not (character := page.content[offset]).isspace()]
    hidden = {"not shown", "no()"}
    wanted = page.content
    for words in hidden:
        wanted = wanted.replace(words, "")
    assert kept == [character for character in wanted if not character.isspace()]
    assert (np.diff(shown.offsets) > 0).all() and (np.diff(shown.positions) > 0).all()


@pytest.mark.parametrize(
    "words",
    ["1843", "Ada", "\U0001f600 with", "\u05d1\u05d9\u05ea", "third", "Bern", "cells", "return  x", "field", "Cities"],
)
def test_a_range_is_painted_exactly_under_its_letters(
    make_pane: Callable[[Page], PagePane], page: Page, words: str
) -> None:
    pane = make_pane(page)
    at = page.content.index(words)
    pane.show_stretches(stretches((at, at + len(words))))
    pane.set_state(ViewState(look=Look(captions="none")))
    painted, wanted = ink(pane, COLOURS[0]), letters(pane, *in_document(pane, page, words))
    assert abs(painted.left() - wanted.left()) <= 1.5 and abs(painted.right() - wanted.right()) <= 2.5
    assert wanted.bottom() - 4 <= painted.top() and painted.bottom() <= wanted.bottom() + 14


def test_a_range_over_collapsed_space_covers_what_is_left_of_it(
    make_pane: Callable[[Page], PagePane], page: Page
) -> None:
    pane = make_pane(page)
    begin, end = page.content.index("met"), page.content.index("Rome") + 4
    assert page.content[begin:end] == "met   Ada\n in Rome"
    pane.show_stretches(stretches((begin, end)))
    pane.set_state(ViewState(look=Look(captions="none")))
    painted, wanted = ink(pane, COLOURS[0]), letters(pane, *in_document(pane, page, "met Ada in Rome"))
    assert abs(painted.left() - wanted.left()) <= 1.5 and abs(painted.right() - wanted.right()) <= 2.5


def test_ranges_over_one_another_are_all_seen(make_pane: Callable[[Page], PagePane], page: Page) -> None:
    pane = make_pane(page)
    begin = page.content.index("she met")
    pane.show_stretches(stretches((begin, begin + 20), (begin + 4, begin + 14), (begin + 4, begin + 7)))
    pane.set_state(ViewState(look=Look(captions="none")))
    areas = [ink(pane, colour) for colour in COLOURS]
    assert areas[0].bottom() <= areas[1].bottom() <= areas[2].bottom()
    assert len({area.bottom() for area in areas}) == 3


def test_clicks_select_the_smallest_range_and_then_the_next(
    make_pane: Callable[[Page], PagePane], page: Page, qtbot: QtBot
) -> None:
    pane = make_pane(page)
    begin = page.content.index("she met")
    pane.show_stretches(stretches((begin, begin + 20), (begin + 4, begin + 7)))
    chosen: list[tuple[object, int]] = []

    def select(label: str | None, place: int) -> None:
        chosen.append((label, place))
        pane.set_state(ViewState(selected=label, stretch=place))

    pane.selected.connect(select)
    on_met = letters(pane, *in_document(pane, page, "met")).center().toPoint()
    for _ in range(3):
        qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=on_met)
    free = letters(pane, *in_document(pane, page, "Travels")).center().toPoint()
    qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=free)
    assert chosen == [("label1", 0), ("label0", 0), ("label1", 0), (None, 0)]


def test_marking_words_with_the_mouse_selects_no_label(
    make_pane: Callable[[Page], PagePane], page: Page, qtbot: QtBot
) -> None:
    pane = make_pane(page)
    begin = page.content.index("she met")
    pane.show_stretches(stretches((begin, begin + 20)))
    chosen: list[object] = []
    pane.selected.connect(lambda label, place: chosen.append(label))
    area = letters(pane, *in_document(pane, page, "she met"))
    start, end = area.center().toPoint() - QPoint(20, 0), area.center().toPoint() + QPoint(20, 0)
    qtbot.mousePress(pane.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(pane.viewport(), end)
    qtbot.mouseRelease(pane.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert chosen == []


def test_a_range_that_cannot_be_seen_is_told_of(make_pane: Callable[[Page], PagePane], page: Page) -> None:
    pane = make_pane(page)
    begin = page.content.index("not shown")
    pane.show_stretches(stretches((begin, begin + 9)))
    assert pane.hidden_words() == ""
    pane.set_state(ViewState(selected="label0"))
    assert "not visible" in pane.hidden_words() and "not shown" in pane.hidden_words()
    assert pane.extent_of(begin, begin + 9) is None


def test_foreign_words_are_shown_as_they_are(make_pane: Callable[[Page], PagePane]) -> None:
    page = page_of(b"<p>&lt;img src='file:///x'&gt; &lt;b&gt;not bold&lt;/b&gt; <a href='&lt;b&gt;'>link</a>")
    pane = make_pane(page)
    assert pane.toPlainText() == "<img src='file:///x'> <b>not bold</b> link"
    place = letters(pane, *in_document(pane, page, "link")).center().toPoint()
    assert "&lt;b&gt;" in pane.card_at(place)


def test_a_selected_range_far_below_comes_into_view(make_pane: Callable[[Page], PagePane]) -> None:
    page = page_of(b"<p>one paragraph of a long page" * 2000 + b"<p>the last one")
    pane = make_pane(page)
    begin = page.content.index("the last one")
    pane.show_stretches(stretches((begin, begin + 12)))
    pane.set_state(ViewState(selected="label0"))
    area = pane.extent_of(begin, begin + 12)
    assert area is not None and QRectF(pane.viewport().rect()).contains(area.center())
    assert pane.keys_at(QPointF(area.left() + 4, area.center().y())) == [0]


@pytest.mark.parametrize(
    "source",
    [
        b"<div>" * 3000 + b"x",
        b"<blockquote>" * 500 + b"x",
        b"<table><tr><td>" * 200 + b"x",
        b"<ul><li>" * 500 + b"x",
        b"<table><tr><td colspan=1000 rowspan=60000>x<td colspan=900>y" + b"<tr>" * 100,
        b"<table><caption>a<tr><td>b<caption>c",
        b"<table></table><table><tr></table>x<hr><hr>",
        "\u2028\u2029\ufffc\ufdd0\ufdd1\ufffe x".encode(),
        b"",
    ],
)
def test_odd_pages_are_shown(make_pane: Callable[[Page], PagePane], source: bytes) -> None:
    page = page_of(source)
    pane = make_pane(page)
    pane.show_stretches(stretches((0, len(page.content))))
    pane.grab()
    assert pane.toPlainText().count("x") == page.content.count("x")


def test_many_labels_of_one_paragraph_are_all_drawn(make_pane: Callable[[Page], PagePane]) -> None:
    page = page_of(f"<p>{'word ' * 700}</p>".encode())
    pane = make_pane(page)
    pane.show_stretches(stretches(*((5 * at, 5 * at + 4) for at in range(700))))
    shown = pane._shown
    assert shown is not None
    leaf = shown.leaf(pane.document().firstBlock())
    assert {fragment.key for row in leaf.rows for fragment in row.fragments} == set(range(700))
    assert not any(row.beyond for row in leaf.rows)


def test_a_line_says_how_many_labels_it_does_not_draw(make_pane: Callable[[Page], PagePane]) -> None:
    pane = make_pane(page_of(b"<p>words</p><p>more</p>"))
    pane.show_stretches(stretches(*((0, 5) for _ in range(MOST + 50))))
    shown = pane._shown
    assert shown is not None
    (row,) = shown.leaf(pane.document().firstBlock()).rows
    assert (len(row.fragments), row.beyond) == (MOST, 50)
    below = shown.origin(pane.document().firstBlock().next()).y()
    bottom = row.marks_top + marks_height(row.fragments, row.beyond)
    assert bottom <= below < bottom + 60, "there is room for all of it, and for no more"
