"""Tags as text, held against pydicom's own reading, and files that are broken on purpose."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from struct import pack

import pydicom
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence

from viewer.errors import ViewerError
from viewer.media import dicom_tags
from viewer.media.dicom_tags import DEEPEST, ITEM, LONG, Tag, read_tags, written
from viewer.media.source import file_source

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(pydicom.__file__).parent / "data"
NAME = "Zaphod"
"""Of the patient in files that are broken on purpose."""


def tags_of(path: Path) -> tuple[Tag, ...]:
    return read_tags(file_source(path, path.parent))


def known(name: str) -> tuple[Tag, ...]:
    """Tags of one of pydicom's files."""
    return tags_of(next(DATA.rglob(name)))


def value(tags: tuple[Tag, ...], number: str, depth: int = 0) -> str:
    return next(tag.value for tag in tags if tag.tag == number and tag.depth == depth)


def element(group: int, number: int, vr: str, content: bytes, claimed: int | None = None) -> bytes:
    """Explicit, little endian; `claimed`: another length than that of the content."""
    length = len(content) if claimed is None else claimed
    if vr in ("OB", "OW", "SQ", "UN", "UT"):
        return pack("<HH2sHI", group, number, vr.encode(), 0, length) + content
    return pack("<HH2sH", group, number, vr.encode(), length) + content


def dicom(*elements: bytes, syntax: bytes = b"1.2.840.10008.1.2.1\0") -> bytes:
    meta = element(2, 0x10, "UI", syntax)
    head = element(2, 0, "UL", pack("<I", len(meta))) + meta
    return bytes(128) + b"DICM" + head + element(8, 0x18, "UI", b"1.2.3.4\0") + b"".join(elements)


def in_file(folder: Path, content: bytes) -> Path:
    path = folder / "slice.dcm"
    path.write_bytes(content)
    return path


def flat(dataset: Dataset, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Numbers and depths of all elements before the pixels, as pydicom nests them."""
    for found in dataset:
        yield written(found.tag), depth
        if found.VR == "SQ":
            for item in found.value:
                yield ITEM, depth + 1
                yield from flat(item, depth + 2)


@pytest.mark.parametrize(
    "name", ["CT_small.dcm", "MR_small_implicit.dcm", "ExplVR_BigEnd.dcm", "image_dfl.dcm", "rtplan.dcm", "test-SR.dcm"]
)
def test_every_element_stands_there_once_in_order(name: str) -> None:
    path = next(DATA.rglob(name))
    dataset = pydicom.dcmread(path, stop_before_pixels=True)
    assert [(tag.tag, tag.depth) for tag in known(name)] == [*flat(dataset.file_meta), *flat(dataset)]


def test_values_are_those_of_the_file() -> None:
    tags = known("CT_small.dcm")
    dataset = pydicom.dcmread(next(DATA.rglob("CT_small.dcm")), stop_before_pixels=True)
    for tag in tags:
        if (
            not tag.depth
            and tag.vr in ("CS", "LO", "SH", "UI", "DA", "PN", "US", "IS")
            and not tag.tag.startswith("(0002")
        ):
            number = int(tag.tag[1:5] + tag.tag[6:10], 16)
            found = dataset[number].value
            said = "\\".join(map(str, found)) if dataset[number].VM > 1 else "" if found is None else str(found)
            assert tag.value == said, tag
    assert value(tags, "(0028,0030)") == "0.661468\\0.661468"
    assert value(tags, "(0043,1028)") == "80 bytes"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chrH32.dcm", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
        ("chrJapMulti.dcm", "やまだ^たろう"),
        ("chrKoreanMulti.dcm", "김희중"),
        ("chrI2.dcm", "Hong^Gildong=洪^吉洞=홍^길동"),
        ("chrGreek.dcm", "Διονυσιος"),
        ("chrRuss.dcm", "Люкceмбypг"),
        ("chrHbrw.dcm", "שרון^דבורה"),
        ("chrX1.dcm", "Wang^XiaoDong=王^小東"),
    ],
)
def test_names_are_written_in_their_own_script(name: str, expected: str) -> None:
    assert value(known(name), "(0010,0010)").rstrip("=") == expected


def test_a_script_of_a_nested_item_of_its_own() -> None:
    names = [tag.value for tag in known("chrSQEncoding1.dcm") if tag.vr == "PN" and tag.value]
    assert names == ["Doctor^Who^^MD", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"]


def test_meaning_of_uids() -> None:
    found = {tag.tag: tag.meaning for tag in known("CT_small.dcm")}
    assert found["(0008,0016)"] == "CT Image Storage"
    assert found["(0002,0010)"] == "Explicit VR Little Endian"
    assert found["(0008,0018)"] == ""


def test_identity_of_nested_items() -> None:
    tags = known("CT_small.dcm")
    assert {tag.tag for tag in tags if tag.is_identity and not tag.depth} >= {
        "(0010,0010)",
        "(0010,0020)",
        "(0008,0080)",
    }
    nested = [tag for tag in tags if tag.depth and tag.vr]
    assert nested and all(tag.is_identity for tag in nested), "all below the sequence of other patient ids"
    assert not next(tag for tag in tags if tag.tag == "(0028,0010)").is_identity


def test_private_tags_have_their_makers_names() -> None:
    found = {tag.tag: tag for tag in known("CT_small.dcm")}
    assert (found["(0009,0010)"].name, found["(0009,0010)"].value) == ("Private creator", "GEMS_IDEN_01")
    assert (found["(0019,1024)"].name, found["(0019,1024)"].keyword) == ("Mid Scan Time [sec]", "")
    assert found["(0009,1002)"].is_identity and not found["(0009,0010)"].is_identity


def test_long_values_are_cut_and_counted(tmp_path: Path) -> None:
    numbers = b"\\".join([b"1"] * 5000) + b" "
    content = dicom(
        element(8, 0x2111, "ST", b"x" * 5000),
        element(0x28, 0x1052, "DS", numbers),
        element(0x29, 0x1010, "OB", bytes(12_400)),
    )
    tags = tags_of(in_file(tmp_path, content))
    assert value(tags, "(0008,2111)") == "x" * LONG + "… 5,000 characters"
    assert value(tags, "(0028,1052)").endswith("… 5,000 values") and len(value(tags, "(0028,1052)")) < LONG + 30
    assert value(tags, "(0029,1010)") == "12,400 bytes"


def test_a_file_of_too_many_tags_is_cut_short_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = known("test-SR.dcm")
    monkeypatch.setattr(dicom_tags, "MOST_TAGS", 100)
    cut = known("test-SR.dcm")
    assert cut[:100] == whole[:100] and len(cut) == 101
    assert cut[-1].trouble.startswith("too many tags")


def test_pixels_are_not_read(tmp_path: Path) -> None:
    content = dicom(element(0x28, 0x10, "US", pack("<H", 7)), element(0x7FE0, 0x10, "OW", b"", claimed=4_000_000_000))
    tags = tags_of(in_file(tmp_path, content))
    assert value(tags, "(0028,0010)") == "7"
    assert not any(tag.tag.startswith("(7FE0") or tag.trouble for tag in tags)


# ---------------------------------------------------------------- damaged files


def test_a_broken_element_says_so_and_the_rest_is_shown(tmp_path: Path) -> None:
    item = pack("<HHI", 0xFFFE, 0xE000, 9_999) + b"ab"
    content = dicom(
        element(8, 0x1140, "SQ", item),
        element(0x10, 0x10, "PN", f"{NAME}^B".encode()),
        element(0x18, 0x50, "DS", b"thick?"),
        element(0x28, 0x10, "US", b"abc"),
        element(0x28, 0x11, "US", pack("<H", 5)),
    )
    tags = tags_of(in_file(tmp_path, content))
    assert value(tags, "(0010,0010)") == f"{NAME}^B"
    assert value(tags, "(0028,0011)") == "5"
    assert [tag.tag for tag in tags if tag.trouble], "something is wrong here and is said"
    assert not any(NAME in tag.trouble or "thick?" in tag.trouble for tag in tags)


def test_from_the_damage_on_nothing_is_known_and_what_precedes_it_is_shown(tmp_path: Path) -> None:
    content = dicom(element(0x10, 0x20, "LO", b"P1"), element(0x40, 0xA730, "SQ", b"\xff" * 30, claimed=0xFFFFFFFF))
    tags = tags_of(in_file(tmp_path, content))
    assert value(tags, "(0010,0020)") == "P1"
    assert tags[-1].trouble
    assert tags[-1].tag == "(0040,A730)"


@pytest.mark.parametrize("name", ["CT_small.dcm", "rtplan.dcm", "chrH32.dcm", "nested_priv_SQ.dcm"])
def test_cut_anywhere_it_is_read_as_far_as_it_goes_or_is_no_dicom_file(name: str, tmp_path: Path) -> None:
    whole = next(DATA.rglob(name)).read_bytes()
    for length in (0, 1, 100, 128, 131, 132, 140, 200, 301, 402, 503, 650, 901, 1400):
        try:
            tags = tags_of(in_file(tmp_path, whole[:length]))
        except ViewerError as error:
            assert "slice.dcm" in str(error)
        else:
            assert all(tag.tag for tag in tags)


@pytest.mark.parametrize(
    "content", [b"", b"not a picture of anything, only words\n" * 40, bytes(5000), b"\x89PNG\r\n\x1a\n" + bytes(200)]
)
def test_other_files_are_told_apart(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ViewerError, match=r"not a DICOM file: slice\.dcm"):
        tags_of(in_file(tmp_path, content))


def test_items_within_items_without_end(tmp_path: Path) -> None:
    inner = Dataset()
    inner.PatientID = "P1"
    for _ in range(60):
        outer = Dataset()
        outer.ContentSequence = Sequence([inner])
        inner = outer
    inner.SOPInstanceUID = "1.2.3"
    inner.file_meta = FileMetaDataset()
    inner.file_meta.TransferSyntaxUID = "1.2.840.10008.1.2.1"
    path = tmp_path / "slice.dcm"
    inner.save_as(path, enforce_file_format=False)
    tags = tags_of(path)
    assert max(tag.depth for tag in tags) <= DEEPEST + 2
    assert any(tag.trouble for tag in tags)


# ---------------------------------------------------------------- what is said to nobody

TALKING = (
    dicom(element(0x10, 0x10, "PN", (NAME * 20).encode())),
    dicom(element(0x10, 0x20, "LO", (NAME * 20).encode())),
    dicom(element(0x10, 0x30, "DA", f"{NAME} was".encode())),
    dicom(element(0x10, 0x1030, "DS", NAME.encode())),
    dicom(element(0x20, 0x13, "IS", NAME.encode())),
    dicom(element(0x20, 0xD, "UI", f"{NAME} 1.2".encode())),
    dicom(element(8, 5, "CS", NAME.encode()), element(0x10, 0x10, "PN", "Zäphod".encode())),
    dicom(element(8, 5, "CS", b"ISO 2022 IR 87"), element(0x10, 0x10, "PN", f"\x1b$B{NAME}".encode())),
    dicom(element(0x10, 0x10, "PN", f"{NAME}^A=b=c=d=e".encode())),
    dicom(element(0x10, 0x20, "LO", NAME.encode(), claimed=4000)),
    dicom(element(0x10, 0x10, "PN", NAME.encode()), element(0x10, 0x1002, "SQ", NAME.encode(), claimed=0xFFFFFFFF)),
    dicom(element(0x10, 0x1010, "AS", NAME.encode())),
    dicom(element(8, 0x60, "CS", f"{NAME} lower".encode())),
    dicom(element(0x10, 0x10, "QQ", NAME.encode())),
)

READ = """
import logging, sys, warnings
warnings.simplefilter("always")
logging.basicConfig(level=logging.DEBUG)
from pathlib import Path
from viewer.errors import ViewerError
from viewer.media.dicom_tags import read_tags
from viewer.media.source import file_source
shown = 0
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        shown += sum("Zaphod" in tag.value for tag in read_tags(file_source(path, path.parent)))
    except ViewerError as error:
        logging.error("%s", error)
print(shown)
"""
ALONE = """
import logging, sys, warnings
warnings.simplefilter("always")
logging.basicConfig(level=logging.DEBUG)
from pathlib import Path
import pydicom
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        str(pydicom.dcmread(path, force=True))
    except Exception:
        logging.exception("broken")
"""


def said(program: str, folder: Path) -> tuple[str, str]:
    """Standard output and error of a process in which everything is logged and warned of."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout, done.stderr


def test_no_value_is_ever_written_to_a_log_or_to_standard_error(tmp_path: Path) -> None:
    for number, content in enumerate(TALKING):
        (tmp_path / f"{number:02}.dcm").write_bytes(content)
    shown, complaints = said(READ, tmp_path)
    assert int(shown) >= 5, "the values themselves are read"
    assert NAME not in complaints and "Zäphod" not in complaints
    assert "slice" not in complaints and "Warning" not in complaints
    assert NAME in said(ALONE, tmp_path)[1], "pydicom by itself tells them: or this test would prove nothing"
