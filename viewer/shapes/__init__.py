"""Shapes: one file a geometry, found by listing this folder. A new file with a `SHAPE` is a new shape, nothing else."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from viewer.shapes.kind import Shape


def _found() -> dict[str, type[Shape]]:
    modules = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    kinds: list[type[Shape]] = [module.SHAPE for module in modules if hasattr(module, "SHAPE")]
    return {kind.WORD: kind for kind in kinds}


SHAPES: dict[str, type[Shape]] = _found()
"""Every shape that can be drawn, by the export's word for it."""


def shape_of_geometry(entry: Mapping[str, Any]) -> type[Shape] | None:
    """The shape whose geometry the entry carries; for entries that do not name their shape."""
    return next((kind for kind in SHAPES.values() if any(entry.get(key) for key in kind.KEYS)), None)


def shape_title(word: str) -> str:
    """A shape's name for people; unknown words as they stand."""
    kind = SHAPES.get(word)
    return kind.TITLE if kind else word.replace("_", " ")
