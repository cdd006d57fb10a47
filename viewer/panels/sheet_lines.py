"""Keys and commands as lines, and which of them a query means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viewer.panels.line import Cell, Line
from viewer.scene.words import filter_words, holds


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An action with its key, in a group of the sheet."""

    group: str
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class Command:
    """An action that the palette can start."""

    title: str
    key: str
    id: str


def sheet_lines(shortcuts: Sequence[Shortcut], query: str) -> list[Line]:
    """Grouped in the order of their first appearance; with a query only what holds its words."""
    words = filter_words(query)
    groups: dict[str, list[Line]] = {}
    for shortcut in shortcuts:
        if holds(words, f"{shortcut.group}\n{shortcut.title}\n{shortcut.key}".casefold()):
            line = Line(shortcut.title, cells=(Cell(shortcut.key, tone="strong"),), copy=shortcut.title)
            groups.setdefault(shortcut.group, []).append(line)
    lines: list[Line] = []
    for at, (group, members) in enumerate(groups.items()):
        lines += [Line(group, tone="section", rule=at > 0), *members]
    return lines


def meant(commands: Sequence[Command], query: str) -> list[Command]:
    """Best first: titles that begin with the query, then words that begin with its words, then any that hold them."""
    words = filter_words(query)
    if not words:
        return list(commands)
    ranked: list[tuple[int, int, Command]] = []
    for place, command in enumerate(commands):
        rank = _rank(command.title.casefold(), words, " ".join(words))
        if rank is not None:
            ranked.append((rank, place, command))
    return [command for _, _, command in sorted(ranked, key=lambda found: found[:2])]


def _rank(title: str, words: Sequence[str], query: str) -> int | None:
    if title.startswith(query):
        return 0
    starts = title.split()
    if all(any(start.startswith(word) for start in starts) for word in words):
        return 1
    if holds(words, title):
        return 2
    return 3 if _letters_in_order(title, query.replace(" ", "")) else None


def _letters_in_order(title: str, letters: str) -> bool:
    """Whether the letters occur one after another: `gtf` means 'go to frame'. Short words only, else all would match."""
    rest = iter(title)
    return len(letters) <= 4 and all(letter in rest for letter in letters)


def command_line(command: Command) -> Line:
    return Line(command.title, cells=(Cell(command.key),) if command.key else (), copy=command.title)
