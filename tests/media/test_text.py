"""Texts held against Python's own codecs: every encoding, every way in which it is found, and what does not fit it."""

from __future__ import annotations

import builtins
import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.errors import ViewerError
from viewer.media import text as module
from viewer.media.source import Source
from viewer.media.text import Text, read_text

SAMPLE = "Zoë😀 e\u0301\r\n漢字 مرحبا\rend \ufeff"


def read(raw: bytes, mime: str = "text/plain") -> Text:
    return read_text(Source("note.txt", None, lambda: raw, len(raw), 0), mime)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_utf_8_is_what_python_reads_and_needs_no_word(content):
    raw = content.encode()
    found = read(raw)
    if not raw.startswith(codecs.BOM_UTF8):
        assert (found.content, found.encoding, found.notes, found.warnings) == (content, "UTF-8", (), ())


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"), (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"), (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 BE"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("mime", ["text/plain", "text/plain; charset=latin-1"])
def test_a_mark_tells_and_is_not_counted(mark, codec, name, mime):
    found = read(mark + SAMPLE.encode(codec), mime)
    assert (found.content, found.encoding, found.warnings) == (SAMPLE, name, ())
    assert any("byte order mark" in note for note in found.notes)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "content", ["Paris is here.", "Zoë lives here", "Москва была здесь, и ещё раз", "他住在這裡, and so on 很大"]
)
def test_utf_16_without_a_mark_is_told_by_its_zero_bytes(codec, content):
    found = read(content.encode(codec))
    assert found.content == content and found.encoding == codec.upper().replace("-LE", " LE").replace("-BE", " BE")
    assert any("guessed" in what for what in found.warnings)


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("koi8-r", "koi8_r"), ('"Shift_JIS"', "cp932"), ("windows-1251", "cp1251"), ("UTF-16LE", "utf-16-le")],
)
def test_a_declared_encoding_is_taken(charset, codec):
    content = "東京タワー" if codec == "cp932" else "Москва"
    found = read(content.encode(codec), f"text/plain; Charset={charset}")
    assert found.content == content and found.warnings == ()
    assert "as the export declares" in found.notes[0]


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "no-such", "utf_7x", "\0"])
def test_a_declaration_that_means_nothing_is_told_and_passed_over(charset):
    found = read("Zoë".encode(), f"text/plain; charset={charset}")
    assert found.content == "Zoë" and "not known" in found.warnings[0]


def test_a_declaration_that_is_wrong_is_told():
    assert "bytes are not" in read("Москва 😀 была".encode(), "text/plain; charset=euc-kr").warnings[0]
    assert "though its bytes are UTF-8" in read("Zoë".encode(), "text/plain; charset=iso-8859-1").warnings[0]
    assert "no UTF-8" in read(b"K\xf6ln", "text/plain; charset=utf-8").warnings[0]


@pytest.mark.parametrize(
    ("content", "codec", "name"),
    [
        ("Köln liegt am Rhein.", "latin-1", "Windows-1252"),
        ("“Straße” kostet 5 € – schön, naïve café façade", "cp1252", "Windows-1252"),
        ("Né à Genève, il étudia à Paris.", "cp1252", "Windows-1252"),
        ("東京は日本の首都です。", "cp932", "Shift_JIS"),
        ("東京は日本の首都です。", "euc_jp", "EUC-JP"),
        ("北京是中国的首都。", "gbk", "GBK"),
        ("台北是台灣的首都。", "big5", "Big5"),
        ("서울은 한국의 수도이다.", "cp949", "EUC-KR"),
        ("Москва является столицей России.", "koi8_r", "KOI8-U"),
        ("Москва является столицей России.", "cp1251", "Windows-1251"),
        ("القاهرة هي عاصمة مصر.", "cp1256", "Windows-1256"),
        ("Żółta łódź płynie przez rzekę w Gdańsku.", "cp1250", "Windows-1250"),
    ],
)
def test_older_encodings_are_guessed_and_said(content, codec, name):
    pytest.importorskip("chardetng_py")
    found = read(content.encode(codec))
    assert found.content == content
    assert found.encoding in (name, "GB18030")
    assert found.encoding in found.warnings[0] and "guessed" in found.warnings[0]


def test_a_few_letters_deep_in_a_long_text_are_enough():
    pytest.importorskip("chardetng_py")
    content = "word " * 300_000 + "Köln liegt am Rhein, die Straße führt dorthin."
    assert read(content.encode("cp1252")).content == content


def test_without_the_library_the_usual_one_is_assumed(monkeypatch):
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name == "chardetng_py":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    found = read("Köln".encode("cp1252"))
    assert found.content == "Köln" and "missing" in found.warnings[0]


def test_damaged_utf_8_stays_utf_8_and_the_first_byte_is_named():
    raw = "Zoë und Café, Straße".encode() + b"\xe2\x82 end \xff"
    found = read(raw)
    assert found.content == raw.decode("utf-8", "replace") and found.encoding == "UTF-8"
    assert f"byte {raw.index(bytes([0xE2, 0x82]))}," in found.warnings[0]


def test_damaged_utf_16_is_shown():
    found = read(codecs.BOM_UTF16_LE + "Paris".encode("utf-16-le") + b"\x00\xd8a\x00b")
    assert found.content.startswith("Paris\ufffd")
    assert "byte 12" in found.warnings[0]


def test_zero_bytes_are_kept():
    found = read(b"a\0b\0Paris")
    assert found.content == "a\0b\0Paris" and "2 NUL characters" in found.warnings[0]
    assert "a NUL character" in read(b"x\0Paris").warnings[0]


def test_what_is_no_text_has_a_character_for_each_byte():
    raw = bytes(range(256)) * 100
    found = read(raw)
    assert len(found.content) == len(raw) and found.content[0xE4] == "ä" and found.content[0x81] == "\x81"
    assert any("does not look like text" in what for what in found.warnings)


@given(st.binary(max_size=60))
def test_any_bytes_are_shown(raw):
    found = read(raw)
    found.content.encode()  # no half characters
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
    assert found.content or not raw or raw in marks


def test_an_empty_file_is_an_empty_text():
    assert (read(b"").content, read(b"").warnings) == ("", ())


def test_what_is_too_large_is_refused_before_it_is_read():
    source = Source("big.txt", None, lambda: pytest.fail("read"), module.LARGEST + 1, 0)
    with pytest.raises(ViewerError, match="too large"):
        read_text(source)
