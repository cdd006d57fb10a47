"""Texts and the places of their ranges, found in the background: nothing late arrives, readings move, trouble is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.app.conftest import settle
from tests.panels.support import list_of, row_of
from tests.ranged import TEXT, folder_of, found_at, letter, ranged, text_row
from tests.rows import image_row, written
from tests.shared import SHARED, needs_shared
from viewer.app.opening import Start
from viewer.export.unit_media import MediaOf
from viewer.media import text as media_text
from viewer.scene.offsets import Reading

SECOND = "Nobody but Grace was in Rome. 😀 Ada came later."


def second_row():
    made = text_row(
        ranged("g1", "Person", [found_at("Grace", SECOND)], shape="text"),
        ranged("a1", "Person", [found_at("Ada", SECOND)], shape="text"),
        label_hash="second",
        data_hash="other",
        data_title="second.txt",
    )
    (unit,) = made["data_units"].values()
    made["data_units"] = {"other": unit | {"data_hash": "other", "data_title": "second.txt"}}
    return made


@pytest.fixture
def folder(tmp_path):
    folder_of(tmp_path)
    (tmp_path / "second.txt").write_text(SECOND, encoding="utf-8")
    written(tmp_path, [letter(), second_row(), image_row(label_hash="picture", data_hash="picture")])
    return tmp_path


@pytest.fixture
def opened(make_window, folder, qtbot):
    window = make_window()
    window.open(Start((folder,)))
    settle(window, qtbot)
    return window


class Gate:
    """Holds back the reading of one unit's text."""

    def __init__(self) -> None:
        self.reached, self.open = threading.Event(), threading.Event()
        self.let_through = threading.Event()


@pytest.fixture
def gate(monkeypatch) -> Iterator[Gate]:
    made, read = Gate(), MediaOf.passage

    def passage(media, unit):
        if unit.id == "text":
            made.reached.set()
            made.open.wait(30)
            made.let_through.set()
        return read(media, unit)

    monkeypatch.setattr(MediaOf, "passage", passage)
    yield made
    made.open.set()


def held(window) -> dict[str, str]:
    """What each label holds, as the window knows it."""
    book = window.stretches
    return {label.object_hash: book.words_of(label.object_hash, 1000) for label in book.stretches.labels}


def noted(window, title: str) -> str:
    lines = list_of(window.panes.ranges)
    return lines.line(row_of(lines, title)).note


def test_a_text_that_comes_late_is_not_shown_for_another_row(gate, make_window, folder, qtbot):
    window = make_window()
    seen: list[tuple[str, str]] = []

    def look() -> None:
        book = window.stretches
        if book.passage is not None:
            seen.append((window.session.row.head.label_hash, book.passage.content))

    window.stretches.changed.connect(look)
    window.open(Start((folder,)))
    qtbot.waitUntil(lambda: gate.reached.is_set() and window.session.row is not None)
    assert window.stretches.passage is None and window.stretches.stretches is None
    assert not window.is_settled()
    window.session.go_to(1)
    qtbot.waitUntil(lambda: window.stretches.stretches is not None)
    gate.open.set()
    assert gate.let_through.wait(30)
    settle(window, qtbot)
    assert set(seen) == {("second", SECOND)}
    assert held(window) == {"g1": "Grace", "a1": "Ada"}
    assert window.panes.text.passage.passage.lines.content == SECOND


def test_a_text_that_comes_late_is_nothing_to_a_picture(gate, make_window, folder, qtbot):
    window = make_window()
    window.open(Start((folder,)))
    qtbot.waitUntil(lambda: gate.reached.is_set() and window.session.row is not None)
    window.session.go_to(2)
    qtbot.waitUntil(lambda: window.session.row.head.label_hash == "picture")
    told: list[int] = []
    window.stretches.changed.connect(lambda: told.append(1))
    gate.open.set()
    assert gate.let_through.wait(30)
    settle(window, qtbot)
    assert (window.stretches.passage, window.stretches.stretches, told) == (None, None, [])


def test_rows_switched_back_and_forth_end_with_the_last(opened, qtbot):
    for row in (1, 0, 1, 0, 1, 0):
        opened.session.go_to(row)
    settle(opened, qtbot)
    assert opened.stretches.passage.content == TEXT
    assert held(opened)["p2"] == "Grace"
    assert opened.panes.text.passage.passage.lines.content == TEXT


def test_another_reading_moves_the_ranges_and_the_words_follow(opened, qtbot):
    opened.session.go_to(1)
    settle(opened, qtbot)
    before = opened.stretches.stretches
    assert (noted(opened, "Person 1"), noted(opened, "Person 2")) == ("Grace", "Ada")
    opened.readings.choose(Reading("utf-16", "included"))
    settle(opened, qtbot)
    after = opened.stretches.stretches
    # one more at the end; behind the emoji everything is one character further to the left
    assert (after.ends - before.ends).tolist() == [1, 0]
    assert (after.starts - before.starts).tolist() == [0, -1]
    assert (noted(opened, "Person 1"), noted(opened, "Person 2")) == ("Grace ", " Ada")
    assert held(opened) == {"g1": "Grace ", "a1": " Ada"}
    opened.session.set(selected="a1", stretch=0)
    settle(opened, qtbot)
    assert " Ada" in opened.panes.inspector.as_text()


def test_a_missing_text_is_told_and_its_ranges_lie_where_the_export_says(opened, folder, qtbot, make_window):
    (folder / "second.txt").unlink()
    window = make_window()
    window.open(Start((folder,), row="second"))
    settle(window, qtbot)
    book = window.stretches
    assert book.trouble == "the text was not found" and book.passage is None
    assert book.stretches.starts.tolist() == [found_at("Grace", SECOND)[0], found_at("Ada", SECOND)[0]]
    assert noted(window, "Person 1") == ""
    window.session.go_to(0)
    settle(window, qtbot)
    assert book.trouble == "" and held(window)["p2"] == "Grace"


def test_a_text_that_cannot_be_read_is_told(folder, make_window, qtbot, monkeypatch):
    monkeypatch.setattr(media_text, "LARGEST", 100)
    window = make_window()
    window.open(Start((folder,)))
    settle(window, qtbot)
    assert window.stretches.trouble.startswith("The text is too large to be shown")
    assert len(window.stretches.stretches) == 7
    window.session.go_to(1)
    settle(window, qtbot)
    assert window.stretches.passage.content == SECOND


def test_bytes_that_are_no_text_are_shown_and_told(folder, make_window, qtbot):
    (folder / "second.txt").write_bytes(bytes(range(256)) * 2)
    window = make_window()
    window.open(Start((folder,), row="second"))
    settle(window, qtbot)
    assert window.stretches.trouble == ""
    assert any("does not look like text" in warning for warning in window.stretches.passage.warnings)
    start, end = found_at("Ada", SECOND)
    assert held(window)["a1"] == "".join(map(chr, range(start, end)))


@needs_shared
def test_each_text_of_a_group_has_its_own_ranges_and_words(make_window, tmp_path, qtbot):
    export = SHARED / "exports" / "data_group__two_text__DATA_GROUP_WITH_TWO_TEXT_LABELS.labels.json"
    texts = {
        "text-1-uuid": ("english.txt", "".join(chr(ord("a") + at % 26) for at in range(400)), (100, 200)),
        "text-2-uuid": ("chinese.txt", "".join(chr(0x4E00 + at) for at in range(600)), (300, 500)),
    }
    (tmp_path / "group.json").write_bytes(export.read_bytes())
    for name, content, _ in texts.values():
        (tmp_path / name).write_text(content, encoding="utf-8")
    window = make_window()
    window.open(Start((tmp_path / "group.json",)))
    settle(window, qtbot)
    # and back to the first
    for unit in (*texts, next(iter(texts))):
        window.session.show_unit(unit)
        settle(window, qtbot)
        _, content, (start, end) = texts[unit]
        assert window.stretches.passage.content == content
        assert held(window)["text1"] == content[start:end]
        assert [label.is_whole for label in window.stretches.stretches.labels if label.is_classification] == [True]
        words = window.panes.ranges._rows.words(1, 1000)
        assert words == content[start:end]
