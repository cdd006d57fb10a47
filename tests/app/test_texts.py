"""Texts in the window: what is selected first, how offsets are read and that it is remembered, what is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.app.conftest import settle
from tests.panels.support import click, list_of
from tests.rows import row, unit, written
from viewer.__main__ import main
from viewer.app.opening import Start
from viewer.scene.offsets import Reading

CONTENT = "Ada 😀 Lovelace wrote\r\nto Charles Babbage in the summer of 1843.\r\n" + "No labels here.\r\n" * 200
WORDS = ("Lovelace", "Charles", "Babbage", "summer", "1843")


def labelled_row(*, included: bool) -> dict:
    """Ranges on whole words, the second offset within the word or after it."""
    answers = {}
    for number, word in enumerate(WORDS):
        start = CONTENT.index(word)
        answers[f"o{number}"] = {
            "objectHash": f"o{number}",
            "featureHash": f"f{number % 2}",
            "name": f"Class {number % 2}",
            "value": "c",
            "color": "#D33115",
            "shape": "text",
            "classifications": [],
            "range": [[start, start + len(word) - included]],
            "createdBy": "ann@example.org",
            "manualAnnotation": True,
        }
    one = unit({}, "d1", mime="text/plain", data_title="letter.txt")
    return row(one, data_type="plain_text", data_hash="d1", data_title="letter.txt", object_answers=answers)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letter.txt").write_bytes(CONTENT.encode())
    written(tmp_path, [labelled_row(included=True)])
    return tmp_path


@pytest.fixture
def texts(make_window, folder, qtbot):
    made = make_window()
    made.open(Start((folder,)))
    settle(made, qtbot)
    return made


def words_of(window, key: int) -> str:
    """What the window says that a range holds."""
    stretches = window.stretches.stretches
    return CONTENT[int(stretches.starts[key]) : int(stretches.ends[key])]


def test_the_first_range_is_selected_and_the_text_is_shown(texts):
    assert texts.panes.middle.currentWidget() is texts.panes.text
    assert texts.session.state.selected == "o0"
    assert texts.panes.text.passage.marks.selected == 0
    assert not texts.panes.bar.isVisible()
    assert [row.title for row in texts.panes.text.strip.rows] == ["Class 0", "Class 1"]


def test_the_better_reading_is_offered_and_remembered(texts, make_window, folder, qtbot):
    head = texts.panes.text.head
    assert words_of(texts, 0) == "Lovelac"
    assert head.hint.isVisible() and head.hint.text().startswith("Fits better: end included")
    QTest.mouseClick(head.hint, Qt.MouseButton.LeftButton)
    settle(texts, qtbot)
    assert texts.session.state.reading == Reading(end="included")
    assert [words_of(texts, key) for key in range(len(WORDS))] == list(WORDS)
    assert not head.hint.isVisible()
    other = make_window()
    other.open(Start((folder,)))
    settle(other, qtbot)
    assert other.session.state.reading == Reading(end="included")
    other.readings.end("excluded")
    settle(other, qtbot)
    assert words_of(other, 0) == "Lovelac"


def test_utf16_units_shift_what_follows_an_emoji(texts, qtbot):
    texts.readings.count("utf-16")
    settle(texts, qtbot)
    start = CONTENT.index("Lovelace")
    assert words_of(texts, 0) == CONTENT[start - 1 : start + 6]
    assert texts.bars.actions["count_utf16"].isChecked()


def test_words_are_found_with_the_filter_key(texts, qtbot):
    pane = texts.panes.text
    head, passage = pane.head, pane.passage
    pane.setFocus()
    texts.focus.filter()
    assert head.field.isVisible()
    head.field.setText("LABELS HERE")
    qtbot.waitUntil(lambda: head.count.text() == "1 of 200")
    for _ in range(150):
        QTest.keyClick(head.field, Qt.Key.Key_Return)
    QTest.keyClick(head.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert head.count.text() == "150 of 200"
    wanted = [at for at in range(len(CONTENT)) if CONTENT.startswith("labels here", at)][149]
    first, end = passage.passage.seen_offsets()
    assert first <= wanted < end
    QTest.keyClick(head.field, Qt.Key.Key_Escape)
    assert not head.field.isVisible() and passage.hasFocus()


def test_a_missing_text_is_said_and_its_labels_are_still_there(make_window, tmp_path, qtbot):
    written(tmp_path, [labelled_row(included=False)])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    assert window.panes.bar.isVisible()
    assert [len(row.keys) for row in window.panes.text.strip.rows] == [3, 2]
    assert window.panes.text.strip.axis.count == int(window.stretches.stretches.ends.max())
    assert not window.panes.text.head.isVisible()


def test_render_draws_the_passage(folder, tmp_path):
    out = tmp_path / "out.png"
    assert main(["render", str(folder), "-o", str(out)]) == 0
    with Image.open(out) as picture:
        assert picture.width == 1000 and opaque(picture) == {True}
        height = picture.height
    parts = ["--overlay-only", "--scale", "2", "--no-captions"]
    assert main(["render", str(folder), "-o", str(out), *parts]) == 0
    with Image.open(out) as picture:
        every = coloured(picture)
        # without captions lines are lower
        assert picture.width == 2000 and picture.height < 2 * height and opaque(picture) == {True, False}
    assert main(["render", str(folder), "-o", str(out), *parts, "--only", "Class 1"]) == 0
    with Image.open(out) as picture:
        assert 0 < coloured(picture) < every
    assert main(["render", str(folder), "-o", str(out), *parts, "--object", "o4"]) == 0
    with Image.open(out) as picture:
        assert 0 < coloured(picture) < every / 3


def opaque(picture: Image.Image) -> set[bool]:
    return {alpha == 255 for _, alpha in picture.convert("RGBA").getchannel("A").getcolors()}


def coloured(picture: Image.Image) -> int:
    """Pixels in the class's colour."""
    found = picture.convert("RGBA").getcolors(1 << 22)
    return sum(count for count, colour in found if colour == (0xD3, 0x31, 0x15, 255))


def test_render_says_that_a_text_is_missing(tmp_path, capsys):
    path = written(tmp_path, [labelled_row(included=False)])
    assert main(["render", str(path), "-o", str(tmp_path / "out.png")]) != 0
    assert "the text was not found" in capsys.readouterr().err


def is_in_view(window, key: int) -> bool:
    first, end = window.panes.text.passage.passage.seen_offsets()
    return first <= int(window.stretches.stretches.starts[key]) < end


def test_a_click_on_the_selected_range_leads_back_to_it(texts, qtbot):
    pane, ranges = texts.panes.text, texts.panes.ranges
    texts.show_details(ranges)
    lines = list_of(ranges)
    click(qtbot, lines, 2)
    key = pane.passage.marks.selected
    assert is_in_view(texts, key)
    pane.passage.show_from(len(CONTENT) - 5)
    assert not is_in_view(texts, key)
    click(qtbot, lines, 2)
    assert is_in_view(texts, key) and pane.passage.marks.selected == key


def test_u_leads_to_the_next_words_without_labels(texts, qtbot):
    pane = texts.panes.text.passage

    def pressed(times: int, modifiers=Qt.KeyboardModifier.NoModifier) -> list[str]:
        made = []
        for _ in range(times):
            QTest.keyClick(pane, Qt.Key.Key_U, modifiers)
            made.append(pane.marked_text())
        return made

    texts.readings.end("included")
    settle(texts, qtbot)
    pane.setFocus()
    # the first label is selected; the space between Charles and Babbage is no place to look for a label
    assert pressed(4) == [" wrote\r\nto ", " in the ", " of ", CONTENT[CONTENT.index("1843") + 4 :]]
    first, end = pane.passage.seen_offsets()
    assert first <= CONTENT.index("1843") + 4 < end
    assert pressed(1) == [CONTENT[CONTENT.index("1843") + 4 :]], "the last one"
    assert pressed(1, Qt.KeyboardModifier.ShiftModifier) == [" of "]
    texts.panes.text.show_selected()
    assert pressed(1) == [" wrote\r\nto "], "from the selected label on, which was gone back to"
    texts.session.set(selected="o1", stretch=0)
    assert pressed(2, Qt.KeyboardModifier.ShiftModifier) == [" wrote\r\nto ", "Ada 😀 "]
