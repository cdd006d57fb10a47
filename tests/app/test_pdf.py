"""PDF pages in the window: pages step like frames, each in its own size, with its labels over what they are on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.pdfs import MARK, pdf
from tests.rows import blob, box, row, unit, written
from viewer.app.opening import Start
from viewer.app.window import Window
from viewer.size import Size

ON_MARK = box("mark", 40 / 200, 230 / 300, 60 / 200, 20 / 300)
"""Over the red box of the first page."""


def opened(folder: Path, window: Window, qtbot: QtBot, data: bytes | None, labels: dict) -> Window:
    if data is not None:
        (folder / "paper.pdf").write_bytes(data)
    document = unit(labels, mime="application/pdf", data_title="paper.pdf", width=0, height=0, data_fps=0)
    export = written(folder, [row(document, data_type="pdf", data_title="paper.pdf")])
    window.canvas.set_motion(False)
    window.open(Start((export,)))
    settle(window, qtbot)
    return window


@pytest.fixture
def window(make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path) -> Window:
    data = pdf((MARK, ""), ("", "/MediaBox [0 0 400 300]"))
    return opened(tmp_path, make_window(), qtbot, data, {"0": blob(ON_MARK), "8": blob(box("beyond"))})


def test_pages_step_as_frames_do_and_have_sizes_of_their_own(window: Window, qtbot: QtBot) -> None:
    session, moving = window.session, window.moving
    assert list(moving.frames()) == [0, 1, 8]
    assert session.view.picture.size == Size(1000, 1500)
    moving.step(1)
    settle(window, qtbot)
    assert (session.state.frame, session.view.picture.size) == (1, Size(1500, 1125))
    moving.step(1)
    settle(window, qtbot)
    assert session.view.picture is None and "page 9 lies beyond the end" in session.view.trouble


def test_a_label_lies_on_what_was_drawn_under_it(window: Window) -> None:
    view = window.session.view
    ((annotation),) = view.labels.annotations
    pixels = {name: round(value) for name, value in annotation.shape.pixels().items()}
    red = (view.picture.values[..., 0] > 150) & (view.picture.values[..., 1] < 100)
    rows, columns = red.any(axis=1).nonzero()[0], red.any(axis=0).nonzero()[0]
    drawn = {"x": columns[0], "y": rows[0], "w": columns[-1] + 1 - columns[0], "h": rows[-1] + 1 - rows[0]}
    assert pixels == drawn


def test_the_words_say_which_page_it_is(window: Window) -> None:
    from viewer.app.status_words import place_words

    words = place_words(window.session, window.moving.frames())
    assert words.startswith("page 1 of 2") and "frame 0" in words


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"no pdf", "This is no PDF document: paper.pdf"), (None, "document was not found")],
)
def test_what_cannot_be_shown_is_said_and_its_labels_listed(
    make_window: Callable[[], Window], qtbot: QtBot, tmp_path: Path, data: bytes | None, said: str
) -> None:
    window = opened(tmp_path, make_window(), qtbot, data, {"0": blob(ON_MARK), "3": blob(box("other"))})
    assert window.session.view.picture is None and said in window.session.view.trouble
    assert list(window.moving.frames()) == [0, 3]
    assert [instance.object_hash for instance in window.session.index.instances] == ["mark", "other"]


def test_leaving_and_coming_back_reads_it_again(window: Window, qtbot: QtBot) -> None:
    window.session.media.pdf(window.session.unit).close()
    window.moving.step(1)
    settle(window, qtbot)
    assert window.session.view.picture is not None
