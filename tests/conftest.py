"""What every test needs: no display, and settings, caches and homes of its own that vanish afterwards."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import tempfile

from hypothesis import settings

THOROUGH = 50
"""Tests between two searches for old cycles too."""
_count = itertools.count(1)
_home = tempfile.mkdtemp(prefix="label-viewer-tests-")
# at import, before anything of Qt or of ours has looked where the user keeps files
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HOME"] = _home
for _name, _folder in (
    ("XDG_CACHE_HOME", ".cache"),
    ("XDG_CONFIG_HOME", ".config"),
    ("XDG_DATA_HOME", ".local/share"),
    ("XDG_STATE_HOME", ".local/state"),
    ("XDG_RUNTIME_DIR", ".run"),
):
    os.environ[_name] = os.path.join(_home, _folder)
    os.makedirs(os.environ[_name], mode=0o700)

# the same examples in every run, and no deadlines: a test must not fail because the machine is busy
settings.register_profile("label-viewer", derandomize=True, deadline=None, database=None)
settings.load_profile("label-viewer")


def pytest_collection_finish() -> None:
    """From here on cycles are freed between tests: a worker that did so would free Qt objects that are not its own."""
    gc.collect()
    gc.freeze()
    gc.disable()


def pytest_runtest_teardown(nextitem: object) -> None:
    gc.collect(1)
    if next(_count) % THOROUGH == 0:
        gc.collect()


def pytest_unconfigure() -> None:
    shutil.rmtree(_home, ignore_errors=True)
