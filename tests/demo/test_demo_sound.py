"""The demo's minute of sound: ranges in the export against the energy of the samples in the file."""

import json
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from viewer.demo.doorstep import LINES, WORDS, scene
from viewer.demo.doorstep_labels import IN_PIECES, LATE, LATE_BY, THROUGH_A_PAUSE
from viewer.demo.rows import object_hash
from viewer.demo.tones import doorbell
from viewer.demo.voice import RATE, Voice, speak

TITLE = "doorstep.flac"
SILENT = 4
"""Of 32,767: what the room alone is below."""


@pytest.fixture(scope="module")
def row(demo):
    (row,) = [row for row in json.loads((demo / "export.json").read_text()) if row["data_type"] == "audio"]
    return row


@pytest.fixture(scope="module")
def loud(demo):
    """The loudest sample of each millisecond, of both channels."""
    samples, rate = soundfile.read(demo / "media" / TITLE, dtype="int16")
    assert (rate, samples.shape) == (RATE, (60 * RATE, 2))
    ends = np.round(np.arange(60_001) * rate / 1000).astype(int)
    return np.maximum.reduceat(abs(samples.astype(int)).max(axis=1), ends[:-1])


def ranges_of(row, key):
    return row["object_answers"][object_hash(TITLE, key)]["range"]


def test_what_the_export_says_of_the_file(demo, row):
    info = soundfile.info(demo / "media" / TITLE)
    (unit,) = row["data_units"].values()
    assert (info.format, info.subtype, unit["data_type"], unit["labels"]) == ("FLAC", "PCM_16", "audio/flac", {})
    assert (unit["audio_sample_rate"], unit["audio_num_channels"]) == (info.samplerate, info.channels)
    assert unit["data_duration"] == pytest.approx(info.duration)
    assert {entry["shape"] for entry in row["object_answers"].values()} == {"audio"}


def test_labels_start_and_end_with_what_is_heard(row, loud):
    """No label is over silence at its ends, and nothing is heard just outside: but for those wrong on purpose."""
    others = [span for entry in row["object_answers"].values() for span in entry["range"]]
    checked = 0
    for key, *_ in LINES:
        if key == LATE or key in (*THROUGH_A_PAUSE, IN_PIECES[1]):
            continue
        for start, end in ranges_of(row, key):
            assert loud[start : start + 60].max() > 100 and loud[end - 60 : end].max() > 100
            for at in (start - 30, end + 2):
                if not any(a < at + 28 and at < b for a, b in others):
                    assert loud[at : at + 28].max() <= SILENT
                    checked += 1
    assert checked > 10


def test_nothing_is_heard_where_no_label_is(row, loud):
    is_labelled = np.zeros(len(loud), bool)
    for entry in row["object_answers"].values():
        for start, end in entry["range"]:
            is_labelled[start : end + 1] = True
    start, end = ranges_of(row, LATE)[0]
    is_labelled[start - LATE_BY : start] = True
    assert loud[~is_labelled].max() <= SILENT and is_labelled.mean() > 0.5


def test_one_label_is_late(row, loud):
    ((start, end),) = ranges_of(row, LATE)
    assert loud[start - LATE_BY : start].max() > 1000
    assert loud[end - LATE_BY + 2 : end].max() <= SILENT
    assert [end - start for start, end in [scene()[LATE].range]] == [end - start]


def test_one_label_goes_on_through_a_pause_and_one_does_not(row, loud):
    (swallowing,) = ranges_of(row, THROUGH_A_PAUSE[0])
    heard = scene()
    pause = slice(heard[THROUGH_A_PAUSE[0]].range[1] + 2, heard[THROUGH_A_PAUSE[1]].range[0] - 1)
    assert pause.stop - pause.start > 1400 and loud[pause].max() <= SILENT
    assert swallowing[0] < pause.start and pause.stop < swallowing[1]
    first, second = ranges_of(row, IN_PIECES[0])
    assert second[0] - first[1] > 1000 and loud[first[1] + 2 : second[0] - 1].max() <= SILENT


def test_two_talk_at_once_once_and_the_music_goes_on_while_they_talk(row):
    speakers = sorted(span for key, *_ in LINES if key in row_keys(row) for span in ranges_of(row, key))
    assert sum(after[0] < before[1] for before, after in pairwise(speakers)) == 1
    ((start, end),) = ranges_of(row, "music box")
    assert sum(start < a and b < end for a, b in speakers) == 2


def row_keys(row):
    return {key for key, *_ in LINES if object_hash(TITLE, key) in row["object_answers"]}


def test_every_line_has_its_words(row):
    said = {}
    for key in row_keys(row):
        answers = row["object_answers"][object_hash(TITLE, key)]["classifications"]
        said[key] = {answer["name"]: answer["answers"] for answer in answers}
    assert said["guest 3"]["Transcript"] == "And until then?" and said["guest 3"]["Manner"][0]["name"] == "Asking"
    assert said["host 3a"]["Transcript"] == f"{WORDS['host 3a']}. {WORDS['host 3b']}"
    assert {voice["Voice"][0]["name"] for voice in said.values()} == {"Host", "Guest"}


def test_the_whole_and_stretches_are_judged(row):
    ranges = [entry["range"] for entry in row["classification_answers"].values()]
    assert [] in ranges and sorted(map(len, ranges)) == [0, 1, 2]


def test_the_left_channel_has_the_host_and_the_right_one_the_guest(demo, row):
    samples, _ = soundfile.read(demo / "media" / TITLE)
    for key, louder in (("host 1", 0), ("guest 1", 1), ("host 6", 0), ("guest 6", 1)):
        ((start, end),) = ranges_of(row, key)
        energy = (samples[start * RATE // 1000 : end * RATE // 1000] ** 2).sum(axis=0)
        assert energy[louder] > 4 * energy[1 - louder]


def test_a_voice_has_its_pitch_and_its_vowels():
    """The strongest regular distance of the samples is a period; the loudest heights are those of the vowel."""
    for pitch in (110, 200):
        spoken = speak(Voice(pitch, 1.0, 0.3, 1), "a")
        middle = spoken[len(spoken) // 3 : 2 * len(spoken) // 3]
        alike = np.correlate(middle, middle, "full")[len(middle) :]
        shortest = RATE // 400
        period = shortest + alike[shortest : RATE // 70].argmax() + 1
        assert RATE / period == pytest.approx(pitch, rel=0.2)
    spectra = {}
    for vowel in "aiu":
        spoken = speak(Voice(110, 1.0, 0.3, 1), vowel)
        heights = np.fft.rfftfreq(len(spoken), 1 / RATE)
        power = abs(np.fft.rfft(spoken)) ** 2
        spectra[vowel] = {
            "low": power[(heights > 200) & (heights < 480)].sum() / power.sum(),
            "high": power[(heights > 1900) & (heights < 2600)].sum() / power.sum(),
        }
    assert spectra["a"]["low"] < spectra["u"]["low"] and spectra["u"]["high"] < spectra["i"]["high"]


def test_a_doorbell_rings_twice_and_fades():
    samples = abs(doorbell())
    assert samples[-1] < 1e-4 and samples[: int(0.1 * RATE)].max() > 4 * samples[-int(0.1 * RATE) :].max()
    assert samples[int(0.56 * RATE) : int(0.7 * RATE)].max() > samples[int(0.45 * RATE) : int(0.54 * RATE)].max()
