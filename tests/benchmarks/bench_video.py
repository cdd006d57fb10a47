"""Video: stepping against decoding alone, random seeks against OpenCV, steps back, and how soon the first frame is there.

Each part measures us and what we are held against in the same run and prints the ratio.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np

SIZE, FRAMES, GROUP, LABELS = (1920, 1080), 600, 60, 50
COPIES = 180
"""Of 20 seconds: an hour."""
SEEKS = 60


def write_film(path: Path) -> None:
    """1080p with motion, as a camera gives it; a number stands in the top-left corner."""
    rng = np.random.default_rng(1)
    ground = cv2.resize(rng.integers(0, 255, (68, 150, 3), dtype=np.uint8), (2400, 1080), interpolation=cv2.INTER_CUBIC)
    with av.open(str(path), "w") as target:
        options = {"preset": "superfast", "crf": "30", "g": str(GROUP), "bf": "2"}
        stream = target.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(FRAMES):
            picture = np.ascontiguousarray(ground[:, number % 480 : number % 480 + SIZE[0]])
            for bit in range(12):
                white = 255 if number >> bit & 1 else 0
                cv2.rectangle(picture, (40 * bit, 0), (40 * bit + 39, 39), (white,) * 3, -1)
            target.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        target.mux(stream.encode(None))


def number_on(picture: np.ndarray) -> int:
    return sum(1 << bit for bit in range(12) if picture[20, 40 * bit + 20, 0] > 127)


def write_export(folder: Path, video: Path) -> None:
    """With 50 boxes on each frame."""
    labels = {}
    for frame in range(FRAMES):
        objects = [
            {
                "objectHash": f"o{n:02}", "featureHash": "f1", "name": "Car", "color": "#D33115", "shape": "bounding_box",
                "boundingBox": {"x": (n % 10) / 10, "y": (n // 10) / 6 + (frame % 60) / 600, "w": 0.07, "h": 0.1},
            }
            for n in range(LABELS)
        ]  # fmt: skip
        labels[str(frame)] = {"objects": objects, "classifications": []}
    unit = {
        "data_hash": "d", "data_title": video.name, "data_type": "video/mp4", "data_sequence": 0, "width": SIZE[0],
        "height": SIZE[1], "data_fps": 30.0, "data_duration": FRAMES / 30, "labels": labels,
    }  # fmt: skip
    row = {
        "label_hash": "l",
        "data_hash": "d",
        "data_title": video.name,
        "data_type": "video",
        "data_units": {"d": unit},
    }
    (folder / "export.json").write_text(json.dumps([row]))


def write_hour(path: Path, film: Path) -> None:
    """The packets of a film again and again, not encoded anew."""
    with av.open(str(path), "w") as target, av.open(str(film)) as media:
        stream = target.add_stream_from_template(media.streams.video[0])
        packets = [(bytes(p), p.pts, p.dts, p.is_keyframe, p.time_base) for p in media.demux(video=0) if p.size]
        length = max(pts for _, pts, _, _, _ in packets) + packets[0][4].denominator // 30
        for copy in range(COPIES):
            for data, pts, dts, is_key, base in packets:
                packet = av.Packet(data)
                packet.pts, packet.dts, packet.time_base = pts + copy * length, dts + copy * length, base
                packet.is_keyframe, packet.stream = is_key, stream
                target.mux(packet)


def decoding_alone(film: Path) -> float:
    """Frames a second that FFmpeg decodes one after the other, with all its threads."""
    with av.open(str(film)) as media:
        media.streams.video[0].thread_type = "AUTO"
        start = time.perf_counter()
        count = sum(1 for _ in media.decode(video=0))
        return count / (time.perf_counter() - start)


def stepping(folder: Path) -> tuple[float, list[float]]:
    """Frames a second that the window shows with their labels drawn, and milliseconds of steps back."""
    from viewer.app.opening import Start
    from viewer.app.run import make_application
    from viewer.app.settings import Settings
    from viewer.app.window import Window

    application = make_application()
    window = Window(Settings(in_memory=True), "dark")
    window.resize(1366, 768)
    window.show()
    window.open(Start((folder,)))

    def until(done: Callable[[], bool]) -> None:
        while not done():
            application.processEvents()

    until(lambda: window.session.is_current() and window.session.video is not None and window.is_settled())
    window.session.set(selected=None, frame=0)
    until(window.session.is_current)
    start = time.perf_counter()
    for _ in range(FRAMES - 1):
        window.moving.step(1)
        until(lambda: window.session.is_current() and window.canvas.is_shown())
        application.processEvents()  # in which it is painted
    forwards = (FRAMES - 1) / (time.perf_counter() - start)
    window.session.set(frame=3 * GROUP + 50)
    until(lambda: window.session.is_current() and window.is_settled())
    window.moving.step(-1)
    until(lambda: window.session.is_current() and window.is_settled())
    back: list[float] = []
    for _ in range(40):
        start = time.perf_counter()
        window.moving.step(-1)
        until(lambda: window.session.is_current() and window.canvas.is_shown())
        application.processEvents()  # in which it is painted
        back.append((time.perf_counter() - start) * 1000)
    window.close()
    return forwards, back


def seeks(film: Path) -> tuple[list[float], int, list[float], int]:
    """Milliseconds and wrong frames of random seeks: ours, then OpenCV's."""
    from viewer.media.source import file_source
    from viewer.media.video import open_video

    chance = random.Random(1)
    wanted = [chance.randrange(FRAMES) for _ in range(SEEKS)]
    pictures = open_video(file_source(film, film.parent)).view(None)
    pictures.picture(0)
    capture = cv2.VideoCapture(str(film))
    ours, theirs, wrong, their_wrong = [], [], 0, 0
    for frame in wanted:
        start = time.perf_counter()
        picture = pictures.picture(frame)
        ours.append((time.perf_counter() - start) * 1000)
        wrong += number_on(picture.shown) != frame
        start = time.perf_counter()
        capture.set(cv2.CAP_PROP_POS_FRAMES, frame)
        ok, other = capture.read()
        theirs.append((time.perf_counter() - start) * 1000)
        their_wrong += not ok or number_on(other) != frame
    return ours, wrong, theirs, their_wrong


def first_frames(hour: Path, cache: Path) -> tuple[float, float, float]:
    """Seconds: demuxing the hour alone, our first frame, our first frame with the index kept."""
    from viewer.media.source import file_source
    from viewer.media.video import open_video

    def demuxed() -> float:
        start = time.perf_counter()
        with av.open(str(hour)) as media:
            for _ in media.demux(video=0):
                pass
        return time.perf_counter() - start

    def shown(folder: Path | None) -> float:
        start = time.perf_counter()
        open_video(file_source(hour, hour.parent), folder).view(None).picture(54_321)
        return time.perf_counter() - start

    demuxed()  # so that the file is in memory for all alike
    return statistics.median(demuxed() for _ in range(3)), shown(cache), shown(cache)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        film = folder / "film.mp4"
        write_film(film)
        ours, wrong, theirs, their_wrong = seeks(film)
        median, other = statistics.median(ours), statistics.median(theirs)
        print(
            f"random seek, 1080p, groups of {GROUP}: {median:.0f} ms ({wrong} of {SEEKS} wrong), OpenCV {other:.0f} ms "
            f"({their_wrong} wrong), ratio {median / other:.2f} (goal 1)"
        )
        (folder / "hour").mkdir()
        hour = folder / "hour" / "hour.mp4"
        write_hour(hour, film)
        demux, first, again = first_frames(hour, folder / "cache")
        print(
            f"first frame of an hour ({hour.stat().st_size / 1e6:,.0f} MB): {first:.2f} s, demuxing alone {demux:.2f} s, "
            f"ratio {first / demux:.2f} (goal 1.5); with the index kept {again:.2f} s (goal 0.3)"
        )
        write_export(folder, film)
        hour.unlink()
        forwards, back = stepping(folder)
        alone = decoding_alone(film)
        print(
            f"stepping 1080p with {LABELS} labels drawn: {forwards:.0f} frames a second, decoding alone {alone:.0f}, "
            f"ratio {forwards / alone:.2f} (goal 0.9)"
        )
        print(f"a step back within a group: {statistics.median(back):.1f} ms, slowest {max(back):.1f} (goal 10)")


if __name__ == "__main__":
    main()
