"""Pages of PDF documents, held against poppler, Qt's own PDF classes, and documents that Qt writes."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.pdfs import MARK, assembled, pdf, together, written
from viewer.errors import ViewerError
from viewer.media.pdf import LONGEST, SHORTEST, Pdf, picture_size
from viewer.size import Size

GREEN = "0 0.6 0 rg 150 250 30 40 re f"
PAGES = {
    "upright": (f"{MARK} {GREEN}", ""),
    "turned by 90": (f"{MARK} {GREEN}", "/Rotate 90"),
    "turned by 180": (f"{MARK} {GREEN}", "/Rotate 180"),
    "turned by 270": (f"{MARK} {GREEN}", "/Rotate 270"),
    "turned back by 90": (f"{MARK} {GREEN}", "/Rotate -90"),
    "cropped": (f"{MARK} {GREEN}", "/CropBox [20 30 190 295]"),
    "cropped and turned": (f"{MARK} {GREEN}", "/CropBox [20 30 190 295] /Rotate 90"),
    "cropped beyond the sheet": (f"{MARK} {GREEN}", "/CropBox [-50 -50 190 295]"),
    "landscape": (f"{MARK} {GREEN}", "/MediaBox [0 0 400 300]"),
    "with an origin elsewhere": (f"{MARK} {GREEN}", "/MediaBox [-10 -20 190 310]"),
    "corners the other way round": (f"{MARK} {GREEN}", "/MediaBox [200 300 0 0]"),
    "of odd sides": (f"{MARK} {GREEN}", "/MediaBox [0 0 201.37 305.91]"),
}


def place(picture: np.ndarray, red_or_green: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all that is more of one colour than of the other, as parts of the picture.

    `picture` (height, width, 3) as red, green, blue. Edges are found to parts of a pixel by how much ink they have.
    """
    inked = np.clip(picture[..., red_or_green].astype(float) - picture[..., 1 - red_or_green], 0, None)
    along = inked.sum(0) / inked.sum(0).max(), inked.sum(1) / inked.sum(1).max()
    ends = []
    for line in along:
        found = np.flatnonzero(line > 0.004)
        first, last = found[0], found[-1]
        ends.append(((first + 1 - line[first]) / len(line), (last + line[last]) / len(line)))
    return ends[0][0], ends[1][0], ends[0][1], ends[1][1]


def seen(document: Pdf, page: int = 0) -> np.ndarray:
    return document.picture(page).values


def assert_same_places(ours: np.ndarray, theirs: np.ndarray, within: float = 1.0) -> None:
    for colour in (0, 1):
        for mine, other, side in zip(place(ours, colour), place(theirs, colour), (1, 0, 1, 0), strict=True):
            assert abs(mine - other) * min(ours.shape[side], theirs.shape[side]) <= within


@pytest.mark.parametrize("name", [name for name in PAGES if "beyond" not in name])  # which poppler takes as it stands
def test_marks_lie_where_poppler_draws_them(name: str, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm of poppler is not installed")
    source = written(tmp_path, pdf(PAGES[name]))
    command = ["pdftoppm", "-r", "144", "-cropbox", "-png", str(tmp_path / "paper.pdf"), str(tmp_path / "theirs")]
    subprocess.run(command, check=True)
    with Image.open(next(tmp_path.glob("theirs*.png"))) as theirs:
        assert_same_places(seen(Pdf(source)), np.asarray(theirs.convert("RGB")))


@pytest.mark.parametrize("name", PAGES)
def test_marks_lie_where_qt_draws_them(name: str, tmp_path: Path) -> None:
    qt_pdf = pytest.importorskip("PySide6.QtPdf")
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImage

    document = Pdf(written(tmp_path, pdf(PAGES[name])))
    theirs = qt_pdf.QPdfDocument(None)
    theirs.load(str(tmp_path / "paper.pdf"))
    points = theirs.pagePointSize(0)
    assert document.points(0) == pytest.approx((points.width(), points.height()), abs=0.01)
    size = document.size(0)
    image = theirs.render(0, QSize(*size)).convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(size.height, size.width, 4)
    white = 255 - pixels[..., 3:].astype(int) + pixels[..., :3]  # Qt leaves the sheet out, and its edges premultiplied
    assert_same_places(seen(document), np.clip(white, 0, 255), within=0.1)
    theirs.close()


def test_a_box_given_in_fractions_lies_on_the_one_that_was_drawn(tmp_path: Path) -> None:
    document = Pdf(written(tmp_path, pdf(PAGES["upright"])))
    size = document.size(0)
    assert size == document.picture(0).size == Size(1000, 1500)
    left, top, right, bottom = place(seen(document), 0)
    assert (left, right) == pytest.approx((40 / 200, 100 / 200), abs=0.5 / size.width)
    assert (top, bottom) == pytest.approx((1 - 70 / 300, 1 - 50 / 300), abs=0.5 / size.height)


def test_what_qt_writes_is_read(tmp_path: Path, qapp) -> None:
    from PySide6.QtCore import QMarginsF, QRectF, QSizeF
    from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter

    path = tmp_path / "qt.pdf"
    writer = QPdfWriter(str(path))
    writer.setResolution(72)
    for orientation in (QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape):
        writer.setPageLayout(
            QPageLayout(QPageSize(QSizeF(300, 400), QPageSize.Unit.Point), orientation, QMarginsF(0, 0, 0, 0))
        )
        if orientation == QPageLayout.Orientation.Portrait:
            painter = QPainter(writer)
        else:
            writer.newPage()
        painter.fillRect(QRectF(30, 40, 60, 100), QColor(200, 0, 0))
    painter.end()
    document = Pdf(written(tmp_path, path.read_bytes()))
    assert document.count == 2
    for page, (width, height) in enumerate([(300, 400), (400, 300)]):
        assert document.points(page) == pytest.approx((width, height), abs=1)
        found = place(seen(document, page), 0)
        wanted = (30 / width, 40 / height, 90 / width, 140 / height)
        assert found == pytest.approx(wanted, abs=1.5 / min(width, height))


def test_it_is_drawn_on_white_opaque_and_in_order_of_colours(tmp_path: Path) -> None:
    picture = Pdf(written(tmp_path, pdf("1 0 0 rg 0 0 100 300 re f"))).picture(0)
    assert picture.shown.dtype == np.uint8 and picture.shown.flags.c_contiguous and picture.opaque
    assert picture.shown[700, 100].tolist() == [0, 0, 255, 255] and picture.values[700, 100].tolist() == [255, 0, 0]
    assert picture.shown[700, 900].tolist() == [255, 255, 255, 255]
    assert (picture.shown[..., 3] == 255).all() and picture.channels == ("R", "G", "B")


@pytest.mark.parametrize(
    ("points", "size"),
    [
        ((595.276, 841.89), Size(1191, 1684)),
        ((612, 792), Size(1224, 1584)),
        ((100, 50), Size(1500, 750)),
        ((1, 1), Size(1500, 1500)),
        ((14_400, 14_400), Size(4000, 4000)),
        ((2e7, 1.0), Size(4000, 1)),
    ],
)
def test_pixels_of_a_page(points: tuple[float, float], size: Size) -> None:
    assert picture_size(*points) == size
    assert SHORTEST <= max(size) <= LONGEST


@pytest.mark.parametrize(
    ("entries", "points"),
    [
        ("/MediaBox [0 0 1 1]", (1, 1)),
        ("/MediaBox [0 0 14400 14400]", (14_400, 14_400)),
        ("/MediaBox [0 0 1000000 7]", (1_000_000, 7)),
        ("/MediaBox [0 0 0 0]", (612, 792)),
        ("/MediaBox [0 0 100 (x)]", (612, 792)),
        ("/MediaBox [0 0 400 300] /UserUnit 10", (400, 300)),
        ("/MediaBox [0 0 400 300] /Rotate 45", (400, 300)),
    ],
)
def test_absurd_pages_are_shown_within_bounds(entries: str, points: tuple[float, float], tmp_path: Path) -> None:
    document = Pdf(written(tmp_path, pdf((MARK, entries))))
    assert document.points(0) == pytest.approx(points)
    picture = document.picture(0)
    assert picture.size == document.size(0) and max(picture.size) <= LONGEST


def test_a_page_that_was_cropped_away_is_named(tmp_path: Path) -> None:
    document = Pdf(written(tmp_path, pdf((MARK, "/CropBox [500 500 600 600]"), MARK)))
    assert document.size(0) is None and document.size(1) == Size(1000, 1500)
    with pytest.raises(ViewerError, match=r"^page 1 has no size: paper\.pdf$"):
        document.picture(0)


def test_a_page_without_any_size_has_that_of_a_letter(tmp_path: Path) -> None:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R >>",
    ]
    assert Pdf(written(tmp_path, assembled(objects))).points(0) == (612, 792)


def test_annotations_and_form_fields_are_drawn_as_they_stand(tmp_path: Path) -> None:
    look = "<< /Type /XObject /Subtype /Form /BBox [0 0 60 20] /Length 31 >>\nstream\n0.8 0 0 rg 0 0 60 20 re f       \nendstream"
    stamp = "<< /Type /Annot /Subtype /Stamp /Rect [40 50 100 70] /F 4 /AP << /N 5 0 R >> >>"
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (HHHH) /Rect [20 200 180 240] /F 4 "
        "/DA (/Helv 30 Tf 0 0.6 0 rg) /MK << >> >>"
    )
    form = (
        "/AcroForm << /Fields [7 0 R] /NeedAppearances true /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv "
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    data = pdf(("", "/Annots [6 0 R 7 0 R]"), extra=(look, stamp, field), catalog=form)
    pixels = seen(Pdf(written(tmp_path, data)))
    assert place(pixels, 0) == pytest.approx((0.2, 1 - 70 / 300, 0.5, 1 - 50 / 300), abs=0.001)
    left, top, right, bottom = place(pixels, 1)
    assert left >= 0.1 and right <= 0.9 and top >= 0.2 and bottom <= 1 / 3


def test_scripts_and_links_do_nothing(tmp_path: Path) -> None:
    script = "<< /S /JavaScript /JS (app.alert\\(1\\); this.getField\\('a'\\);) >>"
    launch = "<< /S /Launch /F (/bin/false) >>"
    link = f"<< /Type /Annot /Subtype /Link /Rect [0 0 200 300] /A {launch} >>"
    data = pdf((MARK, f"/Annots [5 0 R] /AA << /O {script} >>"), extra=(link,), catalog=f"/OpenAction {script}")
    assert place(seen(Pdf(written(tmp_path, data))), 0) == pytest.approx((0.2, 1 - 70 / 300, 0.5, 5 / 6), abs=0.001)


def test_which_page_is_asked_for(tmp_path: Path) -> None:
    document = Pdf(written(tmp_path, pdf((MARK, ""), (GREEN, "/MediaBox [0 0 400 300]"))))
    assert document.count == 2
    assert document.size(1) == Size(1500, 1125) and document.size(2) is None
    assert place(seen(document, 1), 1) == pytest.approx((150 / 400, 10 / 300, 180 / 400, 50 / 300), abs=0.001)
    with pytest.raises(ViewerError, match=r"page 9 lies beyond the end: the document has 2 pages: paper\.pdf"):
        document.picture(8)


def test_a_page_that_is_no_page_is_named_and_the_others_shown(tmp_path: Path) -> None:
    good = pdf((MARK, ""), (MARK, ""))
    document = Pdf(written(tmp_path, good.replace(b"<< /Type /Page /Parent", b"[[ /Type /Page /Parent", 1)))
    assert document.count == 2
    pictures = []
    for page in range(2):
        try:
            pictures.append(document.picture(page))
        except ViewerError as error:
            assert "paper.pdf" in str(error) and f"page {page + 1}" in str(error)
    assert pictures


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"no pdf", "This is no PDF document"),
        (b"%PDF-1.7\n" + bytes(3000), "The document is damaged and cannot be read"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ViewerError, match=rf"^{said}: paper\.pdf$"):
        Pdf(written(tmp_path, data))


def test_what_is_left_of_one_that_was_cut_short_is_shown(tmp_path: Path) -> None:
    whole = pdf((MARK, ""), (GREEN, ""))
    document = Pdf(written(tmp_path, whole[: whole.index(b"xref")]))
    assert document.count == 2 and "cut short" in document.warnings[0]
    assert place(seen(document), 0) == pytest.approx((0.2, 1 - 70 / 300, 0.5, 5 / 6), abs=0.001)
    assert Pdf(written(tmp_path, whole)).warnings == ()


def test_every_cut_is_a_sentence_or_a_picture(tmp_path: Path) -> None:
    whole = pdf((MARK, ""), (GREEN, "/Rotate 90"))
    for end in range(0, len(whole), 37):
        try:
            document = Pdf(written(tmp_path, whole[:end]))
            for page in range(document.count):
                document.picture(page)
        except ViewerError as error:
            assert "paper.pdf" in str(error)


def test_a_password_is_named(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    (tmp_path / "open.pdf").write_bytes(pdf(MARK))
    for user in ("secret", ""):
        keys = ["--encrypt", user, "owner", "256", "--"]
        subprocess.run(["qpdf", *keys, str(tmp_path / "open.pdf"), str(tmp_path / "locked.pdf")], check=True)
        source = written(tmp_path, (tmp_path / "locked.pdf").read_bytes())
        if user:
            with pytest.raises(ViewerError, match=r"protected by a password.*: paper\.pdf$"):
                Pdf(source)
        else:
            assert place(seen(Pdf(source)), 0)[0] == pytest.approx(0.2, abs=0.001)


def test_a_missing_library_says_what_to_install(tmp_path: Path) -> None:
    source = written(tmp_path, pdf(MARK))
    script = (
        "import sys; from pathlib import Path; sys.modules['pypdfium2'] = None\n"
        "from viewer.media.pdf import Pdf; from viewer.media.source import file_source\n"
        f"path = Path({str(source.path)!r})\n"
        "try: Pdf(file_source(path, path.parent))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.startswith("ViewerError") and "pip install pypdfium2" in said


def test_many_threads_and_documents_that_nobody_has_any_more(tmp_path: Path) -> None:
    source = written(tmp_path, pdf(*[f"0.8 0 0 rg {10 * page} 50 60 20 re f" for page in range(8)]))
    shared = Pdf(source)

    def work(number: int) -> None:
        for page in range(8):
            own = Pdf(source)
            for document in (own, shared):
                left = place(seen(document, (page + number) % 8), 0)[0]
                assert left == pytest.approx(10 * ((page + number) % 8) / 200, abs=0.001)
            if page % 3 == 0:
                own.close()
            elif page % 3 == 1:
                shared.close()

    together(4, work)
    gc.collect()


def test_the_process_ends_while_a_page_is_drawn(tmp_path: Path) -> None:
    source = written(tmp_path, pdf(" ".join(f"{x} 0 m 200 300 l S" for x in range(20_000))))
    script = (
        "import threading, time; from pathlib import Path; from viewer.media.pdf import Pdf\n"
        "from viewer.media.source import file_source\n"
        f"path = Path({str(source.path)!r}); document = Pdf(file_source(path, path.parent))\n"
        "threading.Thread(target=lambda: [document.picture(0) for _ in range(1000)], daemon=True).start()\n"
        "time.sleep(0.05)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_part_drawn_larger_is_that_of_the_page(tmp_path: Path) -> None:
    """Against the whole page, twice as large; and a mark that is a pixel wide in it lies where it should at any scale."""
    source = written(tmp_path, pdf(f"{MARK} {GREEN} 1 w 20 20 m 180 280 l S BT /F 9 Tf 60 120 Td (sharp) Tj ET"))
    picture = Pdf(source).picture(0)
    assert picture.closer is not None
    whole = picture.closer(2.0, 0, 0, 2000, 3000)
    part = picture.closer(2.0, 300, 1100, 700, 900).astype(int)
    assert abs(part - whole[1100:2000, 300:1000]).max() <= 1 and (part != 255).any()
    assert place(whole[..., 2::-1], 0) == pytest.approx(place(picture.values, 0), abs=1e-3)
    far = picture.closer(40.0, 200 * 40 - 50, 1150 * 40 - 60, 100, 120)
    red = far[..., 2].astype(int) - far[..., 1] > 100
    assert red[60:, 50:].all() and not red[:60].any() and not red[:, :50].any()
