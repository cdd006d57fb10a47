"""Stepping a sequence of 12-megapixel JPEGs in the window at 2 frames a second, against decoding one of them alone.

What counts is how long a step takes until its picture with its labels is on the screen: with the next pictures read
ahead, decoding is hidden, and a step costs far less than a decode.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

COUNT, SIZE, PAUSE = 14, (4000, 3000), 0.5


def write_sequence(folder: Path) -> None:
    rng = np.random.default_rng(1)
    small = Image.fromarray(rng.integers(0, 255, (150, 200, 3), dtype=np.uint8))
    units = {}
    for number in range(COUNT):
        picture = small.resize(SIZE, Image.Resampling.BICUBIC).rotate(number, expand=False)
        picture.save(folder / f"p{number}.jpg", quality=90)
        box = {"x": 0.1 + number / 40, "y": 0.2, "w": 0.2, "h": 0.3}
        entry = {
            "objectHash": "o1",
            "featureHash": "f1",
            "name": "Car",
            "color": "#D33115",
            "shape": "bounding_box",
            "boundingBox": box,
        }
        units[f"u{number}"] = {
            "data_hash": f"u{number}", "data_title": f"p{number}.jpg", "data_type": "image/jpeg", "data_sequence": number,
            "width": SIZE[0], "height": SIZE[1], "labels": {"objects": [entry], "classifications": []},
        }  # fmt: skip
    row = {"label_hash": "l", "data_hash": "d", "data_title": "sequence", "data_type": "img_group", "data_units": units}
    (folder / "export.json").write_text(json.dumps([row]))


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(0.001)
    from viewer.app.opening import Start
    from viewer.app.run import make_application
    from viewer.app.settings import Settings
    from viewer.app.window import Window
    from viewer.media.image import read_image
    from viewer.media.source import file_source

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_sequence(folder)
        decodes: list[float] = []
        for number in range(4):
            source = file_source(folder / f"p{number}.jpg", folder)
            start = time.perf_counter()
            read_image(source, None)
            decodes.append(time.perf_counter() - start)
        application = make_application()
        window = Window(Settings(folder / "settings.ini"), "dark")
        window.resize(1366, 768)
        window.show()
        window.open(Start((folder,)))
        wait_until(application, lambda: window.session.is_current() and window.is_settled())
        steps: list[float] = []
        for _ in range(COUNT - 1):
            pause = time.perf_counter() + PAUSE
            wait_until(application, lambda pause=pause: time.perf_counter() > pause)
            start = time.perf_counter()
            window.moving.step(1)
            wait_until(application, lambda: window.session.is_current())
            window.canvas.grab()
            steps.append(time.perf_counter() - start)
        window.close()
    decode, step = statistics.median(decodes[1:]) * 1000, statistics.median(steps) * 1000
    print(
        f"12-megapixel JPEG: decoding alone {decode:.0f} ms; a step with the next pictures read ahead {step:.0f} ms "
        f"(slowest {max(steps) * 1000:.0f}), ratio {step / decode:.2f} (goal: hidden)"
    )


def wait_until(application, done) -> None:
    while not done():
        application.processEvents()


if __name__ == "__main__":
    main()
