"""The look of the window: tokens in two themes, as a palette for Qt and as the colours of panels and canvas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from viewer.canvas import colours as canvas_colours
from viewer.canvas.colours import CanvasColours
from viewer.paint.colours import ChartColours
from viewer.panels.colours import PanelColours

Choice = Literal["system", "light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of the window, each '#rrggbb'."""

    name: str
    window: str
    panel: str
    raised: str
    line: str
    text: str
    quiet: str
    accent: str
    selection: str
    warning: str
    error: str
    ok: str
    canvas: CanvasColours

    @property
    def panels(self) -> PanelColours:
        return PanelColours(
            quiet=self.quiet,
            line=self.line,
            raised=self.raised,
            accent=self.accent,
            selection=self.selection,
            warning=self.warning,
            error=self.error,
            ok=self.ok,
        )

    @property
    def chart(self) -> ChartColours:
        return ChartColours(
            ground=self.panel,
            ruler=self.window,
            raised=self.raised,
            line=self.line,
            text=self.text,
            quiet=self.quiet,
            accent=self.accent,
            selection=self.selection,
            warning=self.warning,
        )


DARK = Theme(
    name="dark",
    window="#1e1f22",
    panel="#26282b",
    raised="#2f3236",
    line="#3a3d42",
    text="#e6e7e9",
    quiet="#a0a5ad",
    accent="#5aa2ff",
    selection="#2c4a73",
    warning="#e2a63d",
    error="#f07070",
    ok="#5fc27e",
    canvas=canvas_colours.DARK,
)
LIGHT = Theme(
    name="light",
    window="#f4f5f6",
    panel="#ffffff",
    raised="#eceef0",
    line="#d8dbdf",
    text="#1d1f23",
    quiet="#5d646e",
    accent="#1668dc",
    selection="#d5e5fc",
    warning="#8f5f00",
    error="#c62f2b",
    ok="#19793a",
    canvas=canvas_colours.LIGHT,
)


def chosen(choice: Choice) -> Theme:
    """The theme for a choice; where the system says nothing, the light one."""
    if choice == "system":
        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if choice == "dark" else LIGHT


def apply(theme: Theme, application: QApplication) -> None:
    """Give the whole application the theme's palette and style."""
    # Fusion follows the palette on every platform; native styles ignore parts of it
    application.setStyle("Fusion")
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))


def palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in {
        roles.Window: theme.window,
        roles.WindowText: theme.text,
        roles.Base: theme.panel,
        roles.AlternateBase: theme.raised,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.quiet,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.error,
        roles.Highlight: theme.selection,
        roles.HighlightedText: theme.text,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.Accent: theme.accent,
        roles.Light: theme.raised,
        roles.Midlight: theme.raised,
        roles.Mid: theme.line,
        roles.Dark: theme.line,
        roles.Shadow: theme.line,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.quiet))
    return made


def style_sheet(theme: Theme) -> str:
    """What a palette cannot say: flat bars, hairlines, quiet scroll bars."""
    return f"""
        QMainWindow::separator {{ background: {theme.line}; width: 1px; height: 1px; }}
        QSplitter::handle {{ background: {theme.line}; }}
        QMenuBar, QStatusBar {{ background: {theme.window}; }}
        QMenuBar::item {{ padding: 4px 8px; background: transparent; border-radius: 4px; }}
        QMenuBar::item:selected {{ background: {theme.raised}; }}
        QMenu {{ background: {theme.panel}; border: 1px solid {theme.line}; padding: 4px 0; }}
        QMenu::item {{ padding: 4px 24px 4px 12px; }}
        QMenu::item:selected {{ background: {theme.selection}; color: {theme.text}; }}
        QMenu::item:disabled {{ color: {theme.quiet}; }}
        QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 0; }}
        QMenu::indicator {{ width: 14px; height: 14px; left: 6px; }}
        QMenu::icon {{ left: 6px; }}
        QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 3px 6px; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
        QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
        QScrollBar::handle {{ background: {theme.line}; border-radius: 3px; min-height: 24px; min-width: 24px; margin: 2px; }}
        QScrollBar::handle:hover {{ background: {theme.quiet}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QTabBar::tab {{ padding: 5px 12px; border: none; color: {theme.quiet}; background: transparent; }}
        QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}
        QTabBar::tab:hover {{ color: {theme.text}; }}
        QTabWidget::pane {{ border: none; }}
        QStatusBar::item {{ border: none; }}
        QProgressBar {{ border: none; background: transparent; }}
        QProgressBar::chunk {{ background: {theme.accent}; }}
    """
