"""Qt calls that return None must leave the references to None alone.

PySide6 6.12 drops one reference a call on Python 3.11, and after a few thousand calls the interpreter aborts.
Where None is immortal (Python 3.12 and later) nothing can be lost.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QRectF, QSettings, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPalette, QPen, QStandardItemModel
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPlainTextEdit, QSlider, QWidget

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")

CALLS = 1000
TOLERANCE = 100  # other code of the process may hold a few more or fewer; a leak would be CALLS


class Sender(QObject):
    sent = Signal(int)


@pytest.fixture
def painter(qapp):
    image = QImage(32, 32, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    yield painter
    painter.end()


def lost(call):
    """How many references to None `CALLS` calls lose (negative: gain)."""
    call()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call()
    return before - sys.getrefcount(None)


WIDGET_CALLS = {
    "update": lambda w: w.update(),
    "resize": lambda w: w.resize(40, 40),
    "setEnabled": lambda w: w.setEnabled(True),
    "setVisible": lambda w: w.setVisible(False),
    "setToolTip": lambda w: w.setToolTip("a"),
    "setWindowTitle": lambda w: w.setWindowTitle("a"),
    "setPalette": lambda w: w.setPalette(QPalette()),
    "setFont": lambda w: w.setFont(QFont()),
    "setObjectName": lambda w: w.setObjectName("a"),
    "setProperty": lambda w: w.setProperty("a", 1),
    "blockSignals": lambda w: w.blockSignals(False),
}


@pytest.mark.parametrize("name", WIDGET_CALLS)
def test_widget_calls(qtbot, name):
    widget = QWidget()
    qtbot.addWidget(widget)
    assert lost(lambda: WIDGET_CALLS[name](widget)) < TOLERANCE


PAINTER_CALLS = {
    "save and restore": lambda p: (p.save(), p.restore()),
    "setPen": lambda p: p.setPen(QPen(QColor("red"))),
    "setBrush": lambda p: p.setBrush(QColor("red")),
    "setOpacity": lambda p: p.setOpacity(1.0),
    "translate": lambda p: p.translate(0, 0),
    "drawRect": lambda p: p.drawRect(QRectF(1, 1, 5, 5)),
    "drawLine": lambda p: p.drawLine(0, 0, 5, 5),
    "drawText": lambda p: p.drawText(1, 10, "a"),
    "drawPath": lambda p: p.drawPath(QPainterPath()),
    "fillRect": lambda p: p.fillRect(QRectF(0, 0, 3, 3), QColor("blue")),
}


@pytest.mark.parametrize("name", PAINTER_CALLS)
def test_painter_calls(painter, name):
    assert lost(lambda: PAINTER_CALLS[name](painter)) < TOLERANCE


def test_timers_signals_and_slots(qapp):
    timer, sender, heard = QTimer(), Sender(), []

    def hear(value: int) -> None:
        heard.append(value)

    sender.sent.connect(hear)
    assert lost(lambda: timer.setInterval(50)) < TOLERANCE
    assert lost(lambda: (timer.start(), timer.stop())) < TOLERANCE
    assert lost(lambda: sender.sent.emit(1)) < TOLERANCE
    assert len(heard) == CALLS + 1


def test_event_loop(qapp):
    assert lost(QApplication.processEvents) < TOLERANCE


def test_controls(qtbot, tmp_path):
    label, slider, editor, items = QLabel(), QSlider(), QPlainTextEdit(), QListWidget()
    for widget in (label, slider, editor, items):
        qtbot.addWidget(widget)
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    model, url = QStandardItemModel(), QUrl("file:///a")
    calls = [
        lambda: label.setText("a"),
        lambda: slider.setValue(3),
        lambda: editor.setPlainText("a"),
        lambda: items.addItem("a"),
        lambda: items.clear(),
        lambda: settings.setValue("a", 1),
        lambda: model.setRowCount(2),
        lambda: url.setFragment("b"),
        lambda: slider.parent(),
        lambda: label.childAt(1, 1),
    ]
    assert [call for call in calls if lost(call) >= TOLERANCE] == []


def test_overridden_events(qtbot):
    """Qt calls Python, and Python returns None."""

    class Canvas(QWidget):
        painted = 0

        def paintEvent(self, event) -> None:
            self.painted += 1

    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(8, 8)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    assert lost(lambda: canvas.render(image)) < TOLERANCE
    assert canvas.painted > CALLS
