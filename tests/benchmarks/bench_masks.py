"""Decoding 100 masks of 1080p, against pycocotools decoding the same: one run, one ratio."""

from __future__ import annotations

import statistics
import time

import numpy as np
from pycocotools import mask as coco

from viewer.shapes.bitmask import run_lengths, unpacked

WIDTH, HEIGHT, COUNT, RUNS = 1920, 1080, 100, 7


def masks() -> list[tuple[str, bytes]]:
    """Blobs such as objects have; (row-major code as exported, the same for pycocotools with sides swapped)."""
    rng = np.random.default_rng(1)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    made: list[tuple[str, bytes]] = []
    for _ in range(COUNT):
        x, y = rng.uniform(100, WIDTH - 100), rng.uniform(100, HEIGHT - 100)
        a, b, wave = rng.uniform(30, 160), rng.uniform(30, 160), rng.uniform(0, 6)
        angle = np.arctan2(rows - y, columns - x)
        inside = ((columns - x) / a) ** 2 + ((rows - y) / b) ** 2 < 1 + 0.15 * np.sin(7 * angle + wave)
        counts = coco.encode(np.asfortranarray(inside.T.astype(np.uint8)))["counts"]
        made.append((counts.decode(), counts))
    return made


def main() -> None:
    made = masks()
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        mine = [unpacked(run_lengths(code), WIDTH, HEIGHT) for code, _ in made]
        middle = time.perf_counter()
        truth = [coco.decode({"counts": counts, "size": [WIDTH, HEIGHT]}).T for _, counts in made]
        ours.append(middle - start)
        theirs.append(time.perf_counter() - middle)
    for (mask, left, top), whole in zip(mine, truth, strict=True):
        rows, columns = mask.shape
        assert np.array_equal(mask, whole[top : top + rows, left : left + columns]) and mask.sum() == whole.sum()
    mine_ms, their_ms = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(
        f"100 masks of 1080p: ours {mine_ms:.1f} ms, pycocotools {their_ms:.1f} ms, ratio {mine_ms / their_ms:.3f} (goal 0.1)"
    )


if __name__ == "__main__":
    main()
