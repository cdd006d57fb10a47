"""Every action, once: its name, keys, menu, icon, words and rule. Menus, toolbar, palette and key sheet are made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viewer.app.window import Window


Rule = Callable[["Window"], bool]


def _always(_: Window) -> bool:
    return True


def has_export(window: Window) -> bool:
    return window.session.export is not None and bool(window.session.export.heads)


def has_frame(window: Window) -> bool:
    return window.session.view is not None


def has_frames(window: Window) -> bool:
    return len(window.moving.frames()) > 1


def can_go_to(window: Window) -> bool:
    return has_frames(window) or window.here.is_sound


def can_step(window: Window) -> bool:
    return window.here.can_step


def can_play(window: Window) -> bool:
    return window.here.can_play


def has_selection(window: Window) -> bool:
    return window.session.state.selected is not None and has_frame(window)


def has_video(window: Window) -> bool:
    return window.session.video is not None


def has_series(window: Window) -> bool:
    view = window.session.view
    return view is not None and view.unit.kind == "dicom"


def has_picture(window: Window) -> bool:
    view = window.session.view
    return view is not None and view.picture is not None


def has_text(window: Window) -> bool:
    unit = window.session.unit
    return unit is not None and unit.kind == "text"


def has_grey(window: Window) -> bool:
    return window.windowing.grey is not None


def has_hounsfield(window: Window) -> bool:
    grey = window.windowing.grey
    return grey is not None and grey.unit == "HU"


def has_slices(window: Window) -> bool:
    return window.orthogonal.is_possible()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the reviewer can do."""

    id: str
    title: str
    menu: str
    run: Callable[[Window], None]
    keys: tuple[str, ...] = ()
    """The first is shown; all of them work."""
    tip: str = ""
    icon: str = ""
    enabled: Rule = _always
    checked: Rule | None = None
    """For actions that switch something: whether it is on."""
    icon_on: str = ""
    """In the place of `icon` while it is on."""
    release: Callable[[Window], None] | None = None
    """For actions that last while their key is held."""

    @property
    def held(self) -> bool:
        return self.release is not None

    @property
    def key_words(self) -> str:
        """The key for people: 'hold H'."""
        if not self.keys:
            return ""
        return f"hold {self.keys[0]}" if self.held else self.keys[0]


def _look(**changes: object) -> Callable[[Window], None]:
    return lambda window: window.session.set_look(**changes)


def _has_look(field: str, value: object) -> Rule:
    return lambda window: getattr(window.session.state.look, field) == value


def _has_window(name: str) -> Rule:
    return lambda window: (now := window.session.state.window) is not None and now.name == name


def _hold(**changes: bool) -> Callable[[Window], None]:
    return lambda window: window.session.set(**changes)


FILE, GO, VIEW, LABELS, WINDOW, HELP = "File", "Go", "View", "Labels", "Window", "Help"
MENUS = (FILE, GO, VIEW, LABELS, WINDOW, HELP)

# fmt: off
ACTIONS: tuple[Action, ...] = (
    # ------------------------------------------------------------ file
    Action("open", "Open export…", FILE, lambda w: w.dialogs.ask_for_export(), ("Ctrl+O",), "Open a JSON export or a zip archive", "open"),
    Action("open_folder", "Open folder…", FILE, lambda w: w.dialogs.ask_for_folder(), ("Ctrl+Shift+O",), "Open all exports of a folder", "folder"),
    Action("demo", "Open the demo", FILE, lambda w: w.opener.open_demo(), (), "A drawn export with every kind of label", "picture"),
    Action("locate", "Locate media…", FILE, lambda w: w.dialogs.ask_for_media(), (), "Look for media in another folder too", "search", has_export),
    Action("ontology", "Use ontology…", FILE, lambda w: w.dialogs.ask_for_ontology(), (), "Read the labels with this ontology file", "labels", has_export),
    Action("reload", "Reload", FILE, lambda w: w.opener.reload(), ("F5",), "Read the export again from disk", "reset", has_export),
    Action("copy_link", "Copy link to this view", FILE, lambda w: w.saving.copy_link(), ("Ctrl+Shift+C",), "Row, unit, frame and label as text, without paths", "link", has_frame),
    Action("save_frame", "Save picture of this frame…", FILE, lambda w: w.saving.ask_where(), ("Ctrl+S",), "The picture with its labels at full resolution", "", has_frame),
    Action("new_window", "New window", FILE, lambda w: w.new_window(), ("Ctrl+N",)),
    Action("close", "Close window", FILE, lambda w: w.close_window(), ("Ctrl+W",)),
    Action("quit", "Quit", FILE, lambda w: w.quit(), ("Ctrl+Q",)),
    # ------------------------------------------------------------ go
    Action("next_frame", "Next frame", GO, lambda w: w.here.moving.step(1), ("Right", "."), "On a sound a twentieth of what is visible, with Shift half of it. On DICOM and NIfTI the next slice; there the wheel and drags of the middle button step too, Ctrl and wheel zoom", "next", can_step),
    Action("previous_frame", "Previous frame", GO, lambda w: w.here.moving.step(-1), ("Left", ","), "", "previous", can_step),
    Action("ten_on", "Ten frames on", GO, lambda w: w.here.moving.step(10), ("Shift+Right",), "", "", can_step),
    Action("ten_back", "Ten frames back", GO, lambda w: w.here.moving.step(-10), ("Shift+Left",), "", "", can_step),
    Action("play", "Play or pause", GO, lambda w: w.here.player.toggle(), ("Space",), "J and L play back and on, faster with each press; K stops. On sounds J goes five seconds back", "play", can_play, lambda w: w.here.player.is_playing, icon_on="pause"),
    Action("play_on", "Play on; again: faster", GO, lambda w: w.here.player.press(1), ("L",), "", "", can_play),
    Action("play_back", "Play back; again: faster", GO, lambda w: w.here.player.press(-1), ("J",), "", "", can_play),
    Action("stop", "Stop", GO, lambda w: w.here.player.pause(), ("K",), "", "", can_play),
    Action("faster", "Play faster", GO, lambda w: w.here.player.change_speed(1), (">", "Ctrl+>"), "A quarter to four times", "", can_play),
    Action("slower", "Play slower", GO, lambda w: w.here.player.change_speed(-1), ("<", "Ctrl+<"), "", "", can_play),
    Action("play_stretch", "Play the selected label's stretch once", GO, lambda w: w.here.play_stretch(), ("Shift+Space",), "From where it appears to where it is gone; on sounds what was dragged over, else the selected range", "", has_selection),
    Action("play_lead", "Play the selected range with a second before it", GO, lambda w: w.here.play_stretch(with_lead=True), ("Shift+P",), "On sounds", "", lambda w: has_selection(w) and w.here.is_sound),
    Action("loop", "Loop", GO, lambda w: w.here.toggle_loop(), ("Ctrl+L",), "What is marked, else the selected label's stretch, else everything", "", can_play, lambda w: w.here.player.loops),
    Action("loop_from", "Loop from this frame on", GO, lambda w: w.here.player.mark(start=True), ("[",), "", "", can_play),
    Action("loop_to", "Loop up to this frame", GO, lambda w: w.here.player.mark(start=False), ("]",), "", "", can_play),
    Action("next_labelled", "Next labelled frame", GO, lambda w: w.here.moving.step_labelled(1), ("Ctrl+Right",), "On sounds and texts the next range", "next-labelled", can_step),
    Action("previous_labelled", "Previous labelled frame", GO, lambda w: w.here.moving.step_labelled(-1), ("Ctrl+Left",), "", "previous-labelled", can_step),
    Action("next_event", "Next event of the selected label", GO, lambda w: w.here.moving.step_event(1), ("E",), "Where it starts, ends, or changes an answer; on sounds where any range starts or ends", "", has_selection),
    Action("previous_event", "Previous event of the selected label", GO, lambda w: w.here.moving.step_event(-1), ("Shift+E",), "", "", has_selection),
    Action("next_unlabelled", "Next frame without labels", GO, lambda w: w.here.moving.step_unlabelled(1), ("U",), "", "", can_step),
    Action("previous_unlabelled", "Previous frame without labels", GO, lambda w: w.here.moving.step_unlabelled(-1), ("Shift+U",), "", "", can_step),
    Action("first_frame", "First frame", GO, lambda w: w.here.moving.step_to_end(-1), ("Home",), "", "first", can_step),
    Action("last_frame", "Last frame", GO, lambda w: w.here.moving.step_to_end(1), ("End",), "", "last", can_step),
    Action("go_to_frame", "Go to frame or time…", GO, lambda w: w.ask_for_frame(), ("Ctrl+G",), "In sounds a sample too", "", can_go_to),
    Action("next_row", "Next row", GO, lambda w: w.step_row(1), ("Ctrl+Down",), "", "", has_export),
    Action("previous_row", "Previous row", GO, lambda w: w.step_row(-1), ("Ctrl+Up",), "", "", has_export),
    Action("back", "Back", GO, lambda w: w.session.go_back(), ("Alt+Left",), "To where you were before", "", has_export),
    Action("forward", "Forward", GO, lambda w: w.session.go_forward(), ("Alt+Right",), "", "", has_export),
    Action("shift_on", "Shift the labels a frame later", GO, lambda w: w.probe.shift_by(1), ("Ctrl+Shift+Right",), "Against the picture, to see whether they fit better; never saved", "", has_frames),
    Action("shift_back", "Shift the labels a frame earlier", GO, lambda w: w.probe.shift_by(-1), ("Ctrl+Shift+Left",), "", "", has_frames),
    Action("shift_none", "Labels where they belong", GO, lambda w: w.probe.reset(), ("Ctrl+Shift+Home",), "No shift against the picture", "", lambda w: w.probe.told() is not None),
    Action("shift_measure", "Measure the shift of the selected label", GO, lambda w: w.probe.measure(), ("Ctrl+Shift+M",), "Whether it is drawn early or late, from its motion and that of the pixels in it", "", lambda w: has_selection(w) and w.probe.can_measure()),
    Action("shift_measured", "Shift the labels as measured", GO, lambda w: w.probe.use_measured(), (), "", "", lambda w: w.probe.measured is not None),
    Action("number_order", "Frame numbers count the pictures", GO, lambda w: w.numbers.count_by("order"), (), "In the order in which they are shown: the rule for all videos", "", has_video, lambda w: w.session.numbering.by == "order"),
    Action("number_grid", "Frame numbers count by the export's rate", GO, lambda w: w.numbers.count_by("grid"), (), "For videos of varying rate: number n is what is on show n / rate seconds on", "", has_video, lambda w: w.session.numbering.by == "grid"),
    Action("number_more", "Frame numbers one picture later", GO, lambda w: w.numbers.offset_by(1), (), "Number n shows the picture after the one it shows now; remembered for this video", "", has_video),
    Action("number_less", "Frame numbers one picture earlier", GO, lambda w: w.numbers.offset_by(-1), (), "", "", has_video),
    Action("end_excluded", "Ranges of texts end before their second offset", GO, lambda w: w.readings.end("excluded"), (), "The export does not say which; remembered for it", "", has_text, lambda w: w.session.state.reading.end == "excluded"),
    Action("end_included", "Ranges of texts hold the character at their second offset", GO, lambda w: w.readings.end("included"), (), "", "", has_text, lambda w: w.session.state.reading.end == "included"),
    Action("count_code_points", "Offsets of texts count characters", GO, lambda w: w.readings.count("code points"), (), "Code points of Unicode; the export does not say which", "", has_text, lambda w: w.session.state.reading.units == "code points"),
    Action("count_utf16", "Offsets of texts count UTF-16 units", GO, lambda w: w.readings.count("utf-16"), (), "An emoji has two of them", "", has_text, lambda w: w.session.state.reading.units == "utf-16"),
    # ------------------------------------------------------------ view
    Action("zoom_in", "Zoom in", VIEW, lambda w: w.here.view.zoom_in(), ("+", "=", "Ctrl++"), "Or turn the wheel", "zoom-in", has_frame),
    Action("zoom_out", "Zoom out", VIEW, lambda w: w.here.view.zoom_out(), ("-", "Ctrl+-"), "Or turn the wheel", "zoom-out", has_frame),
    Action("fit", "Fit", VIEW, lambda w: w.here.view.fit(), ("0", "Ctrl+0"), "The whole picture; or double-click it", "fit", has_frame),
    Action("one_to_one", "100 %", VIEW, lambda w: w.here.view.one_to_one(), ("Ctrl+1",), "A pixel of the picture is a pixel of the screen", "one-to-one", has_frame),
    Action("zoom_to_label", "Zoom to the selected label", VIEW, lambda w: w.here.zoom_to_label(), ("Z",), "", "", has_selection),
    Action("follow", "Follow the selected label", VIEW, lambda w: w.following.toggle(), ("Shift+Z",), "Zoom to each label that is selected, and keep it in the middle from frame to frame", "", checked=lambda w: w.following.is_on),
    Action("pan_up", "Pan up", VIEW, lambda w: w.pan(0, 1), ("Alt+Up",), "", "", has_frame),
    Action("pan_down", "Pan down", VIEW, lambda w: w.pan(0, -1), ("Alt+Down",), "", "", has_frame),
    Action("window_auto", "Stretch to what is visible", VIEW, lambda w: w.stretch_contrast(), ("W",), "Brightness and contrast so that the visible part uses the whole range; right drag changes them by hand", "contrast", has_picture),
    Action("contrast_reset", "Reset brightness and contrast", VIEW, lambda w: w.showing.reset_contrast(), ("Shift+W",), "On slices the file's own window", "reset", has_picture),
    Action("invert", "Invert black and white", VIEW, lambda w: w.windowing.invert(), ("I",), "", "", has_picture, lambda w: w.session.state.inverted),
    Action("window_lung", "Window: lung", VIEW, lambda w: w.windowing.preset("lung"), ("1",), "CT, center -600, width 1500", "", has_hounsfield, _has_window("lung")),
    Action("window_bone", "Window: bone", VIEW, lambda w: w.windowing.preset("bone"), ("2",), "CT, center 480, width 2500", "", has_hounsfield, _has_window("bone")),
    Action("window_brain", "Window: brain", VIEW, lambda w: w.windowing.preset("brain"), ("3",), "CT, center 40, width 80", "", has_hounsfield, _has_window("brain")),
    Action("window_abdomen", "Window: abdomen", VIEW, lambda w: w.windowing.preset("abdomen"), ("4",), "CT, center 60, width 400", "", has_hounsfield, _has_window("abdomen")),
    Action("window_mediastinum", "Window: mediastinum", VIEW, lambda w: w.windowing.preset("mediastinum"), ("5",), "CT, center 50, width 350", "", has_hounsfield, _has_window("mediastinum")),
    Action("window_own", "Window: the file's own", VIEW, lambda w: w.windowing.own(), ("6",), "Of each slice", "", has_grey, lambda w: has_grey(w) and w.session.state.window is None),
    Action("window_full", "Window: full range", VIEW, lambda w: w.windowing.percentiles(0, 100, "full range"), ("7",), "From the least to the largest value of this slice", "", has_grey, _has_window("full range")),
    Action("window_percentiles", "Window: 1 % to 99 %", VIEW, lambda w: w.windowing.percentiles(1, 99, "1 % to 99 %"), ("8",), "Of the values of this slice", "", has_grey, _has_window("1 % to 99 %")),
    Action("window_next", "Window: the file's next", VIEW, lambda w: w.windowing.next_own(), ("9",), "Of files that bring several", "", lambda w: len(w.windowing.of_file()) > 1),
    Action("adjust", "Brightness, contrast, gamma, window…", VIEW, lambda w: w.adjusting.show(), ("Ctrl+B",), "Numbers can be typed: on slices center and width of the window, on other pictures the rest", "", has_picture),
    Action("ruler", "Ruler", VIEW, lambda w: w.toggle_ruler(), ("Shift+R",), "A drag measures; Escape takes what was measured away, nothing of it is saved", "", has_picture, lambda w: w.canvas.has_ruler),
    Action("slice_hud", "Words on the slice", VIEW, lambda w: w.showing.toggle_slice_hud(), ("Shift+I",), "Number, position, window, sides of the patient and a scale, on DICOM and NIfTI", "", checked=_has_look("slice_hud", True)),
    Action("orientation", "Try the other orientation", VIEW, lambda w: w.toggle_orientation(), ("Y",), "Pictures with an EXIF orientation: as stored instead of turned, or the other way; volumes turned to the patient; slices of which the export says nothing from the other end", "", has_picture, lambda w: w.session.state.other_orientation),
    Action("identity", "Hide patient identity", VIEW, lambda w: w.display.identity.toggle(), ("Ctrl+Shift+I",), "Grey bars in the place of names, numbers and dates of birth, in copies and pictures of the window too", "", checked=lambda w: w.display.identity.is_hidden),
    Action("planes", "Orthogonal planes", VIEW, lambda w: w.orthogonal.toggle(), ("M",), "The planes across the slices beside the picture, with their labels; a click or drag moves the crosshair", "", has_slices, lambda w: w.orthogonal.is_on),
    Action("spectrogram", "Waveform, spectrogram or both", VIEW, lambda w: w.panes.sound.cycle_show(), ("Shift+S",), "On sounds; how it is made stands in the menu above the waveform", "", lambda w: w.here.is_sound),
    Action("full_screen", "Picture only", VIEW, lambda w: w.toggle_presentation(), ("F11",), "Hides everything but the picture and the strip of its slices; M brings the planes", "", checked=lambda w: w.presents),
    # ------------------------------------------------------------ labels
    Action("next_label", "Next label", LABELS, lambda w: w.here.step_label(1), ("Down",), "", "", has_frame),
    Action("previous_label", "Previous label", LABELS, lambda w: w.here.step_label(-1), ("Up",), "", "", has_frame),
    Action("next_same", "Next label of the same class, anywhere", LABELS, lambda w: w.here.moving.step_same_class(1), ("N",), "", "", has_selection),
    Action("previous_same", "Previous label of the same class, anywhere", LABELS, lambda w: w.here.moving.step_same_class(-1), ("Shift+N",), "", "", has_selection),
    Action("deselect", "Select nothing", LABELS, lambda w: w.escape(), ("Escape",), "", ""),
    Action("hide_all", "Hide labels", LABELS, _hold(hide_all=True), ("H",), "While the key is held", "eye-off", has_frame, release=_hold(hide_all=False)),
    Action("fill_solid", "Fill solid", LABELS, _hold(fill_solid=True), ("G",), "While the key is held", "fill", has_frame, release=_hold(fill_solid=False)),
    Action("other_branch", "Show the other branch", LABELS, lambda w: w.hold_other_branch(True), ("B",), "While the key is held", "", lambda w: w.other_branch() is not None, release=lambda w: w.hold_other_branch(False)),
    Action("name_points", "Name all points", LABELS, _hold(name_points=True), ("Q",), "While the key is held", "", has_frame, release=_hold(name_points=False)),
    Action("visibility", "Hide or show the selected label", LABELS, lambda w: w.showing.toggle_selected_visibility(), ("V",), "", "eye", has_selection),
    Action("solo", "Show the selected label alone", LABELS, lambda w: w.showing.toggle_solo(), ("Shift+H",), "", "solo", has_selection, lambda w: w.session.state.solo == "instance"),
    Action("solo_class", "Show the class of the selected label alone", LABELS, lambda w: w.showing.toggle_solo(by="class"), ("Ctrl+Shift+H",), "", "", has_selection, lambda w: w.session.state.solo == "class"),
    Action("solo_shape", "Show the shape of the selected label alone", LABELS, lambda w: w.showing.toggle_solo(by="shape"), (), "", "", has_selection, lambda w: w.session.state.solo == "shape"),
    Action("dim", "Dim the others: by label, class, shape", LABELS, lambda w: w.showing.cycle_dim(), ("D",), "Each press dims more alike ones: all other labels, all other classes, all other shapes, none", "dim", has_frame, lambda w: bool(w.session.state.look.dim)),
    Action("trail", "Path of the selected label", LABELS, lambda w: w.showing.toggle_trail(), ("Shift+T",), "Where it was, and dashed where it will be", "", has_frames, _has_look("trail", True)),
    Action("show_everything", "Show everything that is hidden", LABELS, lambda w: w.showing.show_everything(), ("Shift+V",), "", "", has_frame),
    Action("captions", "Captions: none, name, answers", LABELS, lambda w: w.showing.cycle_captions(), ("T",), "", "captions", has_frame),
    Action("more_fill", "Fill more", LABELS, lambda w: w.showing.change_fill(0.1), ("O",), "Opacity of areas", "", has_frame),
    Action("less_fill", "Fill less", LABELS, lambda w: w.showing.change_fill(-0.1), ("Shift+O",), "", "", has_frame),
    Action("wider", "Wider outlines", LABELS, lambda w: w.showing.change_line(0.5), ("Alt+O",), "", "", has_frame),
    Action("thinner", "Thinner outlines", LABELS, lambda w: w.showing.change_line(-0.5), ("Alt+Shift+O",), "", "", has_frame),
    Action("by_class", "Colour by class", LABELS, _look(colour_by="class"), (), "", "", checked=_has_look("colour_by", "class")),
    Action("by_instance", "Colour by instance", LABELS, _look(colour_by="instance"), (), "", "", checked=_has_look("colour_by", "instance")),
    Action("by_annotator", "Colour by annotator", LABELS, _look(colour_by="annotator"), (), "", "", checked=_has_look("colour_by", "annotator")),
    Action("by_confidence", "Colour by confidence", LABELS, _look(colour_by="confidence"), (), "", "", checked=_has_look("colour_by", "confidence")),
    Action("next_colouring", "Colour by the next of these", LABELS, lambda w: w.showing.cycle_colouring(), ("Shift+C",), "By class, instance, annotator, confidence", "palette", has_frame),
    Action("safe_palette", "Colours for colour-blind eyes", LABELS, lambda w: w.showing.toggle_safe_palette(), (), "", "", checked=_has_look("safe_palette", True)),
    # ------------------------------------------------------------ window
    Action("panel_rows", "Rows", WINDOW, lambda w: w.toggle_panel("rows",), ("Alt+1",), "", "rows", checked=lambda w: w.panel_shown("rows",)),
    Action("panel_labels", "Labels", WINDOW, lambda w: w.toggle_panel("labels",), ("Alt+2",), "", "labels", checked=lambda w: w.panel_shown("labels",)),
    Action("panel_inspector", "Inspector", WINDOW, lambda w: w.toggle_panel("inspector",), ("Alt+3",), "", "inspector", checked=lambda w: w.panel_shown("inspector",)),
    Action("panel_problems", "Problems", WINDOW, lambda w: w.toggle_panel("problems",), ("Alt+4",), "", "problems", checked=lambda w: w.panel_shown("problems",)),
    Action("panel_timeline", "Timeline", WINDOW, lambda w: w.toggle_panel("timeline",), ("Alt+5",), "", "timeline", checked=lambda w: w.panel_shown("timeline",)),
    Action("raw", "Raw JSON of what is selected", WINDOW, lambda w: w.show_details(w.panes.raw), ("Ctrl+J",), "", "json", has_export),
    Action("tags", "DICOM tags of this slice", WINDOW, lambda w: w.show_details(w.panes.tags), ("Ctrl+I",), "All tags of the file, and what the export says beside them", "", has_series),
    Action("find", "Find and filter", WINDOW, lambda w: w.focus.filter(), ("Ctrl+F", "/"), "", "search", has_export),
    Action("next_pane", "Next pane", WINDOW, lambda w: w.focus.cycle(1), ("F6",)),
    Action("previous_pane", "Previous pane", WINDOW, lambda w: w.focus.cycle(-1), ("Shift+F6",)),
    Action("budget", "Memory for decoded frames…", WINDOW, lambda w: w.ask_for_budget(), (), "Of videos and picture sequences, for each window"),
    Action("theme", "Light, dark, as the system", WINDOW, lambda w: w.cycle_theme(), ("Ctrl+Shift+L",), "", "theme"),
    # ------------------------------------------------------------ help
    Action("palette", "All actions…", HELP, lambda w: w.show_palette(), ("Ctrl+K",), "Find an action by its name", "search"),
    Action("shortcuts", "Keys", HELP, lambda w: w.show_shortcuts(), ("F1", "?"), "", "help"),
    Action("keys_own", "Keys of Label Viewer", HELP, lambda w: w.use_keys("own"), (), "", "", checked=lambda w: w.key_set == "own"),
    Action("keys_cvat", "Keys as in CVAT", HELP, lambda w: w.use_keys("cvat"), (), "F and D step, V and C step by ten", "", checked=lambda w: w.key_set == "cvat"),
    Action("keys_labelme", "Keys as in labelme", HELP, lambda w: w.use_keys("labelme"), (), "D and A step", "", checked=lambda w: w.key_set == "labelme"),
    Action("keys_radiology", "Keys as on radiology workstations", HELP, lambda w: w.use_keys("radiology"), (), "Down and Up step through slices", "", checked=lambda w: w.key_set == "radiology"),
    Action("about", "About Label Viewer", HELP, lambda w: w.show_about()),
)
# fmt: on

TOOLBAR: tuple[tuple[str, ...], ...] = (
    ("first_frame", "previous_labelled", "previous_frame", "play", "next_frame", "next_labelled", "last_frame"),
    ("zoom_out", "fit", "one_to_one", "zoom_in"),
    ("captions", "solo", "dim", "window_auto", "next_colouring"),
)
"""Ids of the actions in the toolbar, in groups."""

BY_ID: dict[str, Action] = {action.id: action for action in ACTIONS}
