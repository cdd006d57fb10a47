"""Mutants of sounds, texts, pages and documents: `python -m tests.fuzz.media page --count 5000 --seed 7`.

The libraries that read them are written in C; a mutant that ends the process lies in the file that is named at the
beginning.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.fuzz.rules import Broken
from tests.pdfs import MARK, pdf
from viewer.errors import ViewerError, escaped
from viewer.media.html_page import Page, page_of
from viewer.media.pdf import Pdf
from viewer.media.sound import open_sound
from viewer.media.source import Source, file_source
from viewer.media.text import read_text
from viewer.media.waveform import Waveform
from viewer.text.lines import lines_of

LONGEST = 5.0
"""Seconds for one mutant."""
MIMES = (
    "", "text/plain; charset=koi8-r", "text/plain; charset=utf-16", "text/plain; charset=punycode",
    "text/plain; charset=unicode_escape", "text/plain; charset=idna", "text/plain; charset=undefined",
    "text/plain; charset=utf-7", "text/plain; charset=zip", "text/plain; charset=iso-2022-jp",
    "text/plain; charset=<img/src=/etc/x.png>", f"text/plain; charset={'x' * 5000}",
)  # fmt: skip

PAGE = b"""<!doctype html><html lang=en><head><meta charset=utf-8><title>T</title><style>p{color:red}</style></head>
<body class="a b" style="color:#fff;background:url(x)"><h1>News &amp; more</h1><p>One <b>bold <i>word</b> two</i>
<table><tr><td colspan=2 rowspan="3">cell<td>other</table><ul><li>one<li>two<ol start=7><li>three</ol></ul>
<pre>
  kept   as it is</pre><svg viewBox="0 0 1 1"><foreignObject><p>in</p></foreignObject></svg><math><mi>x</mi></math>
<img src="data:image/png;base64,iVBORw0KGgo=" width=9 height=1e9><template><p>t</p></template><select><option>a</select>
<script>var a = "</p>";</script><!-- a > b --><![CDATA[x]]><?php x ?><textarea>
t</textarea>&notit; &#x110000; &#0; &#xD800; caf\xc3\xa9 \xf0\x9f\x99\x82<a href=javascript:x>l</a></body></html>"""
_TOKENS = {
    "page": [b"<", b">", b"</", b"<table>", b"<td>", b"</td>", b"<p>", b"</p>", b"<b>", b"</b>", b"<svg>", b"<math>",
             b"<template>", b"</template>", b"<select>", b"<!--", b"-->", b"<![CDATA[", b"<frameset>", b"<plaintext>",
             b"<form>", b"<a>", b"&", b";", b"\0", b"\xff", b"<pre>\n", b"<textarea>", b"=\"", b"'", b"<html a=b>",
             b"<body>", b"</body>", b"<meta charset=utf-16>", b"<font><font>", b"colspan=99999999999", b"<noscript>"],
    "document": [b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"/Kids", b"/Parent", b"1 0 R",
                 b"2 0 R", b"3 0 R", b"/Rotate 45", b"-1", b"99999999999", b"/MediaBox [0 0 1e30 1e30]", b"1e-30",
                 b"/Filter /FlateDecode", b"/Length 9999999", b"/Type /Catalog", b"/Type /Pages", b"trailer", b"xref",
                 b"startxref", b"%%EOF", b"/Encrypt 1 0 R", b"/Contents [2 0 R 4 0 R]", b"BT /F 9 Tf (x) Tj ET", b"q", b"Q",
                 b"0 0 0 0 0 0 cm", b"1e9 0 0 1e9 0 0 cm", b"[0 0] 0 d", b"/F Do", b"W n"],
    "text": [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\0", b"\xf0\x9f\x99\x82", b"\xed\xa0\x80", b"\xff", b"\r", b"\n",
             b"\xe2\x80\xa8", b"\x1b$B", b"+2AA-", b"\\N{x}", b"-" * 50, b"\xf4\x90\x80\x80", b"\xe2\x80\xae"],
    "sound": [b"RIFF", b"data", b"fmt ", b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"moov", b"stsz", b"stts",
              b"OggS", b"fLaC", b"ID3\x04", b"\xff\xfb", b"mdat", b"LIST", b"\x80\0\0\0", b"free", b"elst"],
}  # fmt: skip


def seeds(kind: str) -> list[bytes]:
    """Good files."""
    match kind:
        case "page":
            return [PAGE, PAGE.decode().encode("utf-16"), b"<p>" * 300 + b"deep", b"<table><tr><td>" * 40 + b"x"]
        case "document":
            text = "BT /F 12 Tf 20 200 Td (words) Tj ET"
            form = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [10 10 90 30] >>"
            field = pdf(f"{MARK} {text}", extra=(form,), catalog="/AcroForm << /Fields [5 0 R] >>")
            return [pdf((MARK, ""), (text, "/Rotate 90")), field, pdf(*[f"{MARK} {text}"] * 5)]
        case "text":
            words = "Zoé est âgée – 🙂 dès l'été.\r\nПривет, мир! 漢字かな交じり文\n" * 4
            names = ("utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030", "utf-8-sig")
            legacy = [
                ("latin-1", "Zoé est âgée, dès l'été\n"),
                ("koi8-r", "Привет, мир\n"),
                ("cp932", "漢字かな交じり文\n"),
            ]
            return [words.encode(n) for n in names] + [text.encode(name) * 9 for name, text in legacy]
        case _:
            return _sounds()


def _sounds() -> list[bytes]:
    import av
    import soundfile

    tone = (np.sin(np.arange(9000) / 9) * 9000).astype(np.int16)
    made: list[bytes] = []
    for container, codec in (("WAV", "PCM_16"), ("WAV", "FLOAT"), ("WAV", "MS_ADPCM"), ("FLAC", "PCM_16"), ("AIFF", "ULAW"),
                             ("CAF", "ALAC_16"), ("OGG", "VORBIS"), ("AU", "G721_32")):  # fmt: skip
        held = io.BytesIO()
        soundfile.write(held, tone, 16000, format=container, subtype=codec)
        made.append(held.getvalue())
    for container, codec, layout in (("mp3", "mp3", "mono"), ("ipod", "aac", "stereo"), ("ogg", "libopus", "mono"),
                                     ("matroska", "libopus", "stereo"), ("adts", "aac", "mono")):  # fmt: skip
        held = io.BytesIO()
        with av.open(held, "w", container) as file:
            stream = file.add_stream(codec, rate=48000)
            stream.layout = layout
            frame = av.AudioFrame.from_ndarray(np.tile(tone, 2)[None], format="s16", layout=layout)
            frame.sample_rate = 48000
            for part in (frame, None):
                file.mux(stream.encode(part))
        made.append(held.getvalue())
    return made


def bent(kind: str, data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, left out, repeated, cut off, or replaced by what means something in files of the kind."""
    made, tokens = bytearray(data), _TOKENS[kind]
    for _ in range(dice.choice((1, 1, 2, 4, 9))):
        at = dice.randrange(len(made)) if made else 0
        match dice.randrange(8):
            case 0 if made:
                made[at] ^= 1 << dice.randrange(8)
            case 1:
                made[at : at + dice.choice((1, 2, 4))] = dice.randbytes(dice.choice((1, 2, 4)))
            case 2 if dice.random() < 0.3:
                del made[at:]
            case 3:
                del made[at : at + dice.randrange(1, 60)]
            case 4:
                made[at:at] = made[at : at + dice.randrange(1, 200)] * dice.choice((1, 2, 50))
            case 5:
                made[at % 400 % (len(made) + 1) :][:4] = dice.randbytes(4)
            case 6:
                made[at : at + dice.randrange(9)] = dice.choice(tokens)
            case _:
                made[at:at] = dice.choice(tokens) * dice.choice((1, 1, 1, 2, 600))
    return bytes(made)


def hold(kind: str, source: Source, dice: random.Random) -> bool:
    """Whether the file can be shown. Raises Broken, or whatever leaks."""
    try:
        _READ[kind](source, dice)
    except ViewerError as error:
        said = str(error)
        if not said.strip() or "\n" in said or escaped(said) != said:
            raise Broken(f"a refusal that is not one clean line: {said!r}") from error
        return False
    return True


def _hold_page(source: Source, dice: random.Random) -> None:
    page = page_of(source.read())
    tree = page.tree
    if tree.starts[-1] != len(page.content) or len(tree.starts) != len(tree) + 1:
        raise Broken("columns of the tree that do not fit its text")
    lines_of(page.content)
    for node in dice.sample(range(len(tree)), min(5, len(tree))):
        if tree.names[node].startswith("#") and tree.names[node] != "#text":
            continue
        _is_found(page, node)
    _are_clean((*page.notes, *page.warnings))


def _is_found(page: Page, node: int) -> None:
    """By its own path, where the names in it are such that a path can hold."""
    path = page.tree.path(node)
    if not re.fullmatch(r"(?:/[\w.-]+(?:\(\))?\[\d+\])+", path):
        return
    found = page.resolve(path, 0)
    if found.at is None:
        raise Broken(f"a node is not found by its own path {path[:200]}: {found.what}")
    if found.at is not None and found.at != page.tree.starts[node] and page.tree.ends[node] > node + 1:
        raise Broken(f"{path[:200]} leads to {found.at}, not {page.tree.starts[node]}")


def _hold_text(source: Source, dice: random.Random) -> None:
    text = read_text(source, dice.choice(MIMES))
    text.content.encode("utf-8", "surrogatepass")
    lines_of(text.content)
    _are_clean((text.encoding, *text.notes, *text.warnings))


def _hold_document(source: Source, _: random.Random) -> None:
    document = Pdf(source)
    try:
        for page in {0, 1, document.count - 1} & set(range(document.count)):
            picture = document.picture(page)
            if picture.shown.shape[1::-1] != picture.size or max(picture.size) > 4000:
                raise Broken(f"a page of {picture.size}")
        _are_clean(document.warnings)
    finally:
        document.close()


def _hold_sound(source: Source, dice: random.Random) -> None:
    sound = open_sound(source)
    try:
        wave = Waveform(sound, 1_000_000)
        end = time.monotonic() + LONGEST
        wave.build(lambda _: None, lambda: time.monotonic() > end)
        wave.columns(0, max(1.0, sound.count / 300), 300)
        start = dice.randrange(max(1, min(sound.count, wave.known)))
        found = sound.samples(start, start + 1000)
        if found.shape[0] != sound.channels or found.dtype != np.float32:
            raise Broken(f"samples of shape {found.shape} and {found.dtype} of {sound.channels} channels")
        _are_clean((*sound.notes, *sound.warnings))
    finally:
        sound.close()


def _are_clean(sentences: tuple[str, ...]) -> None:
    for said in sentences:
        if escaped(said) != said or len(said) > 2000:
            raise Broken(f"a sentence that is not clean: {said[:300]!r}")


_READ: dict[str, Callable[[Source, random.Random], None]] = {
    "page": _hold_page,
    "text": _hold_text,
    "document": _hold_document,
    "sound": _hold_sound,
}
KINDS = tuple(_READ)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.media", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="label-viewer-fuzz-"))
    current = folder / "mutant"
    print(f"the mutant that is read lies in {current}", flush=True)
    faulthandler.enable()
    dice, known = random.Random(options.seed), seeds(options.kind)
    shown, slowest, failures = 0, 0.0, set[str]()
    for number in range(options.count):
        current.write_bytes(bent(options.kind, dice.choice(known), dice))
        faulthandler.dump_traceback_later(6 * LONGEST, exit=True)
        began = time.monotonic()
        try:
            shown += hold(options.kind, file_source(current, folder), dice)
        except Exception as error:
            failed = f"{type(error).__name__}: {str(error)[:200]}"
            if failed not in failures:
                failures.add(failed)
                current.rename(folder / f"failed-{number}")
                print(f"{failed}: {folder / f'failed-{number}'}", flush=True)
        took = time.monotonic() - began
        if took > max(slowest, 1.0):
            (folder / f"slow-{number}").write_bytes(current.read_bytes() if current.exists() else b"")
            print(f"{took:.1f} s: {folder / f'slow-{number}'}", flush=True)
        slowest = max(slowest, took)
    faulthandler.cancel_dump_traceback_later()
    print(f"{options.count:,} mutants, {shown:,} shown, slowest {slowest:.2f} s, {len(failures)} kinds of failure")
    return 1 if failures or slowest > LONGEST else 0


if __name__ == "__main__":
    sys.exit(main())
