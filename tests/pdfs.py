"""Small PDF documents for tests, written out by hand."""

from __future__ import annotations

import threading
from pathlib import Path

from viewer.media.source import Source, file_source

MARK = "0.8 0 0 rg 40 50 60 20 re f"
"""A red box: 40 to 100 points from the left, 50 to 70 from the bottom."""


def pdf(*pages: str | tuple[str, str], extra: tuple[str, ...] = (), catalog: str = "") -> bytes:
    """Pages of drawing operators, each with entries of its own if given, on 200 x 300 points unless those say otherwise.

    Objects 1 and 2 are the catalog and the tree, 3 and 4 the first page and what is drawn on it; then the other pages,
    then those in `extra`, each a whole object.
    """
    written = [page if isinstance(page, tuple) else (page, "") for page in pages]
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(written)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(written)} >>",
    ]
    for at, (content, entries) in enumerate(written):
        box = "" if "/MediaBox" in entries else "/MediaBox [0 0 200 300]"
        fonts = "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {entries} {fonts} /Contents {4 + 2 * at} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return assembled([*objects, *extra])


def assembled(objects: list[str], trailer: str = "") -> bytes:
    """Objects counted from 1, with the table of where they are."""
    made = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + (table + end).encode()


def written(folder: Path, data: bytes, name: str = "paper.pdf") -> Source:
    (folder / name).write_bytes(data)
    return file_source(folder / name, folder)


def together(count: int, work) -> None:
    """`work(number)` in so many threads at once; what one of them raises is raised here."""
    failed: list[BaseException] = []

    def attempt(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
