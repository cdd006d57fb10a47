"""Videos by frame number: every access order gives the picture that decoding from the beginning gives."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tests.numbered import read
from tests.videos import Film, Tone, at_times, cut, damage, from_key, hide_vp8, remux, trim, uneven, write
from viewer.errors import ViewerError
from viewer.media import video_index
from viewer.media.source import Source, file_source
from viewer.media.video import Video, open_video
from viewer.media.video_ahead import VideoAhead
from viewer.media.video_index import build_index
from viewer.media.video_reader import VideoReader
from viewer.size import Size

B = {"bf": "3", "g": "12"}
OPEN = {"bf": "3", "g": "10", "x264-params": "open-gop=1:keyint=10:min-keyint=5:scenecut=0"}
H264, N = Film(40, options=B), 40
UNEVEN = uneven(N)


def source_of(path: Path) -> Source:
    return file_source(path, path.parent)


def video_of(path: Path) -> Video:
    return open_video(source_of(path))


def number_on(video: Video, frame: int) -> int | None:
    return read(video.view(None).picture(frame).shown[..., 2::-1])


def orders(count: int) -> list[int]:
    """Random seeks, steps back from the end, steps on from the middle."""
    chance = random.Random(count)
    wild = [chance.randrange(count) for _ in range(25)]
    return [*wild, *range(count - 1, max(count - 16, -1), -1), *range(count // 2, min(count // 2 + 10, count))]


def joined(parts: list[Path], path: Path) -> Path:
    """Byte after byte, so that the clock starts anew in the middle."""
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    return path


Maker = Callable[[Path], Path]
MADE: dict[str, tuple[Maker, list[int]]] = {
    "h264.mp4": (lambda p: write(p, H264), list(range(N))),
    "open_gop.mkv": (lambda p: write(p, Film(N, options=OPEN)), list(range(N))),
    "long.mov": (lambda p: write(p, Film(120, options={"bf": "3", "g": "250"})), list(range(120))),
    "hevc.mp4": (lambda p: write(p, Film(N, "libx265", options={"x265-params": "keyint=12:bframes=3:log-level=none"})), list(range(N))),
    "vp9.webm": (lambda p: write(p, Film(N, "libvpx-vp9", options={"g": "15", "lag-in-frames": "12", "auto-alt-ref": "1", "deadline": "realtime"})), list(range(N))),
    "av1.mkv": (lambda p: write(p, Film(N, "libsvtav1", options={"g": "15", "preset": "12", "svtav1-params": "lp=1"})), list(range(N))),
    "mpeg4_b.avi": (lambda p: write(p, Film(N, "mpeg4", options={"bf": "2", "g": "10"})), list(range(N))),
    "h264_b.avi": (lambda p: write(p, H264), list(range(N))),
    "mpeg2.ts": (lambda p: write(p, Film(N, "mpeg2video", options={"bf": "2", "g": "10"}, rate=25)), list(range(N))),
    "mpeg2.mpg": (lambda p: write(p, Film(N, "mpeg2video", options={"bf": "2", "g": "10"}, rate=25)), list(range(N))),
    "h264.ts": (lambda p: write(p, H264), list(range(N))),
    "mjpeg.avi": (lambda p: write(p, Film(N, "mjpeg", pix_fmt="yuvj420p")), list(range(N))),
    "prores.mov": (lambda p: write(p, Film(12, "prores_ks", pix_fmt="yuv422p10le")), list(range(12))),
    "ten_bit.mp4": (lambda p: write(p, Film(N, options=B, pix_fmt="yuv420p10le")), list(range(N))),
    "444.mkv": (lambda p: write(p, Film(N, options=B, pix_fmt="yuv444p")), list(range(N))),
    "odd.mkv": (lambda p: write(p, Film(N, "ffv1", size=(161, 121), pix_fmt="yuv444p")), list(range(N))),
    "interlaced.mp4": (lambda p: write(p, Film(N, options={**B, "flags": "+ildct+ilme"})), list(range(N))),
    "uneven.mp4": (lambda p: write(p, Film(N, options=B, pts=UNEVEN, time_base=Fraction(1, 1000))), list(range(N))),
    "uneven.mkv": (lambda p: write(p, Film(N, options=B, pts=UNEVEN, time_base=Fraction(1, 1000))), list(range(N))),
    "late.mkv": (lambda p: write(p, Film(N, options=B, pts=range(38, 38 + N))), list(range(N))),
    "fragmented.mp4": (lambda p: write(p, H264, muxer={"movflags": "frag_keyframe+empty_moov"}), list(range(N))),
    "sound_longer.mp4": (lambda p: write(p, Tone(8.0), H264), list(range(N))),
    "same_times.mkv": (lambda p: remux(write(p.with_suffix(".avi"), Film(N, "mjpeg", pix_fmt="yuvj420p")), p, at_times([n // 2 for n in range(N)], Fraction(1, 10))), list(range(N))),
    "hidden_vp8.mkv": (lambda p: remux(write(p.with_suffix(".webm"), Film(N, "libvpx", options={"g": "10", "deadline": "realtime"})), p, hide_vp8(lambda n: n % 10 == 5)), [n for n in range(N) if n % 10 != 5]),
    "edit_list.mp4": (lambda p: trim(write(p.with_suffix(".mov"), H264), p, 1.7), list(range(17, N))),
    "from_third_key.ts": (lambda p: remux(write(p.with_suffix(".mp4"), H264), p, from_key(2)), list(range(24, N))),
    "two_clocks.ts": (lambda p: joined([write(p.with_suffix(f".{n}.ts"), Film(20, options=B, first=20 * n)) for n in range(2)], p), list(range(N))),
    "one.mp4": (lambda p: write(p, Film(1)), [0]),
    "gif.gif": (lambda p: write(p, Film(20, "gif", pix_fmt="rgb8")), list(range(20))),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("videos")

    def path_of(name: str) -> Path:
        path = folder / name
        return path if path.exists() else MADE[name][0](path)

    return path_of


@pytest.mark.parametrize("name", MADE)
def test_every_frame_number_has_its_picture(made, name):
    video, numbers = video_of(made(name)), MADE[name][1]
    assert video.count == len(numbers)
    assert [number_on(video, frame) for frame in orders(video.count)] == [numbers[f] for f in orders(video.count)]
    assert not video.index.inexact


@pytest.mark.parametrize("name", MADE)
def test_reading_ahead_gives_the_same_within_its_budget(made, name):
    video, numbers = video_of(made(name)), MADE[name][1]
    budget = 10 * 160 * 120 * 4
    ahead = VideoAhead(video.view(None), budget)
    for frame in orders(video.count):
        assert wished(ahead, frame) == numbers[frame]
    assert ahead.settle(20) and ahead.nbytes <= budget
    ahead.close()
    assert ahead.join(10)


def wished(ahead: VideoAhead, frame: int) -> int | None:
    came, found = threading.Event(), []
    ahead.request(frame, lambda _, result: (found.append(result), came.set()))
    assert came.wait(20), f"frame {frame} never came"
    if isinstance(found[0], ViewerError):
        raise found[0]
    return read(found[0].shown[..., 2::-1])


def test_a_step_back_within_what_was_decoded_is_there_at_once(made):
    ahead = VideoAhead(video_of(made("long.mov")).view(None), 100_000_000)
    wished(ahead, 100)
    wished(ahead, 99)
    assert ahead.settle(20)
    for frame in range(98, 60, -1):
        picture = ahead.get(frame)
        assert picture is not None and read(picture.shown[..., 2::-1]) == frame
        assert ahead.settle(20)
    ahead.close()


def test_where_times_do_not_tell_the_order_everything_is_decoded_once(made):
    assert video_of(made("h264_b.avi")).index.decoded
    assert not video_of(made("h264.mp4")).index.decoded


def test_damage_in_the_middle_costs_its_own_frames_only(tmp_path):
    path = damage(write(tmp_path / "damaged.mp4", Film(80, options=B, size=(320, 240))), 0.5, 1500)
    video = video_of(path)
    assert video.count == 80
    lost = []
    for frame in range(80):
        try:
            picture = video.view(None).picture(frame)
        except ViewerError as error:
            assert "damaged" in str(error) and f"{frame:,}" in str(error)
            lost.append(frame)
        else:
            is_right = read(picture.shown[..., 2::-1]) == frame
            assert is_right or picture.warnings, "another frame's picture, and nothing is said"
            lost += [] if is_right else [frame]
    assert 0 < len(lost) < 15
    assert number_on(video, 5) == 5 and number_on(video, 79) == 79


@pytest.mark.parametrize("name", ["cut.mkv", "cut.ts", "cut.mp4"])
def test_a_video_that_is_cut_off_shows_what_is_there_and_says_so(tmp_path, name):
    muxer = {"movflags": "faststart"} if name.endswith("mp4") else None
    video = video_of(cut(write(tmp_path / name, Film(80, options=B), muxer=muxer), 0.6))
    assert 20 < video.count < 80
    shown = 0
    for frame in range(video.count):
        try:
            picture = video.view(None).picture(frame)
            is_right = read(picture.shown[..., 2::-1]) == frame
            assert is_right or picture.warnings or frame == video.count - 1
            shown += is_right
        except ViewerError:
            assert frame > video.count - 8
            assert "cut off" in video.index.inexact
    assert shown >= video.count - 4


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"not a video at all, only words", "not a video"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.ts\n#EXT-X-ENDLIST\n", "not a video"),
        (b"ffconcat version 1.0\nfile other.mp4\n", "not a video"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "moov"),
    ],
)
def test_what_is_no_video_is_refused_in_a_sentence(tmp_path, content, said):
    write(tmp_path / "other.mp4", Film(5))
    write(tmp_path / "other.ts", Film(5))
    (tmp_path / "clip.mp4").write_bytes(content)
    with pytest.raises(ViewerError, match=said) as raised:
        video_of(tmp_path / "clip.mp4")
    assert "clip.mp4" in str(raised.value)


def test_sound_alone_is_no_video(tmp_path):
    write(tmp_path / "clip.mp4", Tone(1.0))
    with pytest.raises(ViewerError, match="only sound"):
        video_of(tmp_path / "clip.mp4")


def test_a_number_beyond_the_end_is_said_to_be(made):
    with pytest.raises(ViewerError, match="beyond the end"):
        video_of(made("h264.mp4")).view(None).picture(N)


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("exported", ["upright", "coded", "none"])
def test_pictures_are_turned_as_the_file_says_unless_the_export_has_the_coded_size(tmp_path, rotation, exported):
    path = write(tmp_path / "turned.mp4", Film(8, options=B, rotation=rotation))
    video = video_of(path)
    coded, upright = Size(160, 120), Size(160, 120) if rotation == 180 else Size(120, 160)
    said = {"upright": upright, "coded": coded, "none": None}[exported]
    for other in (False, True):
        view = video.view(said, other)
        is_turned = (exported != "coded" or rotation == 180) != other
        picture = view.picture(3)
        assert picture.size == view.size(3) == (upright if is_turned else coded)
        plain = video.picture(3, 0).shown
        turned = np.rot90(plain, rotation // 90) if is_turned else plain
        assert np.array_equal(picture.shown, turned)
        assert bool(picture.notes) == is_turned


MATRICES = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 9: (0.2627, 0.0593)}
"""Weights of red and blue in the brightness, by the number of the standard: BT.709, BT.601, BT.2020."""


@pytest.mark.parametrize("full", [False, True], ids=["limited", "full"])
@pytest.mark.parametrize("matrix", MATRICES)
def test_colours_are_those_that_the_stream_says(tmp_path, matrix, full):
    colours = [(200, 40, 40), (40, 190, 60), (50, 60, 210), (128, 128, 128), (250, 240, 20), (16, 200, 220)]
    frames = iter(colours)

    def flat(_: int, width: int, height: int) -> np.ndarray:
        return np.full((height, width, 3), next(frames), dtype=np.uint8)

    film = Film(6, "ffv1", size=(64, 64), pix_fmt="yuv444p", colour=(matrix, 2 if full else 1), draw=flat)
    path = write(tmp_path / "colours.mkv", film)
    for frame, (red, green, blue) in enumerate(colours):
        expected = _converted(_coded(path, frame), MATRICES[matrix], full)
        assert np.abs(np.array(expected) - (red, green, blue)).max() <= 3, "the clip itself"
        shown = video_of(path).view(None).picture(frame).shown[30, 30, 2::-1].astype(int)
        assert np.abs(shown - expected).max() <= 2


def _coded(path: Path, frame: int) -> tuple[int, int, int]:
    """Brightness and the two colour differences as they are stored."""
    import av

    with av.open(str(path)) as media:
        found = list(media.decode(video=0))[frame]
    return tuple(int(np.frombuffer(plane, np.uint8)[40]) for plane in found.planes)


def _converted(yuv: tuple[int, int, int], weights: tuple[float, float], full: bool) -> list[float]:
    """By the definition of the standards."""
    red_weight, blue_weight = weights
    y, cb, cr = yuv
    if full:
        light, b, r = y / 255, (cb - 128) / 255, (cr - 128) / 255
    else:
        light, b, r = (y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224
    red, blue = light + 2 * (1 - red_weight) * r, light + 2 * (1 - blue_weight) * b
    green = (light - red_weight * red - blue_weight * blue) / (1 - red_weight - blue_weight)
    return [min(max(value * 255, 0), 255) for value in (red, green, blue)]


def test_the_index_is_kept_for_the_same_file_only(tmp_path, monkeypatch):
    path, cache = write(tmp_path / "kept.mp4", H264), tmp_path / "cache"
    first = open_video(source_of(path), cache)

    def never(*_: object) -> None:
        raise AssertionError("the index was made anew")

    monkeypatch.setattr(video_index, "_gathered", never)
    again = open_video(source_of(path), cache)
    assert np.array_equal(again.index.order, first.index.order) and again.index.size == first.index.size
    assert number_on(again, 23) == 23
    monkeypatch.undo()
    write(path, Film(30, options=B))
    assert open_video(source_of(path), cache).count == 30


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x93NUMPY"])
def test_a_kept_index_that_is_damaged_is_made_anew(tmp_path, content):
    path, cache = write(tmp_path / "kept.mp4", H264), tmp_path / "cache"
    open_video(source_of(path), cache)
    (kept,) = cache.glob("*.npz")
    kept.write_bytes(content)
    assert open_video(source_of(path), cache).count == N


def test_a_video_inside_an_archive(tmp_path):
    from zipfile import ZipFile

    from viewer.errors import Report
    from viewer.export.places import zip_sources

    path = write(tmp_path / "h264.mp4", H264)
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(path, "media/h264.mp4")
    (source,) = zip_sources(tmp_path / "all.zip", Report("all.zip"))
    video = open_video(source)
    assert [number_on(video, frame) for frame in orders(N)] == orders(N)


def test_an_index_that_is_no_longer_wanted_stops(made):
    with pytest.raises(video_index.Stopped):
        build_index(source_of(made("h264_b.avi")), lambda _: None, lambda: True)


def test_a_file_that_was_replaced_is_not_read_by_the_old_index(tmp_path):
    path = write(tmp_path / "film.mp4", H264)
    video = video_of(path)
    write(tmp_path / "other.mp4", Film(N, options=B, first=1000)).replace(path)
    with pytest.raises(ViewerError, match="changed"):
        video.view(None).picture(3)


def test_a_file_that_is_gone_is_told_and_keeps_no_thread_busy(tmp_path):
    path = write(tmp_path / "film.mp4", H264)
    ahead = VideoAhead(video_of(path).view(None), 1_000_000)
    path.rename(tmp_path / "elsewhere.mp4")
    with pytest.raises(ViewerError, match="not found"):
        wished(ahead, 30)
    small = []
    ahead.request_small([3, 8, 30], 40, lambda frame, picture: small.append((frame, picture)))
    assert ahead.settle(20) and not small
    (tmp_path / "elsewhere.mp4").rename(path)
    assert wished(ahead, 30) == 30
    ahead.request_small([3, 8], 40, lambda frame, picture: small.append((frame, picture)))
    assert ahead.settle(20)
    assert [frame for frame, _ in small] == [3, 8] and small[0][1].shape == (40, 53, 4)
    ahead.close()
    assert ahead.join(10)


def test_damaged_streams_of_unknown_codecs_are_refused(tmp_path):
    path = write(tmp_path / "film.mp4", H264)
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(ViewerError, match="codec"):
        video_of(path)


def test_an_index_made_anew_by_another_thread_is_taken_over(made):
    """As when a shift is measured beside what is shown: the number then means another frame for both."""
    video = video_of(made("h264.mp4"))
    ahead = VideoAhead(video.view(None), 10_000_000)
    assert wished(ahead, 20) == 20 and number_on(video, 20) == 20 and ahead.settle(20)
    video.index = replace(video.index, order=video.index.order[5:], seconds=video.index.seconds[5:])
    assert wished(ahead, 15) == 20 and number_on(video, 15) == 20
    ahead.close()
    assert ahead.join(10)


@pytest.mark.parametrize(
    "name", ["h264.mp4", "open_gop.mkv", "hevc.mp4", "vp9.webm", "h264.ts", "mpeg4_b.avi", "late.mkv", "mpeg2.mpg"]
)
def test_a_seek_lands_on_its_key_frame_and_gives_nothing_before_it(made, name):
    video = video_of(made(name))
    starts = video.index.starts.tolist()
    assert len(starts) > 2
    reader = VideoReader(video.source, video.index)
    for start in starts[1:]:
        reader.seek(start)
        found = reader.next()
        assert found is not None and found[0] == start, "it was decoded from the beginning"
    reader.close()
