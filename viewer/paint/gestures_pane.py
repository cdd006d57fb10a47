"""What wheel, fingers and focus mean, alike in all rooms on screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QNativeGestureEvent, QWheelEvent

NOTCH = 120
"""What Qt calls a notch of the wheel."""
NOTCH_PIXELS = 60
"""How far a notch moves what is seen, where a touchpad does not say it in pixels."""
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


def wheel_pixels(event: QWheelEvent) -> QPointF:
    """How far a wheel or touchpad moved."""
    pixels = event.pixelDelta()
    return QPointF(pixels) if not pixels.isNull() else QPointF(event.angleDelta()) * NOTCH_PIXELS / NOTCH


def notches(event: QWheelEvent) -> float:
    """Of a wheel, upwards."""
    return event.angleDelta().y() / NOTCH


def pinch(event: QEvent) -> tuple[QPointF, float] | None:
    """Where two fingers zoom, and how many times as large; None for any other event."""
    if not isinstance(event, QNativeGestureEvent) or event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
        return None
    return event.position(), 1 + event.value()


def came_by_key(event: QFocusEvent) -> bool:
    """The frame around what has the focus is for those who came by key."""
    return event.reason() in BY_KEY
