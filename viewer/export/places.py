"""Where files are looked for: folders and zip archives that the user opened, listed once, never left."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from viewer.errors import Report, ViewerError
from viewer.media.source import Source, lies_inside, listed_source

MOST_FILES = 300_000
"""Of a folder; what lies beyond is not looked at, and that is said."""
LARGEST_RATIO, RATIO_COUNTS_FROM = 200, 100_000_000
"""A zip entry that unpacks to more than this many times its size is refused, once it is this large."""
ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
"""What the standard library raises for archives that are damaged, or packed in a way that it does not know."""


def folder_sources(root: Path, report: Report) -> Iterator[Source]:
    """Regular files below `root`, in the order of their names; links that lead outside are named, not followed."""
    count = 0
    real_root, above = os.path.realpath(root), os.path.join(root, "")
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            if name.startswith("._"):
                continue
            path = os.path.join(folder, name)
            found = stat_of(path)
            if found is None or not stat.S_ISREG(found.st_mode):
                continue
            if os.path.islink(path) and not lies_inside(os.path.realpath(path), real_root):
                report.warning(
                    "a link that leads outside the opened folder; not followed", f"/{os.path.relpath(path, root)}"
                )
                continue
            count += 1
            if count > MOST_FILES:
                report.warning(
                    f"more than {MOST_FILES:,} files; media are looked for among the first {MOST_FILES:,} only"
                )
                return
            yield listed_source(Path(path), root, path[len(above) :], found, real_root)


def stat_of(path: str) -> os.stat_result | None:
    """Of a file or folder; None where there is none that can be asked."""
    try:
        return os.stat(path)
    except OSError:
        return None


def zip_sources(path: Path, report: Report) -> list[Source]:
    """Entries of a zip archive, read as streams, never unpacked to disk. Raises ViewerError for a damaged archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
        size = path.stat().st_size
    except _DAMAGE as error:
        raise ViewerError(f"damaged zip archive ({error}): {path}") from error
    made: list[Source] = []
    for name, count in Counter(entry.filename for entry in entries if not entry.is_dir()).items():
        if count > 1:
            report.warning(f"{count} entries of the archive have this name; each is looked at", f"/{name}")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if entry.is_dir() or _is_litter(name):
            continue
        refusal = _refusal(entry, name, size)
        if refusal:
            severity = "warning" if "outside" in refusal else "error"
            report.say(severity, f"{refusal}; this entry was not opened", f"/{name}")
            continue
        made.append(_zip_source(path, entry))
    return sorted(made, key=lambda source: source.name)


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _refusal(entry: zipfile.ZipInfo, name: str, archive_size: int) -> str | None:
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return "the name leads outside the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, which could lead outside the archive"
    if entry.flag_bits & ENCRYPTED:
        return "encrypted with a password, which cannot be read here"
    # an entry says itself how large it is when packed, and cannot be larger than the archive
    packed = max(min(entry.compress_size, archive_size), 1)
    if entry.file_size > RATIO_COUNTS_FROM and entry.file_size > LARGEST_RATIO * packed:
        return f"unpacks to {entry.file_size:,} bytes, {entry.file_size // packed:,} times its size (ratio too large)"
    return None


def _zip_source(path: Path, entry: zipfile.ZipInfo) -> Source:
    def read() -> bytes:
        try:
            with zipfile.ZipFile(path) as archive, archive.open(entry) as stream:
                # the header's size bounds what is read, whatever the stream would give
                return stream.read(entry.file_size)
        except _DAMAGE as error:
            raise ViewerError(f"damaged zip entry ({error}): {path}/{entry.filename}") from error

    def front() -> BinaryIO:
        try:
            with zipfile.ZipFile(path) as archive:
                # the stream keeps the archive's file open until it is closed itself
                return cast(BinaryIO, archive.open(entry))
        except _DAMAGE as error:
            raise ViewerError(f"damaged zip entry ({error}): {path}/{entry.filename}") from error

    return Source(
        name=entry.filename.replace("\\", "/"),
        path=None,
        read=read,
        bytes_size=entry.file_size,
        modified=path.stat().st_mtime,
        front=front,
    )
