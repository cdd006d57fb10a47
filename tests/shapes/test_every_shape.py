"""What every shape owes: a sample that is read, finite bounds, a sketch of known things, and no failure but BadGeometry."""

from __future__ import annotations

import json
import math
import pkgutil
from importlib import import_module
from typing import Any

import pytest

import tests.shapes
from tests.shapes.reading import FRAME, read
from viewer.shapes import SHAPES, shape_of_geometry, shape_title
from viewer.shapes.reading import BadGeometry, Reading
from viewer.shapes.sketch import Area, Dot, Line, Raster
from viewer.size import Size

FORMAT = [
    "bounding_box", "rotatable_bounding_box", "polygon", "polyline", "point", "skeleton", "bitmask", "circle", "ellipse",
    "cuboid_2d",
]  # fmt: skip
"""The words of the export format that can be drawn on a picture."""
MUTATIONS: list[Any] = [
    None, "", "x", True, False, [], {}, [1], {"0": 1}, [[]], [None], math.nan, math.inf, -math.inf, 1e400, 10**400,
    -(10**400), 1e308, 0, -1, "9" * 5000, "nan", "\ud800",
]  # fmt: skip


def samples() -> dict[str, dict[str, Any]]:
    """The sample of each shape, by its word, from the tests of this folder."""
    found = {}
    for module in pkgutil.iter_modules(tests.shapes.__path__):
        if module.name.startswith("test_") and module.name != "test_every_shape":
            sample = import_module(f"tests.shapes.{module.name}").SAMPLE
            found[sample["shape"]] = sample
    return found


SAMPLES = samples()
every_sample = pytest.mark.parametrize("word", sorted(SAMPLES))


def test_every_word_has_a_shape_and_a_sample():
    assert sorted(SHAPES) == sorted(FORMAT) == sorted(SAMPLES)


@every_sample
def test_it_names_itself(word):
    kind = SHAPES[word]
    assert word == kind.WORD and shape_title(word) == kind.TITLE and kind.KEYS
    assert any(key in SAMPLES[word] for key in kind.KEYS)


@every_sample
def test_it_is_known_by_its_geometry_alone(word):
    assert shape_of_geometry({key: value for key, value in SAMPLES[word].items() if key != "shape"}) is SHAPES[word]


@every_sample
def test_its_bounds_are_finite_and_in_the_frame(word):
    bounds = read(SAMPLES[word]).sketch().bounds
    assert bounds is not None and all(map(math.isfinite, bounds))
    assert 0 <= bounds.left < bounds.right <= FRAME.width or word == "point"
    assert 0 <= bounds.top < bounds.bottom <= FRAME.height or word == "point"


@every_sample
def test_its_sketch_is_made_of_known_things(word):
    sketch = read(SAMPLES[word]).sketch()
    assert all(isinstance(area, Area) and area.rings for area in sketch.areas)
    assert all(isinstance(line, Line) for line in sketch.lines)
    assert all(isinstance(dot, Dot) for dot in sketch.dots)
    assert sketch.raster is None or isinstance(sketch.raster, Raster)
    assert sketch.areas or sketch.lines or sketch.dots or sketch.raster
    for points in [ring for area in sketch.areas for ring in area.rings] + [line.points for line in sketch.lines]:
        assert points.ndim == 2 and points.shape[1] == 2 and points.dtype.kind == "f"


@every_sample
def test_its_pixels_are_plain_json_of_finite_numbers(word):
    pixels = read(SAMPLES[word]).pixels()
    assert json.loads(json.dumps(pixels, allow_nan=False)) == pixels


@every_sample
def test_it_says_its_size_on_one_line(word):
    assert read(SAMPLES[word]).measure().isprintable()


@every_sample
def test_reading_changes_nothing_of_the_entry_and_gives_the_same_again(word):
    before = json.dumps(SAMPLES[word])
    first, second = read(SAMPLES[word]).pixels(), read(SAMPLES[word]).pixels()
    assert first == second and json.dumps(SAMPLES[word]) == before


@every_sample
@pytest.mark.parametrize("frame", [Size(1, 1), Size(1, 4000), Size(99_999_999, 99_999_999)])
def test_it_is_read_on_frames_of_any_size(word, frame):
    try:
        shape = read(SAMPLES[word], frame)
    except BadGeometry:
        return
    bounds = shape.sketch().bounds
    assert bounds is None or all(map(math.isfinite, bounds))


def places(node: Any, path: tuple = ()):
    """The path of every value below."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def changed(node: Any, path: tuple, change: Any):
    """A copy with the value at the path replaced, or without it where the change is `...`."""
    made = dict(node) if isinstance(node, dict) else list(node)
    if len(path) > 1:
        made[path[0]] = changed(made[path[0]], path[1:], change)
    elif change is ...:
        del made[path[0]]
    else:
        made[path[0]] = change
    return made


@every_sample
def test_whatever_is_broken_it_is_read_or_refused_with_its_place(word):
    for path in places({key: value for key, value in SAMPLES[word].items() if key != "shape"}):
        for change in (..., *MUTATIONS):
            broken = changed(SAMPLES[word], path, change)
            reading = Reading(FRAME)
            try:
                shape = SHAPES[word].read(broken, reading)
            except BadGeometry as bad:
                assert bad.where and bad.what and bad.severity in ("error", "warning")
                continue
            json.dumps(shape.pixels(), allow_nan=False)
            bounds = shape.sketch().bounds
            assert bounds is None or all(map(math.isfinite, bounds))
            assert shape.measure()
            assert all(
                severity in ("error", "warning", "note") and where and what for severity, where, what in reading.found
            )
