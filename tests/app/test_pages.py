"""A page in the real window: shown with its labels, and nothing that it asks for is loaded."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.rows import row, unit, written
from viewer.app.opening import Start
from viewer.app.window import Window

SECRET = (250, 10, 240)
"""Colour of a picture that a page must not show."""
PAGE = """<!doctype html><html><head><title>A page</title>
<meta http-equiv="refresh" content="0;url=ADDRESS/refresh"><base href="ADDRESS/base/">
<link rel="stylesheet" href="ADDRESS/style.css"><link rel="icon" href="ADDRESS/icon">
<style>@import url(ADDRESS/import.css); body { background: url(ADDRESS/ground.png) } p { list-style: url(file:///SECRET) }</style>
<script src="ADDRESS/script.js"></script><script>document.title = "run"; document.body.innerHTML = "run"</script></head>
<body background="ADDRESS/body.png" onload="document.body.innerHTML='run'">
<p style="background-image: url(ADDRESS/inline.png)">Paris is <b>here</b></p>
<img src="ADDRESS/picture.png" alt="a picture"><img src="file:///SECRET"><img srcset="ADDRESS/set.png 2x"><input type=image src="ADDRESS/button.png">
<picture><source srcset="ADDRESS/source.png"><img src="relative.png"></picture>
<iframe src="ADDRESS/frame"></iframe><object data="ADDRESS/object"></object><embed src="ADDRESS/embed">
<video src="ADDRESS/film.mp4" poster="ADDRESS/poster.png" autoplay></video><audio src="ADDRESS/sound.mp3" autoplay></audio>
<svg><image href="ADDRESS/drawn.png"/><use href="ADDRESS/use.svg#a"/></svg>
<ul style="list-style-image: url(ADDRESS/bullet.png)"><li>one</ul>
<table background="ADDRESS/table.png"><tr><td background="ADDRESS/cell.png">Rome</table>
<a href="ADDRESS/link" ping="ADDRESS/ping">a link</a></body></html>"""


class Listener:
    """A port on which nobody should ask for anything."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(200)
            if request == b"stop":
                return
            self.asked.append(request)

    def close(self) -> None:
        with socket.create_connection(self._socket.getsockname()) as last:
            last.sendall(b"stop")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def test_nothing_outside_is_loaded_and_no_script_is_run(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot, listener: Listener
) -> None:
    Image.new("RGB", (60, 60), SECRET).save(tmp_path / "secret.png")
    page = PAGE.replace("ADDRESS", listener.address).replace("file:///SECRET", (tmp_path / "secret.png").as_uri())
    written(
        tmp_path, [page_row(tmp_path, page, ("/html[1]/body[1]/p[1]/text()[1]", 0, "/html[1]/body[1]/p[1]/b[1]", 1))]
    )
    window = make_window()
    window.open(Start((tmp_path / "export.json",)))
    settle(window, qtbot)
    qtbot.waitUntil(lambda: window.stretches.stretches is not None and window.is_settled())
    pane = window.panes.text.page
    assert pane.isVisible()
    shown = pane.toPlainText()
    assert "Paris is here" in shown and "a link" in shown and "run" not in shown
    assert "[picture: a picture]" in shown and "[frame]" in shown
    cursor = pane.document().find("a link")
    cursor.setPosition(cursor.selectionStart() + 3)
    pane.setTextCursor(cursor)
    pane.ensureCursorVisible()
    place = pane.cursorRect(cursor).center()
    qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert listener.address in pane.card_at(place)
    qtbot.wait(700)
    picture = window.grab().toImage()
    colours = {
        picture.pixelColor(x, y).getRgb()[:3]
        for x in range(0, picture.width(), 4)
        for y in range(0, picture.height(), 4)
    }
    assert SECRET not in colours
    assert not [
        name
        for name in range(pane.document().blockCount())
        if "\ufffc" in pane.document().findBlockByNumber(name).text()
    ]
    assert listener.asked == []


def test_listener_hears(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", int(listener.address.rsplit(":", 1)[1]))) as asking:
        asking.sendall(b"GET / HTTP/1.0")
    deadline = time.monotonic() + 20
    while not listener.asked and time.monotonic() < deadline:
        time.sleep(0.01)
    assert listener.asked == [b"GET / HTTP/1.0"]


def test_a_click_on_labelled_words_selects_their_label(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    page = "<p>Paris is <b>here</b> and there</p>"
    inner = ("/html[1]/body[1]/p[1]/b[1]/text()[1]", 0, "/html[1]/body[1]/p[1]/b[1]/text()[1]", 4)
    outer = ("/html[1]/body[1]/p[1]/text()[1]", 6, "/html[1]/body[1]/p[1]/text()[2]", 4)
    written(tmp_path, [page_row(tmp_path, page, outer, inner)])
    window = make_window()
    window.open(Start((tmp_path / "export.json",)))
    settle(window, qtbot)
    qtbot.waitUntil(lambda: window.stretches.stretches is not None and window.is_settled())
    pane = window.panes.text.page
    cursor = pane.textCursor()
    cursor.setPosition(pane.document().find("here").selectionStart() + 1)
    place = pane.cursorRect(cursor).center()
    window.session.set(selected=None)
    found: list[str | None] = []
    for _ in range(3):
        qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=place)
        found.append(window.session.state.selected)
    assert found == ["range001", "range000", "range001"]


def page_row(folder: Path, page: str, *ranges: tuple[str, int, str, int]) -> dict[str, Any]:
    """A row of a page with a label for each range."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    answers = {
        f"range{at:03}": {
            "objectHash": f"range{at:03}",
            "featureHash": f"cls{at:05}",
            "name": f"Class {at}",
            "value": f"class_{at}",
            "color": "#D33115",
            "shape": "text",
            "classifications": [],
            "range": [],
            "range_html": [{"start": {"xpath": begin, "offset": first}, "end": {"xpath": stop, "offset": last}}],
        }
        for at, (begin, first, stop, last) in enumerate(ranges)
    }
    page_unit = unit({}, "data0001", "text/html", data_title="page.html", width=None, height=None)
    return row(page_unit, data_type="plain_text", data_title="page.html", object_answers=answers)


def test_the_inspector_tells_what_a_reader_sees_around_a_label(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    page = "<head><style>p { color: red }</style></head><body><p>Rome</p><script>run()</script><p>Oslo here</p>"
    path = "/html[1]/body[1]/p[2]/text()[1]"
    written(tmp_path, [page_row(tmp_path, page, (path, 0, path, 4))])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    said = window.panes.inspector.as_text()
    assert "Oslo" in said and "Rome" in said and " here" in said
    assert "run()" not in said and "color" not in said


def test_u_leads_to_the_next_words_of_a_page_without_labels(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot
) -> None:
    page = "<body><p>Rome is old</p><style>p { color: red }</style><p>Oslo</p><p>and Bern too</p>"
    ranges = [
        (f"/html[1]/body[1]/p[{at}]/text()[1]", start, end) for at, start, end in ((1, 0, 4), (2, 0, 4), (3, 4, 8))
    ]
    written(tmp_path, [page_row(tmp_path, page, *((path, start, path, end) for path, start, end in ranges))])
    window = make_window()
    window.open(Start((tmp_path,)))
    settle(window, qtbot)
    pane, said = window.panes.text.page, []
    for _ in range(3):
        window.here.moving.step_unlabelled(1)
        said.append(pane.textCursor().selectedText())
    assert said == [" is old", "and ", " too"]
