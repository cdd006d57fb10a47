"""OpenCV, loaded where it is first needed."""

from __future__ import annotations

import os
from functools import cache
from types import ModuleType


@cache
def cv2() -> ModuleType:
    """The module. Its wheel points Qt at plugins of its own, which is undone before Qt or a child process sees it."""
    import cv2 as module

    os.environ.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    os.environ.pop("QT_QPA_FONTDIR", None)
    return module
