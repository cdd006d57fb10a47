"""Write the README's table of keys from the list of actions:  python packaging/make_key_table.py"""

from __future__ import annotations

from pathlib import Path

from viewer.app.actions import ACTIONS, MENUS

README = Path(__file__).resolve().parents[1] / "README.md"
START = "<!-- keys: made by packaging/make_key_table.py from the list of actions -->\n"
END = "<!-- end of keys -->"


def key_table() -> str:
    """One line for every action that has a key, in the order of the menus."""
    lines = ["| key | does | menu |", "| --- | --- | --- |"]
    for menu in MENUS:
        for action in ACTIONS:
            if action.menu == menu and action.keys:
                keys = " or ".join(f"`{key}`" for key in action.keys)
                lines.append(f"| {'hold ' if action.held else ''}{keys} | {action.title} | {menu} |")
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The README's text with the table as it should be."""
    before, rest = text.split(START)
    return before + START + key_table() + END + rest.split(END)[1]


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
