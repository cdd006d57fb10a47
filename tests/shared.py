"""Real exports and the bad-input maker, which lie beside the checkout for those who have them; tests skip without."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
EXPORTS = sorted((*SHARED.glob("exports/*.labels.json"), *SHARED.glob("exports/variants/*.labels.json")))
needs_shared = pytest.mark.skipif(not EXPORTS, reason="the real exports are not beside this checkout")


def load(path: Path) -> ModuleType:
    """A script that lies there, as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
