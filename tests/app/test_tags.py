"""What feeds the panel of tags, the switch that hides who a patient is, and a log that never names one."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.panels.support import list_of
from tests.rows import blob, box, row, unit, written
from viewer.app.crash import start_logging
from viewer.app.opening import Start
from viewer.app.settings import Settings
from viewer.app.tags import NOT_FOUND, found_tags
from viewer.app.window import Window
from viewer.media.dicom_lib import pydicom as quiet_pydicom
from viewer.media.source import file_source

CT = Path(pydicom.__file__).parent / "data" / "test_files" / "CT_small.dcm"
PATIENT = "Zaphod^Beeblebrox"


def test_why_there_are_no_tags(tmp_path: Path) -> None:
    assert found_tags(None).words == NOT_FOUND
    (tmp_path / "a.png").write_bytes(b"no slice")
    assert found_tags(file_source(tmp_path / "a.png", tmp_path)).words == "This is not a DICOM file: a.png"
    found = found_tags(file_source(CT, CT.parent))
    assert (len(found.tags), found.file_name, found.words) == (270, "CT_small.dcm", "")


def test_hiding_is_the_rule_and_is_remembered(tmp_path: Path) -> None:
    assert Settings(tmp_path / "a.ini").hides_identity
    Settings(tmp_path / "a.ini").hides_identity = False
    assert not Settings(tmp_path / "a.ini").hides_identity
    assert Settings(in_memory=True).hides_identity, "so pictures of the window name nobody"


def test_one_switch_for_all_panes(window: Window, qtbot: QtBot, make_window: Callable[[], Window]) -> None:
    window.panes.raw.show_data("row", {"patient_id": "P-0042"})
    lines = list_of(window.panes.raw)
    assert lines.line(0).note == '"(hidden)"'
    assert window.bars.actions["identity"].isChecked()
    window.canvas.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, both)
    settle(window, qtbot)
    assert not window.bars.actions["identity"].isChecked()
    assert not window.settings.hides_identity
    assert not make_window().display.identity.is_hidden, "the next window has it so from the start"
    window.panes.tags.identity_asked.emit()
    assert window.display.identity.is_hidden
    assert window.bars.actions["identity"].isChecked()


def test_the_tab_is_there_for_slices_only(window: Window) -> None:
    details = window.panes.details
    assert not details.isTabVisible(details.indexOf(window.panes.tags))
    assert not window.bars.actions["tags"].isEnabled()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The file that the program logs to, for as long as a test runs."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    start_logging(tmp_path / "log.txt")
    yield tmp_path / "log.txt"
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def failing_in_pydicom() -> None:
    """Raises what holds a value, from inside the library and once more from what called it."""
    try:
        quiet_pydicom().dataelem.DataElement(0x00200013, "IS", PATIENT)
    except ValueError as error:
        raise RuntimeError(f"cannot go on: {error}") from error


def test_a_mistake_is_logged_without_what_the_file_says(log: Path) -> None:
    with pytest.raises(RuntimeError, match="Zaphod"):
        failing_in_pydicom()
    try:
        failing_in_pydicom()
    except RuntimeError:
        logging.getLogger("viewer").error("unexpected", exc_info=sys.exc_info())
    said = log.read_text(encoding="utf-8")
    assert "Zaphod" not in said
    assert "RuntimeError" in said and "failing_in_pydicom" in said and "ValueError" in said


def test_other_mistakes_are_logged_whole(log: Path) -> None:
    try:
        raise KeyError("a part of ours")
    except KeyError:
        logging.getLogger("viewer").exception("unexpected")
    assert "KeyError: 'a part of ours'" in log.read_text(encoding="utf-8")


@pytest.fixture
def slice_window(make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot) -> Window:
    """With a row of one slice, which the export says is another patient's."""
    (tmp_path / "CT_small.dcm").write_bytes(CT.read_bytes())
    uid = "1.3.6.1.4.1.5962.1.{}.20040119072730.12322"
    metadata = {"patient_id": "P-0042", "study_uid": uid.format("2.1"), "series_uid": uid.format("3.1.1")}
    slices = {"0": {**blob(box(x=0.2, w=0.3)), "metadata": {"dicom_instance_uid": uid.format("1.1.1.1")}}}
    size = {"width": 128, "height": 128}
    ct = unit(slices, "s1", "application/dicom", data_title="CT_small.dcm", metadata=metadata, **size)
    written(tmp_path, [row(ct, data_type="dicom", data_hash="s1", data_title="CT_small.dcm")])
    made = make_window()
    made.canvas.set_motion(False)
    made.open(Start((tmp_path,)))
    settle(made, qtbot)
    return made


def test_tags_of_the_slice_on_screen_beside_the_export(slice_window: Window, qtbot: QtBot) -> None:
    details, pane = slice_window.panes.details, slice_window.panes.tags
    assert details.isTabVisible(details.indexOf(pane))
    assert not list_of(pane).count, "nothing is read before somebody looks"
    slice_window.canvas.setFocus()
    qtbot.keyClick(slice_window.canvas, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    settle(slice_window, qtbot)
    shown = [list_of(pane).line(at) for at in range(list_of(pane).count)]
    assert [line.text for line in shown if line.name == "Rows"] == ["128"]
    assert [line.name for line in shown if line.tone == "error"] == ["Patient ID", " "], "as both say it"
    assert not any("P-0042" in line.tip or "1CT1" in line.tip for line in shown)


def test_another_row_has_no_tags(slice_window: Window, export: Path, qtbot: QtBot) -> None:
    slice_window.show_details(slice_window.panes.tags)
    settle(slice_window, qtbot)
    slice_window.open(Start((export,)))
    settle(slice_window, qtbot)
    details = slice_window.panes.details
    assert not details.isTabVisible(details.indexOf(slice_window.panes.tags))
    assert details.currentWidget() is not slice_window.panes.tags
