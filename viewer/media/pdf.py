"""PDF documents: pages as pictures, drawn by PDFium. Nothing of a document is run, followed or fetched."""

from __future__ import annotations

import atexit
import ctypes
import math
import re
import threading
import weakref
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.errors import ViewerError, escaped
from viewer.media.kinds import Picture
from viewer.media.source import Source
from viewer.size import Size

PER_POINT = 2.0
"""Pixels of a picture to a point (1/72 inch) of its page, which is 144 dpi."""
SHORTEST, LONGEST = 1_500, 4_000
"""What the long side of a picture has at least and at most, in pixels."""
MAX_BYTES = 2 << 30
"""Larger files are refused, as all of a file is read."""
END_WITHIN = 2_048
"""Bytes at the end of a file among which its last line is looked for."""

_pdfium_lock = threading.RLock()
"""PDFium does one thing at a time, whatever the document. Its owner may be interrupted by the collector, which closes
documents that nobody has any more: hence reentrant."""
_WHITE = 0xFFFFFFFF


class Pdf:
    """`Pictures` of one document, a frame a page; safe in several threads.

    The picture of a page is what is seen in it: the crop box, turned, on white, with annotations and form fields as
    they stand. It has `PER_POINT` pixels a point, or what brings its long side within `SHORTEST` and `LONGEST`; UserUnit
    is left out of account. Its sides are rounded to whole pixels, over which the page is stretched, so that fractions of
    the page are fractions of the picture.
    """

    def __init__(self, source: Source) -> None:
        """Raises ViewerError with a sentence where it cannot be opened."""
        self._source = source
        self._name = escaped(source.name)
        self._document: _Document | None = None
        self._points: dict[int, tuple[float, float]] = {}
        with _pdfium_lock:
            document = self._opened()
            self._count: int = document.pdfium.FPDF_GetPageCount(document.handle)
        self.warnings = _warnings(document.data)
        """What is wrong with the file though it is shown."""

    @property
    def count(self) -> int:
        """Pages."""
        return self._count

    def points(self, page: int) -> tuple[float, float] | None:
        """Width and height of a page as it is seen, in points; None where it has none."""
        if page not in self._points:
            with _pdfium_lock:
                document = self._opened()
                size = document.pdfium.FS_SIZEF()
                if not document.pdfium.FPDF_GetPageSizeByIndexF(document.handle, page, ctypes.byref(size)):
                    return None
                self._points[page] = (size.width, size.height)
        width, height = self._points[page]
        is_sound = all(math.isfinite(side) and side > 0 for side in (width, height))
        return (width, height) if is_sound else None

    def size(self, frame: int) -> Size | None:
        try:
            points = self.points(frame)
        except ViewerError:
            return None  # said where the picture is wanted
        return picture_size(*points) if points else None

    def picture(self, frame: int) -> Picture:
        """Draw one page. Raises ViewerError where there is none, or it cannot be read."""
        if not 0 <= frame < self.count:
            raise ViewerError(f"{beyond_the_end(frame, self.count)}: {self._name}")
        points = self.points(frame)
        if points is None:
            raise ViewerError(f"page {frame + 1:,} has no size: {self._name}")
        size = picture_size(*points)
        shown = self._drawn(frame, size, 0, 0, *size)

        def closer(scale: float, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
            whole = Size(round(size.width * scale), round(size.height * scale))
            return self._drawn(frame, whole, left, top, width, height)

        return Picture(size, shown, shown[..., 2::-1], ("R", "G", "B"), closer=closer)

    def close(self) -> None:
        """Give up what is kept; it is read again when a page is asked for."""
        with _pdfium_lock:
            if self._document is not None:
                self._document.close()
                self._document = None

    def _opened(self) -> _Document:
        """Only with the lock held."""
        if self._document is None:
            self._document = _Document(_data_of(self._source), self._name)
        return self._document

    def _drawn(self, page: int, whole: Size, left: int, top: int, width: int, height: int) -> NDArray[np.uint8]:
        """A part of the page, which is as large as `whole`, shape (height, width, 4)."""
        try:
            shown = np.full((height, width, 4), 255, np.uint8)
            with _pdfium_lock:
                self._draw(shown, page, whole, left, top)
        except MemoryError as error:
            raise ViewerError(f"There is not enough memory for this page: {self._name}") from error
        shown[..., 3] = 255  # of which PDFium says nothing
        return shown

    def _draw(self, shown: NDArray[np.uint8], page: int, whole: Size, left: int, top: int) -> None:
        document = self._opened()
        pdfium = document.pdfium
        height, width = shown.shape[:2]
        loaded = pdfium.FPDF_LoadPage(document.handle, page)
        if not loaded:
            raise ViewerError(f"page {page + 1:,} is damaged and cannot be shown: {self._name}")
        bitmap = pdfium.FPDFBitmap_CreateEx(
            width, height, pdfium.FPDFBitmap_BGRx, shown.ctypes.data_as(ctypes.c_void_p), shown.strides[0]
        )
        part = (bitmap, loaded, -left, -top, *whole, 0, pdfium.FPDF_ANNOT)
        pdfium.FPDF_RenderPageBitmap(*part)
        if document.form:
            pdfium.FORM_OnAfterLoadPage(loaded, document.form)
            pdfium.FPDF_FFLDraw(document.form, *part)
            pdfium.FORM_OnBeforeClosePage(loaded, document.form)
        pdfium.FPDFBitmap_Destroy(bitmap)
        pdfium.FPDF_ClosePage(loaded)


def picture_size(width: float, height: float) -> Size:
    """Pixels of the picture of a page with these sides in points."""
    longest = max(width, height)
    scale = min(max(PER_POINT * longest, SHORTEST), LONGEST) / longest
    return Size(max(round(width * scale), 1), max(round(height * scale), 1))


def beyond_the_end(page: int, count: int) -> str:
    """'page 9 lies beyond the end: the document has 1 page'; `page` counts from 0."""
    return f"page {page + 1:,} lies beyond the end: the document has {count:,} page{'s' * (count != 1)}"


class _Document:
    """A handle of PDFium's, with the bytes that it reads from; made and closed with the lock held."""

    def __init__(self, data: bytes, name: str) -> None:
        self.pdfium = pdfium = _pdfium()
        self.data = data
        self.handle: Any = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.handle:
            refusal = _refusal(pdfium, data)
            self.data = _ended(data)
            self.handle = pdfium.FPDF_LoadMemDocument64(self.data, len(self.data), None)
            if not self.handle:
                raise ViewerError(f"{refusal}: {name}")
        self.form: Any = None
        """What draws the fields of a form; null for documents without one."""
        kept: list[Any] = [self.data]
        if pdfium.FPDF_GetFormType(self.handle) != pdfium.FORMTYPE_NONE:
            # without calls of ours in it, nothing that a field would have done is done
            kept.append(pdfium.FPDF_FORMFILLINFO(version=2))
            self.form = pdfium.FPDFDOC_InitFormFillEnvironment(self.handle, kept[-1])
        self.close = weakref.finalize(self, _close, pdfium, self.handle, self.form, kept)
        self.close.atexit = False


def _close(pdfium: ModuleType, handle: Any, form: Any, _kept: list[Any]) -> None:
    """`_kept` is what PDFium reads from as long as the document is open."""
    with _pdfium_lock:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)
        pdfium.FPDF_CloseDocument(handle)


@cache
def _pdfium() -> ModuleType:
    """PDFium, loaded where the first document is opened."""
    try:
        import pypdfium2.raw
    except (ImportError, OSError) as error:
        raise ViewerError("PDF needs the package pypdfium2, which is missing: pip install pypdfium2") from error
    # at the end of the process pypdfium2 ends PDFium: before that wait for the page that is being drawn, and let no
    # further one begin
    atexit.register(_pdfium_lock.acquire)
    return pypdfium2.raw


def _data_of(source: Source) -> bytes:
    if source.bytes_size > MAX_BYTES:
        size = f"{source.bytes_size:,} bytes, at most {MAX_BYTES:,} are read"
        raise ViewerError(f"The file is too large: {size}: {escaped(source.name)}")
    return source.read()


def _refusal(pdfium: ModuleType, data: bytes) -> str:
    """Why a document was not opened."""
    error = pdfium.FPDF_GetLastError()
    if not data:
        return "The file is empty"
    if error == pdfium.FPDF_ERR_PASSWORD:
        return "The document is protected by a password, so it cannot be shown"
    if error == pdfium.FPDF_ERR_SECURITY:
        return "The document is encrypted in a way that is not known"
    if b"%PDF-" not in data[:1024]:
        return "This is no PDF document"
    return "The document is damaged and cannot be read"


def _ended(data: bytes) -> bytes:
    """The same with an end that names its catalog, for want of which a file that was cut short cannot be read."""
    found = re.search(rb"(\d{1,7}) (\d{1,5}) obj\s*<<[^>]*/Type\s*/Catalog\b", data)
    return data + b"\ntrailer\n<< /Root %b %b R >>\n" % found.groups() if found else data


def _warnings(data: bytes) -> tuple[str, ...]:
    if b"%%EOF" in data[-END_WITHIN:]:
        return ()
    return ("the file does not end as a PDF does (no %%EOF): it may be cut short, and what was found of it is shown",)
