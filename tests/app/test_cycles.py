"""Garbage with Qt objects in it is freed where Qt lives, whichever thread makes the most objects."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from viewer.app.cycles import Cycles


class Ring:
    """Refers to itself, and says in which thread it is freed."""

    def __init__(self, freed: list[threading.Thread]) -> None:
        self._freed, self.own = freed, self

    def __del__(self) -> None:
        self._freed.append(threading.current_thread())


def in_a_worker() -> list[list[int]]:
    """Enough objects for Python to look for garbage many times."""
    kept: list[list[int]] = []
    worker = threading.Thread(target=lambda: kept.extend([number] for number in range(200_000)))
    worker.start()
    worker.join()
    return kept


def test_without_it_a_worker_frees_what_is_not_its_own() -> None:
    freed: list[threading.Thread] = []
    gc.enable()
    try:
        Ring(freed)
        in_a_worker()
    finally:
        gc.disable()
    assert freed and freed[0] is not threading.main_thread()


def test_with_it_only_the_interface_thread_does(qtbot: QtBot) -> None:
    freed: list[threading.Thread] = []
    parent = QObject()
    Cycles(parent)
    Ring(freed)
    kept = in_a_worker()
    assert not freed and kept
    qtbot.waitUntil(lambda: bool(freed), timeout=10_000)
    assert freed == [threading.main_thread()]


def test_what_a_search_among_all_has_left_is_not_searched_each_time(monkeypatch) -> None:
    parent = QObject()
    cycles = Cycles(parent)
    freed: list[threading.Thread] = []
    ring = Ring(freed)
    everything = len(gc.get_objects())
    try:
        cycles.search_all()
        assert len(gc.get_objects()) < 0.1 * everything, "the rest is left out"
        del ring
        cycles.search_all()
        assert not freed
        Ring(freed)
        cycles.search_all()
        assert len(freed) == 1, "what is new is freed at once"
        monkeypatch.setattr("viewer.app.cycles.EVERYTHING_AFTER", 1)
        cycles.search_all()
        assert len(freed) == 2, "what was left out in its turn"
    finally:
        gc.unfreeze()
