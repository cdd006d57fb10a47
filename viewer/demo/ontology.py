"""The demo's ontology: classes, their attributes, the skeleton, and answers written in its terms."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Answer = str | float | list[str]
"""Text or the option's title, a number, or the titles of the ticked options."""
Answers = Mapping[str, Answer]
"""Title of the attribute, nested ones too, to its answer."""


def short_hash(*parts: object) -> str:
    """Eight letters as the export names things, the same for the same parts."""
    digest = hashlib.sha1("/".join(map(str, parts)).encode(), usedforsecurity=False).digest()
    return base64.b64encode(digest[:6]).decode()


def as_value(title: str) -> str:
    return title.lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Joint:
    """One point of the skeleton, its place in the template as fractions."""

    name: str
    colour: str
    x: float
    y: float

    def as_label(self) -> Json:
        """What a label says of the joint, and the template too."""
        feature = short_hash("joint", self.name)
        return {"name": self.name, "color": self.colour, "value": as_value(self.name), "featureHash": feature}


LEFT, RIGHT, MIDDLE = "#38bdf8", "#fb923c", "#facc15"
JOINTS = (
    Joint("Head", MIDDLE, 0.50, 0.06),
    Joint("Neck", MIDDLE, 0.50, 0.20),
    Joint("Left shoulder", LEFT, 0.62, 0.22),
    Joint("Left elbow", LEFT, 0.70, 0.38),
    Joint("Left hand", LEFT, 0.74, 0.53),
    Joint("Right shoulder", RIGHT, 0.38, 0.22),
    Joint("Right elbow", RIGHT, 0.30, 0.38),
    Joint("Right hand", RIGHT, 0.26, 0.53),
    Joint("Left hip", LEFT, 0.57, 0.52),
    Joint("Left knee", LEFT, 0.58, 0.74),
    Joint("Left foot", LEFT, 0.59, 0.97),
    Joint("Right hip", RIGHT, 0.43, 0.52),
    Joint("Right knee", RIGHT, 0.42, 0.74),
    Joint("Right foot", RIGHT, 0.41, 0.97),
)
BONES = (
    (0, 1),
    (1, 2),
    (2, 3),
    (3, 4),
    (1, 5),
    (5, 6),
    (6, 7),
    (2, 8),
    (5, 11),
    (8, 11),
    (8, 9),
    (9, 10),
    (11, 12),
    (12, 13),
)
_TRUNK = {"Head", "Neck", "Left shoulder", "Right shoulder"}


def _attribute(kind: str, title: str, *, dynamic: bool = False, required: bool = False, **more: Any) -> Json:
    own = {"name": title, "type": kind, "featureNodeHash": "", "required": required, "dynamic": dynamic}
    return {**own, "archived": False, **more}


def _choice(kind: str, title: str, options: tuple[str | tuple[str, list[Json]], ...], **flags: bool) -> Json:
    made = []
    for option in options:
        label, nested = (option, []) if isinstance(option, str) else option
        entry: Json = {"label": label, "value": as_value(label), "featureNodeHash": "", "archived": False}
        made.append(entry | ({"options": nested} if nested else {}))
    return _attribute(kind, title, **flags, options=made)


def radio(title: str, *options: str | tuple[str, list[Json]], **flags: bool) -> Json:
    """Options are titles, or pairs of a title and the attributes that it opens."""
    return _choice("radio", title, options, **flags)


def checklist(title: str, *options: str, **flags: bool) -> Json:
    return _choice("checklist", title, options, **flags)


def text(title: str, **flags: bool) -> Json:
    return _attribute("text", title, **flags)


def number(title: str, **flags: bool) -> Json:
    return _attribute("numeric", title, **flags)


_KIND_OF_CAR = radio(
    "Kind",
    "Saloon",
    ("Estate", [radio("Roof rails", "Yes", "No")]),
    ("Van", [radio("Side door", "Left", "Right", "Both"), text("Lettering")]),
    required=True,
)
_CLASSES: tuple[tuple[str, str, str, list[Json]], ...] = (
    (
        "Car", "bounding_box", "#3b9dff",
        [
            _KIND_OF_CAR,
            checklist("Extras", "Roof box", "Tow bar", "Spoiler", "Sunroof"),
            number("Speed (km/h)"), text("Remark"), text("Drives behind"),
            radio("Lights", "Off", "On", "Braking", dynamic=True),
            checklist("Indicators", "Left", "Right", dynamic=True),
        ],
    ),
    ("Traffic light", "bounding_box", "#ff5d5d", [radio("State", "Red", "Amber", "Green", dynamic=True)]),
    ("Bus", "cuboid_2d", "#ffd23f", [text("Line"), number("Passengers seen")]),
    (
        "Person", "skeleton", "#f472b6",
        [
            radio("Team", "Blue", "Orange", "Referee"), text("Shirt number"),
            radio("Activity", "Standing", "Walking", "Running", "Waving", "Waiting", dynamic=True),
        ],
    ),
    ("Cyclist", "rotatable_bounding_box", "#c084fc", [radio("Helmet", "Yes", "No")]),
    ("Road", "polygon", "#94a3b8", [radio("Surface", "Asphalt", "Cobbles"), checklist("Condition", "Wet", "Patched", "Worn")]),
    ("Building", "polygon", "#b98cff", [number("Storeys")]),
    ("Lane line", "polyline", "#ffe66d", [radio("Marking", "Solid", "Dashed")]),
    ("Lamp", "point", "#ffb020", [radio("Lit", "Yes", "No")]),
    ("Road sign", "circle", "#ff4d6d", [radio("Meaning", ("Speed limit", [number("Limit (km/h)")]), "No entry")]),
    ("Manhole", "ellipse", "#2dd4bf", []),
    ("Sky", "bitmask", "#60a5fa", []),
    ("Scanned object", "cuboid", "#a3e635", []),
    ("Boat", "rotatable_bounding_box", "#ff7849", [radio("Kind", "Rowing boat", "Sailing boat", "Motor boat"), text("Name")]),
    ("Pier", "polygon", "#d6a76b", []),
    ("Water", "polygon", "#22d3ee", []),
    ("Buoy", "point", "#ff3b6b", []),
    ("Plate", "circle", "#7dd3fc", [radio("Pattern", "Plain", "Ringed")]),
    ("Fruit", "ellipse", "#a3e635", [radio("Kind", "Orange", "Lemon", "Plum"), checklist("Ripeness", "Ripe", "Bruised")]),
    ("Cutlery", "rotatable_bounding_box", "#f9a8d4", []),
    ("Grapes", "bitmask", "#a855f7", []),
    ("Ball", "circle", "#ff8a3d", []),
    ("Court line", "polyline", "#e2e8f0", []),
    ("Crate", "cuboid_2d", "#34d399", [text("Marking"), radio("Stacking", "Allowed", "Forbidden")]),
    ("Kite", "polygon", "#fbbf24", []),
    ("String", "polyline", "#f8fafc", []),
    ("Cloud", "bitmask", "#93c5fd", []),
    ("Cell", "polygon", "#22c55e", [radio("Phase", "Resting", "Dividing")]),
    ("Nucleus", "bitmask", "#f43f5e", []),
    ("Lighthouse", "polygon", "#f97316", [number("Height (m)")]),
    ("Moon", "circle", "#fde68a", []),
    ("Coast", "polyline", "#5eead4", []),
    ("Bird", "point", "#e879f9", []),
    ("Carriage", "bounding_box", "#f87171", [radio("Kind", "Engine", "Coach", "Driving trailer"), number("Speed (km/h)", dynamic=True)]),
    ("Barrier", "rotatable_bounding_box", "#facc15", [radio("State", "Open", "Closing", "Closed", "Opening", dynamic=True)]),
    ("Crossing signal", "bounding_box", "#fb7185", [radio("State", "Dark", "Flashing", dynamic=True)]),
    ("Dog", "bounding_box", "#d9a066", [radio("Gait", "Walking", "Trotting", dynamic=True), text("Remark")]),
    ("Lead", "polyline", "#f0abfc", []),
    ("Flag", "polygon", "#2dd4bf", []),
    ("Visible boat", "bitmask", "#818cf8", []),
    ("Tumour", "polygon", "#ef4444", [radio("Margin", "Smooth", "Spiculated"), number("Longest diameter (mm)"), text("Finding")]),
    ("Lung", "bitmask", "#38bdf8", [radio("Side", "Right", "Left")]),
    ("Liver", "bitmask", "#d97706", []),
    ("Heart", "polygon", "#fb7185", []),
    ("Kidney", "polygon", "#c084fc", [radio("Side", "Right", "Left")]),
    ("Spine", "bounding_box", "#fde047", []),
    ("Carina", "point", "#4ade80", []),
    ("Catheter tip", "point", "#facc15", []),
    (
        "Speaker", "audio", "#38bdf8",
        [radio("Voice", "Host", "Guest", required=True), text("Transcript"), radio("Manner", "Asking", "Telling")],
    ),
    ("Doorbell", "audio", "#fb923c", [number("Rings")]),
    ("Music", "audio", "#c084fc", [radio("Instrument", "Music box", "Organ", "Radio")]),
    ("Birdsong", "audio", "#4ade80", []),
    ("Somebody", "text", "#f472b6", [radio("Role", "Crew", "Passenger", "Resident"), text("Also called")]),
    ("Place", "text", "#2dd4bf", [radio("Kind", "Town", "Water", "Building", "Ship")]),
    ("Date", "text", "#fbbf24", [text("As a date")]),
    ("Claim", "text", "#60a5fa", [radio("Can be checked", "Yes", "No"), checklist("Rests on", "A document", "Hearsay", "A count")]),
    ("Price", "text", "#a3e635", [number("Amount"), radio("Currency", "Crowns", "Euro")]),
    ("Field", "bounding_box", "#3b9dff", [radio("What", "Sender", "Recipient", "Number", "Date", "Total"), text("Reads")]),
    ("Table", "bounding_box", "#94a3b8", [number("Rows")]),
    ("Line item", "polygon", "#fbbf24", [number("Amount")]),
    ("Stamp", "ellipse", "#f87171", []),
    ("Chart", "polygon", "#c084fc", [radio("Kind", "Bars", "Curve")]),
    ("Curve", "polyline", "#4ade80", []),
    ("Artery", "polyline", "#22d3ee", [radio("Branch", "Anterior descending", "Circumflex"), text("Finding")]),
)  # fmt: skip

_JUDGEMENTS: tuple[Json, ...] = (
    radio(
        "Usable?",
        "Yes",
        ("No", [checklist("Why not", "Blurred", "Too dark", "Cut off"), text("Comment")]),
        required=True,
    ),
    radio("Time of day", "Day", "Dusk", "Night"),
    checklist("Seen", "People", "Vehicles", "Animals", "Water"),
    text("Note"),
    number("People counted"),
    radio("Weather", "Sunny", "Cloudy"),
    radio("Region", "Chest", "Chest and abdomen", "Abdomen"),
    radio("Sound quality", "Clean", "Noisy", "Clipped"),
    checklist("Background", "Birds", "Music", "Wind"),
    radio("Kind of document", "Article", "Timetable", "Invoice", required=True),
    text("Summary"),
    radio("Contrast medium", "None", "Arriving", "Filled", "Leaving"),
)


def ontology() -> Json:
    """The whole ontology as the web application shows it."""
    objects = [
        {
            "id": str(index), "name": name, "color": colour, "shape": shape,
            "featureNodeHash": short_hash("class", name), "required": False, "archived": False,
            "attributes": [_numbered(attribute, f"{index}.{i}", name) for i, attribute in enumerate(attributes, 1)],
        }
        for index, (name, shape, colour, attributes) in enumerate(_CLASSES, 1)
    ]  # fmt: skip
    judgements = [
        {
            "id": str(index), "featureNodeHash": short_hash("judgement", attribute["name"]),
            "attributes": [_numbered(attribute, f"{index}.1", "judgement")],
        } | ({"level": "global"} if attribute["name"] == "Usable?" else {})
        for index, attribute in enumerate(_JUDGEMENTS, 1)
    ]  # fmt: skip
    return {"objects": objects, "classifications": judgements, "skeleton_templates": [{"template": _template()}]}


def _numbered(attribute: Json, number: str, owner: str) -> Json:
    """The attribute with ids and hashes, its nested ones too."""
    done = {"id": number, **attribute, "featureNodeHash": short_hash(owner, attribute["name"])}
    if "options" in attribute:
        done["options"] = [
            {
                "id": f"{number}.{i}", **option,
                "featureNodeHash": short_hash(owner, attribute["name"], option["label"]),
            } | ({"options": [
                _numbered(nested, f"{number}.{i}.{j}", f"{owner}/{attribute['name']}/{option['label']}")
                for j, nested in enumerate(option["options"], 1)
            ]} if "options" in option else {})
            for i, option in enumerate(attribute["options"], 1)
        ]  # fmt: skip
    return done


def _template() -> Json:
    points = {str(i): {"x": joint.x, "y": joint.y, **joint.as_label()} for i, joint in enumerate(JOINTS)}
    edges: dict[str, Json] = {}
    for a, b in BONES:
        names = {JOINTS[a].name, JOINTS[b].name}
        colour = MIDDLE if names <= _TRUNK else JOINTS[b].colour
        edges.setdefault(str(a), {})[str(b)] = {"color": colour}
    feature = short_hash("class", "Person")
    head = {"name": "Person", "shape": "skeleton", "width": 0.2, "height": 0.5, "feature_node_hash": feature}
    return {**head, "skeleton": points, "skeletonEdges": edges}


class Terms:
    """Looks classes and judgements up by their titles, and writes answers to their attributes."""

    def __init__(self) -> None:
        whole = ontology()
        self._classes = {entry["name"]: entry for entry in whole["objects"]}
        self._judgements = {entry["attributes"][0]["name"]: entry for entry in whole["classifications"]}

    def object_class(self, name: str) -> Json:
        return self._classes[name]

    def judgement(self, title: str) -> Json:
        return self._judgements[title]

    def answers(self, entry: Json, given: Answers) -> list[Json]:
        """Answers to attributes of a class or judgement, nested ones first, as the editor writes them."""
        attributes = {attribute["name"]: attribute for attribute in _walk(entry["attributes"])}
        return [answer_json(attributes[title], answer) for title, answer in reversed(list(given.items()))]


def answer_json(attribute: Json, answer: Answer) -> Json:
    """One answer, without the range that a changing one has."""
    written: Any = answer
    if attribute["type"] in ("radio", "checklist"):
        ticked = answer if isinstance(answer, list) else [answer]
        options = {option["label"]: option for option in attribute["options"]}
        written = [
            {"name": title, "value": options[title]["value"], "featureHash": options[title]["featureNodeHash"]}
            for title in ticked
            if isinstance(title, str)
        ]
    name = attribute["name"]
    head = {"name": name, "value": as_value(name), "featureHash": attribute["featureNodeHash"], "answers": written}
    return {**head, "manualAnnotation": True}


def _walk(attributes: list[Json]) -> Iterator[Json]:
    for attribute in attributes:
        yield attribute
        for option in attribute.get("options", []):
            yield from _walk(option.get("options", []))
