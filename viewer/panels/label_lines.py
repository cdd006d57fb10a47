"""The list of labels as lines: a head for each class, a line for each label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from viewer.panels.label_groups import CLASSIFICATIONS, DELETED, Entry, Group
from viewer.panels.line import BLANK, Cell, Line, ShapeSymbol, Swatch, Symbol
from viewer.panels.range_words import on_one_line
from viewer.panels.words import ranges_words, stretch_words
from viewer.scene.shown import is_shown
from viewer.scene.view_state import ViewState
from viewer.scene.words import counted, shown
from viewer.shapes import shape_title

Item = tuple[Group, Entry | None]
"""A line of the list: a label, or the head of its group."""
ColourOf = Callable[[str], str | None]
"""'#rrggbb' of an object where it is drawn in another colour than the export's."""
WordsOf = Callable[[str, int], str]
"""The first characters that a label, by its hash, holds of a text: at most so many; empty where it holds none."""
MOST_WORDS = 60
"""Characters of labelled words beside a label."""


@dataclass(frozen=True, slots=True)
class LabelLook:
    """What the lines depend on besides the labels."""

    state: ViewState
    selected: Entry | None
    """None where it is no label that the picture shows."""
    frame: int
    whole_row: bool
    colour_of: ColourOf
    medium: str = ""
    """'sound', 'text' or 'page' where the labels are on ranges of one, not on frames."""
    most: int = 0
    """The largest count that is shown."""
    words_of: WordsOf = lambda label, most: ""

    @property
    def answers(self) -> bool:
        return self.state.look.captions == "answers"


def flattened(groups: Sequence[Group], folded: frozenset[str]) -> list[Item]:
    """Heads and, where they are not folded, their labels."""
    made: list[Item] = []
    for group in groups:
        made.append((group, None))
        if group.key not in folded:
            made += [(group, entry) for entry in group.entries]
    return made


def head_line(group: Group, look: LabelLook, unfolded: bool, most: int) -> Line:
    """The head of a class: its colour, its name, how many there are, and whether it is shown."""
    is_class = group.key not in (CLASSIFICATIONS, DELETED)
    cells = [_count_cell(group, look, most)]
    hidden = group.feature_hash in look.state.hidden_classes
    cells.append(_eye(hidden, f"this class: {group.title}") if is_class else Cell(icon=BLANK))
    colour = (look.colour_of(group.entries[0].hash) if is_class else None) or group.colour
    by_class = look.state.look.colour_by == "class"
    icon = Symbol("labels" if group.key == CLASSIFICATIONS else "eye-off")
    return Line(
        text=shown(group.title),
        sign=Swatch(colour if by_class else group.colour) if is_class else icon,
        tone="strong",
        open=unfolded,
        cells=tuple(cells),
        tip=group.title,
        copy=group.title,
    )


def _count_cell(group: Group, look: LabelLook, most: int) -> Cell:
    on_frame = f"{group.on_frame:,}"
    title = f"{counted(group.on_frame, 'label')} on this {look.medium or 'frame'}"
    room = f"{most:,}"
    if look.medium:
        ranges = sum(entry.ranges for entry in group.entries)
        return Cell(on_frame, room=room, title=f"{title}, {counted(ranges, 'range')}" if ranges else title)
    if look.whole_row and group.in_row is not None:
        return Cell(f"{on_frame} of {group.in_row:,}", room=room, title=f"{title}, {group.in_row:,} in the row")
    return Cell(on_frame, room=room, title=title)


def _eye(hidden: bool, what: str) -> Cell:
    word = "Show" if hidden else "Hide"
    return Cell(icon="eye-off" if hidden else "eye", id="eye", title=f"{word} {what}", shy=not hidden)


def entry_line(group: Group, entry: Entry, look: LabelLook) -> Line:
    """A label: its shape, its name, its answers where wanted, what is odd about it."""
    note = entry.answers.words_on(look.frame) if look.answers or not entry.word else ""
    if not entry.on_frame:
        note = " · ".join(part for part in (_where(entry), note) if part)
    elif entry.ranges:
        where = _labelled(entry, look) or _where(entry)
        note = " · ".join(part for part in (entry.answers.words_on(look.frame), where) if part)
    is_deleted = group.key == DELETED
    if entry.annotation is not None and entry.annotation.sketch is None and not is_deleted:
        note = " · ".join(part for part in ("not drawn", note) if part)
    # classifications are on no picture: nothing is shown alone instead of them; of a sound they have bars of their own
    is_drawn = bool(entry.word or look.medium)
    selected = look.selected if is_drawn else None
    hidden = entry.on_frame and not is_shown(entry, selected, look.state)
    return Line(
        text=shown(entry.title),
        note=shown(note),
        level=1,
        sign=_sign(entry, look),
        tone="quiet" if not entry.on_frame or hidden or is_deleted else "plain",
        cells=() if is_deleted or not is_drawn else _entry_cells(entry, look),
        tip=_tip(entry, look),
        copy=entry.hash,
        target=entry.hash,
    )


def _sign(entry: Entry, look: LabelLook) -> ShapeSymbol | Swatch | Symbol:
    if not entry.word:
        return Symbol(BLANK)
    if look.state.look.colour_by != "class":
        return Swatch(look.colour_of(entry.hash) or entry.colour)
    return ShapeSymbol(entry.word)


def _entry_cells(entry: Entry, look: LabelLook) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    annotation = entry.annotation
    if annotation is not None and annotation.sketch is None:
        cells.append(Cell(icon="warning", tone="warning", title="This label cannot be drawn, see its problem"))
    elif annotation is not None and annotation.flagged:
        cells.append(Cell(icon="warning", tone="warning", title="A problem names this label"))
    is_alone = look.state.solo == "instance" and look.state.selected == entry.hash
    cells.append(
        Cell(
            icon="solo",
            tone="link" if is_alone else "quiet",
            id="solo",
            title="Show all labels again" if is_alone else "Show only this label",
            shy=not is_alone,
        )
    )
    if look.medium and entry.ranges > 1:
        cells.append(Cell(f"{entry.ranges:,}", room=f"{look.most:,}", title=counted(entry.ranges, "range")))
    cells.append(_eye(entry.hash in look.state.hidden_objects, entry.title))
    return tuple(cells)


def _labelled(entry: Entry, look: LabelLook) -> str:
    """The words of its first range."""
    words = look.words_of(entry.hash, MOST_WORDS + 1)
    more = " …" if words and entry.ranges > 1 else ""
    return f"{on_one_line(words, MOST_WORDS)}{more}"


def _where(entry: Entry) -> str:
    source = entry.instance or entry.classification
    # paths of positions in a page say nothing to people; where it is, the inspector and the list of ranges say
    if source is None or source.range_unit == "html":
        return ""
    if source.range_unit:
        said = [stretch_words(stretch, source.range_unit) for stretch in source.ranges[:3]]
        return ", ".join(said) + (" …" if len(source.ranges) > 3 else "")
    return ranges_words(source.frames, 2) if source.frames else ""


def _tip(entry: Entry, look: LabelLook) -> str:
    said = [entry.title]
    if entry.word:
        shape = entry.annotation.shape if entry.annotation else None
        said.append(f"{shape_title(entry.word)}{f', {shape.measure()}' if shape else ''}")
    answers = entry.answers.words_on(look.frame)
    if answers:
        said.append(answers)
    if not entry.on_frame:
        said.append(f"not on this frame; frames {_where(entry)}")
    return "\n".join(said)
