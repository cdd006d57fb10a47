"""NIfTI volumes, held against nibabel's own reading of them."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import struct
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import nibabel
import numpy as np
import pytest

from viewer.errors import ViewerError
from viewer.media.nifti import open_nifti
from viewer.media.plane import opposite, plane_name, towards
from viewer.media.progress import Stopped
from viewer.media.source import Source, file_source
from viewer.size import Size

rng = np.random.default_rng(5)
SHAPE = (7, 9, 5)
NUMBERS = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]
OBLIQUE = np.array([[-2.0, 0.3, 0.1, 11.0], [0.2, 2.5, 0.4, -7.0], [0.3, -0.2, 4.0, 3.0], [0.0, 0.0, 0.0, 1.0]])
VERSIONS = {1: nibabel.Nifti1Image, 2: nibabel.Nifti2Image}
DIM = {1: ("h", 40), 2: ("q", 16)}


def volume(shape=SHAPE, number="i2"):
    """Random, all over the range of the type."""
    dtype = np.dtype(number)
    if dtype.kind == "f":
        return (rng.normal(size=shape) * 1000).astype(dtype)
    ends = np.iinfo(dtype)
    return rng.integers(ends.min, ends.max, shape, dtype, endpoint=True)


def image(data, affine=OBLIQUE, version=1, order="<"):
    header = VERSIONS[version].header_class(endianness=order)
    header.set_data_dtype(data.dtype)
    return VERSIONS[version](data, affine, header)


def packed(made, *, compressed=False) -> bytes:
    data = made.to_bytes()
    return gzip.compress(data) if compressed else data


@pytest.fixture
def as_source(in_memory):
    def make(made, name="scan.nii"):
        return in_memory(made if isinstance(made, bytes) else packed(made), name)

    return make


def with_axes(data: bytes, *axes: int, version=1) -> bytes:
    """The same with other sizes claimed."""
    code, at = DIM[version]
    made = struct.pack(f"<8{code}", len(axes), *axes, *[1] * (7 - len(axes)))
    return data[:at] + made + data[at + len(made) :]


def with_rows(data: bytes, affine) -> bytes:
    """The same placed in the patient elsewhere, its voxel sizes left as they are."""
    return data[:280] + np.asarray(affine, "<f4")[:3].tobytes() + data[328:]


def refused(source, *given, **named) -> str:
    with pytest.raises(ViewerError) as raised:
        open_nifti(source, *given, **named)
    assert "\n" not in str(raised.value)
    return str(raised.value)


# What is stored


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("compressed", [False, True])
def test_every_number_is_what_nibabel_reads(as_source, tmp_path, number, order, version, compressed):
    made = image(volume(number=number), version=version, order=order)
    path = tmp_path / ("scan.nii.gz" if compressed else "scan.nii")
    path.write_bytes(packed(made, compressed=compressed))
    truth = np.asarray(nibabel.load(path).dataobj)
    slices = open_nifti(file_source(path, tmp_path), Size(7, 9))
    assert (slices.count, slices.size(0), slices.rate) == (5, Size(7, 9), None)
    for frame in range(5):
        picture = slices.picture(frame)
        assert picture.size == Size(7, 9) and picture.values.dtype == np.dtype(number)
        assert np.array_equal(picture.values, truth[:, :, frame].T)
        assert picture.shown.dtype == np.uint8 and picture.shown.flags.c_contiguous
    assert slices.warnings == ()


@pytest.mark.parametrize(("slope", "intercept"), [(0.5, -1024.0), (-3.0, 7.0), (1.0, 0.0), (0.0, 5.0), (np.nan, 5.0)])
def test_values_are_rescaled_as_nibabel_does(as_source, slope, intercept):
    made = image(volume())
    header = bytearray(packed(made))
    header[112:120] = struct.pack("<2f", slope, intercept)
    truth = nibabel.Nifti1Image.from_bytes(bytes(header)).get_fdata()
    grey = open_nifti(as_source(bytes(header)), None).picture(3).grey
    assert np.array_equal(grey.values(), truth[:, :, 3].T)
    assert grey.value(2, 4) == truth[4, 2, 3] and grey.unit == ""


def test_an_intercept_that_is_no_number_is_left_out_and_said(as_source):
    data = packed(image(volume()))
    slices = open_nifti(as_source(data[:112] + struct.pack("<2f", 2.0, np.inf) + data[120:]), None)
    assert any("intercept" in said for said in slices.warnings)
    assert slices.picture(0).grey.rescale.intercept == 0


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("expected", [None, Size(7, 5)])
def test_colours(as_source, channels, expected):
    kind = np.dtype([(name, "u1") for name in "RGBA"[:channels]])
    colours = rng.integers(0, 256, (*SHAPE, channels), np.uint8)
    made = image(colours.view(kind)[..., 0])
    slices = open_nifti(as_source(made), expected)
    picture = slices.picture(2)
    truth = (colours[:, :, 2] if expected is None else colours[:, 2]).swapaxes(0, 1)
    assert np.array_equal(picture.values, truth) and picture.channels == tuple("RGBA"[:channels])
    assert np.array_equal(picture.shown[..., 2::-1], truth[..., :3])
    assert np.array_equal(picture.shown[..., 3], truth[..., 3] if channels == 4 else np.full((truth.shape[:2]), 255))
    assert picture.opaque is (channels == 3) and picture.grey is None


@pytest.mark.parametrize("number", ["c8", "c16"])
def test_complex_numbers_are_refused(as_source, number):
    said = refused(as_source(image(np.ones(SHAPE, number))), None)
    assert said == "The volume holds complex numbers, which are not shown: scan.nii"


def test_axes_of_one_voxel_and_fewer_than_three(as_source):
    flat = volume((7, 9))
    slices = open_nifti(as_source(image(flat)), None)
    assert slices.count == 1 and np.array_equal(slices.picture(0).values, flat.T)
    five = volume((7, 9, 5, 1, 3))
    slices = open_nifti(as_source(image(five)), None)
    assert slices.count == 15 and np.array_equal(slices.picture(2 * 5 + 4).values, five[:, :, 4, 0, 2].T)


@pytest.mark.parametrize("expected", [Size(7, 9), Size(7, 5), Size(9, 5)])
def test_volumes_come_one_after_the_other(as_source, expected):
    data = volume((*SHAPE, 3))
    slices = open_nifti(as_source(image(data)), expected)
    axis = {Size(7, 9): 2, Size(7, 5): 1, Size(9, 5): 0}[expected]
    each = SHAPE[axis]
    assert slices.count == 3 * each
    picture = slices.picture(2 * each + 3)
    assert np.array_equal(picture.values, data[..., 2].take(3, axis).T)
    assert picture.plane is not None and (picture.plane.volume, picture.plane.number) == (2, 3)
    assert f"3 volumes of {each} slices, one volume after the other" in slices.notes
    assert slices.plane(2 * each + 3).number == 3


# Which axis


def test_the_exported_size_says_which_axis_is_sliced(as_source):
    data = volume()
    source = as_source(image(data))
    for size, truth in [
        ((7, 9), data.transpose(2, 1, 0)),
        ((7, 5), data.transpose(1, 2, 0)),
        ((9, 5), data.transpose(0, 2, 1)),
        ((9, 7), data.transpose(2, 0, 1)),
        ((5, 7), data.transpose(1, 0, 2)),
        ((5, 9), data),
    ]:
        slices = open_nifti(source, Size(*size))
        assert slices.count == len(truth) and slices.size(0) == Size(*size) and slices.warnings == ()
        assert all(np.array_equal(slices.picture(frame).values, truth[frame]) for frame in range(len(truth)))
    notes = open_nifti(source, Size(7, 5)).notes
    assert notes[0] == "slices of the second axis, as the exported size 7 x 5 fits 7 x 9 x 5 only so"
    assert open_nifti(source, Size(9, 7)).notes[0].startswith("slices of the third axis, its columns as rows, as ")
    assert len(open_nifti(source, Size(7, 9)).notes) == 1


def test_a_size_that_fits_several_axes_takes_the_third_first_and_says_where_it_is_not_sure(as_source):
    assert open_nifti(as_source(image(volume((6, 6, 6)))), Size(6, 6)).notes[1:] == ()
    either = open_nifti(as_source(image(volume((6, 6, 4)))), Size(6, 4))
    assert either.layout.along == 1
    assert either.notes[0] == "slices of the second axis, as the exported size 6 x 4 fits it, and the first as well"


def test_a_size_that_fits_none_is_reported(as_source):
    slices = open_nifti(as_source(image(volume())), Size(512, 512))
    assert slices.warnings == ("the export says 512 x 512, which fits no two axes of 7 x 9 x 5",)
    assert slices.size(0) == Size(7, 9) and slices.picture(0).warnings == slices.warnings


# Where it lies


def world(plane, row, column):
    """Millimetres to the right, front and head, as the file has them."""
    down, across = np.array(plane.down) * plane.spacing[0] * row, np.array(plane.across) * plane.spacing[1] * column
    return (np.array(plane.position) + down + across) * (-1, -1, 1)


def all_turns():
    """Every way of storing a volume along the patient's axes."""
    for order in itertools.permutations(range(3)):
        for signs in itertools.product((1, -1), repeat=3):
            affine = np.eye(4)
            affine[:3, :3] = np.diag([2.0, 3.0, 4.0])[:, order] * signs
            affine[:3, 3] = (5, -6, 7)
            yield affine


@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize("expected", [Size(7, 9), Size(7, 5), Size(9, 5)])
@pytest.mark.parametrize("affine", [OBLIQUE, *all_turns()])
def test_each_pixel_lies_where_the_affine_puts_its_voxel(as_source, affine, expected, other):
    made = image(volume(), affine)
    slices = open_nifti(as_source(made), expected, other)
    back = np.linalg.inv(made.header.get_best_affine())
    for frame in range(0, slices.count, 2):
        picture = slices.picture(frame)
        plane = picture.plane
        for row, column in [(0, 0), (picture.size.height - 1, 1), (2, picture.size.width - 1)]:
            index = back @ (*world(plane, row, column), 1)
            assert np.allclose(index, np.rint(index), atol=1e-4)
            assert picture.values[row, column] == made.dataobj[tuple(np.rint(index[:3]).astype(int))]


@pytest.mark.parametrize("affine", list(all_turns()))
def test_turned_pictures_are_those_of_nibabels_closest_axes(as_source, affine):
    made = image(volume(), affine)
    slices = open_nifti(as_source(made), None, True)
    nearest = nibabel.as_closest_canonical(made)
    patient = np.asarray(nearest.dataobj)[::-1, ::-1]  # to the left, the back and the head
    seen = next(axis for axis, ends in enumerate(("RL", "AP", "SI")) if nibabel.aff2axcodes(affine)[2] in ends)
    truth = [
        patient[:, :, ::-1].transpose(0, 2, 1),
        patient[:, :, ::-1].transpose(1, 2, 0),
        patient.transpose(2, 1, 0),
    ]
    pictures = [slices.picture(frame).values for frame in range(slices.count)]
    assert np.array_equal(pictures, truth[seen]) or np.array_equal(pictures[::-1], truth[seen])
    plane = slices.plane(0)
    sides = [towards(opposite(plane.across)), towards(plane.across), towards(opposite(plane.down)), towards(plane.down)]
    assert sides == [["A", "P", "H", "F"], ["R", "L", "H", "F"], ["R", "L", "A", "P"]][seen]
    assert plane_name(plane.normal) == ("sagittal", "coronal", "axial")[seen]


@pytest.mark.parametrize("affine", list(all_turns()))
def test_letters_as_stored_are_those_of_nibabel(as_source, affine):
    plane = open_nifti(as_source(image(volume(), affine)), None).plane(0)
    across, down, _ = ("".join({"S": "H", "I": "F"}.get(c, c)) for c in nibabel.aff2axcodes(affine))
    assert (towards(plane.across), towards(plane.down)) == (across, down)


def test_the_orientation_is_said(as_source):
    source = as_source(image(volume()))
    assert open_nifti(source, None).notes == ("shown as stored: the export does not say how it is turned",)
    assert "turned to the patient's axes" in open_nifti(source, None, True).notes[0]
    assert open_nifti(source, None, True).picture(0).notes == open_nifti(source, None, True).notes


def test_a_turn_that_swaps_the_exported_sides_is_reported(as_source):
    affine = np.array([[0.0, 2, 0, 0], [3, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    slices = open_nifti(as_source(image(volume(), affine)), Size(7, 9), True)
    assert slices.size(0) == Size(9, 7)
    assert slices.warnings == ("turned to the patient's axes the size is no longer the exported 7 x 9",)


def test_spacing_thickness_and_aspect(as_source):
    made = image(volume(), np.diag([2.0, 3.0, 5.0, 1.0]))
    plane = open_nifti(as_source(made), None).plane(4)
    assert (plane.spacing, plane.thickness, plane.aspect, plane.number) == ((3.0, 2.0), 5.0, 1.5, 4)
    assert plane.spacing_of == "patient" and plane.depth == pytest.approx(4 * 5.0)
    side = open_nifti(as_source(made), Size(9, 5)).plane(4)
    assert (side.spacing, side.thickness, side.aspect) == ((5.0, 3.0), 2.0, 5 / 3)


@pytest.mark.parametrize(("unit", "factor"), [("mm", 1), ("meter", 1000), ("micron", 0.001), ("unknown", 1)])
def test_lengths_are_millimetres(as_source, unit, factor):
    made = image(volume(), np.diag([2.0, 3.0, 5.0, 1.0]))
    made.header.set_xyzt_units(unit)
    plane = open_nifti(as_source(made), None).plane(1)
    assert plane.spacing == pytest.approx((3 * factor, 2 * factor))
    assert plane.position == pytest.approx((0, 0, 5 * factor))


def test_a_file_that_does_not_say_where_it_lies_is_not_turned(as_source):
    made = image(volume(), None)
    made.header.set_zooms((2, 3, 4))
    slices = open_nifti(as_source(made), None, True)
    plane = slices.plane(0)
    assert (plane.across, plane.down, plane.position) == (None, None, None)
    assert (plane.spacing, plane.thickness, plane.spacing_of) == ((3, 2), 4, "unknown")
    assert slices.notes == ("shown as stored: the file does not say how it lies in the patient",)
    assert np.array_equal(slices.picture(1).values, made.dataobj[:, :, 1].T)


def test_a_rotation_is_used_where_there_are_no_rows(as_source):
    made = image(volume(), OBLIQUE)
    made.set_qform(OBLIQUE, code=1)
    made.set_sform(None, code=0)
    data = packed(made)
    truth = nibabel.Nifti1Image.from_bytes(data).affine
    plane = open_nifti(as_source(data), None).plane(0)
    assert np.allclose(np.array(plane.across) * (-1, -1, 1), truth[:3, 0] / np.linalg.norm(truth[:3, 0]), atol=1e-6)
    sloppy = data[:76] + struct.pack("<f", 0.0) + data[80:]  # the sign of the third axis left 0, which means 1
    assert open_nifti(as_source(sloppy), None).plane(0).across == plane.across


@pytest.mark.parametrize("affine", [np.zeros((4, 4)), np.ones((4, 4)), np.full((4, 4), np.nan)])
def test_a_place_that_makes_no_sense_is_left_out_and_said(as_source, affine):
    slices = open_nifti(as_source(with_rows(packed(image(volume(), np.eye(4))), affine)), None)
    assert slices.warnings == ("where the header places the volume in the patient makes no sense and is left out",)
    assert slices.plane(0).across is None and slices.picture(0).values.shape == (9, 7)


def test_two_places_whose_sides_differ_are_said(as_source):
    made = image(volume(), np.diag([-1.0, 1, 1, 1]))
    made.header.set_qform(np.diag([-1.0, 1, 1, 1]), code=1)
    alike, differing = packed(made), with_rows(packed(made), np.diag([1.0, 1, 1, 1]))
    assert open_nifti(as_source(alike), None).warnings == ()
    slices = open_nifti(as_source(differing), None)
    assert "whose sides differ" in slices.warnings[0] and towards(slices.plane(0).across) == "R"


def test_two_spacings_that_differ_are_said(as_source):
    data = with_rows(packed(image(volume(), np.eye(4))), np.diag([2.0, 3.0, 4.0, 1.0]))
    slices = open_nifti(as_source(data), None)
    assert slices.plane(0).spacing == (3.0, 2.0)
    assert slices.warnings == (
        "the header says voxels of 1 x 1 x 1 mm, and where it places them 2 x 3 x 4 mm, which is used",
    )


# Grey levels


def test_the_files_own_window(as_source):
    made = image(volume())
    made.header["cal_min"], made.header["cal_max"] = -100, 300
    window = open_nifti(as_source(made), None).picture(0).grey.windows[0]
    assert window.ends == (-100, 300) and window.name == "file"


def test_one_window_for_all_slices_from_percentiles_of_the_volume(as_source):
    data = (rng.normal(size=(40, 30, 20)) * 100).astype("i2") + np.arange(20, dtype="i2") * 50
    slices = open_nifti(as_source(image(data)), None)
    windows = {slices.picture(frame).grey.windows[0] for frame in range(20)}
    assert len(windows) == 1
    assert next(iter(windows)).ends == pytest.approx(tuple(np.percentile(data, (0.5, 99.5))))


def test_a_mask_of_few_voxels_is_black_and_white(as_source):
    data = np.zeros((40, 30, 20), "u1")
    data[7, 8, 9] = 1
    slices = open_nifti(as_source(image(data)), None)
    assert slices.picture(9).shown[8, 7] == 255 and np.count_nonzero(slices.picture(9).shown) == 1
    assert not slices.picture(0).shown.any()


@pytest.mark.parametrize("value", [0, 5])
def test_a_volume_of_one_value_is_shown(as_source, value):
    assert not open_nifti(as_source(image(np.full(SHAPE, value, "i2"))), None).picture(0).shown.any()


def test_what_is_no_number_is_black_also_where_black_and_white_are_turned_about(as_source):
    data = volume(number="f4")
    data[3, 2, 1], data[4, 2, 1], data[5, 2, 1] = np.nan, np.inf, -np.inf
    picture = open_nifti(as_source(image(data)), None).picture(1)
    assert list(picture.shown[2, 3:6]) == [0, 255, 0]
    assert list(picture.grey.shown(inverted=True)[2, 3:6]) == [0, 0, 255]
    assert np.isfinite(picture.grey.windows[0].ends).all()


def test_nothing_but_no_numbers(as_source):
    assert not open_nifti(as_source(image(np.full(SHAPE, np.nan, "f4"))), None).picture(0).shown.any()


def test_values_too_large_once_rescaled_are_left_out_of_the_window(as_source):
    data = np.zeros((10, 10, 10))
    data[0, 0, 0] = 1e308
    header = bytearray(packed(image(data)))
    header[112:120] = struct.pack("<2f", 1e30, 0.0)
    assert open_nifti(as_source(bytes(header)), None).picture(0).grey.windows[0].ends == (0.0, 1.0)
    header[352:] = struct.pack("<d", -1e308) * 1000
    assert open_nifti(as_source(bytes(header)), None).picture(0).grey.windows[0].ends == (0.0, 1.0)


def test_numbers_at_the_ends_of_their_range_warn_of_nothing(as_source):
    data = np.full(SHAPE, 1.7e308)
    data[0] = -1.7e308
    assert open_nifti(as_source(image(data)), None).picture(0).shown.shape == (9, 7)


# Pairs


@pytest.mark.parametrize("ending", ["img", "IMG", "img.gz"])
@pytest.mark.parametrize("version", [1, 2])
def test_pairs_by_either_half(as_source, ending, version):
    made = {1: nibabel.Nifti1Pair, 2: nibabel.Nifti2Pair}[version](volume(), OBLIQUE)
    files = made.make_file_map()
    for part in files.values():
        part.fileobj = io.BytesIO()
    made.to_file_map(files)
    voxels = files["image"].fileobj.getvalue()
    header = as_source(files["header"].fileobj.getvalue(), "a/scan.hdr")
    halves = {"a/scan.hdr": header}
    halves[f"a/scan.{ending}"] = as_source(gzip.compress(voxels) if "gz" in ending else voxels, f"a/scan.{ending}")
    for source in halves.values():
        slices = open_nifti(source, None, beside=halves.get)
        assert np.array_equal(slices.picture(3).values, made.dataobj[:, :, 3].T)
        assert slices.source_of(3).name == f"a/scan.{ending}" and slices.source_of(99) is None
    assert "was not found beside it: a/scan.hdr" in refused(header, None)
    assert refused(halves[f"a/scan.{ending}"], None).startswith("This is not a NIfTI file: ")


# What is wrong


def test_without_nibabel(as_source, monkeypatch):
    monkeypatch.setitem(sys.modules, "nibabel", None)
    said = refused(as_source(b""), None)
    assert said == 'NIfTI needs the package nibabel: pip install "label-viewer[nifti]"'


def test_what_is_no_nifti_file_is_said(as_source):
    assert refused(as_source(b""), None) == "The file is empty: scan.nii"
    assert refused(as_source(b"Once upon a time. " * 100), None) == "This is not a NIfTI file: scan.nii"
    assert refused(as_source(gzip.compress(b"Once upon a time. ")), None) == "This is not a NIfTI file: scan.nii"
    assert refused(as_source(b"\x1f\x8b damaged from the start"), None).startswith("The compressed file holds")
    assert refused(as_source(packed(image(volume()))[:300]), None) == "This is not a NIfTI file: scan.nii"
    analyze = packed(image(volume()))
    assert refused(as_source(analyze[:344] + b"\0" * 4 + analyze[348:]), None) == "This is not a NIfTI file: scan.nii"


@pytest.mark.parametrize("axes", [(0, 9, 5), (7, -9, 5), (1, 1, 1), ()])
def test_sizes_that_hold_nothing_are_refused(as_source, axes):
    assert refused(as_source(with_axes(packed(image(volume())), *axes)), None).startswith("The header claims ")


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("axes", [(2**31, 2**31, 2**31), (7, 9, 2**31), (2**62, 9, 5), (30_000, 30_000, 2)])
def test_absurd_sizes_are_refused_without_taking_memory(as_source, axes, compressed):
    data = with_axes(packed(image(volume(), version=2)), *axes, version=2)
    source = as_source(gzip.compress(data) if compressed else data)
    tracemalloc.start()
    assert refused(source, None).endswith(": scan.nii")
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_a_volume_larger_than_may_be_held_is_refused(as_source):
    data = packed(image(np.zeros((100, 100, 50), "u1")), compressed=True)
    said = refused(as_source(data), None, limit=400_000)
    assert said.startswith("The volume takes 500,352 bytes of memory, and at most 400,000 are used; unpacked before")
    assert open_nifti(as_source(data), None, limit=500_352).picture(49).values.shape == (100, 100)


def test_a_file_that_unpacks_to_more_than_it_claims_is_stopped_there(as_source):
    data = gzip.compress(packed(image(volume())) + bytes(50_000_000))
    slices = open_nifti(as_source(data), None)
    tracemalloc.start()
    slices.load()
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert slices.nbytes == 7 * 9 * 5 * 2 and slices.warnings == ()


@pytest.mark.parametrize("held", [False, True])
def test_the_whole_slices_of_a_file_cut_short_are_shown(tmp_path, as_source, held):
    made = image(volume())
    data = packed(made)[: 352 + 2 * 63 * 3 + 10]
    (tmp_path / "scan.nii").write_bytes(data)
    slices = open_nifti(as_source(data) if held else file_source(tmp_path / "scan.nii", tmp_path), None)
    assert (slices.count, slices.whole) == (5, 3)
    for frame in range(3):
        assert np.array_equal(slices.picture(frame).values, made.dataobj[:, :, frame].T)
    for frame in (3, 4):
        with pytest.raises(ViewerError, match=rf"^The file is cut short, and frame {frame} is not there: scan\.nii$"):
            slices.picture(frame)
    assert slices.warnings == ("the file is cut short: the last 2 of 5 slices are not there",)


def test_compressed_data_cut_short_or_damaged_are_shown_as_far_as_they_go(as_source):
    made = image(volume((64, 64, 40)))
    data = packed(made, compressed=True)
    cut = open_nifti(as_source(data[: len(data) // 2]), None)
    assert cut.whole == 40  # not known before it is unpacked
    cut.load()
    assert 10 < cut.whole < 30
    assert np.array_equal(cut.picture(cut.whole - 1).values, made.dataobj[:, :, cut.whole - 1].T)
    with pytest.raises(ViewerError, match="cut short"):
        cut.picture(cut.whole)
    checksum = bytearray(data)
    checksum[-6] ^= 1
    wrong = open_nifti(as_source(bytes(checksum)), None)
    wrong.load()
    assert wrong.whole == 40 and wrong.warnings == ("the checksum of its compressed data is wrong: some values may be",)


def test_several_gzip_members_make_one_file(as_source):
    made = image(volume())
    data = packed(made)
    source = as_source(b"".join(gzip.compress(data[at : at + 100]) for at in range(0, len(data), 100)))
    slices = open_nifti(source, None)
    assert np.array_equal(slices.picture(4).values, made.dataobj[:, :, 4].T) and slices.warnings == ()


def test_cut_before_the_first_slice_is_refused(as_source):
    assert "not one slice is whole: scan.nii" in refused(as_source(packed(image(volume()))[:400]), None)


def test_a_frame_that_there_is_not(as_source):
    slices = open_nifti(as_source(image(volume())), None)
    assert slices.size(5) is slices.plane(-1) is None
    with pytest.raises(ViewerError, match=r"^There is no frame 5, of 5 from 0: scan\.nii$"):
        slices.picture(5)


def test_a_file_that_is_gone_later_is_said(tmp_path):
    path = tmp_path / "scan.nii"
    path.write_bytes(packed(image(volume())))
    slices = open_nifti(file_source(path, tmp_path), None)
    path.unlink()
    with pytest.raises(ViewerError, match=r"not found: scan\.nii$"):
        slices.picture(0)


def test_only_what_is_wanted_is_read_of_a_file_that_is_not_compressed(tmp_path):
    path = tmp_path / "scan.nii"
    made = image(volume((100, 100, 200)))
    made.header["cal_max"] = 100
    path.write_bytes(packed(made))
    slices = open_nifti(file_source(path, tmp_path), None)
    slices.picture(0)  # with the table of its grey levels, which is kept
    tracemalloc.start()
    slices.picture(199)
    assert tracemalloc.get_traced_memory()[1] < 500_000 < path.stat().st_size
    tracemalloc.stop()
    assert slices.nbytes == 0


# Progress and threads


def test_loading_tells_how_far_it_is_and_can_be_stopped(as_source):
    source = as_source(packed(image(volume((64, 64, 40))), compressed=True))
    told = []
    slices = open_nifti(source, None)
    slices.load(told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 2
    assert slices.nbytes == 64 * 64 * 40 * 2
    stopped = open_nifti(source, None)
    with pytest.raises(Stopped):
        stopped.load(stop=lambda: True)
    assert np.array_equal(stopped.picture(3).values, slices.picture(3).values)


def test_closing_gives_the_memory_back_and_pictures_remain(as_source):
    slices = open_nifti(as_source(packed(image(volume()), compressed=True)), None)
    picture = slices.picture(2)
    before = picture.values.copy()
    slices.close()
    assert slices.nbytes == 0 and np.array_equal(picture.values, before)
    assert np.array_equal(slices.picture(2).values, before)


def test_several_threads_load_once(in_memory):
    made = image(volume((32, 32, 40)))
    data = packed(made, compressed=True)
    reads = []
    slices = open_nifti(Source("scan.nii.gz", None, lambda: reads.append(1) or data, len(data), 0.0), None)
    opened = len(reads)
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(slices.picture, range(40)))
    assert len(reads) == opened + 1
    assert all(np.array_equal(p.values, made.dataobj[:, :, k].T) for k, p in enumerate(pictures))


@pytest.mark.parametrize("seed", range(4))
def test_headers_with_any_bytes_are_shown_or_refused(as_source, seed):
    chance = random.Random(seed)
    originals = [packed(image(volume((*SHAPE, 2), n), version=v)) for n in ("i2", "f4", "f8") for v in (1, 2)]
    shown = 0
    for _ in range(500):
        data = bytearray(chance.choice(originals))
        for _ in range(chance.choice((1, 2, 8))):
            at = chance.randrange(0, 350)
            data[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", chance.randbytes(4)))
        source = as_source(gzip.compress(bytes(data), 1) if chance.random() < 0.3 else bytes(data))
        try:
            slices = open_nifti(source, chance.choice((None, Size(7, 9), Size(9, 5))), chance.random() < 0.5)
            for frame in (0, slices.count - 1):
                picture = slices.picture(frame)
                assert picture.shown.shape == (picture.size.height, picture.size.width, *picture.shown.shape[2:])
                shown += 1
        except ViewerError as error:
            assert "\n" not in str(error) and str(error).endswith("scan.nii")
    assert shown > 100
