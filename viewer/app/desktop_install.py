"""Put the program into the user's menu and file manager, and take it out again (Linux). No Qt import here.

Files come from the program's own share folder and keep their places under the user's data folder
(`$XDG_DATA_HOME`, else `~/.local/share`). The desktop entry is changed so that it starts the very program
that installed it, wherever that lies.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from viewer.app.resources import SHARE
from viewer.errors import ViewerError

APP_ID = "org.labelviewer.labelviewer"
"""Name of the desktop entry without its ending: QGuiApplication.setDesktopFileName must be given the same."""
MIME_TYPE = "application/x-encord-labels+json"


def install(data_home: Path | None = None, program: tuple[str, ...] | None = None) -> list[str]:
    """Copy entry, MIME type, icons and metainfo below `data_home`; returns what was done, a sentence a line.

    `program` is the command that the entry starts, by default the one that is running.
    Raises ViewerError where there are no such entries (macOS, Windows) or the folder cannot be written.
    """
    home, command = _data_home(data_home), program or running_program()
    try:
        for source, place in _files():
            target = home / place
            target.parent.mkdir(parents=True, exist_ok=True)
            if place.suffix == ".desktop":
                target.write_text(_entry_for(source.read_text(encoding="utf-8"), command), encoding="utf-8")
            else:
                shutil.copyfile(source, target)
    except OSError as error:
        raise ViewerError(f"The desktop entry could not be written: {error.strerror}: {error.filename}") from error
    done = [f"Installed {len(_files())} files below {home}", f"The entry starts {' '.join(command)}"]
    return done + _refresh(home)


def uninstall(data_home: Path | None = None) -> list[str]:
    """Remove exactly the files that `install` puts there; returns what was done. Raises ViewerError as `install`."""
    home = _data_home(data_home)
    places = [home / place for _, place in _files() if (home / place).is_file()]
    if not places:
        return [f"Nothing was installed below {home}"]
    try:
        for place in places:
            place.unlink()
    except OSError as error:
        raise ViewerError(f"The desktop entry could not be removed: {error.strerror}: {error.filename}") from error
    return [f"Removed {len(places)} files below {home}", *_refresh(home)]


def running_program() -> tuple[str, ...]:
    """The command that starts this program again from anywhere: the installed script, else Python with the module."""
    script = Path(sys.argv[0])
    if script.stem == "label-viewer":
        found = shutil.which(script) or (str(script) if script.is_file() else None)
        if found:
            return (os.path.abspath(found),)
    return (os.path.abspath(sys.executable), "-m", "viewer")


def _data_home(given: Path | None) -> Path:
    if sys.platform in ("darwin", "win32"):
        raise ViewerError("Desktop entries are for Linux; elsewhere open the export with the program itself.")
    if given is not None:
        return given
    # The specification says that a path that is not absolute is to be ignored.
    named = os.environ.get("XDG_DATA_HOME", "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".local" / "share"


def _files() -> list[tuple[Path, Path]]:
    """Every file of the share folder with its place relative to a data folder."""
    return [(path, path.relative_to(SHARE)) for path in sorted(SHARE.rglob("*")) if path.is_file()]


def _entry_for(entry: str, command: tuple[str, ...]) -> str:
    """The desktop entry with `command` in its Exec lines and the program that must exist in TryExec."""
    executed = " ".join(_quoted(part) for part in command)
    lines = []
    for line in entry.splitlines():
        if line.startswith("Exec=label-viewer"):
            line = f"Exec={executed}{line.removeprefix('Exec=label-viewer')}"
        elif line.startswith("TryExec="):
            line = f"TryExec={_escaped(command[0])}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def _quoted(argument: str) -> str:
    """One argument of Exec: quoted where the specification reserves a character, then escaped as any string."""
    argument = argument.replace("%", "%%")
    if any(character in " \t\n\"'\\><~|&;$*?#()`" for character in argument):
        for character in '\\"`$':
            argument = argument.replace(character, "\\" + character)
        argument = f'"{argument}"'
    return _escaped(argument)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


def _refresh(home: Path) -> list[str]:
    """Tell the desktop; without these tools it notices at the next log-in."""
    done = []
    for tool, folder in (("update-mime-database", home / "mime"), ("update-desktop-database", home / "applications")):
        if shutil.which(tool) is None:
            done.append(f"{tool} is not installed: the file type may show only after the next log-in")
            continue
        ended = subprocess.run([tool, str(folder)], capture_output=True, text=True, check=False)
        done.append(f"Ran {tool}" if ended.returncode == 0 else f"{tool} failed: {ended.stderr.strip()}")
    return done
