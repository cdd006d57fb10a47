"""Indexes of videos kept in a folder, so that a long video opens at once the second time."""

from __future__ import annotations

import json
import os
import tempfile
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from viewer.media.source import Source
from viewer.media.video_index import Packets, VideoIndex
from viewer.size import Size

VERSION = 2
"""Of what is written: files of another version are made anew."""
MOST_FILES = 500
"""Indexes that are kept; those not used for longest go first."""

_COLUMNS = ("pts", "dts", "sizes", "keys", "dropped")


def load(source: Source, folder: Path | None) -> VideoIndex | None:
    """The index of this very file, same path, size and time of change; None where there is none that can be read."""
    path = _path(source, folder)
    if path is None or not path.is_file():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            facts: dict[str, Any] = json.loads(str(found["facts"]))
            packets = Packets(**{name: found[name] for name in _COLUMNS}, cut=facts.pop("cut"))
            size = Size(*facts.pop("size"))
            index = VideoIndex(packets, found["order"], found["seconds"], size, **facts)
        os.utime(path)
    except (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, BadZipFile, zlib.error):
        return None  # of another version, or damaged: it is made anew
    return index


def save(index: VideoIndex, source: Source, folder: Path | None) -> None:
    """Whole or not at all; a folder that cannot be written is no error, only slower the next time."""
    path = _path(source, folder)
    if path is None:
        return
    facts = {
        "size": [index.size.width, index.size.height],
        "rotation": index.rotation,
        "format": index.format,
        "codec": index.codec,
        "rate": index.rate,
        "inexact": index.inexact,
        "tick": index.tick,
        "reorders": index.reorders,
        "decoded": index.decoded,
        "by_time": index.by_time,
        "cut": index.packets.cut,
    }
    columns = asdict(index.packets)
    part: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            part = file.name
            np.savez(
                file,
                facts=json.dumps(facts),
                order=index.order,
                seconds=index.seconds,
                **{name: columns[name] for name in _COLUMNS},
            )
        os.replace(part, path)
        _drop_oldest(path.parent)
    except OSError:
        if part is not None:
            Path(part).unlink(missing_ok=True)


def _path(source: Source, folder: Path | None) -> Path | None:
    """Files in archives have no index of their own: the archive is read anew at each start anyhow."""
    if folder is None or source.path is None:
        return None
    import hashlib

    import av

    # another FFmpeg may list other packets
    key = f"{VERSION} {av.__version__} {os.path.realpath(source.path)} {source.bytes_size} {source.modified}"
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"


def _drop_oldest(folder: Path) -> None:
    kept = sorted(folder.glob("*.npz"), key=lambda path: path.stat().st_mtime)
    for path in kept[: max(len(kept) - MOST_FILES, 0)]:
        path.unlink(missing_ok=True)
