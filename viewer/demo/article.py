"""A short article with marks in it, and the labels that they stand for. One label is wrong on purpose: see OFF_BY_ONE."""

from __future__ import annotations

import re
from collections.abc import Iterator

from viewer.demo.ontology import Answers
from viewer.demo.rows import CHECKED, DETECTED, Judgement, Made, Range, Thing

TITLE = "the-last-boat.txt"
OFF_BY_ONE = "lighthouse"
"""Its label starts and ends one character late."""

_MARKED = """\
The last boat of the evening

For {years}ninety-four years{years} the small white ferry has left {harbour}the harbour of {town}Norhavn{town}{harbour} at a \
quarter past ten. On {end}the first of May{end} it will leave for the last time. A bridge, two kilometres to the north, takes \
its place.

"People think of a ferry as a road that is missing a piece," says {crew}the ferrywoman, who has steered it since \
{since}1998{since}{crew}. "It was always the other way round." She ties the rope without looking. Behind her the sign on \
{pier}the old pier{pier} still says {sign}⛴️ Last boat 22:15 🌊{sign}, in letters that {painter}a painter from {island}Sandö\
{island}{painter} put there in {sign year}the summer of 1961{sign year}.

The crossing takes eleven minutes. {claim count}{numbers}In 2025{numbers} the ferry carried 81,412 passengers, 6,030 bicycles \
and one piano{claim count}, by the count of {office}the harbour office{office}. The piano belonged to {cafe}the Café Чайка\
{cafe}, whose name means seagull and whose {owner}owner{owner} could not wait for the bridge. It stands by the window now. On \
windy nights the strings hum a little when the boat goes by, or so {guests}the guests{guests} like to say.

Not everyone is sad. {bakers}The bakers of {east}Östervik{east}{bakers}, on the other side, have been getting up at two in the \
morning {claim bread}so that their bread would be on the first boat at {morning}five o'clock{morning}{claim bread}. \
{pilot}A retired pilot{pilot} on the bench outside shakes his head at them. {claim ice}{winter}In the winter of 1987{winter} \
{sound}the sound{sound} froze from shore to shore{claim ice}, he says, and {sledges}the bread came across on sledges{sledges}. Nobody else remembers \
it that way. {claim swim}The cafe\u0301's cat 🐈, he adds, swam behind {ship}the かもめ, a visiting schooner,{ship} {swim date}in \
July 2019{swim date}{claim swim} all the way to {light}the {lighthouse}lighthouse{lighthouse}{light} and came home by ferry, \
without a ticket.

{council}The town council{council} has promised to keep the boat. It is to lie at {museum}the quay of the {museum town}Norhavn\
{museum town} museum{museum}, engine oiled, lamps lit, going nowhere. {claim cost}The upkeep is to cost {claim painting}less than the \
painting of the bridge{claim cost} does {every}every seven years{every}{claim painting}; {clerk}the council's clerk{clerk} has the figures \
in a folder, and the folder is open to anyone who asks.

The timetable is still pinned to the door of {waiting}the waiting room{waiting}: {hours}every half hour from five{hours}, \
Sundays from seven. Below it somebody has written in pencil, "And then?" Somebody else has written an answer, and {strangers}a \
third hand{strangers} has rubbed it out so well that only the full stop is left.

And {last night}on the thirtieth of April{last night}, at a quarter past ten, the ferrywoman will cast off as always. "I'll take \
whoever is standing there," she says. "That is how it works." 🛟
"""


def _read(marked: str) -> tuple[str, dict[str, Range]]:
    """The text without its marks, and from where to where each goes, in code points, the end excluded."""
    content, opened, spans = "", dict[str, int](), dict[str, Range]()
    for part in re.split(r"(\{[^}]+\})", marked):
        if not part.startswith("{"):
            content += part
        elif part in opened:
            spans[part[1:-1]] = (opened[part], len(content))
        else:
            opened[part] = len(content)
    return content, spans


ARTICLE, SPANS = _read(_MARKED)
"""All characters of the file, and by key the stretches of what the labels mean."""

_PERSON = "Somebody"
_LABELS: dict[str, tuple[str, Answers, Made]] = {
    "years": ("Date", {}, CHECKED),
    "harbour": ("Place", {"Kind": "Building"}, CHECKED),
    "town": ("Place", {"Kind": "Town"}, CHECKED),
    "end": ("Date", {"As a date": "2026-05-01"}, CHECKED),
    "crew": (_PERSON, {"Role": "Crew", "Also called": "She"}, CHECKED),
    "since": ("Date", {"As a date": "1998"}, DETECTED),
    "pier": ("Place", {"Kind": "Building"}, DETECTED),
    "sign": ("Claim", {"Can be checked": "Yes", "Rests on": ["A document"]}, CHECKED),
    "painter": (_PERSON, {"Role": "Resident"}, CHECKED),
    "island": ("Place", {"Kind": "Town"}, DETECTED),
    "sign year": ("Date", {"As a date": "1961"}, DETECTED),
    "claim count": ("Claim", {"Can be checked": "Yes", "Rests on": ["A document", "A count"]}, CHECKED),
    "numbers": ("Date", {"As a date": "2025"}, DETECTED),
    "office": ("Place", {"Kind": "Building"}, DETECTED),
    "cafe": ("Place", {"Kind": "Building"}, CHECKED),
    "owner": (_PERSON, {"Role": "Resident"}, Made()),
    "guests": (_PERSON, {"Role": "Resident"}, Made()),
    "bakers": (_PERSON, {"Role": "Resident"}, CHECKED),
    "east": ("Place", {"Kind": "Town"}, DETECTED),
    "claim bread": ("Claim", {"Can be checked": "No", "Rests on": ["Hearsay"]}, Made()),
    "morning": ("Date", {"As a date": "05:00"}, DETECTED),
    "pilot": (_PERSON, {"Role": "Resident", "Also called": "he"}, CHECKED),
    "claim ice": ("Claim", {"Can be checked": "Yes", "Rests on": ["Hearsay"]}, CHECKED),
    "winter": ("Date", {"As a date": "1987"}, DETECTED),
    "sound": ("Place", {"Kind": "Water"}, DETECTED),
    "sledges": ("Claim", {"Can be checked": "No", "Rests on": []}, Made()),
    "claim swim": ("Claim", {"Can be checked": "No", "Rests on": ["Hearsay"]}, CHECKED),
    "ship": ("Place", {"Kind": "Ship"}, Made()),
    "swim date": ("Date", {"As a date": "2019-07"}, DETECTED),
    "light": ("Place", {"Kind": "Building"}, Made()),
    "lighthouse": ("Place", {"Kind": "Building"}, DETECTED),
    "council": (_PERSON, {"Role": "Resident"}, Made()),
    "museum": ("Place", {"Kind": "Building"}, CHECKED),
    "museum town": ("Place", {"Kind": "Town"}, DETECTED),
    "claim cost": ("Claim", {"Can be checked": "Yes", "Rests on": ["A document"]}, CHECKED),
    "claim painting": ("Claim", {"Can be checked": "Yes", "Rests on": []}, Made()),
    "every": ("Date", {}, DETECTED),
    "clerk": (_PERSON, {"Role": "Resident"}, Made()),
    "waiting": ("Place", {"Kind": "Building"}, DETECTED),
    "hours": ("Date", {}, Made()),
    "strangers": (_PERSON, {}, Made()),
    "last night": ("Date", {"As a date": "2026-04-30"}, CHECKED),
}


def article_things() -> Iterator[Thing]:
    for key, (kind, answers, made) in _LABELS.items():
        start, end = SPANS[key]
        late = int(key == OFF_BY_ONE)
        yield Thing(kind, key, answers=answers, ranges=((start + late, end + late),), made=made)


def article_judgements() -> tuple[Judgement, ...]:
    first = ARTICLE.index("\n")
    return (
        Judgement("Kind of document", {"Kind of document": "Article"}, ranges=()),
        Judgement("Summary", {"Summary": "Headline"}, ((0, first),)),
    )
