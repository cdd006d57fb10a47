"""Pictures of one file a frame: a single image, an image group, an image sequence."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.errors import ViewerError, escaped
from viewer.media.image import image_size, read_image
from viewer.media.kinds import Picture
from viewer.media.source import Source
from viewer.size import Size


class Images:
    """Files of any format and size, in the order of their frames; safe to be used by several threads at once.

    A frame whose file was not found has None as its source: only that frame fails. `names` say what was looked for.
    """

    def __init__(
        self,
        sources: Sequence[Source | None],
        expected: Sequence[Size | None],
        names: Sequence[str] = (),
        other_orientation: bool = False,
    ) -> None:
        if len(sources) != len(expected) or (names and len(names) != len(sources)):
            raise ValueError("one expected size, and one name if any, is needed for each source")
        self._sources = tuple(sources)
        self._expected = tuple(expected)
        self._names = tuple(names)
        self._other_orientation = other_orientation
        self._sizes: dict[int, Size | None] = {}

    @property
    def count(self) -> int:
        """Frames, whether or not their files are there."""
        return len(self._sources)

    def size(self, frame: int) -> Size | None:
        """Of the picture as it will be shown, from its headers; None where they do not tell or the file is missing."""
        if frame not in self._sizes:
            source = self._sources[frame]
            self._sizes[frame] = source and image_size(source, self._expected[frame], self._other_orientation)
        return self._sizes[frame]

    def picture(self, frame: int) -> Picture:
        """Decode one file. Raises ViewerError where it is missing or cannot be shown."""
        source = self._sources[frame]
        if source is None:
            name = escaped(self._names[frame]) if self._names else f"picture {frame + 1:,} of {self.count:,}"
            raise ViewerError(f"The picture was not found: {name}")
        return read_image(source, self._expected[frame], self._other_orientation)

    def close(self) -> None:
        """Nothing is kept open between pictures."""
