"""Launch to the first labelled picture, against a bare PySide6 window that shows the same picture.

    python tests/benchmarks/bench_launch.py [EXPORT] [RUNS]

Both are processes of their own, timed from before they start until their first complete picture is painted; the two
take turns, and the ratio is of the medians. Without an export the demo is used.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

CHILD = Path(__file__).with_name("launch_child.py")


def run(kind: str, path: Path) -> float:
    """Seconds from before the process is started to its first picture."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    start = time.time()
    done = subprocess.run(
        [sys.executable, str(CHILD), kind, str(path)], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout.split()[-1]) - start


def main() -> None:
    if len(sys.argv) > 1:
        export = Path(sys.argv[1])
    else:
        from viewer.app.demo_folder import demo_folder

        export = demo_folder()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    picture = subprocess.run(
        [sys.executable, str(CHILD), "picture", str(export)], capture_output=True, text=True
    ).stdout.strip()
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(runs + 1):
        times["bare"].append(run("bare", Path(picture)))
        times["ours"].append(run("ours", export))
    bare, ours = (statistics.median(times[kind][1:]) for kind in ("bare", "ours"))
    print(
        f"bare window with {Path(picture).name}: {bare:.3f} s   ours, labelled: {ours:.3f} s   ratio {ours / bare:.2f} (goal 1.5)"
    )


if __name__ == "__main__":
    main()
