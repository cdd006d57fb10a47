"""One media file, wherever it lies: on disk or inside an archive."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from viewer.errors import ViewerError, escaped

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

_FOLDER = "This is a folder, not a file"
_NO_FILE = "This is a pipe or a device, not a file"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read any number of times, from any thread."""

    name: str
    """For messages."""
    path: Path | None
    """None inside an archive."""
    read: Callable[[], bytes]
    """All of it. Raises ViewerError."""
    bytes_size: int
    modified: float
    """Seconds since 1970; 0 where unknown."""
    stream: Callable[[], BinaryIO] | None = None
    """For reading headers only; without it all of the file is read."""
    front: Callable[[], BinaryIO] | None = None
    """For reading the beginning, where going back is slow."""

    def open_front(self) -> BinaryIO:
        """A seekable stream of which the beginning is read, to be closed by the caller. Raises ViewerError."""
        return self.front() if self.front else self.open()

    def open(self) -> BinaryIO:
        """A seekable stream, to be closed by the caller. Raises ViewerError."""
        return self.stream() if self.stream else io.BytesIO(self.read())


def file_source(path: Path, root: Path, name: str | None = None) -> Source:
    """The regular file at `path`, which must lie inside the opened `root` after all links are followed.

    Raises ViewerError with one sentence where it does not, is no regular file or cannot be read; so do the later reads.
    """
    called = name or path.name
    with _open(path, root, called) as file:
        return listed_source(path, root, called, os.fstat(file.fileno()))


def listed_source(path: Path, root: Path, name: str, status: os.stat_result, inside: str | None = None) -> Source:
    """The same for a file that a listing of `root` has just looked at: it is opened, and checked, when it is read.

    `inside` is the root with all links followed, where that is known.
    """

    def stream() -> BinaryIO:
        return _open(path, root, name, inside)

    def read() -> bytes:
        with stream() as file:
            try:
                return file.read()
            except OSError as error:
                raise ViewerError(_sentence(error, name)) from error

    return Source(name, path, read, status.st_size, status.st_mtime, stream)


def lies_inside(path: str, root: str) -> bool:
    """Whether a path is the root or below it; both with all links followed."""
    return path == root or path.startswith(os.path.join(root, ""))


def real_below(path: str, root: str, inside: str) -> str:
    """`os.path.realpath` of a path, `inside` being that of `root`, below which alone it looks for links."""
    above = os.path.join(root, "")
    parts = path[len(above) :].split("/") if path.startswith(above) and os.name == "posix" else [".."]
    real = inside
    for part in parts:
        real = os.path.join(real, part)
        if part in ("", ".", "..") or os.path.islink(real):
            return os.path.realpath(path)
    return real


def _open(path: Path, root: Path, name: str, inside: str | None = None) -> BinaryIO:
    inside = inside or os.path.realpath(root)
    real = real_below(str(path), str(root), inside)
    if not lies_inside(real, inside):
        raise ViewerError(f"This file leads outside of what was opened and is left alone: {escaped(name)}")
    try:
        # Not blocking, so that a pipe in place of the file is seen for what it is instead of being waited for
        descriptor = os.open(real, _FLAGS)
    except OSError as error:
        raise ViewerError(_sentence(error, name)) from error
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise ViewerError(f"{_FOLDER if stat.S_ISDIR(mode) else _NO_FILE}: {escaped(name)}")
    return os.fdopen(descriptor, "rb")


def _sentence(error: OSError, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        what = "The file was not found"
    elif isinstance(error, IsADirectoryError):
        what = _FOLDER
    elif isinstance(error, PermissionError):
        what = "The file may not be read by you"
    elif error.errno in (errno.ENXIO, errno.ELOOP):
        what = _NO_FILE
    else:
        what = f"The file cannot be read ({error.strerror or 'unknown reason'})"
    return f"{what}: {escaped(name)}"
