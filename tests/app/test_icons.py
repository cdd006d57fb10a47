"""The drawn icons: in the colour asked for, at exactly the size asked for, none missing."""

import ast
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import viewer
from viewer.app.icons import SHAPE_ICONS, app_icon, icon, icon_names, shape_icon
from viewer.app.resources import ICONS, SHARE

pytestmark = pytest.mark.usefixtures("qapp")
NAMES = icon_names()


def as_array(image: QImage):
    """Rows of red, green, blue, alpha, not premultiplied."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()


def pixels(shown: QIcon, size: int = 20, ratio: float = 1.0, mode: QIcon.Mode = QIcon.Mode.Normal):
    return as_array(shown.pixmap(QSize(size, size), ratio, mode).toImage())


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(name):
    shown = pixels(icon(name, "#5aa2ff"))
    solid = shown[shown[..., 3] > 180]
    assert len(solid) > 5, "nothing is drawn"
    assert np.abs(solid[:, :3].astype(int) - (0x5A, 0xA2, 0xFF)).max() <= 3
    edge = np.concatenate([shown[0], shown[-1], shown[:, 0], shown[:, -1]])
    assert edge[:, 3].max() < 128, "it touches the edge and would be cut"


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_on_the_grid_in_one_colour(name):
    root = ElementTree.parse(ICONS / f"{name}.svg").getroot()
    assert root.attrib["viewBox"] == "0 0 20 20" and root.attrib["stroke-width"] == "1.5"
    colours = {part.attrib[key] for part in root.iter() for key in ("fill", "stroke") if key in part.attrib}
    assert colours <= {"none", "currentColor"}


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("size", [16, 20])
def test_icons_are_rendered_at_the_very_size(size, ratio):
    """Not scaled from another one: the same pixels as the drawing rendered at that size by itself."""
    renderer = QSvgRenderer(QByteArray((ICONS / "eye.svg").read_bytes().replace(b"currentColor", b"#ffffff")))
    direct = QImage(size * ratio, size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    direct.fill(0)
    painter = QPainter(direct)
    renderer.render(painter)
    painter.end()
    assert np.array_equal(pixels(icon("eye", "#ffffff"), size, ratio), as_array(direct))


def test_icons_are_sharp_on_a_screen_of_an_odd_scale():
    """In a process of its own, where the only screen has this scale."""
    code = """
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
application = QApplication([])
from viewer.app.icons import icon
sizes = [(s.width(), s.height()) for s in icon("eye", "#ffffff").availableSizes()]
assert application.devicePixelRatio() == 1.5 and (30, 30) in sizes and (24, 24) in sizes, sizes
"""
    environment = os.environ | {"QT_SCALE_FACTOR": "1.5", "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def test_icons_differ():
    drawn = {name: pixels(icon(name, "#000000"), 40).tobytes() for name in NAMES}
    assert len(set(drawn.values())) == len(drawn)


def test_a_disabled_icon_is_fainter():
    strong, faint = (
        pixels(icon("play", "#ffffff"), mode=mode)[..., 3].max() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert 60 < faint < 0.5 * strong


def test_icons_survive_their_copies():
    """Qt clones and deletes the engine of an icon as it likes."""
    copies = [QIcon(icon("open", "#123456")) for _ in range(50)]
    first = pixels(copies[0])
    copies[1].addPixmap(copies[2].pixmap(16, 16))  # detaches the copy
    del copies[2:]
    assert np.array_equal(pixels(icon("open", "#123456")), first)


def test_colours_are_told_apart_and_kept():
    assert icon("eye", "#ff0000") is icon("eye", "#ff0000")
    assert not np.array_equal(pixels(icon("eye", "#ff0000")), pixels(icon("eye", "#00ff00")))
    assert np.array_equal(pixels(icon("eye", QColor("red").name())), pixels(icon("eye", "#ff0000")))


def test_shapes_have_icons_and_unheard_ones_too():
    assert set(SHAPE_ICONS.values()) | {"shape-unknown"} <= set(NAMES)
    unknown = pixels(icon("shape-unknown", "#000000"))
    assert np.array_equal(pixels(shape_icon("hologram", "#000000")), unknown)
    assert not np.array_equal(pixels(shape_icon("skeleton", "#000000")), unknown)


def test_a_name_that_is_not_in_the_set_is_an_error():
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_every_icon_that_the_program_names_exists():
    """Literals given as `icon=`, to `icon(...)`, `Symbol(...)`, `set_icon(...)`, and the actions' icons."""
    from viewer.app.actions import ACTIONS

    named = {action.icon for action in ACTIONS if action.icon}
    for path in Path(viewer.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                function = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
                if function in ("icon", "Symbol", "set_icon"):
                    given += node.args[:1]
                for argument in given:
                    choices = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                    named |= {c.value for c in choices if isinstance(c, ast.Constant) and c.value}
    assert named <= set(NAMES)


def test_the_application_has_an_icon_of_every_size():
    sizes = {(size.width(), size.height()) for size in app_icon().availableSizes()}
    assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= sizes
    assert pixels(app_icon(), 48)[24, 24, 3] == 255


def test_the_stored_sizes_are_those_of_the_drawing():
    """The PNG files were made from the SVG that lies there now."""
    scalable = SHARE / "icons" / "hicolor" / "scalable" / "apps"
    (drawing,) = scalable.glob("*.svg")
    fresh = QIcon(str(drawing))
    stored = pixels(app_icon(), 64).astype(int)
    assert np.abs(pixels(fresh, 64).astype(int) - stored).mean() < 3
