"""The demo export in the user's cache, made at the first time it is asked for."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from viewer import __version__
from viewer.errors import ViewerError


def demo_folder() -> Path:
    """The folder of the demo export. Raises ViewerError where it cannot be written anywhere."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "label-viewer"
    made = cache / f"demo-{__version__}"
    if (made / "export.json").exists():
        return made
    from viewer.demo.make import make_demo

    try:
        cache.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix="demo-", dir=cache))
    except OSError:
        # a home that cannot be written: the system's own place for temporary files will do
        return make_demo(Path(tempfile.mkdtemp(prefix="label-viewer-demo-")))
    try:
        make_demo(half)
        os.replace(half, made)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        if (made / "export.json").exists():
            return made  # another window was quicker
        raise ViewerError(f"the demo cannot be written ({error.strerror}): {made}") from error
    return made
