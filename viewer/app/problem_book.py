"""Everything known to be wrong with what is open, row by row as it is found."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.app.frame_loader import FrameKey
from viewer.errors import Problem


class ProblemBook:
    """Problems of the files, of rows that were read through, and of pictures that were decoded."""

    def __init__(self, of_files: Sequence[Problem] = ()) -> None:
        self._of_files = tuple(of_files)
        self._of_rows: dict[int, tuple[Problem, ...]] = {}
        self._of_pictures: dict[int, dict[FrameKey | str, tuple[Problem, ...]]] = {}
        """By row; of a whole video or series under the id of its unit."""

    def knows(self, row: int) -> bool:
        """Whether the row was read through."""
        return row in self._of_rows

    def note_row(self, row: int, problems: tuple[Problem, ...]) -> None:
        self._of_rows[row] = problems

    def note_picture(self, key: FrameKey, problems: tuple[Problem, ...]) -> bool:
        """Whether that is news."""
        return self._note(key[0], key, problems)

    def note_medium(self, row: int, unit: str, problems: tuple[Problem, ...]) -> bool:
        """Whether that is news."""
        return self._note(row, unit, problems)

    def _note(self, row: int, key: FrameKey | str, problems: tuple[Problem, ...]) -> bool:
        kept = self._of_pictures.setdefault(row, {})
        is_news = kept.get(key, ()) != problems
        kept[key] = problems
        return is_news

    def forget_rows(self) -> None:
        """They are read anew, with another ontology or other media."""
        self._of_rows.clear()
        self._of_pictures.clear()

    def listed(self) -> list[Problem]:
        """Each once: of the files first, then row by row."""
        made = list(self._of_files)
        for row in sorted({*self._of_rows, *self._of_pictures}):
            made += self._of_rows.get(row, ())
            for found in self._of_pictures.get(row, {}).values():
                made += found
        return list(dict.fromkeys(made))
