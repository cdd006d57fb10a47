"""PDF documents written by hand: text in the fonts that every viewer has, lines and areas."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from viewer.demo.geometry import Frame, Point

Ink = tuple[float, float, float]
"""Red, green, blue, 0 to 1."""
BLACK: Ink = (0.1, 0.12, 0.16)
WIDTHS = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""Of the letters of Helvetica from the space to the tilde, in thousandths of the size."""
_ASCENT, _DESCENT = 0.74, 0.22
"""How far letters reach above and below their line, in sizes."""


class Page:
    """A page that is drawn on in points, y down from the top, as labels are."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._said: list[str] = []

    def text(self, x: float, y: float, words: str, size: float, ink: Ink = BLACK, *, right: bool = False) -> Box:
        """Words on a line at `y`, from `x` on, or up to it; the box that they fill."""
        width = text_width(words, size)
        left = x - width if right else x
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self._say(f"BT {_ink(ink)} rg /F {size:g} Tf {left:.2f} {self._up(y):.2f} Td ({escaped}) Tj ET")
        return (left, y - _ASCENT * size, width, (_ASCENT + _DESCENT) * size)

    def area(self, points: Sequence[Point], ink: Ink) -> None:
        self._say(f"{_ink(ink)} rg {self._path(points)} h f")

    def rectangle(self, x: float, y: float, w: float, h: float, ink: Ink) -> None:
        self._say(f"{_ink(ink)} rg {x:.2f} {self._up(y + h):.2f} {w:.2f} {h:.2f} re f")

    def line(self, points: Sequence[Point], width: float, ink: Ink = BLACK, *, closed: bool = False) -> None:
        self._say(f"{_ink(ink)} RG {width:g} w 1 j 1 J {self._path(points)} {'s' if closed else 'S'}")

    def drawn(self) -> bytes:
        """The operators that draw the page."""
        return "\n".join(self._said).encode("cp1252")

    def _say(self, operators: str) -> None:
        self._said.append(operators)

    def _path(self, points: Sequence[Point]) -> str:
        return " ".join(f"{x:.2f} {self._up(y):.2f} {'m' if not at else 'l'}" for at, (x, y) in enumerate(points))

    def _up(self, y: float) -> float:
        return self.frame.height - y


Box = tuple[float, float, float, float]
"""x, y, width, height in points, y down."""


def text_width(words: str, size: float) -> float:
    """In Helvetica, in points; letters with an accent are as wide as those without."""
    return sum(WIDTHS[ord(unicodedata.normalize("NFD", letter)[0]) - 32] for letter in words) * size / 1000


def write_pdf(pages: Sequence[Page], path: Path) -> None:
    """Raises OSError if it cannot be written."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for at, page in enumerate(pages):
        sheet = f"/MediaBox [0 0 {page.frame.width} {page.frame.height}] /Resources << /Font << /F 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {sheet} /Contents {5 + 2 * at} 0 R >>".encode())
        drawn = page.drawn()
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
    path.write_bytes(_assembled(objects))


def _assembled(objects: Sequence[bytes]) -> bytes:
    """Objects counted from 1, and the table of where each begins."""
    made, places = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + end.encode()


def _ink(ink: Ink) -> str:
    return " ".join(f"{part:.3g}" for part in ink)
