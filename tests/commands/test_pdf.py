"""PDF rows on the command line: `inspect`, `check` and `render` say and draw the same pages."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pdfs import MARK, pdf
from tests.rows import blob, box, row, unit, written
from viewer.__main__ import main

pytestmark = pytest.mark.usefixtures("qapp")


def export(folder: Path, labels: dict, data: bytes, **more: object) -> Path:
    (folder / "paper.pdf").write_bytes(data)
    document = unit(labels, mime="application/pdf", data_title="paper.pdf", width=0, height=0, data_fps=0, **more)
    return written(folder, [row(document, data_type="pdf", data_title="paper.pdf")])


def asked(capsys: pytest.CaptureFixture[str], *arguments: object) -> object:
    main([*map(str, arguments)])
    return json.loads(capsys.readouterr().out)


def test_inspect_and_render_agree_on_pixels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    on_mark = box("mark", 40 / 200, 230 / 300, 60 / 200, 20 / 300)
    data = pdf((MARK, ""), ("0.8 0 0 rg 100 200 80 40 re f", "/MediaBox [0 0 400 300] /Rotate 90"))
    path = export(tmp_path, {"0": blob(on_mark), "1": blob(box("turned", 200 / 300, 0.25, 40 / 300, 0.2))}, data)
    (listed,) = asked(capsys, "inspect", path)["rows"]
    (told,) = listed["units"]
    assert (told["kind"], told["width"], told["height"], told["frames"]) == ("pdf", 1000, 1500, 2)
    for page, size in enumerate([(1000, 1500), (1125, 1500)]):
        target = tmp_path / f"{page}.png"
        assert (
            main(
                [
                    "render",
                    str(path),
                    "--frame",
                    str(page),
                    "--fill",
                    "0",
                    "--outline",
                    "0",
                    "--no-captions",
                    "-o",
                    str(target),
                ]
            )
            == 0
        )
        with Image.open(target) as image:
            pixels = np.asarray(image.convert("RGB")).astype(int)
        assert pixels.shape[1::-1] == size
        ((annotation),) = listed["annotations"][told["id"]][str(page)]
        want = annotation["pixels"]
        red = (pixels[..., 0] > 150) & (pixels[..., 1] < 100)
        rows, columns = red.any(axis=1).nonzero()[0], red.any(axis=0).nonzero()[0]
        drawn = (columns[0], rows[0], columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0])
        if page == 0:
            assert drawn == pytest.approx((want["x"], want["y"], want["w"], want["h"]), abs=1)
        else:
            assert drawn == pytest.approx((200 * 3.75, 100 * 3.75, 40 * 3.75, 80 * 3.75), abs=1)


def test_check_names_pages_beyond_the_end_and_counts_that_differ(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = {"0": blob(box("a")), "4": blob(box("b")), "7": blob(box("c"))}
    problems = asked(capsys, "check", export(tmp_path, labels, pdf(MARK)), "--json")
    (found,) = [problem for problem in problems if problem["where"] == "paper.pdf"]
    assert found["severity"] == "warning"
    assert found["what"].startswith("page 5 lies beyond the end: the document has 1 page (and 1 labelled page more)")


def test_check_names_a_labelled_page_that_cannot_be_drawn_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = pdf((MARK, ""), (MARK, "/CropBox [500 500 600 600]"))
    problems = asked(capsys, "check", export(tmp_path, {"0": blob(box("a")), "1": blob(box("b"))}, data), "--json")
    errors = [problem["what"] for problem in problems if problem["severity"] == "error"]
    assert errors == ["page 2 has no size: paper.pdf; labels are shown on a plain canvas"]


def test_a_sound_document_has_nothing_wrong_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "check", export(tmp_path, {"0": blob(box("a"))}, pdf(MARK)), "--json") == []


def test_labels_of_text_on_a_document_are_listed_with_their_ranges(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = {
        "objectHash": "words", "featureHash": "cls00001", "name": "Clause", "value": "clause", "color": "#00AA00",
        "shape": "text", "classifications": [], "range": [[3, 17]], "createdBy": "ann@example.org",
    }  # fmt: skip
    (tmp_path / "paper.pdf").write_bytes(pdf(MARK))
    document = unit({}, mime="application/pdf", data_title="paper.pdf", width=0, height=0, data_fps=0)
    path = written(tmp_path, [row(document, data_type="pdf", object_answers={"words": answer})])
    told = asked(capsys, "inspect", path)
    (found,) = told["rows"][0]["objects"]
    assert (found["ranges"], found["unit_of_range"], found["texts"]) == ([[3, 17]], "characters", [None])
    (note,) = [problem for problem in told["problems"] if problem["where"] == "paper.pdf"]
    assert note["severity"] == "note" and "1 label of text" in note["what"]
