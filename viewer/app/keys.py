"""Keys that last while they are held, lists that keep their own arrows, and letters on keyboards without Latin ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit

TEXT_WIDGETS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
LIST_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
"""Keys that a list with the focus keeps for itself."""

LATIN_BY_SCAN_CODE = {
    code: letter
    for first, letters in ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
    for code, letter in enumerate(letters, first)
}
"""The letter that stands on a key of a Latin keyboard, by the code that X11 and Wayland give the key."""


def latin_letter(event: QKeyEvent) -> str:
    """The letter of a key press: as typed, else the one that the key has on a Latin keyboard; empty for no letter."""
    key = event.key()
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key)
    typed = event.text()
    if typed and not typed.isascii() and typed.isalpha():
        return LATIN_BY_SCAN_CODE.get(event.nativeScanCode(), "")
    return ""


class HeldKeys(QObject):
    """Calls `press` and `release` of a letter once for each time it is held down; released too when focus is lost."""

    def __init__(self, held: Mapping[str, tuple[Callable[[], None], Callable[[], None]]]) -> None:
        """`held`: letter to (press, release)."""
        super().__init__()
        self._held = held
        self._letters: Mapping[str, Callable[[], None]] = {}
        self._down: dict[str, None] = {}

    def set_letters(self, letters: Mapping[str, Callable[[], None]]) -> None:
        """Single letters of other actions, for keyboards without Latin ones."""
        self._letters = letters

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._override(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._release(event)
        if kind in (QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate):
            self.release_all()
        return False

    def release_all(self) -> None:
        for letter in list(self._down):
            del self._down[letter]
            self._held[letter][1]()

    def _override(self, event: QKeyEvent) -> bool:
        """A list keeps its arrows, as long as no modifier makes them ours."""
        in_list = isinstance(QApplication.focusWidget(), QAbstractItemView)
        if in_list and event.key() in LIST_KEYS and not _modified(event):
            event.accept()
            return True
        return False

    def _press(self, event: QKeyEvent) -> bool:
        letter = latin_letter(event)
        if not letter or _modified(event) or isinstance(QApplication.focusWidget(), TEXT_WIDGETS):
            return False
        if letter in self._held:
            if not event.isAutoRepeat() and letter not in self._down:
                self._down[letter] = None
                self._held[letter][0]()
            return True
        # a Latin letter reaches its action as a shortcut; one of another alphabet does not
        if event.key() > Qt.Key.Key_Z and letter in self._letters:
            self._letters[letter]()
            return True
        return False

    def _release(self, event: QKeyEvent) -> bool:
        letter = latin_letter(event)
        if letter in self._down and not event.isAutoRepeat():
            del self._down[letter]
            self._held[letter][1]()
            return True
        return False


def _modified(event: QKeyEvent) -> bool:
    wanted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.modifiers() & (wanted | Qt.KeyboardModifier.ShiftModifier))


def key_words(key: str) -> str:
    """A key for people, in the words of the platform."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
