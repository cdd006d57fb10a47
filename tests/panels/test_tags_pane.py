"""The panel of tags: what it lists, finds, folds, compares and hides."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.panels.support import click, list_of
from viewer.labels.records import Unit, UnitFile
from viewer.media.dicom_tags import Tag
from viewer.panels.line import Line
from viewer.panels.tag_lines import DIFFERENT, SAME
from viewer.panels.tag_pairs import Pair, differences, pairs
from viewer.panels.tag_tree import FEW
from viewer.panels.tags_pane import MOST_FOUND, TagsPane
from viewer.size import Size

META = Tag(
    "(0002,0010)", "TransferSyntaxUID", "Transfer Syntax UID", "UI", "1.2.840.10008.1.2.1", meaning="Explicit VR"
)
NAME = Tag("(0010,0010)", "PatientName", "Patient's Name", "PN", "Zaphod^B", is_identity=True)
IDENT = Tag("(0010,0020)", "PatientID", "Patient ID", "LO", "P-0042", is_identity=True)
STUDY = Tag("(0020,000D)", "StudyInstanceUID", "Study Instance UID", "UI", "1.2.3")
SERIES = Tag("(0020,000E)", "SeriesInstanceUID", "Series Instance UID", "UI", "1.2.3.4")
INSTANCE = Tag("(0008,0018)", "SOPInstanceUID", "SOP Instance UID", "UI", "1.2.3.4.5")
ROWS = Tag("(0028,0010)", "Rows", "Rows", "US", "200")
COLUMNS = Tag("(0028,0011)", "Columns", "Columns", "US", "320")
BROKEN = Tag(
    "(0028,1050)",
    "WindowCenter",
    "Window Center",
    "DS",
    "",
    is_identity=True,
    trouble="damaged: its value cannot be read",
)
ALL = (META, INSTANCE, NAME, IDENT, STUDY, SERIES, ROWS, COLUMNS, BROKEN)


def sequence(items: int, members: int) -> list[Tag]:
    made = [Tag("(5200,9230)", "PerFrame", "Per-frame Groups", "SQ", f"{items} items")]
    for item in range(items):
        made.append(Tag("(FFFE,E000)", "", f"Item {item + 1}", "", "", 1))
        made += [Tag(f"(0018,{n:04X})", f"Key{n}", f"Inner {n}", "DS", f"{item}.{n}", 2) for n in range(members)]
    return made


def unit(**metadata: object) -> Unit:
    facts = {"data_hash": "s1", "metadata": metadata}
    return Unit("s1", "CT chest", "dicom", Size(320, 200), None, None, None, None, (), ".data_units.s1", facts)


def file(uid: str = "1.2.3.4.5", size: Size | None = None, inner: int | None = None) -> UnitFile:
    return UnitFile(3, uid, "", size, "application/dicom", "bucket/a", ".data_units.s1", inner)


@pytest.fixture
def pane(show) -> TagsPane:
    made = show(TagsPane, 360, 600)
    made.show_tags(pairs(unit(patient_id="P-7", study_uid="1.2.3", series_uid=None), file(), ALL, "IM3"), ALL)
    return made


def lines(pane: TagsPane) -> list[Line]:
    return [list_of(pane).line(row) for row in range(list_of(pane).count)]


def named(pane: TagsPane, name: str) -> list[Line]:
    """The lines of a fact, those below it without a name too."""
    every = lines(pane)
    start = next(at for at, line in enumerate(every) if line.name == name)
    end = start + 1
    while end < len(every) and every[end].name == " ":
        end += 1
    return every[start:end]


def everything(pane: TagsPane) -> str:
    """All that it says to eyes, readers of screens, tooltips and copies."""
    pane.copy_all()
    said = " ".join(f"{line.spoken} {line.tip} {line.copy}" for line in lines(pane))
    return f"{said} {QGuiApplication.clipboard().text()}"


# ---------------------------------------------------------------- the export beside the file


def test_what_is_the_same_and_what_is_not() -> None:
    found = {p.what: p for p in pairs(unit(patient_id="P-7", study_uid="1.2.3", series_uid=None), file(), ALL, "IM3")}
    assert found["Patient ID"] == Pair("Patient ID", "P-7", "P-0042", is_identity=True, differs=True)
    assert found["Study UID"] == Pair("Study UID", "1.2.3", "1.2.3")
    assert found["Series UID"] == Pair("Series UID", "", "1.2.3.4"), "an export that is silent is not wrong"
    assert found["Instance UID"].exported == found["Instance UID"].filed == "1.2.3.4.5"
    assert (found["Width"].filed, found["Height"].filed) == ("320", "200")
    assert differences(found.values()) == 1


def test_a_slices_own_size_counts_before_that_of_the_series() -> None:
    found = {p.what: p for p in pairs(unit(), file(size=Size(200, 320)), ALL)}
    assert found["Width"].differs and found["Height"].differs


def test_the_hash_of_the_data_unit_is_no_instance_uid() -> None:
    found = {p.what: p for p in pairs(unit(), file(uid="s1"), ALL)}
    assert found["Instance UID"] == Pair("Instance UID", "", "1.2.3.4.5")


@pytest.mark.parametrize(("inner", "differs"), [(0, False), (7, False), (10, False), (11, True), (-1, True)])
def test_a_frame_that_the_file_does_not_have(inner: int, differs: bool) -> None:
    many = (*ALL, Tag("(0028,0008)", "NumberOfFrames", "Number of Frames", "IS", "10"))
    found = {p.what: p for p in pairs(unit(), file(inner=inner), many)}
    assert found["Frame in file"].differs is differs


def test_other_metadata_of_the_export_stand_there_too() -> None:
    found = {p.what: p for p in pairs(unit(modality="CT", patient_name="Zaphod"), None, ())}
    assert found["modality"].exported == "CT" and not found["modality"].is_identity
    assert found["patient_name"].is_identity


def test_differences_are_marked_and_counted(pane: TagsPane) -> None:
    one, other = named(pane, "Patient ID")[:2]
    assert (one.tone, other.tone) == ("error", "error")
    assert DIFFERENT in one.cells
    assert SAME in named(pane, "Study UID")[0].cells
    assert named(pane, "Series UID")[0].cells[0].text == "file"
    assert pane._title._note == "9 · 1 difference"


# ---------------------------------------------------------------- listing and finding


def test_groups_have_headings_and_numbers_stand_at_the_end(pane: TagsPane) -> None:
    sections = [line.text for line in lines(pane) if line.tone == "section"]
    assert sections == [
        "Export and file",
        "0002 How the file is written",
        "0008 Study and series",
        "0010 Patient",
        "0020 Place of the picture",
        "0028 Pixels",
    ]
    assert named(pane, "Rows")[0].cells[-1].text == "0010"


def test_a_broken_tag_says_what_is_wrong(pane: TagsPane) -> None:
    (broken,) = named(pane, "Window Center")
    assert (broken.tone, broken.text) == ("error", "damaged: its value cannot be read")


@pytest.mark.parametrize("query", ["0028,0010", "(0028,0010)", "00280010", "rows", "200", "us rows"])
def test_found_by_number_name_value_and_kind(pane: TagsPane, qtbot, query: str) -> None:
    qtbot.keyClicks(pane._field, query)
    assert "Rows" in [line.name for line in lines(pane)]
    assert "Study Instance UID" not in [line.name for line in lines(pane)]


def test_nothing_found_is_said(pane: TagsPane, qtbot) -> None:
    qtbot.keyClicks(pane._field, "nowhere at all")
    assert not lines(pane)
    assert list_of(pane)._empty == "No tag holds these words"


def test_empty_states(pane: TagsPane) -> None:
    pane.show_nothing("Not a DICOM file")
    assert not lines(pane) and list_of(pane)._empty == "Not a DICOM file"
    pane.show_tags(pairs(unit(patient_id="P-7"), file(), ()), (), "No file was found for this slice")
    assert lines(pane)[-1].text == "No file was found for this slice"
    assert named(pane, "Patient ID")[0].cells[0].text == "export"


def test_short_sequences_are_unfolded_and_long_ones_by_a_click(pane: TagsPane, qtbot) -> None:
    pane.show_tags((), sequence(1, 3))
    assert [line.name for line in lines(pane)][1:] == ["Per-frame Groups", "Item 1", "Inner 0", "Inner 1", "Inner 2"]
    pane.show_tags((), sequence(40, FEW))
    assert [line.name for line in lines(pane)][1:] == ["Per-frame Groups"]
    click(qtbot, list_of(pane), 1)
    assert len(lines(pane)) == 2 + 40, "the items, each folded"
    click(qtbot, list_of(pane), 3)
    assert [line.text for line in lines(pane)][4 : 4 + FEW] == [f"1.{n}" for n in range(FEW)]


def test_what_was_unfolded_stays_so_on_the_next_slice(pane: TagsPane, qtbot) -> None:
    pane.show_tags((), sequence(40, FEW))
    click(qtbot, list_of(pane), 1)
    list_of(pane).set_current_row(5)
    pane.show_tags((), [STUDY, *sequence(40, FEW)])
    assert len(lines(pane)) == 2 + 2 + 40
    assert lines(pane)[list_of(pane).current_row()].name == "Item 4", "and so does the current line"


def test_found_within_items_with_all_they_stand_under(pane: TagsPane, qtbot) -> None:
    pane.show_tags((), sequence(40, FEW))
    qtbot.keyClicks(pane._field, "17.3")
    assert [line.name for line in lines(pane)][1:] == ["Per-frame Groups", "Item 18", "Inner 3"]
    assert pane._title._note == f"1 of {1 + 40 * (1 + FEW)}"


def test_a_search_lists_so_many_at_most(pane: TagsPane, qtbot) -> None:
    pane.show_tags((), sequence(400, FEW))
    qtbot.keyClicks(pane._field, "inner")
    assert list_of(pane).count == 1 + MOST_FOUND + 1
    assert lines(pane)[-1].text.endswith("more lines")


# ---------------------------------------------------------------- hiding and copying


def test_identity_is_hidden_until_it_is_asked_for(pane: TagsPane) -> None:
    for secret in ("Zaphod", "P-0042", "P-7"):
        assert secret not in everything(pane)
    assert named(pane, "Patient's Name")[0].bar == "text"
    assert [line.bar for line in named(pane, "Patient ID")[:2]] == ["text", "text"]
    assert DIFFERENT in named(pane, "Patient ID")[0].cells, "that they differ is told all the same"
    pane.set_identity_hidden(False)
    for secret in ("Zaphod", "P-0042", "P-7"):
        assert secret in everything(pane)
    assert not any(line.bar for line in lines(pane))


def test_hidden_values_are_not_found(pane: TagsPane, qtbot) -> None:
    qtbot.keyClicks(pane._field, "zaphod")
    assert not lines(pane)
    pane.set_identity_hidden(False)
    assert [line.name for line in lines(pane)][1:] == ["Patient's Name"]


def test_a_bar_tells_nothing_of_what_it_hides(show) -> None:
    pictures = []
    for secret in ("a", "Zaphod Beeblebrox the fourth of that name"):
        pane = show(TagsPane, 360, 200)
        hidden = Tag("(0010,0010)", "PatientName", "Patient's Name", "PN", secret, is_identity=True)
        pane.show_tags([Pair("Patient ID", secret, secret[:1] + "z", is_identity=True, differs=True)], [hidden])
        pictures.append(pane.grab().toImage())
    assert pictures[0] == pictures[1]


def test_the_button_asks_for_the_switch(pane: TagsPane, qtbot) -> None:
    with qtbot.waitSignal(pane.identity_asked):
        qtbot.mouseClick(pane._eye, Qt.MouseButton.LeftButton)
    assert pane._eye.accessibleName() == "Show patient identity"


def test_copying_a_line(pane: TagsPane, qtbot) -> None:
    list_of(pane).set_current_row([line.name for line in lines(pane)].index("Rows"))
    qtbot.keyClick(list_of(pane), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "(0028,0010) Rows US: 200"
    list_of(pane).set_current_row([line.name for line in lines(pane)].index("Patient's Name"))
    qtbot.keyClick(list_of(pane), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "(0010,0010) Patient's Name PN: (hidden)"
