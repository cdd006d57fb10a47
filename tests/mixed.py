"""An export with a row of every kind that is not a video or series: sound, text, page, document, picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.pdfs import MARK, pdf
from tests.ranged import folder_of, letter, news, speech
from tests.rows import blob, box, row, unit, written

KINDS = ("audio", "text", "html", "pdf", "image")
"""Of the units of its rows, one after another."""


def mixed(folder: Path) -> Path:
    """The export, with its media beside it."""
    folder.mkdir(exist_ok=True)
    folder_of(folder)
    (folder / "paper.pdf").write_bytes(pdf((MARK, ""), ("", "")))
    Image.new("RGB", (64, 48), (9, 99, 200)).save(folder / "photo.png")
    paper = unit({"0": blob(box("mark"))}, mime="application/pdf", data_title="paper.pdf", width=0, height=0)
    picture = unit(blob(box("car")), "picture", width=64, height=48)
    documents = [
        row(paper, data_type="pdf", data_title="paper.pdf", label_hash="paper", data_hash="data0001"),
        row(picture, data_title="photo.png", label_hash="photo", data_hash="picture"),
    ]
    return written(folder, [speech(), letter(), news(), *documents])
