"""A second start hands its paths to the first; nonsense on the socket changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from viewer.app.single_instance import LONGEST_MESSAGE, Listener, _message, hand_over, socket_name


@pytest.fixture
def name(tmp_path: Path) -> str:
    return str(tmp_path / "socket")


def send(name: str, data: bytes, qtbot: QtBot) -> None:
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(1000)
    socket.write(data)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=3000)


def test_a_message_arrives(name: str, qtbot: QtBot) -> None:
    listener = Listener(name)
    assert listener.listens
    with qtbot.waitSignal(listener.received, timeout=3000) as got:
        send(name, b'{"v": 1, "paths": ["/a b/export.json"]}\n', qtbot)
    assert got.args[0]["paths"] == ["/a b/export.json"]
    listener.close()


@pytest.mark.parametrize("text", [b"hello\n", b"[1]\n", b'{"paths": [1]}\n', b"\xff\xfe\n", b'{"paths": "x"}\n'])
def test_nonsense_is_no_message(text: bytes) -> None:
    assert _message(text) is None


def test_a_flood_is_cut_off(name: str, qtbot: QtBot) -> None:
    listener = Listener(name)
    seen = []
    listener.received.connect(seen.append)
    send(name, b"x" * (LONGEST_MESSAGE + 10_000), qtbot)
    assert seen == []
    listener.close()


def test_nobody_there_is_told(name: str, qtbot: QtBot) -> None:
    assert not hand_over(name, {"paths": []})


def test_a_socket_that_a_killed_program_left_is_taken_over(name: str, qtbot: QtBot) -> None:
    Path(name).write_text("")
    listener = Listener(name)
    assert listener.listens
    listener.close()


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes there")
@pytest.mark.parametrize(("mode", "is_private"), [(0o700, True), (0o750, False), (0o701, False), (0o777, False)])
def test_a_folder_that_others_may_enter_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int, is_private: bool
) -> None:
    tmp_path.chmod(mode)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert (socket_name() is not None) is is_private
