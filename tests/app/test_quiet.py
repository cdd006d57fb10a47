"""Nobody is asked for anything: not by sounds, documents or playlists, and no sound system before something is played."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.conftest import settle
from tests.app.test_leaving import ROOT
from tests.app.test_missing import said_in
from tests.app.test_pages import Listener
from tests.mixed import mixed
from tests.pdfs import MARK, pdf
from viewer.app.opening import Start
from viewer.app.window import Window

PLAYLISTS = {
    "HLS": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nADDRESS/part.ts\n#EXT-X-ENDLIST\n",
    "plain list": "#EXTM3U\nADDRESS/talk.mp3\n",
    "concat script": "ffconcat version 1.0\nfile 'ADDRESS/talk.mp3'\n",
    "session": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    "DASH": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT5S"><Period>'
    '<AdaptationSet mimeType="audio/mp4"><Representation id="1" bandwidth="1"><BaseURL>ADDRESS/a.mp4</BaseURL>'
    "</Representation></AdaptationSet></Period></MPD>",
}


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.mark.parametrize("text", PLAYLISTS.values(), ids=PLAYLISTS)
def test_a_playlist_called_a_sound_is_refused_and_nothing_in_it_is_fetched(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot, listener: Listener, text: str
) -> None:
    export = mixed(tmp_path)
    (tmp_path / "talk.wav").write_text(text.replace("ADDRESS", listener.address))
    window = make_window()
    window.open(Start((export,), row="talk"))
    settle(window, qtbot)
    assert "talk.wav" in said_in(window) and window.session.index.instances
    assert not listener.asked


def test_what_a_document_would_do_when_it_is_opened_is_not_done(
    make_window: Callable[[], Window], tmp_path: Path, qtbot: QtBot, listener: Listener
) -> None:
    address = listener.address
    actions = (
        f"<< /S /URI /URI ({address}/open) /Next << /S /SubmitForm /F << /FS /URL /F ({address}/form) >> >> >>",
        f"<< /S /JavaScript /JS (app.launchURL\\('{address}/script', true\\);) >>",
        f"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /F << /FS /URL /F ({address}/picture) >> /Length 0 >>\n"
        "stream\n\nendstream",
    )
    catalog = "/OpenAction 5 0 R /AA << /WC 6 0 R /DP 5 0 R >> /Names << /JavaScript << /Names [(a) 6 0 R] >> >>"
    export = mixed(tmp_path)
    (tmp_path / "paper.pdf").write_bytes(pdf((MARK, "/AA << /O 5 0 R >>"), extra=actions, catalog=catalog))
    window = make_window()
    window.open(Start((export,), row="paper"))
    settle(window, qtbot)
    assert window.session.view.picture is not None
    assert not listener.asked


LOADED = """
import sys
from viewer.__main__ import main

for row in sys.argv[3:]:
    main([sys.argv[1], "--row", row, "--screenshot", sys.argv[2]])
wanted = ("PySide6.QtMultimedia", "PySide6.QtWebEngineCore", "PySide6.QtPdf", "urllib.request", "http.client")
print([name for name in wanted if name in sys.modules])
"""


def test_nothing_that_plays_or_fetches_is_even_loaded(tmp_path: Path) -> None:
    rows = ("talk", "page", "paper")
    given = [sys.executable, "-c", LOADED, str(mixed(tmp_path / "export")), str(tmp_path / "out.png"), *rows]
    plain = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(given, capture_output=True, text=True, timeout=60, cwd=ROOT, env=plain)
    assert (done.stdout, done.stderr) == ("[]\n", "")
