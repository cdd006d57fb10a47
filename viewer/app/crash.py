"""Mistakes of ours: each is logged once with where it happened, and the window says so in one quiet line."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QStandardPaths, QtMsgType, qInstallMessageHandler

LARGEST_LOG = 1_000_000

_log = logging.getLogger("viewer")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> Path:
    """Where mistakes are written down: in the user's own folder of state."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    return Path(folder) / "label-viewer" / "log.txt"


class Discreet(logging.Formatter):
    """Leaves out what an exception says that came from reading DICOM, as it may repeat the value of a tag."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler's wording of the exception, which would be taken over
        return super().format(record)

    def formatException(self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | Any) -> str:
        error: BaseException | None = ei[1]
        chain: list[BaseException] = []
        while error is not None and error not in chain:
            chain.append(error)
            error = error.__cause__ or error.__context__
        if not any(_reads_dicom(error) for error in chain):
            return super().formatException(ei)
        parts = ["".join(traceback.format_tb(e.__traceback__)) + type(e).__name__ for e in reversed(chain)]
        return "\n\nthen\n\n".join(parts)


def _reads_dicom(error: BaseException) -> bool:
    files = (Path(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__))
    return any("pydicom" in file.parts or file.stem.startswith("dicom") for file in files)


def start_logging(file: Path | None) -> None:
    """To the file, or to standard error where it cannot be written.

    Titles and paths of exports are never logged, nor values of DICOM tags.
    """
    handler: logging.Handler
    try:
        if file is None:
            raise OSError
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)


def catch_everything(tell: Callable[[str], None]) -> None:
    """Exceptions that nothing expected, in any thread, and what Qt complains of go to the log.

    `tell` gets a sentence for the user, once for each place; it may be called from any thread.
    """
    told: set[tuple[str, int]] = set()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("unexpected", exc_info=(kind, error, trace))
        place = _place(trace)
        if place not in told:
            told.add(place)
            tell(
                f"Something went wrong ({kind.__name__} in {place[0]}, line {place[1]}); the details are in {log_file()}"
            )

    sys.excepthook = hook
    threading.excepthook = lambda given: hook(
        given.exc_type, given.exc_value or RuntimeError("unknown"), given.exc_traceback
    )
    sys.unraisablehook = lambda given: _log.error("unraisable: %s", given.err_msg, exc_info=given.exc_value)
    qInstallMessageHandler(_from_qt)


def _place(trace: TracebackType | None) -> tuple[str, int]:
    last = trace
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return (Path(last.tb_frame.f_code.co_filename).name, last.tb_lineno) if last else ("?", 0)


def _from_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s", message)
