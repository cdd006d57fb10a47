"""The command line: open a window, or inspect, check, render without one. Nothing of Qt is imported here."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from viewer import __version__
from viewer.errors import ViewerError, escaped

COMMANDS = ("inspect", "check", "render")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 where nothing can be opened or the usage is wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # the same output whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ViewerError as error:
        print(f"label-viewer: {escaped(str(error))}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of our output left early, as `head` does; nothing more can be said to it
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        print(f"label-viewer: the output cannot be written ({error.strerror or error})", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _drop_output() -> None:
    """What is still buffered goes nowhere, lest Python complains of it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: list[str]) -> int:
    # a lone word may be the name of an export; with anything after it, it is the command
    if given[:1] and given[0] in COMMANDS and (len(given) > 1 or not os.path.exists(given[0])):
        options = _command_parser(given[0]).parse_args(_joined(given[1:]))
        return {"inspect": _inspect, "check": _check, "render": _render}[given[0]](options)
    from viewer.app.launch import launch  # without Qt until it is known that there is something to show it on

    return launch(_window_parser().parse_args(given))


def _joined(given: list[str]) -> list[str]:
    """`--window -600,1500` as one word, whose value would be taken for an option otherwise."""
    made: list[str] = []
    for word in given:
        if made and made[-1] == "--window":
            made[-1] = f"--window={word}"
        else:
            made.append(word)
    return made


class _Parser(argparse.ArgumentParser):
    """Wrong usage is one line and exit status 2."""

    def error(self, message: str) -> NoReturn:
        raise ViewerError(f"{escaped(message)}; see label-viewer --help")


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--media", metavar="DIR", action="append", default=[], type=Path, help="look for media here too"
    )
    parser.add_argument(
        "--ontology", metavar="FILE", type=Path, help="the ontology, if it is not found beside the export"
    )
    parser.add_argument("--row", metavar="HASH", help="label hash or data hash of a row")


def _command_parser(command: str) -> argparse.ArgumentParser:
    summaries = {
        "inspect": "print everything that is read as one JSON document",
        "check": "list what is wrong with the export or its media",
        "render": "draw labels over their media into PNG files",
    }
    parser = _Parser(prog=f"label-viewer {command}", description=summaries[command])
    parser.add_argument(
        "path", type=Path, nargs="+" if command != "render" else None, help="export: file, folder or zip"
    )
    _common(parser)
    if command == "check":
        parser.add_argument("--json", action="store_true", help="a list of problems as JSON")
        parser.add_argument(
            "--rules", action="store_true", help="with the findings of the integrity rules, once there are any"
        )
    if command == "render":
        _render_options(parser)
    return parser


def _render_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="OUT", type=Path, required=True, help="PNG, or a folder for several frames"
    )
    parser.add_argument("--unit", metavar="ID", help="unit of the row")
    parser.add_argument("--frame", metavar="N", help="frames: 3,17,40-45; without it the first labelled one")
    parser.add_argument("--overlay-only", action="store_true", help="leave the media out")
    parser.add_argument("--no-captions", action="store_true")
    parser.add_argument("--scale", metavar="S", type=float, default=1.0)
    parser.add_argument("--fill", metavar="A", type=float, default=0.22, help="opacity of areas, 0 to 1")
    parser.add_argument("--outline", metavar="W", type=float, default=2.0, help="pen width in pixels, 0 for none")
    parser.add_argument("--window", metavar="CENTER,WIDTH", help="of slices, such as -600,1500; else the file's own")
    parser.add_argument("--only", metavar="CLASS", action="append", default=[], help="draw only this class")
    parser.add_argument("--object", metavar="HASH", action="append", default=[], help="draw only this object")


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="label-viewer",
        description="Open a label export with its media and see every label exactly where it is.",
        epilog="Other commands: label-viewer inspect | check | render ... (--help with each).",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="exports: files, folders, zip archives")
    _common(parser)
    parser.add_argument("--unit", metavar="ID", help="unit of the row to show")
    parser.add_argument("--frame", metavar="N", type=int, help="frame to show")
    parser.add_argument("--new-window", action="store_true", help="open a window of its own")
    parser.add_argument("--demo", action="store_true", help="open the demo export")
    parser.add_argument("--screenshot", metavar="OUT.png", type=Path, help="save the window as a picture and end")
    parser.add_argument("--size", metavar="WxH", help="size of the window, such as 1366x768")
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the system's")
    parser.add_argument("--install-desktop", action="store_true", help="add the file manager's entry for this user")
    parser.add_argument("--uninstall-desktop", action="store_true", help="remove it again")
    parser.add_argument("--version", action="version", version=f"label-viewer {__version__}")
    return parser


def _inspect(options: argparse.Namespace) -> int:
    from viewer.commands.inspect import inspected, printed
    from viewer.export.export import open_export

    export = open_export(options.path, options.media, options.ontology)
    print(printed(inspected(export, options.row)))
    return 0


def _check(options: argparse.Namespace) -> int:
    from viewer.commands.check import checked, lines
    from viewer.commands.inspect import finite, printed, problem_json
    from viewer.errors import worst
    from viewer.export.export import open_export

    problems = checked(open_export(options.path, options.media, options.ontology), options.row)
    if options.json:
        print(printed(finite([problem_json(problem) for problem in problems])))
    else:
        print("\n".join(lines(problems)) or "no problems found")
    return 1 if worst(problems) == "error" else 0


def _render(options: argparse.Namespace) -> int:
    from viewer.commands.render import render

    render(options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
