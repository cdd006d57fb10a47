"""`render`, pixel by pixel, against decoders and rasterisers that we did not write."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from PIL import Image
from pycocotools import mask as coco
from shapely.affinity import rotate
from shapely.geometry import Polygon
from shapely.geometry import box as upright

from tests.fuzz.seeds import GEOMETRY
from tests.rows import blob, box, image_row, label, row, unit, video_row, written
from viewer.__main__ import main

pytestmark = pytest.mark.usefixtures("qapp")

W, H = 640, 400
AREAS = ("--overlay-only", "--no-captions", "--fill", "1", "--outline", "0")
"""Nothing but the pixels of areas."""


@pytest.fixture
def render(tmp_path):
    """Renders rows and gives the picture as an array (rows, columns, 4): red, green, blue, alpha."""

    def draw(*given, options=AREAS, out="out.png"):
        path = written(tmp_path, list(given))
        assert main(["render", str(path), "-o", str(tmp_path / out), *map(str, options)]) == 0
        return np.array(Image.open(tmp_path / out).convert("RGBA")) if out.endswith(".png") else None

    return draw


def inside(shape) -> np.ndarray:
    """Pixels whose centre lies in the shape, by shapely."""
    rows, columns = np.mgrid[:H, :W] + 0.5
    return shapely.contains_xy(shape, columns, rows)


def agreement(mine: np.ndarray, truth: np.ndarray) -> float:
    """Intersection over union."""
    return float((mine & truth).sum() / max((mine | truth).sum(), 1))


def drawn(picture: np.ndarray) -> np.ndarray:
    """The pixels touched; every one of them wholly."""
    assert set(np.unique(picture[..., 3])) <= {0, 255}
    return picture[..., 3] == 255


def fractions(points) -> list[float]:
    return [float(number) for x, y in points for number in (x / W, y / H)]


def polygon(*regions, object_hash="obj00001", **more):
    """Regions of rings of points in pixels."""
    rings = [[fractions(ring) for ring in region] for region in regions]
    return label("polygon", {"polygons": rings}, object_hash, **more)


def star(centre, radius, points, seed):
    """A ragged ring around its centre, mostly not convex."""
    random = np.random.default_rng(seed)
    angles = np.sort(random.uniform(0, 2 * math.pi, points))
    away = radius * random.uniform(0.3, 1, points)
    return np.column_stack((centre[0] + away * np.cos(angles), centre[1] + away * np.sin(angles)))


def test_a_mask_is_the_pixels_of_pycocotools(render):
    truth = np.random.default_rng(5).random((H, W)) < 0.4
    truth[:, 300:] = False
    code = coco.encode(np.asfortranarray(truth.T.astype(np.uint8)))["counts"].decode()
    mask = label("bitmask", {"bitmask": {"top": 0, "left": 0, "width": W, "height": H, "rleString": code}})
    picture = render(image_row(mask))
    decoded = coco.decode({"counts": code.encode(), "size": [W, H]}).T.astype(bool)
    assert np.array_equal(drawn(picture), decoded)
    assert {tuple(colour) for colour in picture[decoded][:, :3]} == {(0xD3, 0x31, 0x15)}


@pytest.mark.parametrize("seed", range(8))
def test_a_ragged_polygon_is_the_pixels_whose_centre_lies_inside(render, seed):
    ring = star((310 + 7 * seed, 205), 60 + 17 * seed, 5 + 8 * seed, seed)
    shape = Polygon(ring)
    assert shape.is_valid
    assert agreement(drawn(render(image_row(polygon([ring])))), inside(shape)) >= 0.999


@pytest.mark.parametrize("seed", range(3))
def test_a_convex_polygon(render, seed):
    hull = Polygon(star((320, 200), 180, 30, seed)).convex_hull
    picture = render(image_row(polygon([list(hull.exterior.coords)[:-1]])))
    assert agreement(drawn(picture), inside(hull)) >= 0.999


def test_holes_are_empty_and_islands_in_them_are_not(render):
    outer, hole = star((300, 200), 190, 60, 1), star((300, 200), 55, 20, 2)
    island, second = star((300, 200), 14, 9, 3), star((560, 330), 60, 12, 4)
    truth = shapely.union_all([Polygon(outer, [hole]), Polygon(island), Polygon(second)])
    mine = drawn(render(image_row(polygon([outer, hole], [island], [second]))))
    assert agreement(mine, inside(truth)) >= 0.999
    empty = inside(Polygon(hole).difference(Polygon(island)))
    # a centre within a hair of the edge may fall to either side
    assert not mine[inside(Polygon(hole).difference(Polygon(island)).buffer(-0.01))].any() and empty.sum() > 500


def test_overlapping_regions_are_one_area(render):
    one, other = upright(100, 100, 300, 250), upright(200, 180, 420, 330)
    rings = [[list(shape.exterior.coords)[:-1]] for shape in (one, other)]
    assert np.array_equal(drawn(render(image_row(polygon(*rings)))), inside(one.union(other)))


@pytest.mark.parametrize("seed", range(6))
def test_a_box_ends_within_half_a_pixel_of_where_it_should(render, seed):
    random = np.random.default_rng(seed)
    x, y = random.uniform(-0.1, 0.6, 2)
    w, h = random.uniform(0.01, 0.5, 2)
    mine = drawn(render(image_row(box(x=x, y=y, w=w, h=h))))
    columns, rows = np.flatnonzero(mine.any(axis=0)), np.flatnonzero(mine.any(axis=1))
    edges = (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)
    expected = (max(x * W, 0), max(y * H, 0), min((x + w) * W, W), min((y + h) * H, H))
    assert np.abs(np.array(edges) - expected).max() <= 0.5
    assert mine.sum() == len(columns) * len(rows)


def test_a_box_on_whole_pixels_is_exact(render):
    mine = drawn(render(image_row(box(x=0.25, y=0.1, w=0.5, h=0.3))))
    truth = np.zeros((H, W), dtype=bool)
    truth[40:160, 160:480] = True
    assert np.array_equal(mine, truth)


def test_a_rotated_box_an_ellipse_and_a_circle(render):
    geometry = {"rotatableBoundingBox": {"x": 0.4, "y": 0.2, "w": 0.2, "h": 0.3, "theta": 30.5}}
    turned = rotate(upright(0.4 * W, 0.2 * H, 0.6 * W, 0.5 * H), 30.5, origin="center")
    assert agreement(drawn(render(image_row(label("rotatable_bounding_box", geometry)))), inside(turned)) >= 0.999

    rows, columns = np.mgrid[:H, :W] + 0.5
    disc = np.hypot(columns - 320, rows - 200) <= 64
    circle = label("circle", {"circle": {"x": 0.5, "y": 0.5, "r": 0.1}})
    assert agreement(drawn(render(image_row(circle))), disc) >= 0.999

    turn = math.radians(25)
    along = (columns - 320) * math.cos(turn) + (rows - 200) * math.sin(turn)
    across = (rows - 200) * math.cos(turn) - (columns - 320) * math.sin(turn)
    truth = (along / 128) ** 2 + (across / 40) ** 2 <= 1
    ellipse = label("ellipse", {"ellipse": {"x": 0.5, "y": 0.5, "rx": 0.2, "ry": 0.1, "theta": 25}})
    assert agreement(drawn(render(image_row(ellipse))), truth) >= 0.999


def test_shapes_without_area_are_drawn_with_a_pen_whatever_is_said_of_areas(render):
    for shape in ("polyline", "point", "skeleton"):
        assert render(image_row(label(shape, GEOMETRY[shape])))[..., 3].any()


def test_fill_is_the_opacity_of_areas(render):
    alphas = render(image_row(box()), options=("--overlay-only", "--no-captions", "--fill", "0.4", "--outline", "0"))[
        ..., 3
    ]
    assert set(np.unique(alphas)) == {0, 102}
    assert not render(
        image_row(box()), options=("--overlay-only", "--no-captions", "--fill", "0", "--outline", "0")
    ).any()


def test_outlines_are_as_wide_as_said(render):
    wide = render(image_row(box()), options=("--overlay-only", "--no-captions", "--fill", "0", "--outline", "8"))
    far = np.abs(wide[100, :300, :3].astype(int) - (0xD3, 0x31, 0x15)).max(axis=1)
    # along the middle of the left edge, which is at 160
    (columns,) = np.nonzero((far < 8) & (wide[100, :300, 3] > 200))
    assert abs(len(columns) - 8) <= 1 and abs((columns[0] + columns[-1] + 1) / 2 - 160) <= 1


def test_captions_are_drawn_unless_they_are_not_wanted(render):
    plain = render(image_row(box()), options=("--overlay-only", "--no-captions"))
    told = render(image_row(box()), options=("--overlay-only",))
    assert told[:40, 160:, 3].any() and not plain[:36, 160:, 3].any()


@pytest.mark.parametrize("scale", [0.5, 1.5, 3])
def test_scale(render, scale):
    ring = star((320, 200), 150, 20, 6)
    picture = render(image_row(polygon([ring])), options=(*AREAS, "--scale", scale))
    assert picture.shape[:2] == (H * scale, W * scale)
    rows, columns = (np.mgrid[: picture.shape[0], : picture.shape[1]] + 0.5) / scale
    assert agreement(drawn(picture), shapely.contains_xy(Polygon(ring), columns, rows)) >= 0.998


def test_only_a_class_or_an_object(render):
    left, right = box("left", x=0.1, w=0.2), box("right", x=0.6, w=0.2, name="Bus", featureHash="cls00002")
    given = image_row(left, right)

    def sides(*more):
        mine = drawn(render(given, options=(*AREAS, *more)))
        return bool(mine[:, :320].any()), bool(mine[:, 320:].any())

    assert sides() == (True, True)
    assert sides("--only", "Car") == (True, False) and sides("--only", "Bus") == (False, True)
    assert sides("--only", "Car", "--only", "Bus") == (True, True)
    assert sides("--object", "right") == (False, True) and sides("--object", "left", "--object", "right") == (
        True,
        True,
    )
    assert sides("--only", "Car", "--object", "right") == (False, False) and sides("--only", "nobody") == (False, False)


def test_labels_marked_as_deleted_are_not_drawn(render):
    assert not render(image_row(box(isDeleted=True))).any()


def group(sizes):
    units = [
        unit(
            blob(box(f"o{n}", x=n / 10)), f"pic{n}", data_sequence=n, width=width, height=height, data_title=f"{n}.png"
        )
        for n, (width, height) in sizes.items()
    ]
    return row(*units, data_type="img_group", data_hash="group001")


def test_frames_of_an_image_group_have_their_own_size_and_labels(render, tmp_path):
    sizes = {n: (100 + 20 * n, 50 + 10 * n) for n in range(8)}
    render(group(sizes), options=(*AREAS, "--frame", "1,3,5-7"), out="frames")
    found = {path.name: np.array(Image.open(path)) for path in (tmp_path / "frames").iterdir()}
    assert sorted(found) == ["1.png", "3.png", "5.png", "6.png", "7.png"]
    for n in (1, 3, 5, 6, 7):
        width, height = sizes[n]
        mine = found[f"{n}.png"][..., 3] == 255
        assert mine.shape == (height, width)
        columns, rows = np.flatnonzero(mine.any(axis=0)), np.flatnonzero(mine.any(axis=1))
        edges = np.array((columns[0], columns[-1] + 1, rows[0], rows[-1] + 1))
        expected = (n / 10 * width, min((n / 10 + 0.5) * width, width), 0.1 * height, 0.4 * height)
        assert np.abs(edges - expected).max() <= 0.5


def test_without_a_frame_the_first_labelled_one(render):
    units = [unit(blob(), "a", data_sequence=0), unit(blob(box()), "b", data_sequence=1, width=30, height=20)]
    picture = render(row(*units, data_type="img_group", data_hash="group001"))
    assert picture.shape[:2] == (20, 30) and picture.any()


def test_media_are_drawn_below_at_their_own_size(render, tmp_path):
    gradient = np.arange(320 * 200, dtype=np.uint32).reshape(200, 320)
    colours = np.stack([gradient % 251, gradient // 320, gradient % 97], axis=2).astype(np.uint8)
    Image.fromarray(colours).save(tmp_path / "photo.png")
    picture = render(
        image_row(box(x=0.5, y=0.5, w=0.25, h=0.25)), options=("--no-captions", "--fill", "1", "--outline", "0")
    )
    truth = np.dstack((colours, np.full((200, 320), 255, dtype=np.uint8)))
    truth[100:150, 160:240] = (0xD3, 0x31, 0x15, 255)
    assert np.array_equal(picture, truth)


def test_without_media_the_exported_size_on_a_plain_field(render):
    picture = render(image_row(box()), options=("--no-captions",))
    assert picture.shape == (H, W, 4) and (picture[..., 3] == 255).all()
    assert len(np.unique(picture[350:, 600:].reshape(-1, 4), axis=0)) == 1


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--fill", "2"], "--fill"),
        (["--outline", "-1"], "--outline"),
        (["--scale", "0"], "--scale"),
        (["--scale", "nan"], "--scale"),
        (["--scale", "100"], "too much"),
        (["--frame", "x"], "--frame"),
        (["--frame", "5-3"], "--frame"),
        (["--frame", "0-99999999999"], "--frame"),
        (["--row", "nobody"], "no row"),
        (["--unit", "nobody"], "no unit"),
    ],
)
def test_what_cannot_be_drawn_is_one_line_with_status_2(tmp_path, capsys, options, named):
    path = written(tmp_path, [image_row(box())])
    assert main(["render", str(path), "-o", str(tmp_path / "out.png"), *options]) == 2
    out, err = capsys.readouterr()
    assert out == "" and named in err and len(err.splitlines()) == 1 and not (tmp_path / "out.png").exists()


def test_a_place_that_cannot_be_written_is_one_line_with_status_2(tmp_path, capsys):
    path = written(tmp_path, [group({0: (10, 10), 1: (10, 10)})])
    (tmp_path / "file").write_text("in the way")
    for out, frames in (("missing/out.png", "0"), ("file", "0-1"), ("file/x", "0-1")):
        assert main(["render", str(path), "-o", str(tmp_path / out), "--frame", frames]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
    assert (tmp_path / "file").read_text() == "in the way"


def test_which_of_several_rows_has_to_be_said(tmp_path, capsys):
    rows = [image_row(box(), label_hash=f"l{n}", data_hash=f"d{n}") for n in range(2)]
    path = written(tmp_path, rows)
    assert main(["render", str(path), "-o", str(tmp_path / "out.png")]) == 2
    assert "--row" in capsys.readouterr().err
    assert main(["render", str(path), "-o", str(tmp_path / "out.png"), "--row", "l1"]) == 0


def test_without_captions_a_problem_puts_no_sign_beside_its_label(render):
    flagged = image_row(box(confidence=7))
    assert render(flagged, options=("--overlay-only",))[:36, 160:, 3].any()
    assert not render(flagged, options=("--overlay-only", "--no-captions"))[:36, 160:, 3].any()


def test_a_picture_too_long_to_be_drawn_is_refused_however_narrow(tmp_path, capsys):
    path = written(tmp_path, [row(unit(blob(box()), width=1000, height=2))])
    assert main(["render", str(path), "-o", str(tmp_path / "out.png"), "--scale", "100"]) == 2
    assert "which is too much" in capsys.readouterr().err


def test_a_scale_beyond_100_is_refused_however_small_the_picture(tmp_path, capsys):
    path = written(tmp_path, [row(unit(blob(box()), width=10, height=10))])
    assert main(["render", str(path), "-o", str(tmp_path / "out.png"), "--scale", "101"]) == 2
    assert "--scale wants a factor" in capsys.readouterr().err


def test_frames_of_a_video_are_those_of_their_numbers_and_a_damaged_one_spoils_no_other(tmp_path, capsys):
    from tests.numbered import read
    from tests.videos import Film, damage, write

    write(tmp_path / "clip.mp4", Film(60, options={"bf": "3", "g": "12"}, size=(320, 240)))
    given = video_row({n: blob(box(x=0.01, y=0.01, w=0.02, h=0.02)) for n in range(60)}, fps=10.0, duration=6.0)
    for member in given["data_units"].values():
        member.update(width=320, height=240)
    export = written(tmp_path, [given])
    frames = "59,3,17,30-33,2"
    assert main(["render", str(export), "--frame", frames, "--no-captions", "-o", str(tmp_path / "out")]) == 0
    for frame in (59, 3, 17, 30, 31, 32, 33, 2):
        with Image.open(tmp_path / "out" / f"{frame}.png") as picture:
            assert read(np.array(picture.convert("RGB"))) == frame
    damage(tmp_path / "clip.mp4", 0.5, 6000)
    status = main(["render", str(export), "--frame", "0-70", "-o", str(tmp_path / "after")])
    written_frames = {int(path.stem) for path in (tmp_path / "after").iterdir()}
    assert status == 2 and {0, 10, 59} <= written_frames and 65 not in written_frames
    assert "the other" in capsys.readouterr().err
