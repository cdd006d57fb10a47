from __future__ import annotations

import time

import numpy as np
import shapely

from viewer.scene.hit import HitIndex
from viewer.scene.marks import Mark, Scene
from viewer.shapes.sketch import Area, Dot, Line, Raster, Sketch
from viewer.size import Size


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=np.float64)


def box(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return ring((left, top), (right, top), (right, bottom), (left, bottom))


def scene(**sketches: Sketch) -> Scene:
    marks = [
        Mark(name, "f", sketch, (1, 2, 3), name, area=sketch.bounds.area if sketch.bounds else 0)
        for name, sketch in sketches.items()
    ]
    return Scene(Size(1000, 1000), tuple(sorted(marks, key=lambda mark: -mark.area)))


def names(scene: Scene, x: float, y: float, tolerance: float = 0.0) -> list[str]:
    return [mark.object_hash for mark in HitIndex(scene).under(x, y, tolerance)]


def test_smallest_first() -> None:
    three = scene(
        large=Sketch(areas=(Area((box(0, 0, 100, 100),)),)),
        small=Sketch(areas=(Area((box(40, 40, 60, 60),)),)),
        middle=Sketch(areas=(Area((box(20, 20, 80, 80),)),)),
    )
    assert names(three, 50, 50) == ["small", "middle", "large"]
    assert names(three, 30, 50) == ["middle", "large"]
    assert names(three, 500, 50) == []


def test_of_equals_the_one_in_front() -> None:
    same = Sketch(areas=(Area((box(0, 0, 10, 10),)),))
    marks = tuple(Mark(name, "f", same, (0, 0, 0), name, area=100) for name in ("behind", "front"))
    assert names(Scene(Size(20, 20), marks), 5, 5) == ["front", "behind"]


def test_a_hole_is_not_inside_but_its_border_is_near() -> None:
    tyre = scene(tyre=Sketch(areas=(Area((box(0, 0, 100, 100), box(30, 30, 70, 70))),)))
    assert names(tyre, 50, 50) == []
    assert names(tyre, 15, 50) == ["tyre"]
    assert names(tyre, 32, 50, tolerance=3) == ["tyre"]


def test_lines_points_and_borders_count_within_the_tolerance() -> None:
    thin = scene(
        lane=Sketch(lines=(Line(ring((0, 0), (100, 100))),)),
        loop=Sketch(lines=(Line(box(200, 200, 300, 300), closed=True),)),
        point=Sketch(dots=(Dot(400, 400),)),
        area=Sketch(areas=(Area((box(500, 500, 600, 600),)),)),
    )
    for x, y, name in ((50, 53, "lane"), (200, 250, "loop"), (403, 400, "point"), (498, 550, "area")):
        assert names(thin, x, y, tolerance=4) == [name]
        assert names(thin, x + 50, y - 20, tolerance=4) == ([] if name != "area" else ["area"])
    assert names(thin, 250, 250, tolerance=4) == []
    assert names(thin, 103, 103, tolerance=4) == []


def test_a_mask_counts_by_its_cells() -> None:
    cells = np.zeros((4, 6), dtype=bool)
    cells[1, 2] = cells[3, 5] = True
    mask = scene(mask=Sketch(raster=Raster(cells, 10, 20, 2.0, 3.0)))
    assert names(mask, 14.5, 24.5) == ["mask"]
    assert names(mask, 12.5, 24.5) == []
    assert names(mask, 13.5, 24.5, tolerance=1) == ["mask"]
    assert names(mask, 21.9, 31.9) == ["mask"]
    assert names(mask, 22.1, 31.9) == []


def test_agrees_with_shapely() -> None:
    random = np.random.default_rng(5)
    turn = np.sort(random.uniform(0, 2 * np.pi, 23))
    star = 50 + np.column_stack([np.cos(turn), np.sin(turn)]) * random.uniform(10, 45, (23, 1))
    index = HitIndex(scene(star=Sketch(areas=(Area((star,)),))))
    shape = shapely.Polygon(star)
    for x, y in random.uniform(0, 100, (300, 2)):
        assert bool(index.under(x, y, 0)) == shape.contains(shapely.Point(x, y))
        assert bool(index.under(x, y, 3)) == (shape.distance(shapely.Point(x, y)) <= 3)


def test_an_empty_label_is_never_hit() -> None:
    assert names(scene(empty=Sketch(raster=Raster(np.zeros((0, 0), dtype=bool), 0, 0))), 0, 0, 100) == []
    assert HitIndex(Scene(Size(5, 5))).under(1, 1, 10) == ()


def test_ten_thousand_marks_cost_little_more_than_the_few_that_are_near() -> None:
    random = np.random.default_rng(6)
    places = random.uniform(0, 990, (10_000, 2))
    many = HitIndex(
        scene(**{str(i): Sketch(areas=(Area((box(x, y, x + 10, y + 10),)),)) for i, (x, y) in enumerate(places)})
    )
    near = [i for i, (x, y) in enumerate(places) if abs(x - 495) < 15 and abs(y - 495) < 15]
    few = HitIndex(scene(**{str(i): Sketch(areas=(Area((box(*places[i], *(places[i] + 10)),)),)) for i in near}))

    def seconds(index: HitIndex) -> float:
        begin = time.process_time()
        for _ in range(200):
            index.under(500, 500, 2)
        return time.process_time() - begin

    assert len(many.under(500, 500, 2)) == len(few.under(500, 500, 2))
    assert min(seconds(many) for _ in range(3)) < 20 * min(seconds(few) for _ in range(3))
