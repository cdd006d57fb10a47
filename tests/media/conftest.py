from __future__ import annotations

import pytest

from viewer.media.source import Source


@pytest.fixture
def in_memory():
    """Makes a source of bytes, as if it lay in an archive."""

    def make(data: bytes, name: str = "photo.png") -> Source:
        return Source(name, None, lambda: data, len(data), 0.0)

    return make
