"""The files for desktops agree with one another and satisfy the desktop's own checkers."""

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree

import pytest
from PIL import Image

from viewer.app.desktop_install import APP_ID, MIME_TYPE
from viewer.app.resources import SHARE

ENTRY = SHARE / "applications" / f"{APP_ID}.desktop"
METAINFO = SHARE / "metainfo" / f"{APP_ID}.metainfo.xml"
TYPES = SHARE / "mime" / "packages" / f"{APP_ID}.xml"
ICONS = SHARE / "icons" / "hicolor"


def entry():
    lines = ENTRY.read_text().split("[Desktop Action")[0].splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_names_are_the_same_everywhere():
    assert APP_ID.lower() == APP_ID
    root = ElementTree.parse(METAINFO).getroot()
    assert root.findtext("id") == APP_ID and root.findtext("launchable") == f"{APP_ID}.desktop"
    assert root.findtext("provides/mediatype") == MIME_TYPE and root.findtext("provides/binary") == "label-viewer"
    (mime,) = ElementTree.parse(TYPES).getroot()
    assert mime.attrib["type"] == MIME_TYPE
    assert entry()["Icon"] == APP_ID and MIME_TYPE in entry()["MimeType"].split(";")


def test_the_entry_takes_exports_and_folders_but_no_other_files():
    assert entry()["MimeType"] == f"{MIME_TYPE};inode/directory;"
    assert entry()["Exec"].endswith(" %F")


def test_icons_have_the_size_of_their_folder():
    found = {}
    for path in ICONS.glob("*x*/apps/*.png"):
        with Image.open(path) as picture:
            found[path.parts[-3]] = picture.size
            assert path.stem == APP_ID and picture.mode == "RGBA"
    assert found == {f"{n}x{n}": (n, n) for n in (16, 24, 32, 48, 64, 128, 256, 512)}
    assert (ICONS / "scalable" / "apps" / f"{APP_ID}.svg").is_file()
    assert (ICONS / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg").is_file()
    assert (ICONS / "scalable" / "mimetypes" / f"{MIME_TYPE.replace('/', '-')}.svg").is_file()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate not installed")
def test_the_entry_is_valid():
    checked = subprocess.run(["desktop-file-validate", ENTRY], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli not installed")
def test_the_metainfo_is_valid():
    command = ["appstreamcli", "validate", "--no-net", METAINFO]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_drawings_use_only_what_qt_can_draw():
    """Qt draws SVG Tiny: it ignores clip paths, masks, filters and style sheets."""
    for path in SHARE.rglob("*.svg"):
        tags = {part.tag.rsplit("}", 1)[-1] for part in ElementTree.parse(path).getroot().iter()}
        assert not tags & {"clipPath", "mask", "filter", "style", "use", "image", "text"}, path.name
