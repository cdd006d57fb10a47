"""A real window on a small export of our own: two images of one group, a single image on two branches, one without labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.rows import blob, box, label, row, unit, written
from viewer.app import theme
from viewer.app.opening import Start
from viewer.app.run import make_application
from viewer.app.settings import Settings
from viewer.app.window import Window

SIZE = (320, 200)


def ramp(seed: int) -> Image.Image:
    rng = np.random.default_rng(seed)
    return Image.fromarray(rng.integers(0, 255, (SIZE[1], SIZE[0], 3), dtype=np.uint8))


def polygon(object_hash: str, left: float) -> dict:
    ring = [left, 0.5, left + 0.2, 0.5, left + 0.2, 0.9, left, 0.9]
    return label("polygon", {"polygons": [[ring]]}, object_hash, name="Tree", featureHash="cls00002", color="#00AA00")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with an export and its pictures."""
    for number in range(4):
        ramp(number).save(tmp_path / f"p{number}.png")
    size = {"width": SIZE[0], "height": SIZE[1]}
    group = row(
        unit(
            blob(box("car1", 0.1), box("car2", 0.6, w=0.2), polygon("tree1", 0.3)),
            "u0",
            data_title="p0.png",
            data_sequence=0,
            **size,
        ),
        unit(blob(), "u1", data_title="p1.png", data_sequence=1, **size),
        unit(blob(box("car1", 0.3)), "u2", data_title="p2.png", data_sequence=2, **size),
        data_type="img_group",
        label_hash="group",
        data_hash="groupdata",
        data_title="Three pictures",
    )
    single = unit(blob(box("car1", 0.2, w=0.2)), "u3", data_title="p3.png", **size)
    other = unit(blob(box("car1", 0.5, w=0.2)), "u3", data_title="p3.png", **size)
    rows = [
        group,
        row(single, label_hash="single", data_hash="u3", data_title="p3.png"),
        row(other, label_hash="single", data_hash="u3", data_title="p3.png", branch_name="second"),
        row(unit(blob(), "u4", data_title="p3.png", **size), label_hash="empty", data_hash="u4", data_title="empty"),
    ]
    written(tmp_path, rows)
    return tmp_path


@pytest.fixture
def make_window(qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Window]]:
    settings = tmp_path_factory.mktemp("settings") / "settings.ini"
    made: list[Window] = []

    def make() -> Window:
        application = make_application()
        theme.apply(theme.DARK, application)
        window = Window(Settings(settings), "dark")
        window.resize(1100, 700)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(make_window: Callable[[], Window], export: Path, qtbot: QtBot) -> Window:
    """With the export open and everything shown."""
    made = make_window()
    made.canvas.set_motion(False)
    made.open(Start((export,)))
    settle(made, qtbot)
    return made


def settle(window: Window, qtbot: QtBot, timeout: int = 20_000) -> None:
    """Until what is shown is complete and sharp, for so many milliseconds at most."""
    qtbot.waitUntil(
        lambda: bool(window.failure) or (window.session.export is not None and window.is_settled()), timeout=timeout
    )
