"""What is said of a sound: damage, another duration, rate or number of channels than exported, ranges beyond its end."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.rows import listed, opened, row, unit
from tests.sounds import cut, encode, noise, write
from viewer.check.problems import all_problems, picture_problems
from viewer.commands.check import checked
from viewer.export.unit_media import MediaOf

RATE = 8000


def spoken(*ranges, **facts):
    """A row with one label on a sound."""
    facts = {"data_title": "talk.wav", "data_duration": 2.0} | facts
    given = {
        "objectHash": "aaaa1111", "featureHash": "f1", "name": "Speech", "value": "speech", "color": "#D33115",
        "shape": "audio", "range": [list(pair) for pair in ranges], "classifications": [],
    }  # fmt: skip
    sound = unit({}, mime="audio/wav", **facts)
    return row(sound, data_type="audio", object_answers={"aaaa1111": given})


def said(folder, given, *, everything=True):
    export = opened(folder, given)
    if everything:
        found = checked(export)
    else:
        first = export.row(0)
        found = all_problems(export, first, MediaOf(export, first))
    return [(problem.severity, problem.where, problem.what) for problem in found]


def test_of_a_good_sound_nothing(tmp_path):
    write(tmp_path / "talk.wav", noise(2, 1, RATE), RATE)
    assert said(tmp_path, spoken((0, 1500), (1600, 2000), audio_sample_rate=RATE, audio_num_channels=1)) == []


@pytest.mark.parametrize(("data", "why"), [(b"", "no bytes"), (b"plain words " * 40, "not a sound")])
def test_a_sound_that_cannot_be_read_is_an_error_that_names_it(tmp_path, data, why):
    (tmp_path / "talk.wav").write_bytes(data)
    ((severity, where, what),) = said(tmp_path, spoken((0, 1500)))
    assert (severity, where) == ("error", "talk.wav") and why in what and "timeline" in what


@pytest.mark.parametrize(("exported", "is_said"), [(2.05, False), (1.95, False), (2.2, True), (1.0, True), (20, True)])
def test_another_duration(tmp_path, exported, is_said):
    write(tmp_path / "talk.wav", noise(2, 1, RATE), RATE)
    found = said(tmp_path, spoken((0, 500), data_duration=exported))
    assert [severity for severity, _, what in found if "duration" in what] == ["warning"] * is_said
    if is_said:
        assert "2.000 s" in found[0][2] and f"{exported:.3f} s" in found[0][2]


def test_of_a_long_sound_a_thousandth_is_nothing(tmp_path):
    write(tmp_path / "talk.wav", np.zeros((400 * RATE, 1)), RATE)
    assert said(tmp_path, spoken((0, 500), data_duration=400.3)) == []
    assert said(tmp_path, spoken((0, 500), data_duration=401.0))


def test_another_rate_and_number_of_channels_are_notes(tmp_path):
    write(tmp_path / "talk.wav", noise(2, 2, RATE), RATE)
    found = said(tmp_path, spoken((0, 500), audio_sample_rate=16_000, audio_num_channels=1))
    assert [severity for severity, _, _ in found] == ["note", "note"]
    assert "8,000" in found[0][2] and "16,000" in found[0][2] and "2 channels" in found[1][2]


def test_ranges_beyond_a_sound_whose_duration_the_export_does_not_know(tmp_path):
    write(tmp_path / "talk.wav", noise(2, 1, RATE), RATE)
    found = said(tmp_path, spoken((0, 2000), (500, 2001), (1900, 2600), (9000, 9100), data_duration=None))
    ((severity, _, what),) = found
    assert severity == "warning" and what.startswith("2 ranges end beyond the end") and "2,000 ms" in what


def test_ranges_beyond_a_sound_that_is_shorter_than_exported(tmp_path):
    write(tmp_path / "talk.wav", noise(1, 1, RATE), RATE)
    found = said(tmp_path, spoken((0, 500), (500, 1500), (1700, 5000)))
    assert len(found) == 3
    assert any("1 range ends beyond the end" in what for _, _, what in found), "the one before the exported end"
    assert any("5,000 ms" in what for _, _, what in found), "the other one is told of by the export alone"


def test_what_only_a_full_reading_tells(tmp_path):
    samples = noise(2, 1, RATE)
    samples[5000:5100] = np.nan
    write(tmp_path / "talk.wav", samples, RATE, subtype="FLOAT")
    assert said(tmp_path, spoken((0, 500)), everything=False) == []
    ((severity, _, what),) = said(tmp_path, spoken((0, 500)))
    assert severity == "warning" and "NaN" in what


def test_a_cut_sound(tmp_path):
    path = cut(encode(tmp_path / "talk.mka", noise(2, 1), "flac"), 0.5)
    path.rename(tmp_path / "talk.mka")
    found = said(tmp_path, spoken((0, 500), data_title="talk.mka"))
    assert any("claims 2 s" in what for _, _, what in found) and any("duration" in what for _, _, what in found)


def test_many_ranges_are_one_line(tmp_path):
    write(tmp_path / "talk.wav", noise(2, 1, RATE), RATE)
    ranges = [(10 * at, 10 * at + 5) for at in range(200_000)]
    export = opened(tmp_path, spoken(*ranges, data_duration=None))
    first = export.row(0)
    (found,) = picture_problems(first, MediaOf(export, first))
    assert found.what.startswith("199,800 ranges end beyond")


def test_inspect_tells_the_duration_of_the_sound_where_the_export_does_not(tmp_path):
    write(tmp_path / "talk.wav", noise(1.5, 1, RATE), RATE)
    for exported, told in ((None, 1.5), (7.25, 7.25)):
        (found,) = listed(tmp_path, spoken((0, 500), data_duration=exported))["rows"]
        assert found["units"][0]["duration"] == told and math.isfinite(told)
