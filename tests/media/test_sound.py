"""Sounds: every sample at its number, however it is reached, against libsndfile and FFmpeg reading from the beginning."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests import videos
from tests.sounds import RATE, cut, decoded, encode, noise, without_length, write
from viewer.errors import Report, ViewerError
from viewer.export.places import zip_sources
from viewer.media import sound_file, sound_stream
from viewer.media.sound import open_sound
from viewer.media.source import file_source


def opened(path: Path):
    return open_sound(file_source(path, path.parent))


def read_whole(sound, step: int = 65_536) -> np.ndarray:
    """One block after the other."""
    made, at = [], 0
    while True:
        made.append(sound.samples(at, at + step))
        at += step
        if made[-1].shape[1] < step:
            return np.concatenate(made, axis=1)


def assert_same_anywhere(sound, whole: np.ndarray, tolerance: float = 0.0, tries: int = 60) -> None:
    """Blocks at random, and about the beginning and the end, are those of the whole."""
    count = whole.shape[1]
    chance = random.Random(1)
    places = [0, 1, count - 1, count - 5000, count // 2, *(chance.randrange(count) for _ in range(tries))]
    for start in places:
        end = start + chance.randrange(1, 9000)
        found, wanted = sound.samples(start, end), whole[:, start:end]
        assert found.shape == wanted.shape and found.dtype == np.float32, (start, end)
        assert np.abs(found - wanted).max() <= tolerance, (start, end)


WRITTEN = [
    ("a.wav", {"subtype": "PCM_U8"}, 1, 8_000),
    ("a.wav", {"subtype": "PCM_16"}, 2, 44_100),
    ("a.wav", {"subtype": "PCM_24"}, 2, 96_000),
    ("a.wav", {"subtype": "PCM_32"}, 8, 48_000),
    ("a.wav", {"subtype": "FLOAT"}, 3, 192_000),
    ("a.wav", {"subtype": "DOUBLE"}, 1, 11_025),
    ("a.wav", {"subtype": "ULAW"}, 1, 8_000),
    ("a.wav", {"subtype": "MS_ADPCM"}, 2, 22_050),
    ("a.wav", {"subtype": "PCM_16", "format": "RF64"}, 2, 44_100),
    ("a.w64", {"subtype": "PCM_16"}, 1, 44_100),
    ("a.aiff", {"subtype": "PCM_16"}, 2, 44_100),
    ("a.aiff", {"subtype": "PCM_S8"}, 1, 22_050),
    ("a.au", {"subtype": "PCM_24"}, 2, 44_100),
    ("a.caf", {"subtype": "PCM_16"}, 2, 44_100),
    ("a.flac", {"subtype": "PCM_16"}, 8, 44_100),
    ("a.flac", {"subtype": "PCM_24"}, 2, 96_000),
]


@pytest.mark.parametrize(("name", "how", "channels", "rate"), WRITTEN)
def test_every_sample_as_libsndfile_reads_it(tmp_path, name, how, channels, rate):
    path = write(tmp_path / name, noise(1.5, channels, rate), rate, **how)
    whole = soundfile.read(path, dtype="float32", always_2d=True)[0].T
    sound = opened(path)
    assert (sound.rate, sound.channels, sound.count) == (rate, channels, whole.shape[1])
    assert not sound.warnings and not sound.notes
    assert_same_anywhere(sound, whole)
    assert np.array_equal(read_whole(opened(path)), whole)


LOSSY = [("a.ogg", "VORBIS"), ("a.mp3", "MPEG_LAYER_III"), ("b.ogg", "OPUS")]


@pytest.mark.parametrize(("name", "subtype"), LOSSY)
def test_after_a_jump_the_samples_are_those_of_one_reading(tmp_path, name, subtype):
    rate = 48_000 if subtype == "OPUS" else RATE
    samples = noise(12, 2, rate)
    path = write(tmp_path / name, samples, rate, subtype=subtype)
    whole = soundfile.read(path, dtype="float32")[0].T
    sound = opened(path)
    assert sound.count == whole.shape[1] == len(samples)
    assert_same_anywhere(sound, whole, 1e-4, 150)
    assert np.allclose(read_whole(sound), whole, atol=1e-4)
    assert sound.count == whole.shape[1] and not sound.warnings


STREAMS = [
    ("a.m4a", "aac", RATE, 0.02),
    ("b.m4a", "alac", RATE, 0),
    ("a.aac", "aac", RATE, 0.02),
    ("a.webm", "libopus", 48_000, 1e-4),
    ("a.wma", "wmav2", RATE, 1e-4),
    ("a.ac3", "ac3", RATE, 0.05),
    ("a.mp2", "mp2", RATE, 1e-3),
    ("a.ts", "aac", RATE, 0.02),
    ("a.mka", "flac", RATE, 0),
]
"""Where the tolerance is not 0, decoders hold some state, or noise of their own, beyond what is read before a jump."""


@pytest.mark.parametrize(("name", "codec", "rate", "tolerance"), STREAMS)
@pytest.mark.parametrize("is_known", [False, True])
def test_what_ffmpeg_reads_is_where_ffmpeg_has_it(tmp_path, name, codec, rate, tolerance, is_known):
    path = encode(tmp_path / name, noise(8, 2, rate), codec, rate)
    whole = decoded(path)
    sound = opened(path)
    if is_known:
        assert np.array_equal(read_whole(sound), whole)
        assert sound.count == whole.shape[1]
    assert abs(sound.count - whole.shape[1]) < 0.06 * rate, "what a header claims, until all was read"
    assert_same_anywhere(sound, whole, tolerance, 40)
    assert not sound.warnings


@pytest.mark.parametrize(("name", "codec", "rate"), [("a.m4a", "aac", RATE), ("a.webm", "libopus", 48_000)])
def test_the_delay_of_the_encoder_is_cut_off(tmp_path, name, codec, rate):
    samples = noise(4, 1, rate)
    found = opened(encode(tmp_path / name, samples, codec, rate)).samples(0, 2 * rate)[0]
    part = samples[rate : rate + 8000, 0]
    match = np.correlate(found[rate - 3000 : rate + 11_000], part, "valid")
    assert match.argmax() == 3000


def test_lossless_streams_hold_what_was_written(tmp_path):
    samples = noise(2)
    for name, codec in (("a.m4a", "alac"), ("a.mka", "flac")):
        assert np.array_equal(read_whole(opened(encode(tmp_path / name, samples, codec))), samples.T), name


def test_the_sound_of_a_video(tmp_path):
    path = videos.write(tmp_path / "film.mp4", videos.Film(frames=30), videos.Tone())
    sound, whole = opened(path), decoded(path)
    assert np.array_equal(read_whole(sound), whole)
    assert_same_anywhere(sound, whole, 0.02, 20)


def test_mp3_whose_length_nobody_wrote_down(tmp_path):
    path = encode(tmp_path / "a.mp3", noise(10), "libmp3lame", options={"write_xing": "0"})
    whole = decoded(path)
    sound = opened(path)
    assert sound.count == whole.shape[1] and not sound.warnings
    assert_same_anywhere(sound, whole, 1e-4)


def test_flac_whose_length_nobody_wrote_down(tmp_path):
    samples = noise(5)
    sound = opened(without_length(write(tmp_path / "a.flac", samples)))
    assert sound.count == len(samples)
    assert_same_anywhere(sound, samples.T)
    assert not sound.warnings


@pytest.mark.parametrize("name", ["a.wav", "a.aiff", "a.au", "a.flac", "a.mp3"])
def test_a_file_cut_short_is_as_long_as_what_it_holds(tmp_path, name):
    whole = noise(10)
    path = cut(write(tmp_path / name, whole))
    sound = opened(path)
    found = read_whole(sound)
    assert sound.count == found.shape[1] and 5.5 < sound.count / RATE < 7
    assert len(sound.warnings) == 1 and "claims 10 s" in sound.warnings[0]
    tolerance = 0.1 if name == "a.mp3" else 1e-7
    assert np.abs(found - whole[: sound.count].T).max() <= tolerance
    assert sound.samples(9 * RATE, 10 * RATE).shape == (2, 0)


def test_a_cut_container_says_so_once_it_was_read(tmp_path):
    path = cut(encode(tmp_path / "a.mka", noise(10), "flac"))
    sound = opened(path)
    found = read_whole(sound)
    assert sound.count == found.shape[1] < 7 * RATE
    assert any("claims 10 s" in said for said in sound.warnings)


def test_what_is_damaged_in_the_middle_is_a_gap_and_the_rest_is_at_its_place(tmp_path):
    samples = noise(10)
    path = write(tmp_path / "a.flac", samples)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = random.Random(1).randbytes(3000)
    path.write_bytes(data)
    sound = opened(path)
    found = read_whole(sound)
    assert sound.count == found.shape[1] == len(samples)
    lost = np.isnan(found).any(axis=0) | (found != samples.T).any(axis=0)
    assert 0 < lost.sum() < RATE and lost[4 * RATE : 6 * RATE].sum() == lost.sum()
    assert any("damaged" in said for said in sound.warnings)


def test_samples_that_are_no_numbers_stay(tmp_path):
    samples = noise(1)
    samples[5000:6000, 1] = np.nan
    path = write(tmp_path / "a.wav", samples, subtype="FLOAT")
    sound = opened(path)
    assert not sound.warnings
    assert np.array_equal(sound.samples(0, RATE), samples.T, equal_nan=True)
    assert len(sound.warnings) == 1 and "NaN" in sound.warnings[0] and "0.113 s" in sound.warnings[0]


def test_no_samples(tmp_path):
    sound = opened(write(tmp_path / "a.wav", np.zeros((0, 2))))
    assert sound.count == 0 and sound.samples(0, 100).shape == (2, 0)
    assert sound.warnings == ("the file holds no samples",)


def test_a_jump_of_the_timestamps_is_said(tmp_path):
    path = encode(tmp_path / "a.mka", noise(6), "flac", gap=(3 * RATE, RATE))
    sound = opened(path)
    found = read_whole(sound)
    assert np.array_equal(found, decoded(path))
    assert any("jump by +1 s at 3" in said.replace("+1.000", "+1") for said in sound.warnings), sound.warnings
    assert_same_anywhere(sound, found)


def test_what_follows_a_change_of_rate_is_left_out(tmp_path):
    first = encode(tmp_path / "a.mp3", noise(2), "libmp3lame", options={"write_xing": "0", "id3v2_version": "0"})
    other = encode(
        tmp_path / "b.mp3", noise(2, 2, 22_050), "libmp3lame", 22_050, {"write_xing": "0", "id3v2_version": "0"}
    )
    first.write_bytes(first.read_bytes() + other.read_bytes())
    sound = opened(first)
    assert 2 * RATE <= read_whole(sound).shape[1] < 2.2 * RATE
    assert any("rate" in said for said in sound.warnings)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.ogg", "a.m4a"])
@pytest.mark.parametrize("in_memory", [True, False])
def test_in_an_archive(tmp_path, monkeypatch, name, in_memory):
    samples = noise(3)
    path = encode(tmp_path / name, samples, "alac") if name == "a.m4a" else write(tmp_path / name, samples)
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, name)
    if not in_memory:
        monkeypatch.setattr(sound_file, "IN_MEMORY", 0)
    (source,) = zip_sources(tmp_path / "all.zip", Report(""))
    whole = read_whole(opened(path))
    sound = open_sound(source)
    assert_same_anywhere(sound, whole, 1e-4, 8)
    assert np.array_equal(read_whole(sound), whole)


def test_reading_on_opens_the_file_once(tmp_path, monkeypatch):
    path = write(tmp_path / "a.ogg", noise(5))
    opens = []
    real = sound_stream._opened
    monkeypatch.setattr(sound_stream, "_opened", lambda source: opens.append(1) or real(source))
    sound = opened(path)
    read_whole(sound, 1000)
    assert len(opens) == 1


def test_who_reads_on_is_not_disturbed_by_who_jumps(tmp_path, monkeypatch):
    samples = noise(20)
    sound = opened(write(tmp_path / "a.flac", samples))
    seeks = []
    real = soundfile.SoundFile.seek
    monkeypatch.setattr(soundfile.SoundFile, "seek", lambda file, at, *more: seeks.append(at) or real(file, at, *more))
    for at in range(0, 200_000, 1000):
        sound.samples(at, at + 1000)
        sound.samples(700_000 - 2 * at, 700_100 - 2 * at)
    # libsndfile's wrapper seeks by itself, to where the file stands already
    assert not any(0 < at < 200_000 and at % 1000 for at in seeks)
    assert len(sound._idle) <= 3


def test_many_threads(tmp_path):
    samples = noise(10)
    for path in (write(tmp_path / "a.flac", samples), encode(tmp_path / "a.m4a", samples, "alac")):
        sound, wrong = opened(path), []

        def reads(seed, sound=sound, wrong=wrong):
            chance = random.Random(seed)
            for _ in range(60):
                start = chance.randrange(len(samples) - 5000)
                if not np.array_equal(sound.samples(start, start + 3000), samples[start : start + 3000].T):
                    wrong.append(start)

        threads = [threading.Thread(target=reads, args=(seed,)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong
        sound.close()


def test_without_ffmpeg(tmp_path, monkeypatch):
    aac, wav = encode(tmp_path / "talk.m4a", noise(1), "aac"), write(tmp_path / "talk.wav", noise(1))
    mp3 = write(tmp_path / "talk.mp3", noise(1))
    monkeypatch.setitem(sys.modules, "av", None)
    assert opened(wav).count == RATE
    assert opened(mp3).count == RATE and "libsndfile" in opened(mp3).notes[0]
    with pytest.raises(ViewerError, match=r"pip install av\): talk\.m4a$"):
        opened(aac)


def test_without_libsndfile(tmp_path, monkeypatch):
    samples = noise(1)
    path = write(tmp_path / "talk.wav", samples)
    monkeypatch.setitem(sys.modules, "soundfile", None)
    assert np.array_equal(read_whole(opened(path)), samples.T)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ViewerError, match=r"pip install soundfile\).*pip install av\): talk\.wav$"):
        opened(path)


@pytest.mark.parametrize(
    "data", [b"", b"x", b"This is a text about sounds.\n" * 50, b"RIFF", b"\x00" * 5000, b"\xff\xfb"]
)
def test_what_is_no_sound(in_memory, data):
    with pytest.raises(ViewerError, match=r"talk\.wav$"):
        open_sound(in_memory(data, "talk.wav"))


def test_a_video_without_sound(tmp_path):
    path = videos.write(tmp_path / "film.mp4", videos.Film(frames=5))
    with pytest.raises(ViewerError, match=r"only pictures: film\.mp4$"):
        opened(path)


FUZZ = """
import random, sys
from pathlib import Path
from viewer.errors import ViewerError
from viewer.media.sound import open_sound
from viewer.media.source import Source

chance, read = random.Random(int(sys.argv[1])), 0
for name in sys.argv[3:]:
    whole = Path(name).read_bytes()
    for _ in range(int(sys.argv[2])):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30))):
            at = chance.randrange(chance.choice((64, len(data))))
            data[at] = chance.choice((0, 255, 127, data[at] ^ 1 << chance.randrange(8), chance.randrange(256)))
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)):]
        data = bytes(data)
        source = Source(Path(name).name, None, lambda data=data: data, len(data), 0.0)
        try:
            sound = open_sound(source)
            at = 0
            while at < 3_000_000 and (got := sound.samples(at, at + 200_000).shape[1]):
                at += got
            sound.samples(max(0, sound.count // 2), sound.count // 2 + 100)
            sound.close()
            read += 1
        except ViewerError:
            pass
print(read)
"""


def test_damage_never_ends_the_program(tmp_path):
    samples = noise(0.3)
    made = [
        *(write(tmp_path / name, samples) for name in ("a.wav", "a.flac", "a.ogg", "a.mp3", "a.aiff", "a.caf")),
        encode(tmp_path / "a.m4a", samples, "aac"),
        encode(tmp_path / "a.webm", noise(0.3, 2, 48_000), "libopus", 48_000),
        encode(tmp_path / "a.wma", samples, "wmav2"),
    ]
    given = [sys.executable, "-c", FUZZ, "1", "25", *map(str, made)]
    done = subprocess.run(given, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr and int(done.stdout) > 50
