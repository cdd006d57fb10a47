"""Opening a large export, against `json.loads` of the same file: time to the first labelled frame, and peak memory.

    python tests/benchmarks/bench_open.py [MEGABYTES] [group|rows|video]

Each measurement is a process of its own, so that peaks do not mix: the bare window, json.loads, and ours.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

OBJECTS = 20


def write_export(path: Path, megabytes: int, kind: str) -> None:
    """An export of about this size: boxes and polygons, in one group, in many rows, or in one video."""
    random.seed(1)
    count = megabytes * 1_000_000 // len(json.dumps(blob()))
    head = {"branch_name": "main", "label_status": "LABELLED", "object_actions": {}, "classification_answers": {}}
    answers = {f"o{i:07}": {"objectHash": f"o{i:07}", "classifications": []} for i in range(OBJECTS)}

    def unit(number: int, labels: Any, **more: Any) -> dict[str, Any]:
        title = f"p{number:06}.jpg"
        made = {"data_hash": f"u{number}", "data_title": title, "data_type": "image/jpeg", "data_sequence": number}
        return made | {"width": 1920, "height": 1080, "labels": labels} | more

    if kind == "group":
        units = {f"u{n}": unit(n, blob()) for n in range(count)}
        rows = [head | {"label_hash": "l", "data_hash": "d", "data_type": "img_group", "data_units": units}]
    elif kind == "rows":
        rows = [
            head
            | {
                "label_hash": f"l{n}",
                "data_hash": f"u{n}",
                "data_type": "image",
                "data_units": {f"u{n}": unit(n, blob())},
            }
            for n in range(count)
        ]
    else:
        labels = {str(n): blob() for n in range(count)}
        video = unit(0, labels, data_type="video/mp4", data_fps=25.0, data_duration=count / 25)
        rows = [head | {"label_hash": "l", "data_hash": "u0", "data_type": "video", "data_units": {"u0": video}}]
    path.write_text(json.dumps([row | {"object_answers": answers} for row in rows]))


def blob() -> dict[str, Any]:
    return {"objects": [entry(number) for number in range(OBJECTS)], "classifications": []}


def entry(number: int) -> dict[str, Any]:
    made = {"objectHash": f"o{number:07}", "featureHash": f"f{number % 5:07}", "name": "Car", "color": "#D33115"}
    made |= {"createdBy": "annotator-1@example.org", "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT"}
    if number % 2:
        box = {"x": random.random() * 0.8, "y": random.random() * 0.8, "w": 0.1, "h": 0.1}
        return made | {"shape": "bounding_box", "boundingBox": box}
    flat = [round(random.random(), 5) for _ in range(40)]
    legacy = {str(k): {"x": flat[2 * k], "y": flat[2 * k + 1]} for k in range(20)}
    return made | {"shape": "polygon", "polygon": legacy, "polygons": [[flat]]}


def peak() -> float:
    """Of this process, in MiB. From the kernel's status page: getrusage would count the parent that it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def child_json(path: str) -> None:
    data = Path(path).read_bytes()
    start = time.perf_counter()
    kept = json.loads(data)
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak(), "rows": len(kept)}))


def child_bare(_: str) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.show()
    application.processEvents()
    print(json.dumps({"seconds": 0, "peak": peak()}))


def child_ours(path: str) -> None:
    """From the moment the window is asked to open the file; the longest gap of the event loop is measured too."""
    from viewer.app.opening import Start
    from viewer.app.run import make_application
    from viewer.app.settings import Settings
    from viewer.app.window import Window

    sys.setswitchinterval(0.001)
    application = make_application()
    window = Window(Settings(Path("/nonexistent/settings.ini")), "dark")
    window.show()
    application.processEvents()
    start = last = time.perf_counter()
    longest = 0.0
    first = 0.0
    window.open(Start((Path(path),)))
    # after the first frame as long again, and until the index is there, so that what follows in the background counts
    while not first or time.perf_counter() < start + 2 * first or window.session.index is None:
        application.processEvents()
        now = time.perf_counter()
        longest = max(longest, now - last)
        last = now
        if not first and window.session.is_current() and window.canvas.is_shown():
            first = now - start
    index = time.perf_counter() - start
    print(json.dumps({"seconds": first, "peak": peak(), "stall": longest, "index": index}))
    window.close()


def measure(child: str, path: Path) -> dict[str, Any]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, __file__, child, str(path)], env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    kinds = sys.argv[2:] or ["group", "rows", "video"]
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.json"
            write_export(path, megabytes, kind)
            size = path.stat().st_size / 1e6
            loads, bare, ours = (measure(child, path) for child in ("json", "bare", "ours"))
        time_ratio = ours["seconds"] / loads["seconds"]
        memory_ratio = (ours["peak"] - bare["peak"]) / (size / 1.048576)
        print(
            f"{kind}: {size:.0f} MB; json.loads {loads['seconds']:.2f} s; first labelled frame {ours['seconds']:.2f} s, "
            f"ratio {time_ratio:.2f} (goal 0.25); memory beyond the bare window {memory_ratio:.2f} x the file (goal 1.5); "
            f"longest stall {ours['stall'] * 1000:.0f} ms; index {ours['index']:.2f} s"
        )


if __name__ == "__main__":
    if sys.argv[1:2] in (["json"], ["bare"], ["ours"]):
        globals()[f"child_{sys.argv[1]}"](sys.argv[2])
    else:
        main()
