"""Where the files are that come with the program and are not code.

In the source tree they lie in `resources/` beside the package; in a wheel they are inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSIDE = _PACKAGE / "resources"

RESOURCES = _INSIDE if _INSIDE.is_dir() else _PACKAGE.parent / "resources"
ICONS = RESOURCES / "icons"
SHARE = RESOURCES / "linux" / "share"
"""Laid out like a Unix share folder: desktop entry, MIME type, metainfo, application icons."""
